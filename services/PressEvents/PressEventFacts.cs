namespace PressEvents;

// The facts about one press event: changes of its time, place, state and words, and nothing else, so that its version is the one number of
// feeds and guards. Their stored shape is for ever: add optional fields, never rename or reuse. Times are instants, written with Almaty's
// offset. Each fact carries what its public message needs, for the relay sees no state. Known: it was announced and public by then.

/// <summary>A speaker as filed; a side of name or post may still be missing before announcing. <paramref name="SpeakerId"/>: of the register, whose time is reserved.</summary>
public sealed record Speaker(Bilingual Name, Bilingual? Post, Guid? SpeakerId = null);

/// <summary>
/// It was planned and has what it reserves. <paramref name="Public"/>: once announced it stands in public lists and feeds. <paramref name="Note"/>
/// is internal. <paramref name="Capacity"/>: places for those who register; null when nobody counted.
/// </summary>
public sealed record PressEventFiled(Guid PressEventId, string Format, string Body, Bilingual Title, Bilingual Summary, DateTimeOffset Start,
    DateTimeOffset End, string? Hall, IReadOnlyList<Speaker> Speakers, IReadOnlyList<string> Channels, bool Public, string? Note, DateTimeOffset At,
    int? Capacity = null, IReadOnlyList<string>? Interpreters = null, Guid? SeriesId = null);

/// <summary>It was announced as it stands here. <paramref name="ShortNotice"/>: why later than the format's least notice; null when in time.</summary>
public sealed record PressEventAnnounced(Guid PressEventId, string Format, string Body, Bilingual Title, Bilingual Summary, DateTimeOffset Start,
    DateTimeOffset End, string? Hall, IReadOnlyList<Speaker> Speakers, IReadOnlyList<string> Channels, bool Public, string? ShortNotice, DateTimeOffset At);

/// <summary>Its words, speakers, channels or capacity are now these.</summary>
public sealed record PressEventRevised(Guid PressEventId, string Body, Bilingual Title, Bilingual Summary, IReadOnlyList<Speaker> Speakers,
    IReadOnlyList<string> Channels, int? Capacity, IReadOnlyList<string>? Interpreters, bool Known, DateTimeOffset At);

/// <summary>It has another time or hall; one that was postponed is again what it was before.</summary>
public sealed record PressEventRescheduled(Guid PressEventId, string Body, DateTimeOffset PreviousStart, DateTimeOffset PreviousEnd, string? PreviousHall,
    DateTimeOffset Start, DateTimeOffset End, string? Hall, string? Reason, bool Known, DateTimeOffset At);

/// <summary>It will take place some other time, and what it reserved is free.</summary>
public sealed record PressEventPostponed(Guid PressEventId, string Body, DateTimeOffset Start, DateTimeOffset End, string? Hall, Bilingual Reason, bool Known, DateTimeOffset At);

/// <summary>It began. <paramref name="At"/>: when it truly did, which may be before it was recorded.</summary>
public sealed record PressEventStarted(Guid PressEventId, string Body, bool Known, DateTimeOffset At);

/// <summary>
/// It ended. <paramref name="MaterialsDue"/>: last day (Asia/Almaty) for its recordings, transcripts and photos, three working days later by the calendar of
/// <paramref name="CalendarVersion"/> (null in facts from before it was noted).
/// </summary>
public sealed record PressEventConcluded(Guid PressEventId, string Body, DateOnly MaterialsDue, bool Known, DateTimeOffset At, string? CalendarVersion = null);

/// <summary>Its materials are public: a kind (recording, transcript, photo) and a language each. <paramref name="Late"/>: after the last day.</summary>
public sealed record MaterialsPublished(Guid PressEventId, string Body, IReadOnlyList<PublishedMaterial> Materials, bool Late, bool Known, DateTimeOffset At);

/// <summary>One published piece.</summary>
public sealed record PublishedMaterial(Guid MaterialId, string Kind, string? Language);

/// <summary>It stands in no public list or feed any longer, though it takes place; final. <paramref name="Reason"/> is the service's own note, not for the public.</summary>
public sealed record PressEventWithdrawn(Guid PressEventId, string Body, string Reason, bool Known, DateTimeOffset At);

/// <summary>It will not take place; final.</summary>
public sealed record PressEventCancelled(Guid PressEventId, string Body, Bilingual Reason, bool Known, DateTimeOffset At);
