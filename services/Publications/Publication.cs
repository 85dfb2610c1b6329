using Platform;

namespace Publications;

// The facts about one publication. Their stored shape is for ever: add optional fields, never rename or reuse.
// By, Author and Editor are callers' ids, for the rule "the author never approves" needs them; names stand in the metadata.

/// <summary>What would go out: words in kk and ru, and the parts that both share. <paramref name="MaxLateness"/> is an ISO 8601 duration.</summary>
public sealed record Content(string Kind, Bilingual Title, Bilingual Text, IReadOnlyList<string> Channels, DateTimeOffset? WantedAt, string MaxLateness, string OnMiss)
{
    public IReadOnlyList<MediaUse>? Media { get; init; }

    /// <summary>Whom it is about, in the registry of people; kinds about a person cannot do without.</summary>
    public Guid? SubjectPersonId { get; init; }

    /// <summary>Nothing of it is public before this instant, on no door.</summary>
    public DateTimeOffset? Embargo { get; init; }

    /// <summary>Whether both languages go out together (<c>both</c>, also null) or Kazakh goes first (<c>kk-first</c>).</summary>
    public string? LanguagePolicy { get; init; }
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Made by a machine in whole or in part; it goes out with that label.</summary>
    public bool? AiMade { get; init; }

    /// <summary>The wanted time as its editor said it, where that was a wall clock's; <see cref="WantedAt"/> is the instant it meant by the zone's rules of the day it was said.</summary>
    public WallTime? WantedWall { get; init; }
}

/// <summary>A picture or film of the registry (<c>/v1/media</c>; its bytes never change under one id) as it is used here.</summary>
public sealed record MediaUse(Guid MediaId, Crop? Crop, Bilingual? Caption, Bilingual? Alt);

/// <summary>The part that is shown, in pixels of the original.</summary>
public sealed record Crop(int X, int Y, int Width, int Height);

/// <summary>A wall clock's time: <paramref name="Local"/> <c>yyyy-MM-ddTHH:mm:ss</c>, <paramref name="Zone"/> an IANA name.</summary>
public sealed record WallTime(string Local, string Zone);

/// <summary>What a press event's announcement was composed from, kept so that a new time can be composed into it.</summary>
public sealed record AnnouncedEvent(string Format, Bilingual Title, Bilingual Summary, DateTimeOffset Start, DateTimeOffset End, string? Hall,
    IReadOnlyList<Contracts.PressEvents.Speaker> Speakers);

/// <summary>A draft was made, by a person or, with a <paramref name="Cause"/> such as <c>press-event:{id}</c> at its version, by this service.</summary>
public sealed record PublicationDrafted(Guid PublicationId, string Body, Content Content, string Author, string? Cause, long? CauseVersion,
    AnnouncedEvent? Announces, DateTimeOffset At);

/// <summary>The content is another one; <paramref name="Lapsed"/> are the languages whose approvals no longer hold.</summary>
public sealed record PublicationEdited(Guid PublicationId, Content Content, string Editor, IReadOnlyList<string> Lapsed, long? CauseVersion,
    AnnouncedEvent? Announces, DateTimeOffset At);

/// <summary>It waits for approvers.</summary>
public sealed record PublicationSubmitted(Guid PublicationId, string By, DateTimeOffset At);

/// <summary>One language was approved, bound to the hash of what the approver saw (see <see cref="ContentHash"/>).</summary>
public sealed record PublicationApproved(Guid PublicationId, string Language, string ContentHash, string By, DateTimeOffset At);

/// <summary>An approver sent it back to its editors; all approvals are gone.</summary>
public sealed record PublicationRejected(Guid PublicationId, string By, string Reason, DateTimeOffset At);

/// <summary>What is approved was armed for its wanted time.</summary>
public sealed record PublicationScheduled(Guid PublicationId, DateTimeOffset DueAt, string By, DateTimeOffset At);

/// <summary>It will not go out; final.</summary>
public sealed record PublicationCancelled(Guid PublicationId, string By, string? Reason, DateTimeOffset At);

