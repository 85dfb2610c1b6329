using NodaTime;

namespace PressEvents;

/// <summary>The term of a promise, by the engine and calendar of the law; nothing of it is stored but the day it began and its length.</summary>
public static class PromiseTerm
{
    public const string RuleName = "written-promise";
    public const int MostDays = 15;

    public static Rule Rule(DateTimeOffset at) => Deadlines.InForce(RuleName, Registration.AlmatyDate(at));

    /// <summary>With its trace, by the calendar given.</summary>
    public static Deadline Of(DateOnly from, int workingDays, string edition, WorkingCalendar calendar)
    {
        var day = LocalDate.FromDateOnly(from);
        return Deadlines.Compute(Deadlines.InForce(RuleName, day, edition) with { Length = workingDays }, null, day, calendar);
    }

    /// <summary>For each length the latest first day whose term was over before today.</summary>
    public static (int[] Lengths, DateOnly[] LastFrom) Cutoffs(LocalDate today, WorkingCalendar calendar)
    {
        var lengths = Enumerable.Range(1, MostDays).ToArray();
        return (lengths, [.. lengths.Select(length => Overdue.Cutoff(today, length, calendar).ToDateOnly())]);
    }
}
