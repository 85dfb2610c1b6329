using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;
using Marten.Schema;

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
    public long? ConcludedPosition { get; init; }
    public long? LatePosition { get; init; }

    /// <summary>Marten calls it by its name. What is concluded is counted from one index alone; the others find what lies between two positions.</summary>
    public static void ConfigureMarten(DocumentMapping<Timeliness> mapping)
    {
        foreach (var column in new[] { nameof(Holder), nameof(Month), nameof(Days), nameof(ConcludedPosition), nameof(LatePosition) })
        {
            mapping.DuplicateField(column);
        }

        var counted = mapping.AddIndex(["month", "holder"]);
        (counted.Predicate, counted.IncludeColumns) = ("month is not null", ["days", "concluded_position", "late_position"]);
        mapping.AddIndex(["concluded_position"]);
        mapping.AddIndex(["late_position"]).Predicate = "late_position is not null";
    }
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
            ConcludedPosition = position,
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
    }
}
