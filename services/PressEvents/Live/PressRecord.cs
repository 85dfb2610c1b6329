using Platform;

namespace PressEvents;

/// <summary>A stretch of time in milliseconds from the event's start, half-open.</summary>
public sealed record Span(long StartMs, long EndMs)
{
    public bool Overlaps(Span other) => StartMs < other.EndMs && other.StartMs < EndMs;
    public bool Holds(Span other) => StartMs <= other.StartMs && other.EndMs <= EndMs;
}

public sealed record Segment(Guid Id, Span At, bool OnRecord, Guid WordsId);
public sealed record Recording(Guid Id, string Language, string Url, Span At, string? Sha256);
public sealed record Transcript(Guid Id, string Language, string TextMac, Guid WordsId);
public sealed record Photo(Guid Id, string Url, string Sha256, Guid? SegmentId, Guid WordsId);

/// <summary>The record of one event as its facts leave it; segments by time. Live state of the stream; never stored.</summary>
public sealed record PressRecord(Guid Id, string Body, bool OnRecordByDefault) : IOfBody
{
    public IReadOnlyList<Segment> Segments { get; init; } = [];
    public IReadOnlyList<Recording> Recordings { get; init; } = [];
    public IReadOnlyList<Transcript> Transcripts { get; init; } = [];
    public IReadOnlyList<Photo> Photos { get; init; } = [];

    private static readonly Guid Space = new("2f1c7a52-6f0e-4b8d-9a35-5b1d0a4f7c11");

    /// <summary>The stream's id, which follows from the event's.</summary>
    public static Guid StreamOf(Guid pressEventId) => NamedId.Of(Space, pressEventId.ToString());
}

/// <summary>The rules of segments and materials: pure.</summary>
public static class RecordDecider
{
    /// <summary>Nothing of ours lasts longer than a day.</summary>
    public const long LongestMs = 24 * 60 * 60 * 1000;
    public const int MostSegments = 500, MostMaterials = 500;
    public const string Floor = "floor";

    public static readonly Type[] Facts = [typeof(RecordOpened), typeof(SegmentAdded), typeof(SegmentMarkedOnRecord), typeof(SegmentMarkedOffRecord), typeof(SegmentTimesCorrected),
        typeof(RecordingAdded), typeof(TranscriptAdded), typeof(PhotoAdded), typeof(MaterialWithdrawn)];

    public static PressRecord? Evolve(PressRecord? state, object fact) => fact switch
    {
        RecordOpened e => new(e.PressEventId, e.Body, e.OnRecordByDefault),
        SegmentAdded e => state! with { Segments = [.. state.Segments.Append(new(e.SegmentId, new(e.StartMs, e.EndMs), e.OnRecord, e.WordsId)).OrderBy(s => s.At.StartMs)] },
        SegmentMarkedOnRecord e => Marked(state!, e.SegmentId, true),
        SegmentMarkedOffRecord e => Marked(state!, e.SegmentId, false),
        SegmentTimesCorrected e => state! with { Segments = [.. state.Segments.Select(s => s.Id == e.SegmentId ? s with { At = new(e.StartMs, e.EndMs) } : s).OrderBy(s => s.At.StartMs)] },
        RecordingAdded e => state! with { Recordings = [.. state.Recordings, new(e.MaterialId, e.Language, e.Url, new(e.StartMs, e.EndMs), e.Sha256)] },
        TranscriptAdded e => state! with { Transcripts = [.. state.Transcripts.Where(t => t.Language != e.Language), new(e.MaterialId, e.Language, e.TextMac, e.WordsId)] },
        PhotoAdded e => state! with { Photos = [.. state.Photos, new(e.MaterialId, e.Url, e.Sha256, e.SegmentId, e.WordsId)] },
        MaterialWithdrawn e => state! with
        {
            Recordings = [.. state.Recordings.Where(m => m.Id != e.MaterialId)],
            Transcripts = [.. state.Transcripts.Where(m => m.Id != e.MaterialId)],
            Photos = [.. state.Photos.Where(m => m.Id != e.MaterialId)],
        },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a record."),
    };

    /// <summary>The record of an event that has none yet.</summary>
    public static RecordOpened Open(PressEventView of, Catalogue catalogue, DateTimeOffset now) => new(of.Id, of.Body, catalogue.Format(of.Format)?.OnRecord != false, now);

    public static IReadOnlyList<object> Decide(PressRecord state, Guid segmentId, Guid wordsId, AddSegment ask, DateTimeOffset now)
    {
        var at = Within(ask.StartMs, ask.EndMs);
        return state.Segments.Any(s => s.At.Overlaps(at)) ? throw Refused.Conflict("segments-overlap", "Another segment covers a part of this time.")
            : state.Segments.Count >= MostSegments ? throw Refused.Conflict("segments-too-many", $"An event has at most {MostSegments} segments.")
            : [new SegmentAdded(state.Id, segmentId, at.StartMs, at.EndMs, ask.OnRecord ?? state.OnRecordByDefault, wordsId, now)];
    }

