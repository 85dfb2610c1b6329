namespace Contracts.Publications;

/// <summary>A publication stands on every channel it was meant for. Cause is what it was drafted from, such as <c>press-event:{id}</c>; null for one's own.</summary>
public sealed record PublicationReleased(Guid PublicationId, long Version, string Body, string Kind, Bilingual Title, IReadOnlyList<string> Channels,
    string? Cause, DateTimeOffset ReleasedAt);

/// <summary>A publication passed its time without going out; a named person decides. Nothing was published.</summary>
public sealed record PublicationMissed(Guid PublicationId, long Version, string Body, DateTimeOffset DueAt, DateTimeOffset MissedAt);

/// <summary>The language that waited (policy kk-first) stands on every channel too; the title is that language's.</summary>
public sealed record LanguageReleased(Guid PublicationId, long Version, string Body, string Kind, string Language, Bilingual Title, IReadOnlyList<string> Channels, DateTimeOffset ReleasedAt);

/// <summary>What is out has other words from now on; read it anew. Channels follow by what each can do.</summary>
public sealed record PublicationCorrected(Guid PublicationId, long Version, string Body, string Kind, Bilingual Notice, DateTimeOffset CorrectedAt);

/// <summary>It is public no more; whoever passed it on takes it back. The notice stands in its place.</summary>
public sealed record PublicationWithdrawn(Guid PublicationId, long Version, string Body, string Kind, Bilingual Notice, DateTimeOffset WithdrawnAt);

/// <summary>
/// A publication took a step on its way out, told to its body's own officials without a word of it. Step: drafted, edited, submitted, approved, rejected, cause-changed, returned (this
/// service sent it back), scheduled, held, release-ordered (one person's, approvals are owed), release-decided or dropped (after a miss), cancelled, correction-proposed, correction-approved,
/// correction-rejected. Languages: kk, ru, those approved, or on an edit those whose approvals lapsed. DueAt: when it is to go out, known when it is scheduled or ordered.
/// </summary>
public sealed record PublicationMoved(Guid PublicationId, long Version, string Body, string Step, IReadOnlyList<string>? Languages, DateTimeOffset? DueAt, DateTimeOffset MovedAt);
