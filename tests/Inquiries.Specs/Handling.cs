using Platform;
using static Inquiries.Specs.Given;

namespace Inquiries.Specs;

public class Confirming_the_regime
{
    private static IReadOnlyList<object> When(string? regime, params object[] given) => InquiryDecider.Decide(State(given), new ConfirmRegime(regime), Now);

    [Fact] public void records_it_with_the_date_that_is_watched() => Assert.Equal([ByRegime], When("AccessToInformation", Received, Registered));

    [Fact] // 5 working days from Mon 23.11: 24, 25, 26, 27, 30
    public void by_another_law_watches_its_term() => Assert.Equal([ByRegime with { Regime = "MediaRequest", Due = new(2026, 11, 30), SafeDue = new(2026, 11, 30), Edition = "MML-2024" }], When("MediaRequest", Received, Registered));
    [Fact] public void twice_is_recorded_once() => Assert.Empty(When("AccessToInformation", Received, Registered, ByRegime));
    [Fact] public void refuses_what_is_no_regime() => Refuses("regime-unknown", () => When("Decree", Received, Registered), RefusalKind.Invalid, "regime");
    [Fact] public void refuses_what_is_closed() => Refuses("not-open", () => When("MediaRequest", Received, Registered, Answered), RefusalKind.Conflict);
    [Fact] public void refuses_another_one_after_an_extension() => Refuses("already-extended", () => When("MediaRequest", Received, Registered, Extended), RefusalKind.Conflict);
}

public class Until_the_regime_is_confirmed
{
    [Fact]
    public void the_earlier_date_is_watched()
    {
        var proposed = State(Received with { Regime = "MediaRequest" }, Registered).Times;
        Assert.Equal(new(2026, 11, 30), Terms.Watched(proposed, WorkingCalendar.Embedded).Due);
        Assert.Equal(["media-request", "reply"], Terms.Of(proposed, WorkingCalendar.Embedded).Where(t => t.IsDuty).Select(t => t.Rule));
        Assert.Equal(["media-forwarding", "forwarding"], Terms.Of(proposed with { Regime = "MediaStatementClarification" }, WorkingCalendar.Embedded).Select(t => t.Rule)
            .Where(r => r.EndsWith("forwarding", StringComparison.Ordinal)));
    }

    [Fact]
    public void the_list_shows_it_though_the_slip_tells_401_v()
    {
        var view = InquiryViewFold.Evolve(InquiryViewFold.Evolve(null, Received with { Regime = "MediaRequest" }), Registered with { WatchedDue = new(2026, 11, 30), WatchedSafeDue = new(2026, 11, 30) })!;
        Assert.Equal(("MediaRequest", false, new DateOnly(2026, 11, 30)), (view.Regime, view.RegimeConfirmed, view.Due));
    }

    [Fact]
    public void officials_act_by_401_v() => Assert.Equal("AccessToInformation", State(Received with { Regime = "MediaRequest" }, Registered).Times.ActingRegime);
}

public class Confirming_that_it_is_anonymous
{
    private static IReadOnlyList<object> When(ConfirmAnonymous ask, params object[] given) => InquiryDecider.Decide(State(given), ask, Noon);

    [Fact] public void records_it() => Assert.Equal([Anonymous with { ReportsCrime = false, PassedTo = null }], When(new(null, null, null), Received, NotConsidered));
    [Fact] public void with_a_crime_says_to_whom_it_was_passed() => Assert.Equal([Anonymous], When(new(true, true, "police"), Received, NotConsidered));
    [Fact] public void with_a_crime_passed_to_nobody_is_refused() => Refuses("passed-to-unknown", () => When(new(true, true, " "), Received, NotConsidered), RefusalKind.Invalid, "passedTo");
    [Fact] public void may_find_that_it_is_not() => Assert.Equal([NotAnonymous], When(new(false, null, null), Received, NotConsidered));
    [Fact] public void twice_is_recorded_once() => Assert.Empty(When(new(true, null, null), Received, NotConsidered, Anonymous));
    [Fact] public void the_other_way_after_that_is_refused() => Refuses("already-confirmed", () => When(new(false, null, null), Received, NotConsidered, Anonymous), RefusalKind.Conflict);
    [Fact] public void refuses_what_is_registered() => Refuses("not-anonymous", () => When(new(true, null, null), Received, Registered), RefusalKind.Conflict);
}

