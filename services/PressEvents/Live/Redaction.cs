namespace PressEvents;

/// <summary>What may go out of a record: computed from marks and times alone, so that it can be computed anew at any time.</summary>
public static class Redaction
{
    /// <summary>The stretches on the record, in order, joined where they touch; what no segment covers is as the format has it.</summary>
    public static IReadOnlyList<Span> OnRecord(PressRecord record)
    {
        if (!record.OnRecordByDefault)
        {
            return Joined(record.Segments.Where(s => s.OnRecord).Select(s => s.At));
        }

        List<Span> spans = [];
        var from = 0L;
        foreach (var off in record.Segments.Where(s => !s.OnRecord).Select(s => s.At))
        {
            if (off.StartMs > from)
            {
                spans.Add(new(from, off.StartMs));
            }

            from = off.EndMs;
        }

        return from < RecordDecider.LongestMs ? [.. spans, new(from, RecordDecider.LongestMs)] : spans;
    }

    /// <summary>
    /// The cues that may be published. One that runs over the border of what is off the record is cut at it, by the times within its text; where there are
    /// none nobody knows which of its words are whose, and the whole cue is withheld.
    /// </summary>
    public static (IReadOnlyList<Cue> Published, IReadOnlyList<Cue> Withheld) Cues(IReadOnlyList<Cue> cues, IReadOnlyList<Span> onRecord)
    {
        List<Cue> published = [], withheld = [];
        foreach (var cue in cues)
        {
            var pieces = onRecord.Any(span => span.Holds(cue.At)) ? [cue] : Cut(cue, onRecord);
            published.AddRange(pieces);
            if (pieces.Count == 0 && onRecord.Any(span => span.Overlaps(cue.At)))
            {
                withheld.Add(cue);
            }
        }

        return (published, withheld);
    }

    private static List<Cue> Cut(Cue cue, IReadOnlyList<Span> onRecord)
    {
        var runs = WebVtt.Runs(cue);
        List<Cue> pieces = [];
        foreach (var span in onRecord.Where(span => span.Overlaps(cue.At)))
        {
            var kept = runs.Select((run, i) => (At: new Span(run.FromMs, i + 1 < runs.Count ? runs[i + 1].FromMs : cue.At.EndMs), run.Text)).Where(run => span.Holds(run.At)).ToList();
            if (kept.Count > 0 && string.Concat(kept.Select(run => run.Text)).Trim() is { Length: > 0 } text)
            {
                pieces.Add(new(new(kept[0].At.StartMs, kept[^1].At.EndMs), cue.Id, text));
            }
        }

        return pieces;
    }

    private static List<Span> Joined(IEnumerable<Span> spans)
    {
        List<Span> joined = [];
        foreach (var span in spans)
        {
            if (joined.Count > 0 && joined[^1].EndMs == span.StartMs)
            {
                joined[^1] = joined[^1] with { EndMs = span.EndMs };
            }
            else
            {
                joined.Add(span);
            }
        }

        return joined;
    }
}
