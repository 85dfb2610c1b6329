using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Platform;

namespace Inquiries;

/// <summary>One day of a change, in the words of the table: holiday, religious (Kurban Ait), moved-off, transferred-off, transferred-work, ordinary.</summary>
public sealed record ChangedDay(DateOnly? Date, string? Kind, DateOnly? For, Bilingual? Name, string? Note);

/// <summary>Change the working calendar by an order. With <paramref name="Year"/> that year is published: its fixed holidays with their moves, and the days given.</summary>
public sealed record ChangeCalendar(CalendarOrder? Order, IReadOnlyList<ChangedDay>? Days, int? Year = null);

/// <summary>A version of the calendar: since when, by which change, and the value that terms are counted by.</summary>
public sealed record CalendarAt(string Version, Guid ChangeId, DateTimeOffset At, WorkingCalendar Calendar);

/// <summary>The working calendar as its facts leave it, with every version it had, and the order behind each changed day. Never stored.</summary>
public sealed record CalendarState(Guid Id, IReadOnlyList<CalendarAt> Versions, IReadOnlyDictionary<LocalDate, CalendarOrder> Orders)
{
    public WorkingCalendar Calendar => Versions[^1].Calendar;
}

/// <summary>Every rule about changing the calendar, and nothing else: no clock, no store, no ids made here.</summary>
public static class CalendarDecider
{
    public static readonly Guid StreamId = Guid.Parse("0ca1e4da-7000-7000-8000-000000000001");

    /// <summary>Of one change; a year has some twenty.</summary>
    public const int MostDays = 60;

    public static readonly Type[] Facts =
    [
        typeof(CalendarYearPublished), typeof(HolidayAdded), typeof(HolidayRemoved), typeof(DayOffMoved), typeof(DaysTransferred), typeof(KurbanAitSet), typeof(CalendarEditionIssued),
    ];

    public static CalendarState Evolve(CalendarState? state, object fact)
    {
        var e = fact as ICalendarFact ?? throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about the calendar.");
        var next = new CalendarAt(e.CalendarVersion, e.ChangeId, e.At, Lay(state?.Calendar, e));
        var earlier = (state?.Versions ?? []).Where(version => version.ChangeId != e.ChangeId);
        var orders = new Dictionary<LocalDate, CalendarOrder>(state?.Orders ?? new Dictionary<LocalDate, CalendarOrder>());
        foreach (var day in Days(next.Calendar, e))
        {
            orders.Remove(day.Date);
            if (e.Order is { } order)
            {
                orders.Add(day.Date, order);
            }
        }

        return new(StreamId, [.. earlier, next], orders);
    }

    public static IReadOnlyList<object> Decide(CalendarState state, ChangeCalendar ask, Guid changeId, DateTimeOffset now)
    {
        var today = Registration.AlmatyDate(now).ToDateOnly();
        var order = ask.Order is { } given && Said(given.Number) && Said(given.Issuer) && given.Date is { } date
            ? date <= today ? given : throw Refused.Invalid("order-date-invalid", "An order is not of a day to come.", "order.date")
            : throw Refused.Invalid("order-missing", "Name the order: its number, its date and who issued it.", "order");
        var stamp = new Stamp(changeId, NextVersion(state, now), order, now);
        if (ask.Year is not { } year)
        {
            return ask.Days is { Count: > 0 } ? Changes(state.Calendar, ask.Days, stamp) : throw Refused.Invalid("days-missing", "Name at least one day.", "days");
        }

        return [new CalendarYearPublished(changeId, stamp.Version, year, [.. After(state.Calendar, year, ask.Days ?? []).Special(year).Select(Published)], order, now)];
    }

    /// <summary>The calendar as it would be; what a preview and a what-if count by.</summary>
    public static WorkingCalendar After(WorkingCalendar calendar, int? year, IReadOnlyList<ChangedDay> days)
    {
        if (year is { } published)
        {
            if (published != calendar.Edition.PublishedTo + 1)
            {
                throw Refused.Invalid("year-invalid", $"The next year to publish is {calendar.Edition.PublishedTo + 1}; a published one is changed by its days.", "year");
            }

            calendar = calendar.With(calendar.Edition with { PublishedTo = published }, [.. calendar.Special(published)]);
        }

        return Changes(calendar, days, new(Guid.Empty, calendar.Version + "+", null, default)).Aggregate(calendar, Lay);
    }