public class Tagging_with_what_may_not_be_restricted
{
    private static IReadOnlyList<object> When(int[] tags, params object[] given) => InquiryDecider.Decide(State(given), new TagTopics(tags), Noon);

    [Fact] public void records_the_numbers_in_order() => Assert.Equal([4, 9], Assert.IsType<TopicsTagged>(Assert.Single(When([9, 4, 9], Received, Registered))).Tags);
    [Fact] public void twice_is_recorded_once() => Assert.Empty(When([9, 4], Received, Registered, Tagged));
    [Fact] public void may_take_them_away() => Assert.Empty(Assert.IsType<TopicsTagged>(Assert.Single(When([], Received, Registered, Tagged))).Tags);
    [Fact] public void refuses_a_sixteenth_kind() => Refuses("tag-unknown", () => When([16], Received, Registered), RefusalKind.Invalid, "tags");
    [Fact] public void refuses_what_is_closed() => Refuses("not-open", () => When([4], Received, Registered, Answered), RefusalKind.Conflict);
}

public class Clarifying
{
    private static IReadOnlyList<object> When(ClarifyInquiry ask, Said said, params object[] given) => InquiryDecider.Decide(State(given), ask, said, Now);
    private static readonly ClarifyInquiry Plain = new("?", null, null);

    [Fact] public void records_the_question() => Assert.Equal((Other, null), Assert.Single(When(Plain, Spoken, Received, Registered)) is ClarificationAsked e ? (e.QuestionId, e.Until) : default);
    [Fact]
    public void stops_no_clock() => Assert.Equal(Terms.Of(State(Received, Registered).Times, WorkingCalendar.Embedded).Select(t => t.Due),
        Terms.Of(State(Received, Registered, Asked with { Until = null, Defects = [] }).Times, WorkingCalendar.Embedded).Select(t => t.Due));
    [Fact] public void the_same_question_twice_is_recorded_once() => Assert.Empty(When(Plain, Spoken, Received, Registered, Asked));
    [Fact] public void names_defects_with_a_last_day() => Assert.Equal(["phone-invalid"], Assert.IsType<ClarificationAsked>(Assert.Single(When(new("?", ["phone-invalid"], new(2026, 11, 30)), Spoken, Received, Registered))).Defects);
    [Fact] public void refuses_defects_without_a_day() => Refuses("until-missing", () => When(new("?", ["phone-invalid"], null), Spoken, Received, Registered), RefusalKind.Invalid, "until");
    [Fact] public void refuses_today_as_that_day() => Refuses("until-past", () => When(new("?", ["phone-invalid"], new(2026, 11, 23)), Spoken, Received, Registered), RefusalKind.Invalid, "until");
    [Fact] public void refuses_an_unknown_defect() => Refuses("defect-unknown", () => When(new("?", ["ugly"], new(2026, 11, 30)), Spoken, Received, Registered), RefusalKind.Invalid, "defects");
    [Fact] public void refuses_no_question() => Refuses("question-missing", () => When(Plain, NoWords, Received, Registered), RefusalKind.Invalid, "question");
    [Fact] public void refuses_what_is_closed() => Refuses("not-open", () => When(Plain, Spoken, Received, Registered, Answered), RefusalKind.Conflict);

    [Fact]
    public void is_answered_by_the_asker()
    {
        Assert.Equal([Clarified], InquiryDecider.Clarified(State(Received, Registered, Asked), Spoken, Noon));
        Assert.Empty(InquiryDecider.Clarified(State(Received, Registered, Asked, Clarified), Spoken, Noon));
        Refuses("text-missing", () => InquiryDecider.Clarified(State(Received, Registered, Asked), NoWords, Noon), RefusalKind.Invalid, "text");
        Refuses("not-open", () => InquiryDecider.Clarified(State(Received, Registered, Answered), Spoken, Noon), RefusalKind.Conflict);
        Assert.Equal((InquiryState.Registered, InquiryState.Assigned), (State(Received, Registered, Asked, Clarified).State, State(Received, Registered, Assigned, Asked, Clarified).State));
    }
}

