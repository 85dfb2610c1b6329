using Platform;

namespace Publications;

/// <summary>Where a publication stands.</summary>
public enum PublicationState { Drafted, InReview, Approved, Scheduled, Releasing, Released, Missed, Cancelled, Held, Corrected, Withdrawn }

/// <summary>What is known of one call to a channel.</summary>
public enum AttemptState { Started, Accepted, Rejected, OutcomeUnknown }

public sealed record Approval(string Language, string ContentHash, string By, DateTimeOffset At);

/// <summary>What changed at the cause, and at which of its versions.</summary>
public sealed record CauseChange(string What, long CauseVersion, DateTimeOffset At);

/// <summary>One thing to bring to one channel: the words of both languages or of one, or a follow-up of a correction.</summary>
public sealed record Leg(string Channel, string? Language, string? Purpose = null, Guid? CorrectionId = null);

/// <summary>Who ordered it out alone and why, and the hashes he answers for until a second person has approved the same.</summary>
public sealed record Emergency(string By, string Reason, string HashKk, string HashRu, DateTimeOffset At)
{
    public string HashOf(string language) => language == Languages.Kk ? HashKk : HashRu;
}

/// <summary>A correction that waits for its approvals.</summary>
public sealed record ProposedCorrection(Guid CorrectionId, Content Content, Bilingual Notice, string Reason, string By, DateTimeOffset At)
{
    public IReadOnlyList<Approval> Approvals { get; init; } = [];
}

/// <summary>A follow-up on one channel, open until the channel has done it or a person has settled it.</summary>
public sealed record FollowUp(Guid CorrectionId, FollowUpPlan Plan, bool IsOpen, DateTimeOffset At)
{
    /// <summary>How a person settled it.</summary>
    public string? Note { get; init; }
    public Leg Leg => new(Plan.Channel, Plan.Language, Plan.How, CorrectionId);
}

/// <summary>One line of the delivery ledger. <paramref name="NextLookAt"/>: when a worker looks at it again (lease over, read-back or retry due); null: never by itself.</summary>
public sealed record Attempt(Guid AttemptId, string Channel, int Number, AttemptState State, DateTimeOffset StartedAt, DateTimeOffset? NextLookAt)
{
    public string? Language { get; init; }
    public string? Purpose { get; init; }
    public Guid? CorrectionId { get; init; }
    public long? Epoch { get; init; }
    public Leg Leg => new(Channel, Language, Purpose, CorrectionId);

    /// <summary>A person gave the channel up.</summary>
    public bool GivenUp { get; init; }

    /// <summary>A person wants another attempt, whatever the time.</summary>
    public bool RetryWanted { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public DateTimeOffset? UnknownSince { get; init; }
    public string? ExternalId { get; init; }
    public string? KnownFrom { get; init; }

    /// <summary>Class of a rejection, or why the outcome is unknown.</summary>
    public string? Reason { get; init; }
    public int? Status { get; init; }
    public int ReadBacks { get; init; }
    public bool ReadingBack { get; init; }
}

/// <summary>One publication as its facts leave it.</summary>
public sealed record Publication(Guid Id, string Body, Content Content, PublicationState State, DateTimeOffset DraftedAt) : IOfBody
{
    /// <summary>Everybody whose words or settings are or were in the content.</summary>
    public IReadOnlyList<string> Authors { get; init; } = [];
    public IReadOnlyList<Approval> Approvals { get; init; } = [];

    /// <summary>Languages that were approved before the content changed.</summary>
    public IReadOnlyList<string> Lapsed { get; init; } = [];
    public string? Cause { get; init; }
    public long CauseVersion { get; init; }
    public AnnouncedEvent? Announces { get; init; }
    public CauseChange? Changed { get; init; }
    public string? Returned { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public IReadOnlyList<Attempt> Attempts { get; init; } = [];
    public string? MissReason { get; init; }
    public string? MissDecision { get; init; }
    public DateTimeOffset? ReleasedAt { get; init; }

    /// <summary>The languages that are out.</summary>
    public IReadOnlyList<string> ReleasedLanguages { get; init; } = [];
    public Emergency? Emergency { get; init; }
    public string? HeldBecause { get; init; }
    public ProposedCorrection? Proposed { get; init; }
    public IReadOnlyList<FollowUp> FollowUps { get; init; } = [];

    /// <summary>What the public is told of its correction or withdrawal.</summary>
    public Bilingual? Notice { get; init; }

    /// <summary>When it was corrected or withdrawn last.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>It stands there for everybody, corrected or not.</summary>
    public bool IsOut => State is PublicationState.Released or PublicationState.Corrected;

    /// <summary>Languages that one person let out, and no second one has approved yet.</summary>
    public IReadOnlyList<string> ApprovalOwed => Emergency is not { } emergency || State is PublicationState.Cancelled ? []
        : [.. LanguagePolicies.Of(Content).Where(l => !Approvals.Any(a => a.Language == l && a.ContentHash == emergency.HashOf(l) && a.By != emergency.By))];

    /// <summary>Everybody may see it at this moment: it is out, or a notice stands in its place, and no embargo holds.</summary>
    public bool IsPublic(DateTimeOffset now) => (IsOut || State == PublicationState.Withdrawn) && !(Content.Embargo > now);
}
