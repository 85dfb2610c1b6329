using static Inquiries.Specs.Given;

namespace Inquiries.Specs;

public class Reminding_of_a_last_day // due and safe: Tue 8.12.2026
{
    private static InquiryView View(params object[] facts) => facts.Aggregate((InquiryView?)null, InquiryViewFold.Evolve)!;
    private static DateTimeOffset Day(int day, int hour = 0) => new(2026, 12, day, hour, 0, 0, TimeSpan.FromHours(5));
    private static IReadOnlyList<object> At(DateTimeOffset now, params object[] facts) => Reminders.Of(View([Received, Registered, .. facts]), WorkingCalendar.Embedded, now);

    [Fact] public void says_nothing_four_working_days_before() => Assert.Empty(At(Day(2, 23)));
    [Fact] public void speaks_three_working_days_before() => Assert.Equal([Approaching with { At = Day(3) }], At(Day(3)));
    [Fact] public void speaks_once() => Assert.Empty(At(Day(4), Approaching));
    [Fact] public void speaks_again_one_working_day_before() => Assert.Equal([Approaching with { WorkingDaysLeft = 1, At = Day(7) }], At(Day(7, 9), Approaching));
    [Fact] public void says_when_it_was_missed() => Assert.Equal([Missed with { At = Day(9) }], At(Day(9), Approaching, Approaching with { WorkingDaysLeft = 1 }));
    [Fact]
    public void after_three_days_of_outage_writes_each_once_with_the_instant_it_was_so() =>
        Assert.Equal([Approaching with { At = Day(3) }, Approaching with { WorkingDaysLeft = 1, At = Day(7) }, Missed with { At = Day(9) }], At(Day(12, 15)));
    [Fact] public void says_nothing_once_it_is_answered() => Assert.Empty(At(Day(12), Answered));
    [Fact] public void begins_anew_with_another_last_day() => Assert.Equal(0, View(Received, Registered, Approaching, Missed, Extended).Reminded);
    [Fact]
    public void does_not_say_that_there_was_time_when_it_came_in_late() => Assert.Equal([Missed with { At = Day(9) }],
        Reminders.Of(View(Received with { At = Day(8, 1) }, Registered), WorkingCalendar.Embedded, Day(10)));
}

public class A_hand_over
{
    private static InquiryView View(params object[] facts) => facts.Aggregate((InquiryView?)null, InquiryViewFold.Evolve)!;
    private static string At(DateTimeOffset now, params object[] facts) => HandOver.Of(View([HandedOver, Registered with { InquiryId = Other }, .. facts]), WorkingCalendar.Embedded, now).State;

    [Fact] public void is_sent() => Assert.Equal("sent", At(Noon.AddHours(30)));
    [Fact] public void is_timed_out_after_a_working_day_without_a_word() => Assert.Equal("timed-out", At(Noon.AddHours(36)));
    [Fact] public void is_acknowledged_by_accepting() => Assert.Equal("acknowledged", At(Noon.AddDays(9), Accepted));
    [Fact] public void is_acknowledged_by_whoever_works_on_it() => Assert.Equal("acknowledged", At(Noon.AddDays(9), Assigned));
    [Fact] public void is_refused_when_it_went_on_from_there() => Assert.Equal("refused", At(Noon.AddHours(2), Forwarded with { ToHolder = "akimat-10" }));
}
