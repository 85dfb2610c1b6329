using Marten;

namespace PressEvents;

/// <summary>
/// The segments of these events that are on the record at this moment: the seam to whoever keeps segments. Asked at each read, for what a segment
/// is may be decided, or corrected, after a question was put in it.
/// </summary>
public delegate Task<IReadOnlySet<Guid>> OnRecord(IQuerySession session, IReadOnlyCollection<Guid> pressEventIds, CancellationToken ct);

/// <summary>What of questions the public must not see. A segment that nobody vouches for is off the record.</summary>
public static class OffRecord
{
    /// <summary>What the public record of these events holds.</summary>
    public static readonly OnRecord ByRecord = async (session, events, ct) =>
        (await session.LoadManyAsync<PublicRecord>(ct, [.. events])).SelectMany(record => record.Segments).Select(segment => segment.Id).ToHashSet();

    /// <summary>The moderator said so, its segment is not on the record, or its format is off the record and no segment says otherwise.</summary>
    public static bool Hides(QuestionView question, Format? format, IReadOnlySet<Guid> onRecord) =>
        question.OffRecord || (question.SegmentId is { } segment ? !onRecord.Contains(segment) : IsByItself(format));

    /// <summary>Of these questions those that the public must not see; also where the event itself is not public.</summary>
    public static async Task<IReadOnlySet<Guid>> Hidden(this IQuerySession session, IReadOnlyCollection<QuestionView> questions, Catalogue catalogue, OnRecord onRecord, CancellationToken ct)
    {
        var segmented = questions.Where(q => q.SegmentId is not null).Select(q => q.PressEventId).Distinct().ToList();
        var on = segmented.Count == 0 ? new HashSet<Guid>() : await onRecord(session, segmented, ct);
        var open = (await session.LoadManyAsync<PressEventView>(ct, [.. questions.Select(q => q.PressEventId).Distinct()])).Where(e => e.IsOpen).ToDictionary(e => e.Id, e => catalogue.Format(e.Format));
        return questions.Where(q => Hides(q, open.GetValueOrDefault(q.PressEventId), on)).Select(q => q.Id).ToHashSet();
    }

    /// <summary>A format may be off the record by itself; so is one that nobody knows any more.</summary>
    private static bool IsByItself(Format? format) => format is null or { OnRecord: false };
}