public class Extending
{
    private static IReadOnlyList<object> When(ExtendDeadline ask, DateTimeOffset now, params object[] given) => InquiryDecider.Decide(State(given), ask, Spoken, At(now));
    private static readonly ExtendDeadline Ask = new(null, ["akimat-71"], "x");

    [Fact] public void counts_thirty_days_from_the_origin() => Assert.Equivalent(Extended, Assert.Single(When(Ask, Noon, Received, Registered)), strict: true);
    [Fact] // received Sun 1.3.2026; 15 days: Mon 16.3; 30 days: Tue 31.3
    public void never_counts_from_a_rolled_date()
    {
        var sunday = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(5));
        var extended = Assert.IsType<DeadlineExtended>(When(Ask, sunday.AddDays(1), Received with { At = sunday }, Registered with { RegisteredAt = sunday.AddDays(1) })[0]);
        Assert.Equal(new(2026, 3, 31), extended.Due);
    }

    [Fact] public void may_be_shorter() => Assert.Equal(new(2026, 12, 11), Assert.IsType<DeadlineExtended>(When(Ask with { Length = 3 }, Noon, Received, Registered)[0]).Due);
    [Fact] public void twice_is_recorded_once() => Assert.Empty(When(Ask, Noon, Received, Registered, Extended));
    [Fact] public void a_second_time_is_refused() => Refuses("already-extended", () => When(Ask with { Length = 3 }, Noon, Received, Registered, Extended), RefusalKind.Conflict);
    [Fact] public void by_sixteen_days_is_refused() => Refuses("length-invalid", () => When(Ask with { Length = 16 }, Noon, Received, Registered), RefusalKind.Invalid, "length");
    [Fact] public void by_nothing_is_refused() => Refuses("length-invalid", () => When(Ask with { Length = 0 }, Noon, Received, Registered), RefusalKind.Invalid, "length");
    [Fact] public void without_other_holders_is_refused() => Refuses("holders-missing", () => When(Ask with { Holders = ["akimat-75"] }, Noon, Received, Registered), RefusalKind.Invalid, "holders");
    [Fact] public void for_unknown_holders_is_refused() => Refuses("holder-unknown", () => When(Ask with { Holders = ["akimat-99"] }, Noon, Received, Registered), RefusalKind.Invalid, "holders");
    [Fact] public void without_a_reason_is_refused() => Refuses("reason-missing", () => InquiryDecider.Decide(State(Received, Registered), Ask, NoWords, Now), RefusalKind.Invalid, "reason");
    [Fact] public void what_is_closed_is_refused() => Refuses("not-open", () => When(Ask, Noon, Received, Registered, Answered), RefusalKind.Conflict);
    [Fact] public void too_late_stands_and_is_a_violation() => Assert.Equal("reply", Assert.IsType<ViolationRecorded>(When(Ask, Noon.AddDays(20), Received, Registered)[1]).Rule);
    [Fact]
    public void by_the_code_is_by_months() => Assert.Equal((2, "Months"), When(Ask, Noon, Received, Registered, ByRegime with { Regime = "AppkRequest" })[0] is DeadlineExtended e ? (e.Length, e.Unit) : default);
    [Fact] public void is_told_within_three_working_days() => Assert.Equal(new(2026, 11, 26), Terms.Of(State(Received, Registered, Extended).Times, WorkingCalendar.Embedded).Single(t => t.Rule == "extension-notice").Due);
}

public class Telling_the_asker
{
    private static IReadOnlyList<object> When(RecordNotice ask, DateTimeOffset now, params object[] given) => InquiryDecider.Decide(State(given), ask, At(now));

