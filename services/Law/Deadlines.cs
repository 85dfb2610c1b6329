using NodaTime;

namespace Law;

public enum TermUnit { CalendarDays, WorkingDays, Months }

/// <summary>One edition of one term. With <c>Extends</c> the length is added to that rule's and counted from the same origin.</summary>
public sealed record Rule(string RuleId, string Name, string Article, string Edition, LocalDate ValidFrom, int Length, TermUnit Unit,
    string CountedFrom, string? Extends, string Source);

/// <summary>
/// A term's end at 24:00 Almaty of <c>Due</c>, and the safe day. Only the days after <c>From</c> up to <c>Due</c> bear on it:
/// it is provisional if one of them is, and a change of calendar outside them leaves it as it is.
/// </summary>
public sealed record Deadline(string Rule, LocalDate From, LocalDate LastDay, LocalDate Due, LocalDate SafeDue, string Edition, string Article,
    string CalendarVersion, bool Provisional)
{
    /// <summary>Set by <see cref="Deadlines"/>, who alone makes deadlines. The words wait until they are read: recalculations want dates alone.</summary>
    internal Grounds Grounds { get; init; } = null!;

    /// <summary>The fact whose day starts it: receipt, registration, extension and so on.</summary>
    public string CountedFrom => Grounds.Law.CountedFrom;

    /// <summary>Where the rule stands, with [S] read, [I] inferred, [U] open.</summary>
    public string Source => Grounds.Law.Source;

    /// <summary>Each step that bears on the dates.</summary>
    public IReadOnlyList<TraceStep> Trace => field ??= Explaining.Trace(this, Grounds);

    /// <summary>The whole in one sentence, as a clerk would write it on the margin.</summary>
    public Words Sentence => field ??= Explaining.Sentence(this, Grounds);
}

/// <summary>The law, the count in words and the calendar behind a deadline.</summary>
internal sealed record Grounds(Rule Law, Words Count, WorkingCalendar Calendar)
{
    /// <summary>The last of the days that were counted as working days; null where none were.</summary>
    public LocalDate? CountedUntil { get; init; }
}

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
    public static Rule InForce(string? rule, LocalDate asOf, string? edition = null) => InForce(Rules, rule, asOf, edition);

    public static Rule InForce(IEnumerable<Rule> rules, string? rule, LocalDate asOf, string? edition = null)
    {
        var editions = rules.Where(known => known.Name == rule).ToList();
        if (editions.Count == 0) throw Refused.Invalid("rule-unknown", "No term has this name.", "rule");
        return editions.Where(one => edition is null ? one.ValidFrom <= asOf : one.Edition == edition).MaxBy(one => one.ValidFrom)
            ?? throw Refused.Invalid("edition-unknown", "This term has no such edition, or none in force on that day.", "edition");
    }

    /// <summary>
    /// The term that starts after <c>from</c>, an Almaty day; refuses <c>calendar-unknown</c> if it leaves the calendar. An extension is
    /// added to the unrolled last day of what it extends; <paramref name="granted"/> is how much of it was given, all of it if null.
    /// </summary>
    public static Deadline Compute(string? rule, LocalDate from, LocalDate asOf, WorkingCalendar calendar, string? edition = null, int? granted = null)
    {
        var law = InForce(rule, asOf, edition);
        return Compute(granted is { } length && law.Extends is not null ? law with { Length = length } : law,
            law.Extends is { } origin ? Origin(origin, asOf, edition) : null, from, calendar);
    }

    /// <summary>The same for a rule in hand, perhaps one that no law holds: what would be if.</summary>
    public static Deadline Compute(Rule law, Rule? extended, LocalDate from, WorkingCalendar calendar)
    {
        var start = calendar.Day(from).Date;
        var origin = extended is null ? start : Add(start, extended, calendar);
        var last = Add(origin, law, calendar);
        var count = extended is null ? Words.Count(law.Unit, law.Length) : extended.Unit == law.Unit ? Words.Count(law.Unit, extended.Length + law.Length)
            : Words.Say("plus", Words.Count(extended.Unit, extended.Length), Words.Count(law.Unit, law.Length));
        var (due, safe) = (calendar.WorkingOnOrAfter(last), calendar.PreviousWorkingOnOrBefore(last));
        return new(law.Name, from, last, due, safe, law.Edition, law.Article, calendar.Version, Days(from.PlusDays(1), due).Any(calendar.IsProvisional))
        {
            Grounds = new(law, count, calendar) { CountedUntil = law.Unit is TermUnit.WorkingDays ? last : extended?.Unit is TermUnit.WorkingDays ? origin : null },
        };
    }

    // an extension and what it extends are of one edition, if that edition has both
    internal static Rule Origin(string origin, LocalDate asOf, string? edition) =>
        InForce(origin, asOf, Rules.Any(known => known.Name == origin && known.Edition == edition) ? edition : null);

    static LocalDate Add(LocalDate from, Rule rule, WorkingCalendar calendar) => rule.Unit switch
    {
        TermUnit.WorkingDays => calendar.AddWorkingDays(from, rule.Length),
        TermUnit.Months => from.PlusMonths(rule.Length),
        _ => from.PlusDays(rule.Length),
    };

    internal static IEnumerable<LocalDate> Days(LocalDate first, LocalDate last) =>
        Enumerable.Range(0, Math.Max(0, Period.DaysBetween(first, last) + 1)).Select(first.PlusDays);
}
