namespace Contracts.Publications;

/// <summary>A publication stands on every channel it was meant for. Cause is what it was drafted from, such as <c>press-event:{id}</c>; null for one's own.</summary>
public sealed record PublicationReleased(Guid PublicationId, long Version, string Body, string Kind, Bilingual Title, IReadOnlyList<string> Channels,
    string? Cause, DateTimeOffset ReleasedAt);

/// <summary>A publication passed its time without going out; a named person decides. Nothing was published.</summary>
public sealed record PublicationMissed(Guid PublicationId, long Version, string Body, DateTimeOffset DueAt, DateTimeOffset MissedAt);