/// <summary>What it was drafted from has changed (<c>rescheduled</c>, <c>cancelled</c>); a person looks at it again.</summary>
public sealed record CauseChanged(Guid PublicationId, long CauseVersion, string What, AnnouncedEvent? Announces, DateTimeOffset At);

/// <summary>It was disarmed and waits for review again, without approvals.</summary>
public sealed record PublicationReturned(Guid PublicationId, string Reason, DateTimeOffset At);

/// <summary>A worker claimed it at its time, and the approved hashes were those of the content in the same transaction.</summary>
public sealed record PublicationReleaseStarted(Guid PublicationId, DateTimeOffset DueAt, string HashKk, string HashRu, DateTimeOffset At);

/// <summary>A call to a channel is about to be made. Until <paramref name="LeaseUntil"/> no other worker touches it.</summary>
public sealed record DeliveryAttemptStarted(Guid PublicationId, Guid AttemptId, string Channel, int Number, DateTimeOffset LeaseUntil, DateTimeOffset At);

/// <summary>The channel holds it; known <paramref name="From"/> its <c>answer</c>, a <c>read-back</c> or a person's <c>decision</c> (then <paramref name="By"/>).</summary>
public sealed record DeliveryAccepted(Guid PublicationId, Guid AttemptId, string Channel, string ExternalId, string From, string? By, DateTimeOffset At);

/// <summary>It is certain that the attempt published nothing. <paramref name="Class"/>: refused (final), unavailable, not-accepted; <paramref name="RetryAt"/> null: no other attempt by itself.</summary>
public sealed record DeliveryRejected(Guid PublicationId, Guid AttemptId, string Channel, string Class, int? Status, DateTimeOffset? RetryAt, string? By, DateTimeOffset At);

/// <summary>Nobody knows whether the attempt was accepted; no other may start. <paramref name="LookAgainAt"/> null: a person decides.</summary>
public sealed record DeliveryOutcomeUnknown(Guid PublicationId, Guid AttemptId, string Channel, string Reason, DateTimeOffset? LookAgainAt, DateTimeOffset At);

/// <summary>A worker asks the channel what it holds.</summary>
public sealed record DeliveryReadBackStarted(Guid PublicationId, Guid AttemptId, string Channel, DateTimeOffset LeaseUntil, DateTimeOffset At);

/// <summary>It stands on every channel it was meant for; what everybody may know of it stands here too, for the relay has nothing else.</summary>
public sealed record PublicationReleased(Guid PublicationId, string Body, string Kind, Bilingual Title, IReadOnlyList<string> Channels, string? Cause, DateTimeOffset At);

/// <summary>Nothing went out: <c>late</c> past its allowance, <c>refused</c> by the channel, or <c>content-changed</c>. A named person decides unless it was dropped.</summary>
public sealed record PublicationMissed(Guid PublicationId, string Body, DateTimeOffset DueAt, string Reason, DateTimeOffset At);

/// <summary>A person decided about a missed one: <c>publish</c> now, or <c>drop</c>.</summary>
public sealed record MissedPublicationDecided(Guid PublicationId, string Decision, string By, DateTimeOffset At);

/// <summary>Where a publication stands.</summary>
public enum PublicationState { Drafted, InReview, Approved, Scheduled, Releasing, Released, Missed, Cancelled }

/// <summary>What is known of one call to a channel.</summary>
public enum AttemptState { Started, Accepted, Rejected, OutcomeUnknown }

public sealed record Approval(string Language, string ContentHash, string By, DateTimeOffset At);

/// <summary>What changed at the cause, and at which of its versions.</summary>
public sealed record CauseChange(string What, long CauseVersion, DateTimeOffset At);

/// <summary>One line of the delivery ledger. <paramref name="NextLookAt"/>: when a worker looks at it again (lease over, read-back or retry due); null: never by itself.</summary>
public sealed record Attempt(Guid AttemptId, string Channel, int Number, AttemptState State, DateTimeOffset StartedAt, DateTimeOffset? NextLookAt)
{
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
}
