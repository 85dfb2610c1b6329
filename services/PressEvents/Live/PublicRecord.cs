namespace PressEvents;

public sealed record PublicSegment(Guid Id, long StartMs, long EndMs, Bilingual Title, Bilingual? Speaker);

/// <summary>A cue on the record; <paramref name="SegmentId"/>: where it begins.</summary>
public sealed record PublicCue(long StartMs, long EndMs, string? Id, Guid? SegmentId, Guid? QuestionId, string Text);

public sealed record PublicRecording(Guid Id, string Language, string Url, long StartMs, long EndMs, string? Sha256);
public sealed record PublicTranscript(Guid Id, string Language, IReadOnlyList<PublicCue> Cues);
public sealed record PublicPhoto(Guid Id, string Url, string Sha256, Bilingual Caption, Bilingual Alt);

/// <summary>
/// What of an event's record may ever be shown: on the record alone, computed anew from marks and sealed words in the transaction of every fact, so that
/// what was taken off the record is gone from here with that fact. The one source of public reads. Timecodes in milliseconds from the event's start.
/// </summary>
public sealed record PublicRecord(Guid Id, IReadOnlyList<PublicSegment> Segments, IReadOnlyList<PublicRecording> Recordings, IReadOnlyList<PublicTranscript> Transcripts,
    IReadOnlyList<PublicPhoto> Photos)
{
    /// <summary>Those that an announcement of materials named.</summary>
    public PublicRecord Only(IReadOnlyCollection<Guid> published) => this with
    {
        Recordings = [.. Recordings.Where(m => published.Contains(m.Id))],
        Transcripts = [.. Transcripts.Where(m => published.Contains(m.Id))],
        Photos = [.. Photos.Where(m => published.Contains(m.Id))],
    };

    public IReadOnlyList<PublishedMaterial> Materials =>
    [
        .. Recordings.Select(m => new PublishedMaterial(m.Id, "recording", m.Language)),
        .. Transcripts.Select(m => new PublishedMaterial(m.Id, "transcript", m.Language)),
        .. Photos.Select(m => new PublishedMaterial(m.Id, "photo", null)),
    ];

    public static PublicRecord Of(PressRecord record, OpenWords words)
    {
        var spans = Redaction.OnRecord(record);
        bool Shown(Span at) => spans.Any(span => span.Holds(at));
        return new(record.Id,
            [.. record.Segments.Where(s => s.OnRecord).Select(s => (s, Words: words.Of<SegmentWords>(s.WordsId))).Select(x => new PublicSegment(x.s.Id, x.s.At.StartMs, x.s.At.EndMs, x.Words.Title, x.Words.Speaker))],
            [.. record.Recordings.Where(r => Shown(r.At)).Select(r => new PublicRecording(r.Id, r.Language, r.Url, r.At.StartMs, r.At.EndMs, r.Sha256))],
            [.. record.Transcripts.OrderBy(t => t.Language, StringComparer.Ordinal).Select(t => new PublicTranscript(t.Id, t.Language, Cues(record, spans, words.Text(t.WordsId)))).Where(t => t.Cues.Count > 0)],
            [.. record.Photos.Where(p => p.SegmentId is null || record.Segments.Any(s => s.Id == p.SegmentId && s.OnRecord))
                .Select(p => (p, Words: words.Of<PhotoWords>(p.WordsId))).Select(x => new PublicPhoto(x.p.Id, x.p.Url, x.p.Sha256, x.Words.Caption, x.Words.Alt))]);
    }

    private static IReadOnlyList<PublicCue> Cues(PressRecord record, IReadOnlyList<Span> spans, string vtt) =>
        [.. Redaction.Cues(WebVtt.Parse(vtt), spans).Published.Select(cue => new PublicCue(cue.At.StartMs, cue.At.EndMs, cue.Id,
            record.Segments.FirstOrDefault(s => s.At.StartMs <= cue.At.StartMs && cue.At.StartMs < s.At.EndMs)?.Id, cue.QuestionId, cue.Text))];
}
