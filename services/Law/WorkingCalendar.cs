using System.Collections.Frozen;
using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Law;

/// <summary>The law's data, embedded as CSV. No quoting: only a table's last column may hold commas.</summary>
public static class Tables
{
    public static IEnumerable<IReadOnlyDictionary<string, string>> Read(string name)
    {
        using var reader = new StreamReader(typeof(Tables).Assembly.GetManifestResourceStream(typeof(Tables), $"Data.{name}.csv")!);
        foreach (var row in Read(reader)) yield return row;
    }

    public static IEnumerable<IReadOnlyDictionary<string, string>> Read(TextReader reader)
    {
        var head = reader.ReadLine()!.Split(',');
        while (reader.ReadLine() is { } line)
            yield return head.Zip(line.Split(',', head.Length)).ToFrozenDictionary(cell => cell.First, cell => cell.Second);
    }

    public static LocalDate Date(string cell) => LocalDatePattern.Iso.Parse(cell).Value;
    public static int Number(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);
}

public enum DayKind { Working, Weekend, Holiday, Religious, MovedOff, TransferredOff, TransferredWork }

/// <summary>A day and why it works or not; its note: a holiday, "for X on date", "moved from Sat date", "works for Wed date".</summary>
public sealed record CalendarDay(LocalDate Date, DayKind Kind, string Note)
{
    public bool Works => Kind is DayKind.Working or DayKind.TransferredWork;

    /// <summary>The day it stands for, where an order says so: the holiday, or the other half of a transfer. The tables say it in the note.</summary>
    public LocalDate? For { get; init; }

    /// <summary>The holiday's name, where an order gives one that the table of words does not know.</summary>
    public Words? Name { get; init; }
}

/// <summary>Which calendar this is: years published day by day, and the wider span whose other years are computed.</summary>
public sealed record CalendarEdition(string Version, int PublishedFrom, int PublishedTo, int ComputedFrom, int ComputedTo);

/// <summary>
/// The working days of a five-day week. Published years are the dated table; others, from the first year of Law 401-V (2016) to 2050, are
/// computed from the fixed holidays, their moves and 7 January, without Kurban Ait and transfers, and are provisional: before 2022 the
/// holidays differed. A date beyond the span is refused with <c>calendar-unknown</c>.
/// </summary>
public sealed class WorkingCalendar
{
    static readonly (AnnualDate Day, string Name, LocalDate From, LocalDate To, bool Moves)[] Fixed = [.. Tables.Read("fixed-holidays")
        .Select(row => (AnnualDatePattern.Iso.Parse(row["monthDay"]).Value, row["name"], Tables.Date(row["validFrom"]),
            Tables.Date(row["validTo"]), row["moves"] == "yes"))];

    readonly IReadOnlyList<CalendarDay> published;
    readonly FrozenDictionary<LocalDate, CalendarDay> special;

    /// <summary>A later row for the same day replaces the earlier one.</summary>
    public WorkingCalendar(CalendarEdition edition, IEnumerable<CalendarDay> published)
    {
        (Edition, this.published) = (edition, [.. published]);
        special = Enumerable.Range(edition.ComputedFrom, edition.ComputedTo - edition.ComputedFrom + 1)
            .Where(IsUnpublished).SelectMany(Computed).Concat(this.published)
            .GroupBy(day => day.Date).ToFrozenDictionary(same => same.Key, same => same.Last());
    }

    public static WorkingCalendar Embedded { get; } = new(
        Tables.Read("calendar-editions").Select(row => new CalendarEdition(row["version"], Tables.Number(row["publishedFrom"]),
            Tables.Number(row["publishedTo"]), Tables.Number(row["computedFrom"]), Tables.Number(row["computedTo"]))).Last(),
        Tables.Read("calendar").Select(row => new CalendarDay(Tables.Date(row["date"]),
            Enum.Parse<DayKind>(row["kind"].Replace("-", "", StringComparison.Ordinal), ignoreCase: true), row["note"])));

