using static PressEvents.Specs.Given;

namespace PressEvents.Specs;

public class Rescheduling_a_press_event
{
    static IReadOnlyList<object> When(ReschedulePressEvent ask, DateTimeOffset now, params object[] given) => PressEventDecider.Decide(State(given), ask, Data, now);
    static IReadOnlyList<object> When(ReschedulePressEvent ask, params object[] given) => When(ask, Now.AddHours(2), given);

    static readonly ReschedulePressEvent Later = new("2026-12-08T11:00:00+05:00", "2026-12-08T12:00:00+05:00");

    [Fact]
    public void Records_old_and_new_place() => Same(Moved("2026-12-08T11:00:00+05:00", "2026-12-08T12:00:00+05:00", "hall-2"), When(Later with { Hall = "hall-2" }, Filed, Announced));

    [Fact] public void Keeps_the_hall_unless_another_is_named() => Assert.Equal("hall-1", Assert.IsType<PressEventRescheduled>(Assert.Single(When(Later, Filed))).Hall);
    [Fact] public void Keeps_the_state() => Assert.Equal(PressEventState.Announced, State(Filed, Announced, Moved("2026-12-08T11:00:00+05:00", "2026-12-08T12:00:00+05:00")).State);
    [Fact] public void Before_announcing_nobody_knows() => Assert.False(Assert.IsType<PressEventRescheduled>(Assert.Single(When(Later, Filed))).Known);
    [Fact] public void The_same_place_again_is_recorded_once() => Assert.Empty(When(new("2026-12-07T06:00:00Z", "2026-12-07T07:00:00Z", "hall-1"), Filed, Announced));
    [Fact] public void Said_twice_it_is_recorded_once() => Assert.Empty(When(Later, Filed, When(Later, Filed)[0]));
    [Fact] public void A_cancelled_event_does_not_move() => Refused("cancelled", () => When(Later, Filed, Cancelled));
    [Fact] public void The_past_is_refused() => Refused("start-past", "start", () => When(new("2026-11-20T11:00:00+05:00", "2026-11-20T12:00:00+05:00"), Filed));
    [Fact] public void An_end_before_the_start_is_refused() => Refused("end-before-start", "end", () => When(Later with { End = "2026-12-08T10:00:00+05:00" }, Filed));
    [Fact] public void A_missing_time_is_refused() => Refused("time-invalid", "start", () => When(new(), Filed));
    [Fact] public void An_unknown_hall_is_refused() => Refused("hall-unknown", "hall", () => When(Later with { Hall = "hall-99" }, Filed));

    [Fact]
    public void A_doorstep_briefing_moves_into_no_hall() =>
        Refused("hall-not-allowed", "hall", () => When(Later with { Hall = "hall-1" }, Filed with { Format = "DoorstepBriefing", Hall = null }));

    [Fact]
    public void An_earlier_start_than_announced_needs_notice_or_a_reason()
    {
        var (eve, earlier) = (At("2026-12-06T12:00:00+05:00"), new ReschedulePressEvent("2026-12-07T10:00:00+05:00", "2026-12-07T11:00:00+05:00"));
        Refused("notice-too-short", () => When(earlier, eve, Filed, Announced));
        Assert.Equal("The minister flies.", Assert.IsType<PressEventRescheduled>(Assert.Single(When(earlier with { Reason = "The minister flies." }, eve, Filed, Announced))).Reason);
        Assert.Single(When(earlier, eve, Filed)); // nobody was told yet
    }

    [Fact] public void A_later_start_needs_none() => Assert.Single(When(new("2026-12-07T11:30:00+05:00", "2026-12-07T12:30:00+05:00"), At("2026-12-07T10:00:00+05:00"), Filed, Announced));
}

public class Cancelling_a_press_event
{
    static IReadOnlyList<object> When(CancelPressEvent ask, params object[] given) => PressEventDecider.Decide(State(given), ask, Now.AddHours(3));

    [Fact] public void Records_why() => Same(Cancelled, When(Reason, Filed, Announced));
    [Fact] public void Before_announcing_nobody_knows() => Assert.False(Assert.IsType<PressEventCancelled>(Assert.Single(When(Reason, Filed))).Known);
    [Fact] public void Said_twice_it_is_recorded_once() => Assert.Empty(When(Reason, Filed, Announced, Cancelled));
    [Fact] public void Another_reason_comes_too_late() => Refused("cancelled", () => When(new(new Bilingual("Б", "В")), Filed, Announced, Cancelled));
    [Fact] public void A_reason_is_needed() => Refused("reason-missing", "reason.kk reason.ru", () => When(new(), Filed));
    [Fact] public void In_both_languages() => Refused("reason-missing", "reason.kk", () => When(new(new Bilingual(" ", "Из-за паводка")), Filed));
    [Fact] public void It_is_final() => Assert.Equal(PressEventState.Cancelled, State(Filed, Announced, Cancelled).State);
}
