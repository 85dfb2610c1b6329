namespace Inquiries;

/// <summary>
/// What a request's last day gives rise to as time goes by: three working days before its safe day, one before, and when it was missed.
/// Pure, and by the day itself: whoever looks late gets every one that is still missing, stamped with the instant it was so.
/// </summary>
public static class Reminders
{
    /// <summary>Every one was written.</summary>
    public const int All = 3;

    public static IReadOnlyList<object> Of(InquiryView view, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (!view.IsOpen || view is not { Due: { } due, SafeDue: { } safe })
        {
            return [];
        }

        DateTimeOffset Before(int workingDays) => Registration.Almaty.AtStartOfDay(calendar.AddWorkingDaysBack(NodaTime.LocalDate.FromDateOnly(safe), workingDays)).ToDateTimeOffset();
        var missed = Registration.DueInstant(NodaTime.LocalDate.FromDateOnly(due));
        (int Step, DateTimeOffset At, Func<DateTimeOffset, object> Fact)[] steps =
        [
            (1, Before(3), at => new DeadlineApproaching(view.Id, view.Holder, 3, due, at)),
            (2, Before(1), at => new DeadlineApproaching(view.Id, view.Holder, 1, due, at)),
            (All, missed, at => new DeadlineMissed(view.Id, view.Holder, due, at)),
        ];
        // a request that comes in, or is decided anew, with less time left is not told that there was more
        return [.. steps.Where(s => s.Step > view.Reminded && s.At <= now && (s.Step == All || s.At > view.ReceivedAt)).Select(s => s.Fact(s.At))];
    }
}
