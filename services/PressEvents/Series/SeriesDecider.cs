using JasperFx.Events;
using Marten.Events.Aggregation;
using NodaTime;
using Platform;

namespace PressEvents;

// The facts about a series of events, such as the weekly briefings. The events are streams of their own; a series knows which they are.

/// <summary>A series was planned: these events, in order, every so many weeks at the same hour of Almaty.</summary>
public sealed record SeriesPlanned(Guid SeriesId, string Body, IReadOnlyList<Guid> PressEventIds, int EveryWeeks, DateTimeOffset At);

/// <summary>These of its events were moved together by so many days, to a time of day in Almaty. <paramref name="Scope"/>: Following or All.</summary>
public sealed record SeriesRescheduled(Guid SeriesId, string Scope, IReadOnlyList<Guid> PressEventIds, int Days, string TimeOfDay, string? Reason, DateTimeOffset At);

/// <summary>These of its events were cancelled together.</summary>
public sealed record SeriesCancelled(Guid SeriesId, string Scope, IReadOnlyList<Guid> PressEventIds, Bilingual Reason, DateTimeOffset At);

/// <summary>A series as its facts leave it.</summary>
public sealed record Series(Guid Id, string Body, IReadOnlyList<Guid> PressEventIds, int EveryWeeks) : IOfBody;

/// <summary>Which of a series an act is meant for, seen from one of its events: itself, itself and those after it, or all.</summary>
public enum SeriesScope { One, Following, All }

/// <summary>How one event of a series moves with the others: to this day and time.</summary>
public sealed record SeriesMove(LocalDate Day, LocalTime Time, Duration Lasts)
{
    public (string Start, string End) Texts()
    {
        var start = Times.On(Day, Time);
        return (Text(start), Text(start + Lasts.ToTimeSpan()));
    }

    private static string Text(DateTimeOffset at) => at.InAlmaty().ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The rules of series; pure. Times of day are Almaty's, so that a change of its offset moves no briefing.</summary>
public static class SeriesDecider
{
    public const int MostEvents = 60;
    public static readonly Type[] Facts = [typeof(SeriesPlanned), typeof(SeriesRescheduled), typeof(SeriesCancelled)];

    public static Series? Evolve(Series? state, object fact) => fact switch
    {
        SeriesPlanned e => new(e.SeriesId, e.Body, e.PressEventIds, e.EveryWeeks),
        SeriesRescheduled or SeriesCancelled => state!,
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a series."),
    };

    /// <summary>The filings of a series: the first one and its repeats.</summary>
    public static IReadOnlyList<FilePressEvent> Plan(PlanSeries ask)
    {
        var first = ask.First ?? throw Refused.Invalid("first-missing", "first is the event as it would be filed alone.", "first");
        var weeks = ask.EveryWeeks ?? 1;
        _ = weeks is >= 1 and <= 52 ? true : throw Refused.Invalid("weeks-invalid", "everyWeeks is from 1 to 52.", "everyWeeks");
        var count = ask.Count is >= 2 and <= MostEvents ? ask.Count.Value : throw Refused.Invalid("count-invalid", $"count is from 2 to {MostEvents}.", "count");
        _ = first.Reservations is not { Count: > 0 } ? true : throw Refused.Invalid("reservations-not-allowed", "A hold is for one event.", "first.reservations");
        var (start, end) = Filing.Slot(first.Start, first.End);
        var (local, lasts) = (Local(start), Duration.FromTimeSpan(end - start));
        return [.. Enumerable.Range(0, count).Select(i => new SeriesMove(local.Date.PlusWeeks(i * weeks), local.TimeOfDay, lasts).Texts())
            .Select(at => first with { Start = at.Start, End = at.End })];
    }

    /// <summary>The events an act is meant for.</summary>
    public static IReadOnlyList<Guid> InScope(Series series, Guid? from, string? scope)
    {
        var which = scope is not null && Enum.GetNames<SeriesScope>().Contains(scope) ? Enum.Parse<SeriesScope>(scope)
            : throw Refused.Invalid("scope-invalid", "scope is One, Following or All.", "scope");
        var index = series.PressEventIds.ToList().IndexOf(from ?? Guid.Empty);
        _ = index >= 0 || which == SeriesScope.All && from is null ? true : throw Refused.Invalid("press-event-unknown", "pressEventId is an event of the series.", "pressEventId");
        return which switch
        {
            SeriesScope.One => [series.PressEventIds[index]],
            SeriesScope.Following => [.. series.PressEventIds.Skip(index)],
            SeriesScope.All => series.PressEventIds,
            _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, null),
        };
    }

    /// <summary>An event at <paramref name="start"/> moves as the named one moves to <paramref name="newStart"/>: by the same days, to the same time of day and length.</summary>
    public static SeriesMove Move(DateTimeOffset start, DateTimeOffset namedStart, DateTimeOffset newStart, DateTimeOffset newEnd) => new(
        Local(start).Date.PlusDays(Days(namedStart, newStart)), Local(newStart).TimeOfDay, Duration.FromTimeSpan(newEnd - newStart));

    public static int Days(DateTimeOffset from, DateTimeOffset to) => Period.DaysBetween(Local(from).Date, Local(to).Date);

    public static string TimeOfDay(DateTimeOffset at) => Local(at).TimeOfDay.ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    private static LocalDateTime Local(DateTimeOffset at) => Instant.FromDateTimeOffset(at).InZone(Registration.Almaty).LocalDateTime;
}

/// <summary>Marten's side of the fold; live, nothing stored.</summary>
public sealed partial class SeriesFold : SingleStreamProjection<Series, Guid>
{
    public override Series? Evolve(Series? snapshot, Guid id, IEvent e) => SeriesDecider.Evolve(snapshot, e.Data);
}