    [Fact] public void is_recorded() => Assert.Equal([Notified], When(new("extension", "email"), Noon, Received, Registered, Extended));
    [Fact] public void twice_is_recorded_once() => Assert.Empty(When(new("extension", "post"), Noon, Received, Registered, Extended, Notified));
    [Fact] public void too_late_is_a_violation() => Assert.Equal("extension-notice", Assert.IsType<ViolationRecorded>(When(new("extension", "email"), Noon.AddDays(10), Received, Registered, Extended)[1]).Rule);
    [Fact] public void of_no_extension_is_refused() => Refuses("not-extended", () => When(new("extension", "email"), Noon, Received, Registered), RefusalKind.Conflict);
    [Fact] public void of_no_forwarding_is_refused() => Refuses("not-forwarded", () => When(new("forwarding", "email"), Noon, Received, Registered), RefusalKind.Conflict);
    [Fact] public void of_a_part_is_recorded() => Assert.Single(When(new("forwarding", "post"), Noon, Received, Registered, InPart));
    [Fact] public void of_the_weather_is_refused() => Refuses("about-unknown", () => When(new("weather", "email"), Noon, Received, Registered), RefusalKind.Invalid, "about");
    [Fact] public void by_pigeon_is_refused() => Refuses("way-unknown", () => When(new("extension", "pigeon"), Noon, Received, Registered, Extended), RefusalKind.Invalid, "by");
}

public class Returning
{
    private static readonly DateTimeOffset After = new(2026, 12, 1, 10, 0, 0, TimeSpan.FromHours(5));
    private static IReadOnlyList<object> When(DateTimeOffset now, params object[] given) => InquiryDecider.Decide(State(given), new ReturnInquiry("x", true), Spoken, At(now));

    [Fact] public void is_for_defects_not_mended_in_time() => Assert.Equal([Returned with { At = After }], When(After, Received, Registered, Asked));
    [Fact] public void on_the_last_day_is_too_early() => Refuses("return-too-early", () => When(new(2026, 11, 30, 23, 59, 0, TimeSpan.FromHours(5)), Received, Registered, Asked), RefusalKind.Conflict);
    [Fact] public void without_named_defects_is_refused() => Refuses("defects-not-named", () => When(After, Received, Registered), RefusalKind.Conflict);
    [Fact] public void after_the_asker_answered_is_refused() => Refuses("clarified", () => When(After, Received, Registered, Asked, Clarified), RefusalKind.Conflict);
    [Fact] public void later_than_three_working_days_stands_and_is_a_violation() => Assert.Equal("return", Assert.IsType<ViolationRecorded>(When(After.AddDays(10), Received, Registered, Asked)[1]).Rule);
    [Fact] public void twice_is_recorded_once() => Assert.Empty(When(After, Received, Registered, Asked, Returned));
    [Fact] public void what_is_answered_is_refused() => Refuses("not-open", () => When(After, Received, Registered, Asked, Answered), RefusalKind.Conflict);
}

public class Withdrawing_and_accepting
{
    [Fact] public void a_withdrawal_is_recorded() => Assert.Equal([Withdrawn], InquiryDecider.Withdraw(State(Received, Registered), "asker", Noon));
    [Fact] public void twice_is_recorded_once() => Assert.Empty(InquiryDecider.Withdraw(State(Received, Registered, Withdrawn), "officer", Noon));
    [Fact] public void after_the_answer_is_refused() => Refuses("not-open", () => InquiryDecider.Withdraw(State(Received, Registered, Answered), "asker", Noon), RefusalKind.Conflict);
    [Fact] public void a_hand_over_is_acknowledged() => Assert.Equal([Accepted], InquiryDecider.Decide(State(HandedOver with { InquiryId = Id }, Registered), new AcceptInquiry(), Noon));
    [Fact] public void acknowledged_twice_is_recorded_once() => Assert.Empty(InquiryDecider.Decide(State(HandedOver, Registered, Accepted), new AcceptInquiry(), Noon));
    [Fact] public void what_came_from_the_asker_is_refused() => Refuses("not-handed-over", () => InquiryDecider.Decide(State(Received, Registered), new AcceptInquiry(), Noon), RefusalKind.Conflict);
    [Fact]
    public void its_term_runs_from_the_hand_over_and_not_from_accepting() => Assert.Equal(Terms.Of(State(HandedOver, Registered).Times, WorkingCalendar.Embedded).Select(t => t.Due),
        Terms.Of(State(HandedOver, Registered, Accepted with { At = Noon.AddDays(5) }).Times, WorkingCalendar.Embedded).Select(t => t.Due));
}
