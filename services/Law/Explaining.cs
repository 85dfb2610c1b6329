using System.Globalization;
using NodaTime;
using static Law.Deadlines;

namespace Law;

/// <summary>A step that a clerk can check: from, skipped, works, last-day, due, safe-due, provisional.</summary>
public sealed record TraceStep(string Step, LocalDate Date, string Kk, string Ru);

/// <summary>How a deadline came about, in the law's own words: step by step, and in one sentence.</summary>
static class Explaining
{
    public static IReadOnlyList<TraceStep> Trace(Deadline term, Grounds by)
    {
        return
        [
            Step("from", term.From, Words.Date(term.From), Words.Say(by.Law.CountedFrom)),
            .. PassedOver(term, by).SelectMany(Unusual),
            Step("last-day", term.LastDay, Words.Date(term.LastDay), by.Count),
            .. Days(term.LastDay, term.Due).SelectMany(Unusual),
            Step("due", term.Due, Words.Date(term.Due)),
            Step("safe-due", term.SafeDue, Words.Date(term.SafeDue)),
            .. Unpublished(term, by).Select(day => Step("provisional", day, day.Year)),
        ];

        IEnumerable<TraceStep> Unusual(LocalDate date) => by.Calendar.Kind(date) is DayKind.Working ? []
            : [Step(by.Calendar.IsWorking(date) ? "works" : "skipped", date, Words.Date(date), Words.Reason(by.Calendar.Day(date)))];
    }

    /// <summary>"15 calendar days from 06.03.2026 → Sat 21.03.2026, holiday Nauryz → 22, 23 holidays, 24, 25 moved days off → Thu 26.03.2026".</summary>
    public static Words Sentence(Deadline term, Grounds by)
    {
        var said = new Calling(term.From);
        var over = PassedOver(term, by).Select(by.Calendar.Day).ToList();
        List<Words> steps =
        [
            Words.Say("sentence", by.Count, Words.Plain(term.From)),
            .. said.Groups(over.Where(day => !day.Works)).Select(days => Words.Say("passed-over", days)),
            .. said.Groups(over.Where(day => day.Kind is DayKind.TransferredWork)).Select(days => Words.Say("counted", days)),
            said.Day(by.Calendar.Day(term.LastDay)),
        ];
        if (term.Due != term.LastDay)
        {
            steps.AddRange(said.Groups(Days(term.LastDay.PlusDays(1), term.Due.PlusDays(-1)).Select(by.Calendar.Day)));
            steps.Add(said.Day(by.Calendar.Day(term.Due)));
        }

        return Words.Join("; ", [Words.Join(" → ", steps), .. Unpublished(term, by).Select(day => Words.Say("provisional", day.Year))]);
    }

    // where working days were counted, every day on the way is accounted for
    static IEnumerable<LocalDate> PassedOver(Deadline term, Grounds by) => by.CountedUntil is { } last ? Days(term.From.PlusDays(1), last.PlusDays(-1)) : [];

    static IEnumerable<LocalDate> Unpublished(Deadline term, Grounds by) =>
        term.Provisional ? Days(term.From.PlusDays(1), term.Due).Where(by.Calendar.IsProvisional).Take(1) : [];

    static TraceStep Step(string step, LocalDate date, params object[] parts)
    {
        var (kk, ru) = Words.Say(step, parts);
        return new(step, date, kk, ru);
    }

    /// <summary>Calls days by name as one reads on: the month only where it is another than that of the day before.</summary>
    sealed class Calling(LocalDate from)
    {
        LocalDate last = from;

        /// <summary>A day in full; with its reason if it is not a plain working day.</summary>
        public Words Day(CalendarDay day)
        {
            last = day.Date;
            return day.Kind is DayKind.Working ? Words.Weekday(day.Date) : Words.Join(", ", Words.Weekday(day.Date), Words.Brief(day));
        }

        /// <summary>Days by their kinds, in the order in which the kinds first come; nothing for no days.</summary>
        public IReadOnlyList<Words> Groups(IEnumerable<CalendarDay> days)
        {
            var kinds = days.GroupBy(day => day.Kind).Select(same => Words.Say($"days.{same.Key}.{(same.Count() == 1 ? "one" : "many")}",
                string.Join(", ", same.Select(Number)))).ToList();
            return kinds.Count == 0 ? [] : [Words.Join(", ", kinds)];
        }

        string Number(CalendarDay day)
        {
            var same = (day.Date.Year, day.Date.Month) == (last.Year, last.Month);
            last = day.Date;
            return day.Date.ToString(same ? "%d" : "dd.MM", CultureInfo.InvariantCulture);
        }
    }
}
