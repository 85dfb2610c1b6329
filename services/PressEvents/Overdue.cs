using NodaTime;

namespace PressEvents;

/// <summary>Debts in working days told apart at reading, by the calendar that is current then.</summary>
public static class Overdue
{
    /// <summary>
    /// The latest first day whose term of so many working days was over before today. A term that began earlier ends no later, so that this day
    /// tells overdue rows apart in the store, whatever the calendar was when they were written.
    /// </summary>
    public static LocalDate Cutoff(LocalDate today, int length, WorkingCalendar calendar)
    {
        var from = today;
        while (calendar.AddWorkingDays(from, length) >= today)
        {
            from = from.PlusDays(-1);
        }

        return from;
    }

    /// <summary>How many working days after its last day something came, or has not come; 0 in time.</summary>
    public static int LateBy(LocalDate due, LocalDate came, WorkingCalendar calendar) =>
        came <= due ? 0 : Enumerable.Range(1, Period.DaysBetween(due, came)).Count(n => calendar.IsWorking(due.PlusDays(n)));
}
