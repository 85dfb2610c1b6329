namespace Contracts.PressEvents;

// What the Central Communications Service's own systems hear of accreditation: ids, codes and times; who a journalist is stands in the vault alone.
// Outlets are public. Every message carries the version of its stream.

/// <summary>
/// An application was decided. <paramref name="Kind"/>: Permanent, or Temporary for <paramref name="PressEventId"/>; <paramref name="Decision"/>: Granted, Refused, RefusalUpheld (on appeal);
/// <paramref name="Reason"/>: of the closed list, of a refusal. A permanent one holds to the end of <paramref name="LastDay"/> (Asia/Almaty), at ValidUntil, and ends by itself without a message.
/// </summary>
public sealed record AccreditationDecided(Guid AccreditationId, long Version, Guid JournalistId, Guid? OutletId, string Kind, Guid? PressEventId, string Decision, string? Reason,
    DateOnly? LastDay, DateTimeOffset? ValidUntil, DateTimeOffset DecidedAt);

/// <summary>An accreditation that stood lapsed. <paramref name="Because"/>: documents-edited.</summary>
public sealed record AccreditationLapsed(Guid AccreditationId, long Version, Guid JournalistId, Guid? OutletId, string Kind, Guid? PressEventId, string Because, DateTimeOffset LapsedAt);

/// <summary>A journalist was deprived of accreditation to the end of <paramref name="LastDay"/> (Asia/Almaty), at Until; it ends by itself without a message, unless it is lifted before.</summary>
public sealed record JournalistSuspended(Guid JournalistId, long Version, Guid? OutletId, string Reason, DateOnly LastDay, DateTimeOffset Until, DateTimeOffset SuspendedAt);

/// <summary>A deprivation ended before its day. <paramref name="Reason"/>: CourtDecision, AppealUpheld, ImposedInError.</summary>
public sealed record JournalistSuspensionEnded(Guid JournalistId, long Version, Guid? OutletId, string Reason, DateTimeOffset EndedAt);
