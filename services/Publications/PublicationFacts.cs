using System.Text.Json.Serialization;

namespace Publications;

// The facts about one publication. Their stored shape is for ever: add optional fields, never rename or reuse.
// By, Author and Editor are callers' ids, for the rule "the author never approves" needs them; names stand in the metadata.

/// <summary>What would go out: words in kk and ru, and the parts that both share. <paramref name="MaxLateness"/> is an ISO 8601 duration.</summary>
public sealed record Content(string Kind, Bilingual Title, Bilingual Text, IReadOnlyList<string> Channels, DateTimeOffset? WantedAt, string MaxLateness, string OnMiss)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<MediaUse>? Media { get; init; }

    /// <summary>Whom it is about, in the registry of people; kinds about a person cannot do without.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? SubjectPersonId { get; init; }

    /// <summary>Nothing of it is public before this instant, on no door.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Embargo { get; init; }

    /// <summary>Whether both languages go out together (<c>both</c>, also null) or Kazakh goes first (<c>kk-first</c>).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LanguagePolicy { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Made by a machine in whole or in part; it goes out with that label.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? AiMade { get; init; }

    /// <summary>The wanted time as its editor said it, where that was a wall clock's; <see cref="WantedAt"/> is the instant it meant by the zone's rules of the day it was said.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
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
    AnnouncedEvent? Announces, DateTimeOffset At)
{
    /// <summary>Whose it is: this service decides such a thing too, and then nobody's metadata tells. Null in old facts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Body { get; init; }
}

/// <summary>It waits for approvers.</summary>
public sealed record PublicationSubmitted(Guid PublicationId, string By, DateTimeOffset At);

/// <summary>One language was approved, bound to the hash of what the approver saw (see <see cref="ContentHash"/>).</summary>
public sealed record PublicationApproved(Guid PublicationId, string Language, string ContentHash, string By, DateTimeOffset At);

/// <summary>An approver sent it back to its editors; all approvals are gone.</summary>
public sealed record PublicationRejected(Guid PublicationId, string By, string Reason, DateTimeOffset At);

/// <summary>What is approved was armed for its wanted time.</summary>
public sealed record PublicationScheduled(Guid PublicationId, DateTimeOffset DueAt, string By, DateTimeOffset At);

/// <summary>It will not go out; final.</summary>
public sealed record PublicationCancelled(Guid PublicationId, string By, string? Reason, DateTimeOffset At)
{
    /// <summary>Whose it is; null in old facts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Body { get; init; }
}

/// <summary>What it was drafted from has changed (<c>rescheduled</c>, <c>cancelled</c>); a person looks at it again.</summary>
public sealed record CauseChanged(Guid PublicationId, long CauseVersion, string What, AnnouncedEvent? Announces, DateTimeOffset At)
{
    /// <summary>Whose it is; null in old facts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Body { get; init; }
}

/// <summary>It was disarmed and waits for review again, without approvals.</summary>
public sealed record PublicationReturned(Guid PublicationId, string Reason, DateTimeOffset At)
{
    /// <summary>Whose it is; null in old facts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Body { get; init; }
}

/// <summary>A worker claimed it at its time, and the approved hashes were those of the content in the same transaction.</summary>
public sealed record PublicationReleaseStarted(Guid PublicationId, DateTimeOffset DueAt, string HashKk, string HashRu, DateTimeOffset At);

/// <summary>A call to a channel is about to be made. Until <paramref name="LeaseUntil"/> no other worker touches it.</summary>
public sealed record DeliveryAttemptStarted(Guid PublicationId, Guid AttemptId, string Channel, int Number, DateTimeOffset LeaseUntil, DateTimeOffset At)
{
    /// <summary>kk or ru when that one goes alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Language { get; init; }

    /// <summary>Null: it publishes; else what it does to what stands there (<see cref="Purposes"/>).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Purpose { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? CorrectionId { get; init; }

    /// <summary>The epoch of halts under which it was claimed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Epoch { get; init; }
}

/// <summary>The channel holds it; known <paramref name="From"/> its <c>answer</c>, a <c>read-back</c> or a person's <c>decision</c> (then <paramref name="By"/>).</summary>
public sealed record DeliveryAccepted(Guid PublicationId, Guid AttemptId, string Channel, string ExternalId, string From, string? By, DateTimeOffset At);

/// <summary>It is certain that the attempt published nothing. <paramref name="Class"/>: refused (final), unavailable, not-accepted; <paramref name="RetryAt"/> null: no other attempt by itself.</summary>
public sealed record DeliveryRejected(Guid PublicationId, Guid AttemptId, string Channel, string Class, int? Status, DateTimeOffset? RetryAt, string? By, DateTimeOffset At);

/// <summary>Nobody knows whether the attempt was accepted; no other may start. <paramref name="LookAgainAt"/> null: a person decides.</summary>
public sealed record DeliveryOutcomeUnknown(Guid PublicationId, Guid AttemptId, string Channel, string Reason, DateTimeOffset? LookAgainAt, DateTimeOffset At);

/// <summary>A worker asks the channel what it holds.</summary>
public sealed record DeliveryReadBackStarted(Guid PublicationId, Guid AttemptId, string Channel, DateTimeOffset LeaseUntil, DateTimeOffset At);

/// <summary>A person gave one channel up, which has refused it or was kept from it; the others count. <paramref name="Channel"/> alone tells in which words: kk, ru or both by its attempt.</summary>
public sealed record ChannelGivenUp(Guid PublicationId, Guid AttemptId, string Channel, string By, DateTimeOffset At);

/// <summary>A person lets another attempt start at a channel that has refused it or was kept from it.</summary>
public sealed record RetryDecided(Guid PublicationId, Guid AttemptId, string Channel, string By, DateTimeOffset At);

/// <summary>It was disarmed by a person; its approvals stay.</summary>
public sealed record PublicationHeld(Guid PublicationId, string By, string Reason, DateTimeOffset At);

/// <summary>
/// One person ordered it out at once, in an emergency, bound to the hashes of what stood there; a second person's approval of the same is owed from now on.
/// </summary>
public sealed record EmergencyReleaseOrdered(Guid PublicationId, string By, string Reason, string HashKk, string HashRu, DateTimeOffset At);

/// <summary>The language that waited stands on every channel too; <paramref name="Title"/> is that language's.</summary>
public sealed record LanguageReleased(Guid PublicationId, string Body, string Kind, string Language, Bilingual Title, IReadOnlyList<string> Channels, DateTimeOffset At);

/// <summary>It stands on every channel it was meant for; what everybody may know of it stands here too, for the relay has nothing else.</summary>
public sealed record PublicationReleased(Guid PublicationId, string Body, string Kind, Bilingual Title, IReadOnlyList<string> Channels, string? Cause, DateTimeOffset At)
{
    /// <summary>What is out when only one of the languages is; null: both.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Languages { get; init; }
}

/// <summary>Nothing went out: <c>late</c> past its allowance, <c>refused</c> by the channel, <c>halted</c>, <c>content-changed</c>, or the code of a check that said no. A named person decides unless it was dropped.</summary>
public sealed record PublicationMissed(Guid PublicationId, string Body, DateTimeOffset DueAt, string Reason, DateTimeOffset At);

/// <summary>A person decided about a missed one: <c>publish</c> now, or <c>drop</c>.</summary>
public sealed record MissedPublicationDecided(Guid PublicationId, string Decision, string By, DateTimeOffset At)
{
    /// <summary>Whose it is; null in old facts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Body { get; init; }
}
