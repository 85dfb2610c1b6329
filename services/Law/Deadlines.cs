using System.Collections.Frozen;
using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Law;

public enum TermUnit { CalendarDays, WorkingDays, Months }

/// <summary>One edition of one term. With <c>Extends</c> the length is added to that rule's and counted from the same origin.</summary>
public sealed record Rule(string RuleId, string Name, string Article, string Edition, LocalDate ValidFrom, int Length, TermUnit Unit,
    string CountedFrom, string? Extends, string Source);

/// <summary>A step that a clerk can check: from, skipped, works, last-day, due, safe-due, provisional.</summary>
public sealed record TraceStep(string Step, LocalDate Date, string Kk, string Ru);

/// <summary>
/// A term's end at 24:00 Almaty of <c>Due</c>, and the safe day. Only the days after <c>From</c> up to <c>Due</c> bear on it:
/// it is provisional if one of them is, and a change of calendar outside them leaves it as it is.
/// </summary>
public sealed record Deadline(string Rule, LocalDate From, LocalDate Due, LocalDate SafeDue, string Edition, string Article,
    string CalendarVersion, bool Provisional, IReadOnlyList<TraceStep> Trace);

/// <summary>
/// Terms by APPK 76 and Civil Code 173-176: counting starts on the next day, whether or not <c>from</c> works; a last day off moves to the
/// next working day. <c>SafeDue</c> is the last working day on or before the unrolled last day; a term in working days ends on one, so both
/// are equal, and a Saturday made working counts. Months keep the day's number, clipped to the month's end.
/// </summary>
public static class Deadlines
{
    public static IReadOnlyList<Rule> Rules { get; } = [.. Tables.Read("rules").Select(row => new Rule(row["ruleId"], row["rule"],
        row["article"], row["edition"], Tables.Date(row["validFrom"]), Tables.Number(row["length"]), Enum.Parse<TermUnit>(row["unit"]),
        row["countedFrom"], row["extends"] is { Length: > 0 } origin ? origin : null, row["source"]))];

    /// <summary>The named edition of a rule, or the latest in force that day; else <c>rule-unknown</c>, <c>edition-unknown</c>.</summary>
    public static Rule InForce(string? rule, LocalDate asOf, string? edition = null)
    {
        var editions = Rules.Where(known => known.Name == rule).ToList();
        if (editions.Count == 0) throw Refused.Invalid("rule-unknown", "No term has this name.", "rule");
        return editions.Where(one => edition is null ? one.ValidFrom <= asOf : one.Edition == edition).MaxBy(one => one.ValidFrom)
            ?? throw Refused.Invalid("edition-unknown", "This term has no such edition, or none in force on that day.", "edition");
    }

    /// <summary>The term that starts after <c>from</c>, an Almaty day; refuses <c>calendar-unknown</c> if it leaves the calendar.</summary>
    public static Deadline Compute(string? rule, LocalDate from, LocalDate asOf, WorkingCalendar calendar, string? edition = null)
    {
        var law = InForce(rule, asOf, edition);
        var length = law.Length + (law.Extends is { } origin ? InForce(origin, asOf).Length : 0);
        var last = calendar.Day(from) switch
        {
            _ when law.Unit is TermUnit.WorkingDays => calendar.AddWorkingDays(from, length),
            _ when law.Unit is TermUnit.Months => from.PlusMonths(length),
            _ => from.PlusDays(length),
        };
        var (due, safe) = (calendar.WorkingOnOrAfter(last), calendar.PreviousWorkingOnOrBefore(last));
        var unpublished = Days(from.PlusDays(1), due).Where(calendar.IsProvisional).Take(1).ToList();
        return new(law.Name, from, due, safe, law.Edition, law.Article, calendar.Version, unpublished.Count > 0,
        [
            Step("from", from, Words.Date(from), Words.Say(law.CountedFrom)),
            .. Days(law.Unit is TermUnit.WorkingDays ? from.PlusDays(1) : last, last.PlusDays(-1)).SelectMany(Unusual),
            Step("last-day", last, Words.Date(last), Words.Count(law.Unit, length)),
            .. Days(last, due).SelectMany(Unusual),
            Step("due", due, Words.Date(due)),
            Step("safe-due", safe, Words.Date(safe)),
            .. unpublished.Select(day => Step("provisional", day, day.Year)),
        ]);

        IEnumerable<TraceStep> Unusual(LocalDate date) => calendar.Kind(date) is DayKind.Working ? []
            : [Step(calendar.IsWorking(date) ? "works" : "skipped", date, Words.Date(date), Words.Reason(calendar.Day(date)))];
    }

    static IEnumerable<LocalDate> Days(LocalDate first, LocalDate last) =>
        Enumerable.Range(0, Math.Max(0, Period.DaysBetween(first, last) + 1)).Select(first.PlusDays);

    static TraceStep Step(string step, LocalDate date, params object[] parts) => Words.Say(step, parts).On(step, date);
}

/// <summary>What the trace says, in both languages; the texts are data.</summary>
public sealed record Words(string Kk, string Ru)
{
    static readonly FrozenDictionary<string, Words> Table =
        Tables.Read("words").ToFrozenDictionary(row => row["key"], row => new Words(row["kk"], row["ru"]));

    public static Words Say(string key, params object[] parts) => new(
        string.Format(CultureInfo.InvariantCulture, Table[key].Kk, [.. parts.Select(part => part is Words words ? words.Kk : part)]),
        string.Format(CultureInfo.InvariantCulture, Table[key].Ru, [.. parts.Select(part => part is Words words ? words.Ru : part)]));

    public TraceStep On(string step, LocalDate date) => new(step, date, Kk, Ru);

    public static Words Date(LocalDate date) => Say($"{date.DayOfWeek}", date.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture));

    // Russian has three forms: 1, 21 день; 2, 3, 4 дня; 5, 11 дней
    public static Words Count(TermUnit unit, int n) => Say($"{unit}.{(n % 100 is >= 11 and <= 14 ? "many"
        : (n % 10) switch { 1 => "one", >= 2 and <= 4 => "few", _ => "many" })}", n);

    // "for X on 2026-03-21", "moved from Sat 2024-05-04"; an order may name a holiday that the table does not know yet
    public static Words Reason(CalendarDay day) => Say($"{day.Kind}",
        Name(day.Kind is DayKind.MovedOff && day.Note.Length > 18 ? day.Note[4..^14] : day.Note),
        day.Note.Length > 10 && LocalDatePattern.Iso.Parse(day.Note[^10..]) is { Success: true } on ? Date(on.Value) : Name(day.Note));

    static Words Name(string name) => Table.GetValueOrDefault(name) ?? new(name, name);
}