    public CalendarEdition Edition { get; }
    public string Version => Edition.Version;

    /// <summary>The calendar after an order: its days laid over these.</summary>
    public WorkingCalendar With(CalendarEdition next, IEnumerable<CalendarDay> changed) => new(next, [.. published, .. changed]);

    /// <summary>The days that work in one calendar and not in the other; only these can move a term.</summary>
    public IReadOnlyList<LocalDate> Differing(WorkingCalendar other) => [.. special.Keys.Concat(other.special.Keys).Distinct()
        .Where(date => IsWorking(date) != other.IsWorking(date)).Order()];

    /// <summary>The days of a year that differ from Monday-Friday, in order.</summary>
    public IEnumerable<CalendarDay> Special(int year) => special.Values
        .Where(day => day.Date.Year == year && day.Kind is not (DayKind.Working or DayKind.Weekend)).OrderBy(day => day.Date);

    /// <summary>A day as it is when nothing is said of it.</summary>
    public static CalendarDay Ordinary(LocalDate date) => new(date, IsWeekend(date) ? DayKind.Weekend : DayKind.Working, "");

    public CalendarDay Day(LocalDate date) => date.Year < Edition.ComputedFrom || date.Year > Edition.ComputedTo
        ? throw Refused.Invalid("calendar-unknown", $"The calendar knows the years {Edition.ComputedFrom} to {Edition.ComputedTo}.")
        : special.GetValueOrDefault(date) ?? Ordinary(date);

    public bool IsWorking(LocalDate date) => Day(date).Works;
    public DayKind Kind(LocalDate date) => Day(date).Kind;

    /// <summary>True for a day of a year whose calendar is not published.</summary>
    public bool IsProvisional(LocalDate date) => IsUnpublished(Day(date).Date.Year);

    public LocalDate WorkingOnOrAfter(LocalDate date) => IsWorking(date) ? date : NextWorking(date);
    public LocalDate PreviousWorkingOnOrBefore(LocalDate date) => IsWorking(date) ? date : PreviousWorkingOnOrBefore(date.PlusDays(-1));

    /// <summary>The first working day after the date itself.</summary>
    public LocalDate NextWorking(LocalDate date) => WorkingOnOrAfter(date.PlusDays(1));

    /// <summary>The last day of a term of so many working days; counting starts on the next day.</summary>
    public LocalDate AddWorkingDays(LocalDate from, int days) => Enumerable.Range(0, days).Aggregate(from, (date, _) => NextWorking(date));

    /// <summary>The latest day for a notice of so many working days: the n-th working day before the date, itself working or not.</summary>
    public LocalDate AddWorkingDaysBack(LocalDate date, int days) =>
        Enumerable.Range(0, days).Aggregate(date, (day, _) => PreviousWorkingOnOrBefore(day.PlusDays(-1)));

    bool IsUnpublished(int year) => year < Edition.PublishedFrom || year > Edition.PublishedTo;
    static bool IsWeekend(LocalDate date) => date.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday;

    // moves stack: two holidays on one weekend take the next two working days, in the holidays' order
    static IEnumerable<CalendarDay> Computed(int year)
    {
        var holidays = Fixed.Select(day => (Date: day.Day.InYear(year), day.Name, day.Moves, day.From, day.To))
            .Where(day => day.From <= day.Date && day.Date <= day.To).OrderBy(day => day.Date).ToList();
        var days = holidays.ToDictionary(day => day.Date,
            day => new CalendarDay(day.Date, day.Moves ? DayKind.Holiday : DayKind.Religious, day.Name));
        foreach (var day in holidays.Where(day => day.Moves && IsWeekend(day.Date)))
        {
            var off = day.Date;
            do off = off.PlusDays(1);
            while (IsWeekend(off) || days.ContainsKey(off));
            days.Add(off, new(off, DayKind.MovedOff, $"for {day.Name} on {LocalDatePattern.Iso.Format(day.Date)}"));
        }

        return days.Values;
    }
}
