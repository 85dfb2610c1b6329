using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;

namespace Inquiries;

/// <summary>
/// One request as statistics see it: whose, how many days to its first final act, and the positions (sequences of the store) from which the
/// act and its lateness count. A position once given tells the same for ever: what comes later only adds rows or positions behind it.
/// </summary>
public sealed record Timeliness(Guid Id, string Holder, DateTimeOffset ReceivedAt)
{
    /// <summary>First day of the month (Almaty) of the first final act; null while there is none.</summary>
    public DateOnly? Month { get; init; }
    public DateTimeOffset? ConcludedAt { get; init; }
    public int Days { get; init; }
    public long? Position { get; init; }
    public long? LatePosition { get; init; }
}

/// <summary>The fold, by the definition of <c>timeliness-definition.csv</c>: the first final act counts, also where a complaint opened the request again.</summary>
public static class TimelinessFold
{
    private static readonly HashSet<string> ReplyRules = [.. Regimes.All.Values.SelectMany(r => new[] { r.Reply, r.Extended })];

    public static Timeliness? Evolve(Timeliness? row, object fact, long position) => fact switch
    {
        InquiryReceived e => new(e.InquiryId, e.Holder, e.At.ToUniversalTime()),
        InquiryHandedOver e => new(e.InquiryId, e.Holder, e.At.ToUniversalTime()),
        InquiryRepeated e => new(e.InquiryId, e.Holder, e.At.ToUniversalTime()),
        InquiryAnswered e => Concluded(row, e.At, position),
        InquiryAnsweredPartly e => Concluded(row, e.At, position),
        PointedToPublication e => Concluded(row, e.At, position),
        InquiryRefused e => Concluded(row, e.At, position),
        InquiryReturned e => Concluded(row, e.At, position),
        ViolationRecorded e when row is { LatePosition: null } && row.ConcludedAt == e.At && ReplyRules.Contains(e.Rule) => row with { LatePosition = position },
        _ => row,
    };

    private static Timeliness? Concluded(Timeliness? row, DateTimeOffset at, long position)
    {
        if (row is not { ConcludedAt: null })
        {
            return row;
        }

        var day = Registration.AlmatyDate(at);
        return row with
        {
            ConcludedAt = at.ToUniversalTime(),
            Month = new(day.Year, day.Month, 1),
            Days = NodaTime.Period.DaysBetween(Registration.AlmatyDate(row.ReceivedAt), day),
            Position = position,
        };
    }
}

public sealed partial class TimelinessRows : SingleStreamProjection<Timeliness, Guid>
{
    public TimelinessRows()
    {
        Name = "timeliness";
        foreach (var fact in new[] { typeof(InquiryReceived), typeof(InquiryHandedOver), typeof(InquiryRepeated), typeof(InquiryAnswered), typeof(InquiryAnsweredPartly),
            typeof(PointedToPublication), typeof(InquiryRefused), typeof(InquiryReturned), typeof(ViolationRecorded) })
        {
            IncludeType(fact);
        }
    }

    public override Timeliness? Evolve(Timeliness? snapshot, Guid id, IEvent e) => TimelinessFold.Evolve(snapshot, e.Data, e.Sequence);
}

public static class StatisticsStore
{
    public static void Register(StoreOptions options)
    {
        options.Projections.Add<TimelinessRows>(ProjectionLifecycle.Async);
        // only what is concluded is counted
        options.Schema.For<Timeliness>().Duplicate(r => r.Holder).Duplicate(r => r.Month!, notNull: false).Duplicate(r => r.Position!, notNull: false)
            .Index([r => r.Month!, r => r.Holder], index => index.Predicate = "month is not null");
    }
}
