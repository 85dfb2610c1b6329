using Platform;

namespace PressEvents;

/// <summary>What the register of journalists says of whoever asks for a seat: his id there, and the category in which he sits.</summary>
public sealed record Standing(Guid JournalistId, SeatCategory Category);

/// <summary>The register's word for a caller and an event; refuses who is not accredited when it starts.</summary>
public delegate Task<Standing> MediaStanding(Caller caller, PressEventView press, CancellationToken ct);
