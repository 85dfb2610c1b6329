using NodaTime;

namespace PressEvents;

/// <summary>
/// Until when a proposal is to be decided. It is an appeal of the simplified procedure [I], so its term is that of APPK 76: 15 working days from
/// registration. How long an event takes proposals is ours: from announcing until the end of the tenth working day after it.
/// </summary>
public static class ProposalTerm
{
    public const string RuleName = "appk-reply";
    private const int OpenDays = 10;

    /// <summary>The day of registration: of receipt, or the next working day after the body's closing time and on days off.</summary>
    public static DateOnly RegisteredOn(DateTimeOffset at, string body, WorkingCalendar calendar) =>
        Registration.AlmatyDate(Registration.RegisteredAt(at, Holders.Find(body)!, calendar)).ToDateOnly();

    /// <summary>With its trace, by the edition of its day and the calendar given.</summary>
    public static Deadline Of(DateOnly registered, WorkingCalendar calendar)
    {
        var day = LocalDate.FromDateOnly(registered);
        return Deadlines.Compute(Deadlines.InForce(RuleName, day), null, day, calendar);
    }

    public static DateOnly Cutoff(LocalDate today, WorkingCalendar calendar) =>
        Overdue.Cutoff(today, Deadlines.InForce(RuleName, today).Length, calendar).ToDateOnly();

    public static bool IsOpen(PressEventView about, WorkingCalendar calendar, DateTimeOffset now) => about.IsOpen && (about.State is nameof(PressEventState.Announced) or nameof(PressEventState.Live)
        || (QuestionTime.Ended(about) is { } ended && now < Registration.DueInstant(calendar.AddWorkingDays(Registration.AlmatyDate(ended), OpenDays))));
}