    /// <summary><paramref name="published"/>: materials of the event are public.</summary>
    public static IReadOnlyList<object> Mark(PressRecord state, Guid segmentId, bool onRecord, bool published, DateTimeOffset now) =>
        Known(state, segmentId).OnRecord == onRecord ? []
            : onRecord ? [new SegmentMarkedOnRecord(state.Id, segmentId, now)]
            : [new SegmentMarkedOffRecord(state.Id, segmentId, published, now)];

    /// <summary>Times alone: the mark stays, and what lies in the segment now is shown or withheld by it.</summary>
    public static IReadOnlyList<object> Correct(PressRecord state, Guid segmentId, CorrectSegmentTimes ask, bool published, DateTimeOffset now)
    {
        var (segment, at) = (Known(state, segmentId), Within(ask.StartMs, ask.EndMs));
        return segment.At == at ? []
            : state.Segments.Any(s => s.Id != segmentId && s.At.Overlaps(at)) ? throw Refused.Conflict("segments-overlap", "Another segment covers a part of this time.")
            : [new SegmentTimesCorrected(state.Id, segmentId, at.StartMs, at.EndMs, published, now)];
    }

    private static Segment Known(PressRecord state, Guid segmentId) => state.Segments.FirstOrDefault(s => s.Id == segmentId) ?? throw Refused.Missing(nameof(Segment));

    public static IReadOnlyList<object> Decide(PressRecord state, Guid materialId, AddRecording ask, DateTimeOffset now)
    {
        var language = ask.Language is "kk" or "ru" or Floor ? ask.Language : throw Refused.Invalid("language-unknown", "language is kk, ru or floor (as it was spoken).", "language");
        var (url, at, sha256) = (WebAddress.Of(ask.Url, "url"), Within(ask.StartMs, ask.EndMs), ask.Sha256 is null ? null : Hash(ask.Sha256));
        return state.Recordings.Any(r => (r.Url, r.Language, r.At) == (url, language, at)) ? []
            : [new RecordingAdded(Room(state).Id, materialId, language, url, at.StartMs, at.EndMs, sha256, now)];
    }

    public static IReadOnlyList<object> Decide(PressRecord state, Guid materialId, Guid wordsId, string language, int cues, string mac, DateTimeOffset now) =>
        state.Transcripts.Any(t => (t.Language, t.TextMac) == (language, mac)) ? [] : [new TranscriptAdded(Room(state).Id, materialId, language, cues, mac, wordsId, now)];

    public static IReadOnlyList<object> Decide(PressRecord state, Guid materialId, Guid wordsId, AddPhoto ask, DateTimeOffset now)
    {
        var (url, sha256) = (WebAddress.Of(ask.Url, "url"), Hash(ask.Sha256));
        return ask.SegmentId is { } segment && state.Segments.All(s => s.Id != segment) ? throw Refused.Invalid("segment-unknown", "segmentId is a segment of this event.", "segmentId")
            : state.Photos.Any(p => p.Sha256 == sha256) ? []
            : [new PhotoAdded(Room(state).Id, materialId, url, sha256, ask.SegmentId, wordsId, now)];
    }

    public static IReadOnlyList<object> Withdraw(PressRecord state, Guid materialId, DateTimeOffset now) =>
        state.Recordings.Select(m => m.Id).Concat(state.Transcripts.Select(m => m.Id)).Concat(state.Photos.Select(m => m.Id)).Contains(materialId)
            ? [new MaterialWithdrawn(state.Id, materialId, now)] : throw Refused.Missing("material");

    private static PressRecord Marked(PressRecord state, Guid segmentId, bool onRecord) =>
        state with { Segments = [.. state.Segments.Select(s => s.Id == segmentId ? s with { OnRecord = onRecord } : s)] };

    private static PressRecord Room(PressRecord state) => state.Recordings.Count + state.Photos.Count < MostMaterials ? state
        : throw Refused.Conflict("materials-too-many", $"An event has at most {MostMaterials} recordings and photos.");

    private static Span Within(long? startMs, long? endMs) =>
        startMs is not (>= 0 and < LongestMs) ? throw Refused.Invalid("timecode-invalid", "A timecode is in milliseconds from the event's start, within a day.", "startMs")
        : endMs is not (> 0 and <= LongestMs) || endMs <= startMs ? throw Refused.Invalid("timecode-invalid", "It ends after it starts, within a day.", "endMs")
        : new(startMs.Value, endMs.Value);

    private static string Hash(string? sha256) => sha256 is { Length: 64 } && sha256.All(char.IsAsciiHexDigit) ? sha256.ToLowerInvariant()
        : throw Refused.Invalid("sha256-invalid", "sha256 is 64 hexadecimal digits.", "sha256");
}
