using Contracts.Inquiries;
using FsCheck.Xunit;
using Law;
using Platform;
using Specs;
using static PressEvents.Specs.Given;

namespace PressEvents.Specs;

public class The_working_calendar_that_was_heard
{
    static readonly Guid Source = new("0ca1e4da-7000-7000-8000-000000000001");
    static readonly WorkingCalendarDay Science = new(new(2026, 12, 9), "holiday", "День науки", null, new("Ғылым күні", "День науки"));
    static readonly WorkingCalendarDay Transferred = new(new(2026, 12, 11), "transferred-off", "moved from Sat 2026-12-12", new(2026, 12, 12), null);

    static WorkingCalendarChanged News(long version, params WorkingCalendarDay[] days) => new(Source, version, $"2026-11-{version}", 2026, 2026, days, Now);
    static IReadOnlyList<object> Hear(HeardCalendar? state, WorkingCalendarChanged news) => CalendarHearing.Hear(state, news, Now);
    static HeardCalendar? After(HeardCalendar? state, WorkingCalendarChanged news) => Hear(state, news).Aggregate(state, CalendarHearing.Evolve);

    static readonly WorkingCalendarHeard Heard = (WorkingCalendarHeard)Hear(null, News(6, Science, Transferred))[0];

    [Fact]
    public void Is_the_one_of_the_message()
    {
        var calendar = After(null, News(6, Science, Transferred))!.Calendar;
        Assert.Equal(("2026-11-6", false, false), (calendar.Version, calendar.IsWorking(new(2026, 12, 9)), calendar.IsWorking(new(2026, 12, 11))));
        Assert.True(calendar.IsWorking(new(2026, 12, 16))); // the message is whole: what it does not name is ordinary
        Assert.True(calendar.IsProvisional(new(2028, 1, 4)));
        Assert.Equal("мереке — Ғылым күні", Law.Words.Reason(calendar.Day(new(2026, 12, 9))).Kk);
    }

    [Fact] public void Said_twice_is_once() => Assert.Empty(Hear(After(null, News(6, Science)), News(6, Science)));
    [Fact] public void An_older_one_that_comes_late_changes_nothing() => Assert.Empty(Hear(After(null, News(6, Science)), News(5)));
    [Fact] public void A_kind_that_nobody_knows_stops_it() => Assert.Throws<ArgumentException>(() => Hear(null, News(6, Science with { Kind = "half-day" })));

    [Property(MaxTest = 200)]
    public void Is_the_newest_in_whatever_order_and_however_often_they_come(int[] versions)
    {
        var all = versions.Select(version => Math.Abs((long)version % 50) + 1).ToList();
        var left = all.Aggregate((HeardCalendar?)null, (state, version) => After(state, News(version, Science)));
        Assert.Equal(all.Count == 0 ? null : $"2026-11-{all.Max()}", left?.Calendar.Version);
    }

    [Fact]
    public void Is_what_terms_are_counted_by_and_name()
    {
        var (before, after) = (Data, Data.With([], After(null, News(6, Science))!.Calendar));
        Assert.Equal((new DateOnly(2026, 12, 10), new DateOnly(2026, 12, 11)), (MaterialsDeadline.Term(Noon, before.Calendar).Due, MaterialsDeadline.Term(Noon, after.Calendar).Due));
        Assert.Equal("2026-11-6", MaterialsDeadline.Term(Noon, after.Calendar).CalendarVersion);
        var concluded = (PressEventConcluded)Assert.Single(PressEventDecider.Decide(State(Filed, Announced, Started), new ConcludePressEvent(), after, Noon));
        Assert.Equal((new DateOnly(2026, 12, 11), "2026-11-6"), (concluded.MaterialsDue, concluded.CalendarVersion));
        Assert.Equal("2026-11-6", View(Filed, Announced, Started, concluded).MaterialsCalendarVersion);
        Assert.NotNull(after.Format("KazTalks")); // the formats stay
    }

    [Fact]
    public void Says_in_a_refusal_by_which_version_notice_was_counted()
    {
        var calendar = Data.With([], After(null, News(6, Science))!.Calendar);
        var refused = Refusal(() => PressEventDecider.Decide(State(Filed with { Format = "KazTalks" }), new AnnouncePressEvent(), calendar, At("2026-12-03T09:00:00+05:00")));
        Assert.Equal(("notice-too-short", "2026-11-6"), (refused.Code, refused.Details["calendarVersion"]));
    }

    [Fact]
    public void Walks_through_its_fold_and_keeps_its_stored_shape()
    {
        Assert.Equal(CalendarHearing.Facts, [Heard.GetType()]);
        Assert.Throws<InvalidOperationException>(() => CalendarHearing.Evolve(null, new object()));
        Assert.NotEqual(default, HistoryEntry.AtOf(Heard));
        Golden.CheckText(Platform.Store.NameOf(typeof(WorkingCalendarHeard)) + ".json", Stored(Heard));
        using var json = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Stored(Heard)));
        Assert.Equal(Stored(Heard), Stored(Given.Store.FromJson<WorkingCalendarHeard>(json)));
    }
}
