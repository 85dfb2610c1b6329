using static PressEvents.Specs.Given;

namespace PressEvents.Specs;

public class Announcing_a_press_event
{
    static IReadOnlyList<object> When(string now, string? reason, params object[] given) =>
        PressEventDecider.Decide(State(given), new AnnouncePressEvent(reason), Data, At(now));

    const string InTime = "2026-11-23T10:00:00+05:00";

    [Fact] public void Records_what_was_announced() => Same(Announced, When(InTime, null, Filed));
    [Fact] public void Said_twice_it_is_recorded_once() => Assert.Empty(When(InTime, null, Filed, Announced));
    [Fact] public void Said_twice_with_another_reason_it_is_recorded_once() => Assert.Empty(When(InTime, "late", Filed, Announced));
    [Fact] public void A_cancelled_event_is_not_announced() => Refused("cancelled", () => When(InTime, null, Filed, Cancelled));
    [Fact] public void An_event_that_should_have_begun_is_not_announced() => Refused("start-past", () => When("2026-12-07T11:00:00+05:00", "late", Filed));

    [Fact]
    public void Missing_languages_are_named()
    {
        var filed = Filed with { Title = new("Су", null), Summary = new(null, null), Speakers = [new(new(null, "Тимур Ли"), null), new(new("А", "А"), new("Б", null))] };
        var refused = Refusal(() => When(InTime, null, filed));
        Assert.Equal(("language-missing", Platform.RefusalKind.Conflict), (refused.Code, refused.Kind));
        Assert.Equal(["title.ru", "summary.kk", "summary.ru", "speakers[0].name.kk", "speakers[1].post.ru"], refused.Errors.Keys);
    }

    [Fact] // Monday 7 December at 11:00 wants one working day: Friday is the last day, to its midnight
    public void A_working_day_ends_at_midnight_in_almaty()
    {
        Assert.Null(Assert.IsType<PressEventAnnounced>(Assert.Single(When("2026-12-04T23:59:59+05:00", null, Filed))).ShortNotice);
        Refused("notice-too-short", () => When("2026-12-05T00:00:00+05:00", null, Filed));
    }

    [Fact]
    public void Short_notice_says_until_when_it_would_have_been_in_time()
    {
        var refused = Refusal(() => When("2026-12-06T12:00:00+05:00", " ", Filed));
        Assert.Equal((new Notice(1, NoticeUnit.WorkingDays), (object?)At("2026-12-05T00:00:00+05:00")), (refused.Details["leastNotice"], refused.Details["announceUntil"]));
    }

    [Fact]
    public void Short_notice_goes_with_a_reason_that_is_kept() =>
        Assert.Equal("The dam broke.", Assert.IsType<PressEventAnnounced>(Assert.Single(When("2026-12-07T10:59:00+05:00", "The dam broke.", Filed))).ShortNotice);

    [Fact]
    public void A_reason_that_was_not_needed_is_not_kept() =>
        Assert.Null(Assert.IsType<PressEventAnnounced>(Assert.Single(When(InTime, "just so", Filed))).ShortNotice);
}

public class The_least_notice
{
    // 14-18 December 2026 is a week with a holiday on Wednesday the 16th (Independence Day)
    [Theory]
    [InlineData("AnnouncementBriefing", "2026-12-07T08:00:00+05:00", true)]
    [InlineData("AnnouncementBriefing", "2026-12-07T08:00:01+05:00", false)]
    [InlineData("DoorstepBriefing", "2026-12-07T10:30:00+05:00", true)]
    [InlineData("DoorstepBriefing", "2026-12-07T10:30:01+05:00", false)]
    [InlineData("PressConference", "2026-12-04T20:00:00+05:00", true)]
    [InlineData("PressConference", "2026-12-06T20:00:00+05:00", false)]
    [InlineData("Lectorium", "2026-12-02T20:00:00+05:00", true)]
    [InlineData("Lectorium", "2026-12-03T00:00:00+05:00", false)]
    [InlineData("RoundTable", "2026-12-03T00:00:00+05:00", false)]
    [InlineData("ShynTobe", "2026-12-03T00:00:00+05:00", false)]
    [InlineData("MeetingWithoutTies", "2026-12-04T20:00:00+05:00", true)]
    [InlineData("KazTalks", "2026-11-30T23:59:00+05:00", true)]
    [InlineData("FailUpNights", "2026-12-01T00:00:00+05:00", false)]
    public void Is_the_formats_own(string format, string now, bool enough) =>
        Assert.Equal(!enough, Data.Format(format)!.LeastNotice.IsShort(At(now), At("2026-12-07T11:00:00+05:00"), Data.Calendar));

    [Theory]
    [InlineData("2026-12-15T23:00:00+05:00", true), InlineData("2026-12-16T09:00:00+05:00", false)]
    public void Skips_holidays(string now, bool enough) =>
        Assert.Equal(!enough, new Notice(1, NoticeUnit.WorkingDays).IsShort(At(now), At("2026-12-17T11:00:00+05:00"), Data.Calendar));

    [Fact]
    public void Is_there_for_the_nine_formats() => Assert.Equal(
        ["AnnouncementBriefing", "DoorstepBriefing", "FailUpNights", "KazTalks", "Lectorium", "MeetingWithoutTies", "PressConference", "RoundTable", "ShynTobe"],
        Data.Formats.Where(f => f.LeastNotice.Value > 0 && f.Name.IsComplete).Select(f => f.Code).Order());
}
