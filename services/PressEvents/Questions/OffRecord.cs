using Marten;

namespace PressEvents;

/// <summary>
/// Which of these segments are off the record at this moment: the seam to whoever keeps the segments of an event. Asked at each read, for what a
/// segment is may be decided, or corrected, after the question was put in it.
/// </summary>
public delegate Task<IReadOnlySet<Guid>> OffRecord(IQuerySession session, IReadOnlyCollection<Guid> segments, CancellationToken ct);

public static class OffTheRecord
{
    /// <summary>Where nobody keeps segments nobody vouches for one, and it counts as off the record.</summary>
    public static readonly OffRecord NobodyVouches = (_, segments, _) => Task.FromResult<IReadOnlySet<Guid>>(segments.ToHashSet());

    /// <summary>Whether a question must not be seen by the public: the moderator said so, its segment is off the record, or its format is and no segment says otherwise.</summary>
    public static bool Hides(QuestionView question, Format? format, IReadOnlySet<Guid> off) =>
        question.OffRecord || (question.SegmentId is { } segment ? off.Contains(segment) : IsByItself(format));

    /// <summary>Of these questions those that the public must not see.</summary>
    public static async Task<IReadOnlySet<Guid>> Hidden(this IQuerySession session, IReadOnlyCollection<QuestionView> questions, Catalogue catalogue, OffRecord offRecord, CancellationToken ct)
    {
        var segments = questions.Select(q => q.SegmentId).OfType<Guid>().Distinct().ToList();
        var off = segments.Count == 0 ? new HashSet<Guid>() : await offRecord(session, segments, ct);
        var formats = (await session.LoadManyAsync<PressEventView>(ct, [.. questions.Select(q => q.PressEventId).Distinct()])).ToDictionary(e => e.Id, e => catalogue.Format(e.Format));
        return questions.Where(q => Hides(q, formats.GetValueOrDefault(q.PressEventId), off)).Select(q => q.Id).ToHashSet();
    }

    /// <summary>A format that is not broadcast at all is off the record by itself; so is one that nobody knows any more.</summary>
    private static bool IsByItself(Format? format) => format is null or { Live: "no" };
}
