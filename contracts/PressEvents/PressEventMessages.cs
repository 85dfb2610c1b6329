namespace Contracts.PressEvents;

// What other services may know about press events once they are announced. Every message carries the event's version: the
// guard of whoever hears it ("newer than").

/// <summary>A speaker as announced.</summary>
public sealed record Speaker(Bilingual Name, Bilingual Post);

/// <summary>A press event was announced. Start and End are instants with offset; Hall is null for events outside the halls.</summary>
public sealed record PressEventAnnounced(Guid PressEventId, long Version, string Format, string Body, Bilingual Title, Bilingual Summary,
    DateTimeOffset Start, DateTimeOffset End, string? Hall, IReadOnlyList<Speaker> Speakers, IReadOnlyList<string> Channels, DateTimeOffset AnnouncedAt);

/// <summary>An announced press event has another time or hall.</summary>
public sealed record PressEventRescheduled(Guid PressEventId, long Version, string Body, DateTimeOffset PreviousStart, DateTimeOffset PreviousEnd,
    DateTimeOffset Start, DateTimeOffset End, string? Hall, DateTimeOffset RescheduledAt);

/// <summary>An announced press event will not take place; final.</summary>
public sealed record PressEventCancelled(Guid PressEventId, long Version, string Body, Bilingual Reason, DateTimeOffset CancelledAt);

/// <summary>The words, speakers or channels of an announced press event are now these.</summary>
public sealed record PressEventRevised(Guid PressEventId, long Version, string Body, Bilingual Title, Bilingual Summary, IReadOnlyList<Speaker> Speakers,
    IReadOnlyList<string> Channels, DateTimeOffset RevisedAt);

/// <summary>An announced press event will take place some other time. <paramref name="Start"/>: the start that does not hold any more.</summary>
public sealed record PressEventPostponed(Guid PressEventId, long Version, string Body, DateTimeOffset Start, Bilingual Reason, DateTimeOffset PostponedAt);

/// <summary>An announced press event began; the instant is when it truly did.</summary>
public sealed record PressEventStarted(Guid PressEventId, long Version, string Body, DateTimeOffset StartedAt);

/// <summary>A press event ended. <paramref name="MaterialsDue"/>: last day (Asia/Almaty) for its materials, three working days later.</summary>
public sealed record PressEventConcluded(Guid PressEventId, long Version, string Body, DateOnly MaterialsDue, DateTimeOffset ConcludedAt);

/// <summary>Recordings, transcripts or photos of a press event are public; the list is whole each time.</summary>
public sealed record PressEventMaterialsPublished(Guid PressEventId, long Version, string Body, IReadOnlyList<PublishedMaterial> Materials, DateTimeOffset PublishedAt);

/// <summary>One published piece: kind is recording, transcript or photo; language kk or ru where it has one.</summary>
public sealed record PublishedMaterial(Guid MaterialId, string Kind, string? Language);

/// <summary>An announced press event stands in no public list any longer.</summary>
public sealed record PressEventWithdrawn(Guid PressEventId, long Version, string Body, DateTimeOffset WithdrawnAt);

/// <summary>A broadcast of a public press event is on air at this address. Version is the broadcast's own.</summary>
public sealed record BroadcastWentOnAir(Guid BroadcastId, long Version, Guid PressEventId, string Channel, string Url, DateTimeOffset At);

/// <summary>A broadcast of a public press event is over. Failed: it did not come about, or broke off. Version is the broadcast's own.</summary>
public sealed record BroadcastEnded(Guid BroadcastId, long Version, Guid PressEventId, bool Failed, DateTimeOffset At);
