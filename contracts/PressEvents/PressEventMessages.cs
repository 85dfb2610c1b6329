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
