namespace PressEvents;

// The facts about what was said at one press event and what was made of it: segments and materials, in a stream of their own beside the event's.
// They carry ids, times and marks. Words (titles, speakers, captions, transcripts) lie sealed beside them and are opened for planners and for what
// is derived, so that nothing that is off the record stands in the store in clear. Timecodes are milliseconds from the event's start.

/// <summary>The record of an event begins. <paramref name="OnRecordByDefault"/>: what no segment covers is on the record (a meeting without ties: is not).</summary>
public sealed record RecordOpened(Guid PressEventId, string Body, bool OnRecordByDefault, DateTimeOffset At);

/// <summary>A stretch of the event with a title, perhaps a speaker (sealed), on or off the record.</summary>
public sealed record SegmentAdded(Guid PressEventId, Guid SegmentId, long StartMs, long EndMs, bool OnRecord, Guid WordsId, DateTimeOffset At);

/// <summary>An editor, named in the fact's metadata, put a segment on the record.</summary>
public sealed record SegmentMarkedOnRecord(Guid PressEventId, Guid SegmentId, DateTimeOffset At);

/// <summary>An editor, named in the fact's metadata, took a segment off the record. <paramref name="AfterPublication"/>: materials were public by then, and what is derived was redacted.</summary>
public sealed record SegmentMarkedOffRecord(Guid PressEventId, Guid SegmentId, bool AfterPublication, DateTimeOffset At);

/// <summary>A segment's times were wrong and are these; who corrected them stands in the fact's metadata. <paramref name="AfterPublication"/>: materials were public by then, and what is derived was computed anew.</summary>
public sealed record SegmentTimesCorrected(Guid PressEventId, Guid SegmentId, long StartMs, long EndMs, bool AfterPublication, DateTimeOffset At);

/// <summary>A recording lies at an address and covers a stretch of the event. <paramref name="Language"/>: kk, ru, or floor (as it was spoken).</summary>
public sealed record RecordingAdded(Guid PressEventId, Guid MaterialId, string Language, string Url, long StartMs, long EndMs, string? Sha256, DateTimeOffset At);

/// <summary>A transcript (WebVTT, sealed) in kk or ru; it replaces an earlier one. <paramref name="TextMac"/> (keyed hash, base64) tells a repeat.</summary>
public sealed record TranscriptAdded(Guid PressEventId, Guid MaterialId, string Language, int Cues, string TextMac, Guid WordsId, DateTimeOffset At);

/// <summary>A photo at an address, with its hash; captions and alternative text are sealed. <paramref name="SegmentId"/>: taken in it, and public only while that is on the record.</summary>
public sealed record PhotoAdded(Guid PressEventId, Guid MaterialId, string Url, string Sha256, Guid? SegmentId, Guid WordsId, DateTimeOffset At);

/// <summary>A material is shown no longer.</summary>
public sealed record MaterialWithdrawn(Guid PressEventId, Guid MaterialId, DateTimeOffset At);