    /// <summary>Year and month of the change and a number within it: 2026-12-1.</summary>
    public static string NextVersion(CalendarState state, DateTimeOffset now)
    {
        var month = Registration.AlmatyDate(now).ToString("uuuu-MM-", CultureInfo.InvariantCulture);
        return month + (1 + state.Versions.Count(version => version.Version.StartsWith(month, StringComparison.Ordinal))).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The days that a fact changes, as they are after it.</summary>
    public static IEnumerable<CalendarDay> Days(WorkingCalendar? before, ICalendarFact fact) => fact switch
    {
        CalendarYearPublished e => e.Days.Select(day => new CalendarDay(Local(day.Date), day.Kind, day.Note) { For = day.For is { } on ? Local(on) : null, Name = Words(day.Name) }),
        HolidayAdded e => [new(Local(e.Date), DayKind.Holiday, e.Note ?? e.Name.Ru!) { Name = Words(e.Name) }],
        HolidayRemoved e => [WorkingCalendar.Ordinary(Local(e.Date))],
        DayOffMoved e => [new(Local(e.DayOff), DayKind.MovedOff, $"for {before!.Day(Local(e.Holiday)).Note} on {Iso(e.Holiday)}") { For = Local(e.Holiday), Name = before.Day(Local(e.Holiday)).Name }],
        DaysTransferred e =>
        [
            new(Local(e.DayOff), DayKind.TransferredOff, $"moved from {Weekday(e.WorkingDay)} {Iso(e.WorkingDay)}") { For = Local(e.WorkingDay) },
            new(Local(e.WorkingDay), DayKind.TransferredWork, $"works for {Weekday(e.DayOff)} {Iso(e.DayOff)}") { For = Local(e.DayOff) },
        ],
        KurbanAitSet e => [.. KurbanAits(before!, e.Date.Year).Where(day => day.Date != Local(e.Date)).Select(day => WorkingCalendar.Ordinary(day.Date)), new(Local(e.Date), DayKind.Religious, "Kurban Ait")],
        CalendarEditionIssued => [],
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about the calendar."),
    };

    /// <summary>The facts of a change with the edition that they leave behind them; nothing where nothing changed.</summary>
    public static IReadOnlyList<object> WithEdition(CalendarState state, IReadOnlyList<object> facts)
    {
        if (facts.Count == 0)
        {
            return facts;
        }

        var (last, edition) = ((ICalendarFact)facts[^1], facts.Aggregate(state, Evolve).Calendar);
        var (from, to) = (edition.Edition.PublishedFrom, edition.Edition.PublishedTo);
        return [.. facts, new CalendarEditionIssued(last.ChangeId, edition.Version, from, to, [.. Enumerable.Range(from, to - from + 1).SelectMany(edition.Special).Select(Published)], last.Order, last.At)];
    }

    private sealed record Stamp(Guid ChangeId, string Version, CalendarOrder? Order, DateTimeOffset At);

    private static WorkingCalendar Lay(WorkingCalendar? before, ICalendarFact fact)
    {
        var edition = (before ?? WorkingCalendar.Embedded).Edition with { Version = fact.CalendarVersion };
        return fact is CalendarYearPublished { Year: var year } && before is null
            ? new(edition with { PublishedFrom = year, PublishedTo = year }, Days(null, fact))
            : before!.With(fact is CalendarYearPublished e ? edition with { PublishedTo = Math.Max(e.Year, edition.PublishedTo) } : edition, [.. Days(before, fact)]);
    }

    // each day is judged by the calendar that the days before it leave; what is already so makes no fact
    private static List<ICalendarFact> Changes(WorkingCalendar calendar, IReadOnlyList<ChangedDay> days, Stamp stamp)
    {
        if (days.Count > MostDays)
        {
            throw Refused.Invalid("days-too-many", $"One change names at most {MostDays} days.", "days");
        }

        List<ICalendarFact> facts = [];
        for (var i = 0; i < days.Count; i++)
        {
            var fact = ChangedDays.Fact(calendar, days[i] ?? new(null, null, null, null, null), $"days[{i}]", (stamp.ChangeId, stamp.Version, stamp.Order, stamp.At));
            if (Days(calendar, fact).Any(day => Law.Words.Reason(day) != Law.Words.Reason(calendar.Day(day.Date))))
            {
                facts.Add(fact);
                calendar = Lay(calendar, fact);
            }
        }

        return facts;
    }

    private static IEnumerable<CalendarDay> KurbanAits(WorkingCalendar calendar, int year) =>
        calendar.Special(year).Where(day => day.Kind is DayKind.Religious && day.Note.StartsWith("Kurban Ait", StringComparison.Ordinal));

    private static PublishedDay Published(CalendarDay day) =>
        new(day.Date.ToDateOnly(), day.Kind, day.Note, day.For?.ToDateOnly(), day.Name is { } name ? new(name.Kk, name.Ru) : null);

    private static bool Said(string? text) => !string.IsNullOrWhiteSpace(text);
    private static Words? Words(Bilingual? name) => name is null ? null : new(name.Kk!, name.Ru!);
    private static LocalDate Local(DateOnly date) => LocalDate.FromDateOnly(date);
    private static string Iso(DateOnly date) => LocalDatePattern.Iso.Format(Local(date));
    private static string Weekday(DateOnly date) => date.ToString("ddd", CultureInfo.InvariantCulture);
}
