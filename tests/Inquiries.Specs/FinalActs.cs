using Platform;
using static Inquiries.Specs.Given;

namespace Inquiries.Specs;

public class Forwarding_in_parts
{
    private static readonly ForwardInquiry.Part Part = new("akimat-71", "Вопрос о дорогах");
    private static IReadOnlyList<object> When(ForwardInquiry ask, DateTimeOffset now, params object[] given) => InquiryDecider.Decide(State(given), ask, [(Other, Subject), (Subject, Other)], null, At(now));

    [Fact] public void records_each_part() => Assert.Equivalent(InPart, Assert.Single(When(new(null, null, [Part]), Noon, Received, Registered)), strict: true);
    [Fact] public void leaves_the_rest_open() => Assert.Equal((InquiryState.ForwardedInPart, true), (State(Received, Registered, InPart).State, State(Received, Registered, InPart).IsOpen));
    [Fact] public void the_rest_is_answered_here() => Assert.IsType<InquiryAnswered>(Assert.Single(InquiryDecider.Decide(State(Received, Registered, InPart), new AnswerInquiry(new("Ответ", null)), Spoken, Now)));
    [Fact] public void refuses_a_holder_beside_parts() => Refuses("holder-ambiguous", () => When(new("akimat-10", null, [Part]), Noon, Received, Registered), RefusalKind.Invalid, "holder");
    [Fact] public void refuses_its_own_holder() => Refuses("holder-own", () => When(new(null, null, [Part, new("akimat-75", "x")]), Noon, Received, Registered), RefusalKind.Invalid, "parts[1].holder");
    [Fact] public void refuses_a_part_without_words() => Refuses("text-missing", () => When(new(null, null, [new("akimat-71", " ")]), Noon, Received, Registered), RefusalKind.Invalid, "parts[0].text");
    [Fact] public void refuses_too_many() => Refuses("parts-too-many", () => When(new(null, null, [.. Enumerable.Repeat(Part, 21)]), Noon, Received, Registered), RefusalKind.Invalid, "parts");
    [Fact] public void after_three_working_days_stands_and_is_a_violation() => Assert.Equal("forwarding", Assert.IsType<ViolationRecorded>(When(new(null, null, [Part]), Noon.AddDays(4), Received, Registered)[1]).Rule);

    [Fact] // A has it from Mon 23.11, B from Thu 26.11, C from Tue 1.12: who held it when it went late can be told from each clock
    public void along_a_chain_each_holder_has_its_own_term()
    {
        static DateOnly Due(DateTimeOffset at) => Terms.Of(State(HandedOver with { At = at }, Registered with { RegisteredAt = at }).Times, WorkingCalendar.Embedded).Single(t => t.Rule == "forwarding").Due.ToDateOnly();
        Assert.Equal([new(2026, 11, 26), new(2026, 12, 1), new(2026, 12, 4)], new[] { 0, 3, 8 }.Select(days => Due(Noon.AddDays(days))));
    }
}

public class Answering_late
{
    private static IReadOnlyList<object> When(DateTimeOffset now, params object[] given) => InquiryDecider.Decide(State(given), new AnswerInquiry(new("Ответ", null)), Spoken, At(now));

    [Fact] public void on_the_last_stroke_is_in_time() => Assert.Single(When(new(2026, 12, 8, 23, 59, 59, TimeSpan.FromHours(5)), Received, Registered));
    [Fact]
    public void a_moment_after_stands_and_is_a_violation() => Assert.Equal(Violation with { At = new(2026, 12, 9, 0, 0, 0, TimeSpan.FromHours(5)) },
        When(new(2026, 12, 9, 0, 0, 0, TimeSpan.FromHours(5)), Received, Registered)[1]);
    [Fact] public void after_an_extension_is_judged_by_the_extended_term() => Assert.Single(When(Noon.AddDays(25), Received, Registered, Extended));
    [Fact]
    public void closing_on_a_weekend_is_in_time_when_the_term_rolls_to_monday() => // received Fri 4.12: day 15 is Sat 19.12, rolled to Mon 21.12
        Assert.Single(When(new(2026, 12, 20, 15, 0, 0, TimeSpan.FromHours(5)), Received with { At = new(2026, 12, 4, 10, 0, 0, TimeSpan.FromHours(5)) }, Registered with { RegisteredAt = new(2026, 12, 4, 10, 0, 0, TimeSpan.FromHours(5)) }));
    [Fact]
    public void a_paper_request_typed_in_late_keeps_its_real_day() => Assert.Equal(new(2026, 11, 5), Assert.IsType<ViolationRecorded>(When(Noon,
        Received with { Channel = "paper", At = new(2026, 10, 21, 10, 0, 0, TimeSpan.FromHours(5)) }, Registered with { RegisteredAt = new(2026, 10, 21, 10, 0, 0, TimeSpan.FromHours(5)) })[1]).Due);
}

public class Answering_in_part
{
    private static readonly AnswerInquiryPartly.Part Part = new("Список", "Restricted", "Закон о государственных секретах, ст. 14", new(2031, 1, 1));
    private static IReadOnlyList<object> When(AnswerInquiryPartly.Part?[]? withheld, LegalOverride? by, params object[] given) =>
        InquiryDecider.Decide(State(given), new AnswerInquiryPartly(new("Ответ", null), withheld, by), Spoken, Now);

    [Fact] public void records_ground_article_and_term_of_each_part() => Assert.Equivalent(AnsweredPartly, Assert.Single(When([Part], null, Received, Registered)), strict: true);
    [Fact] public void twice_is_recorded_once() => Assert.Empty(When([Part], null, Received, Registered, AnsweredPartly));
    [Fact] public void after_an_answer_is_refused() => Refuses("already-answered", () => When([Part], null, Received, Registered, Answered), RefusalKind.Conflict);
    [Fact] public void without_a_part_is_refused() => Refuses("withheld-missing", () => When([], null, Received, Registered), RefusalKind.Invalid, "withheld");
    [Fact] public void refuses_another_ground() => Refuses("ground-unknown", () => When([Part with { Ground = "Inconvenient" }], null, Received, Registered), RefusalKind.Invalid, "withheld[0].ground");
    [Fact] public void refuses_a_part_that_is_none() => Refuses("ground-unknown", () => When([null], null, Received, Registered), RefusalKind.Invalid, "withheld[0].ground");
    [Fact] public void refuses_no_article() => Refuses("article-missing", () => When([Part with { Article = "" }], null, Received, Registered), RefusalKind.Invalid, "withheld[0].article");
    [Fact] public void refuses_no_name_of_the_part() => Refuses("what-missing", () => When([Part with { What = null }], null, Received, Registered), RefusalKind.Invalid, "withheld[0].what");
    [Fact] public void withholds_nothing_that_article_6_protects() => Refuses("restricted-forbidden", () => When([Part], null, Received, Registered, Tagged), RefusalKind.Conflict);
    [Fact] public void but_by_a_named_law() => Assert.Equal("ЗРК о секретах, ст. 14", Assert.IsType<InquiryAnsweredPartly>(Assert.Single(When([Part], new("ЗРК о секретах, ст. 14"), Received, Registered, Tagged))).Override!.Article);
}

public class Refusing
{
    private static IReadOnlyList<object> When(RefuseInquiry ask, DateTimeOffset now, params object[] given) => InquiryDecider.Decide(State(given), ask, Spoken, At(now));
    private static readonly RefuseInquiry Ask = new("ContentUnclear", new("Неясно, что спрашивается.", null), true);

    public static TheoryData<string> Grounds => [.. Regimes.Grounds.Where(g => g.Regime == "AccessToInformation").Select(g => g.Code)];

    [Fact] public void records_ground_and_route() => Assert.Equivalent(RefusedFact, Assert.Single(When(Ask, Noon, Received, Registered)), strict: true);
    [Fact] public void has_seven_grounds() => Assert.Equal(7, Grounds.Count);
    [Theory, MemberData(nameof(Grounds))] public void is_possible_on_each_of_them(string ground) => Assert.Single(When(Ask with { Ground = ground }, Noon, Received, Registered));
    [Fact] public void not_to_be_competent_is_none_of_them() => Refuses("ground-unknown", () => When(Ask with { Ground = "NotCompetent" }, Noon, Received, Registered), RefusalKind.Invalid, "ground");
    [Fact] public void but_it_is_one_for_the_media() => Assert.Single(When(Ask with { Ground = "NotCompetent" }, Noon, Received, Registered, ByRegime with { Regime = "MediaRequest" }));
    [Fact] public void twice_is_recorded_once() => Assert.Empty(When(Ask, Noon, Received, Registered, RefusedFact));
    [Fact] public void on_another_ground_after_that_is_refused() => Refuses("already-refused", () => When(Ask with { Ground = "NotPerLaw" }, Noon, Received, Registered, RefusedFact), RefusalKind.Conflict);
    [Fact] public void without_reasons_is_refused() => Refuses("reason-missing", () => When(Ask with { Reason = null }, Noon, Received, Registered), RefusalKind.Invalid, "reason");
    [Fact] public void in_another_language_is_refused() => Refuses("answer-language-missing", () => When(Ask with { Reason = new(null, new("Түсініксіз", null)) }, Noon, Received, Registered), RefusalKind.Invalid, "reason");
    [Fact] public void as_restricted_what_article_6_protects_is_refused() => Refuses("restricted-forbidden", () => When(Ask with { Ground = "Restricted" }, Noon, Received, Registered, Tagged), RefusalKind.Conflict);
    [Fact] public void after_five_working_days_stands_and_is_a_violation() => Assert.Equal("refusal", Assert.IsType<ViolationRecorded>(When(Ask, Noon.AddDays(8), Received, Registered)[1]).Rule);
    [Fact] public void what_is_answered_is_refused() => Refuses("not-open", () => When(Ask, Noon, Received, Registered, Answered), RefusalKind.Conflict);
    [Fact] public void every_ground_has_words_in_two_languages() => Assert.All(Regimes.Grounds, g => Assert.NotEqual(g.Kk, g.Ru));
}

public class Pointing_to_a_publication
{
    private static IReadOnlyList<object> When(string? address, DateTimeOffset now, params object[] given) => InquiryDecider.Decide(State(given), new PointToPublication(address, "x"), Spoken, At(now));

    [Fact] public void records_where_it_is() => Assert.Equal([Pointed], When("https://gov.kz/data", Noon, Received, Registered));
    [Fact] public void twice_is_recorded_once() => Assert.Empty(When("https://gov.kz/data", Noon, Received, Registered, Pointed));
    [Fact] public void elsewhere_after_that_is_refused() => Refuses("already-answered", () => When("https://gov.kz/other", Noon, Received, Registered, Pointed), RefusalKind.Conflict);
    [Theory, InlineData(null), InlineData("gov.kz/data"), InlineData("javascript:alert(1)"), InlineData("file:///etc/passwd")]
    public void refuses_what_is_no_address(string? address) => Refuses("address-invalid", () => When(address, Noon, Received, Registered), RefusalKind.Invalid, "address");
    [Fact] public void after_three_working_days_stands_and_is_a_violation() => Assert.Equal("already-published", Assert.IsType<ViolationRecorded>(When("https://gov.kz/data", Noon.AddDays(4), Received, Registered)[1]).Rule);
    [Fact] public void a_repeat_is_answered_in_full() => Refuses("must-answer-in-full", () => When("https://gov.kz/data", Noon, Repeated, Registered), RefusalKind.Conflict);

    [Fact]
    public void lets_the_asker_ask_in_full()
    {
        Assert.Equal([InFull], InquiryDecider.AskInFull(State(Received, Registered, Pointed), Other, Noon));
        Assert.Empty(InquiryDecider.AskInFull(State(Received, Registered, Pointed, InFull), Subject, Noon));
        Refuses("not-pointed", () => InquiryDecider.AskInFull(State(Received, Registered, Answered), Other, Noon), RefusalKind.Conflict);
    }
}

public class Dispatching_an_answer_on_paper
{
    private static IReadOnlyList<object> When(RecordDispatch ask, params object[] given) => InquiryDecider.Decide(State(given), ask, Now);

    [Fact] public void records_way_and_day() => Assert.Equal([Dispatched], When(new("post", "KZ1", null), Received, Registered, Answered));
    [Fact] public void twice_is_recorded_once() => Assert.Empty(When(new("post", "KZ1", new(2026, 11, 23)), Received, Registered, Answered, Dispatched));
    [Fact] public void of_no_answer_is_refused() => Refuses("not-answered", () => When(new("post", null, null), Received, Registered), RefusalKind.Conflict);
    [Fact] public void by_pigeon_is_refused() => Refuses("way-unknown", () => When(new("pigeon", null, null), Received, Registered, Answered), RefusalKind.Invalid, "by");
    [Theory, InlineData("2026-11-24"), InlineData("2026-11-22")]
    public void tomorrow_or_before_receipt_is_refused(string day) => Refuses("day-invalid", () => When(new("post", null, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)), Received, Registered, Answered), RefusalKind.Invalid, "day");
}

public class The_complaint_chain
{
    private static IReadOnlyList<object> Complain(DateTimeOffset now, params object[] given) => InquiryDecider.Complain(State(given), Spoken, "asker", At(now));
    private static IReadOnlyList<object> PassUp(string? superior, DateTimeOffset now, params object[] given) => InquiryDecider.PassUp(State(given), superior, now, At(now));
    private static IReadOnlyList<object> Decide(string? outcome, string by, DateTimeOffset now, DateOnly? answerBy, params object[] given) =>
        InquiryDecider.Decide(State(given), new DecideComplaint(outcome, "x", answerBy), by, Spoken, At(now));
    private static readonly object[] RefusedSoFar = [Received, Registered, RefusedFact];
    private static readonly object[] Filed = [.. RefusedSoFar, Complained];

    [Fact] public void begins_after_a_final_act() => Assert.Equal([Complained], Complain(Noon, RefusedSoFar));
    [Fact] public void makes_it_complained() => Assert.Equal(InquiryState.Complained, State(Filed).State);
    [Fact] public void the_same_twice_is_recorded_once() => Assert.Empty(Complain(Noon, Filed));
    [Fact] public void another_one_meanwhile_is_refused() => Refuses("already-complained", () => InquiryDecider.Complain(State(Filed), Spoken with { Mac = "m2" }, "asker", Now), RefusalKind.Conflict);
    [Fact] public void before_anything_happened_is_refused() => Refuses("nothing-to-complain", () => Complain(Noon, Received, Registered), RefusalKind.Conflict);
    [Fact] public void needs_words() => Refuses("text-missing", () => InquiryDecider.Complain(State(RefusedSoFar), NoWords, "asker", Now), RefusalKind.Invalid, "text");
    [Fact]
    public void begins_after_silence_too_and_the_answer_is_still_owed()
    {
        var fact = Assert.IsType<ComplaintFiled>(Assert.Single(Complain(Noon.AddDays(20), Received, Registered)));
        Assert.True(fact.AboutSilence);
        Assert.Equal(InquiryState.Registered, State(Received, Registered, fact).State);
    }

    [Fact] public void three_months_is_in_time() => Assert.False(Assert.IsType<ComplaintFiled>(Complain(new(2027, 2, 23, 12, 0, 0, TimeSpan.FromHours(5)), RefusedSoFar)[0]).IsLate);
    [Fact] public void a_day_more_is_late() => Assert.True(Assert.IsType<ComplaintFiled>(Complain(new(2027, 2, 24, 12, 0, 0, TimeSpan.FromHours(5)), RefusedSoFar)[0]).IsLate);
    [Fact]
    public void six_months_where_no_route_was_named() => Assert.False(Assert.IsType<ComplaintFiled>(Complain(new(2027, 5, 20, 12, 0, 0, TimeSpan.FromHours(5)), Received, Registered, RefusedFact with { RouteNamed = false })[0]).IsLate);

    [Fact] public void goes_up_to_the_superior_body() => Assert.Equal([PassedUp], PassUp("gov-office", Noon, Filed));
    [Fact] public void goes_up_once() => Assert.Empty(PassUp("gov-office", Noon, [.. Filed, PassedUp]));
    [Fact] public void nobody_is_above_the_top() => Refuses("no-superior", () => PassUp(null, Noon, Filed), RefusalKind.Conflict);
    [Fact] public void without_a_complaint_nothing_goes_up() => Refuses("not-complained", () => PassUp("gov-office", Noon, RefusedSoFar), RefusalKind.Conflict);
    [Fact] public void after_three_working_days_it_is_a_violation() => Assert.Equal("complaint-transfer", Assert.IsType<ViolationRecorded>(PassUp("gov-office", Noon.AddDays(4), Filed)[1]).Rule);
    [Fact] public void after_a_decision_nothing_goes_up() => Refuses("already-decided", () => PassUp("gov-office", Noon, [.. Filed, Decided with { Body = "akimat-75", Outcome = "satisfied" }]), RefusalKind.Conflict);

    [Fact] public void the_holder_may_satisfy_it() => Assert.Equal([Decided with { Body = "akimat-75", Outcome = "satisfied", AnswerBy = new(2026, 11, 30) }], Decide("satisfied", "akimat-75", Noon, new(2026, 11, 30), Filed));
    [Fact] public void and_the_request_is_open_again() => Assert.Equal((InquiryState.Registered, null), State([.. Filed, Decided with { Outcome = "satisfied" }]) is var s ? (s.State, s.Refusal) : default);
    [Fact] public void the_holder_may_not_deny_it() => Refuses("satisfy-or-pass-up", () => Decide("denied", "akimat-75", Noon, null, Filed), RefusalKind.Conflict);
    [Fact] public void the_superior_decides_what_was_passed_up() => Assert.Equal([Decided], Decide("denied", "gov-office", Noon, null, [.. Filed, PassedUp]));
    [Fact] public void then_the_holder_does_not() => Refuses("passed-up", () => Decide("satisfied", "akimat-75", Noon, null, [.. Filed, PassedUp]), RefusalKind.Conflict);
    [Fact] public void twenty_working_days_after_its_registration_it_is_a_violation() => Assert.Equal("complaint-decision", Assert.IsType<ViolationRecorded>(Decide("denied", "gov-office", Noon.AddDays(40), null, [.. Filed, PassedUp])[1]).Rule);
    [Fact] public void decided_twice_is_recorded_once() => Assert.Empty(Decide("denied", "gov-office", Noon, null, [.. Filed, PassedUp, Decided]));
    [Fact] public void decided_otherwise_is_refused() => Refuses("already-decided", () => Decide("satisfied", "gov-office", Noon, null, [.. Filed, PassedUp, Decided]), RefusalKind.Conflict);
    [Fact] public void an_unknown_outcome_is_refused() => Refuses("outcome-unknown", () => Decide("perhaps", "gov-office", Noon, null, [.. Filed, PassedUp]), RefusalKind.Invalid, "outcome");
    [Fact] public void a_weekend_for_the_answer_is_refused() => Refuses("answer-by-invalid", () => Decide("satisfied", "gov-office", Noon, new(2026, 11, 28), [.. Filed, PassedUp]), RefusalKind.Invalid, "answerBy");
    [Fact] public void then_a_month_runs_for_the_court() => Assert.Equal(new(2026, 12, 23), Terms.Of(State([.. Filed, PassedUp, Decided]).Times, WorkingCalendar.Embedded).Single(t => t.Rule == "court-term").Due);
    [Fact]
    public void once_open_again_it_is_answered_anew()
    {
        object[] again = [Received, Registered, Answered, Complained, Decided with { Outcome = "partly", AnswerBy = new(2026, 11, 30) }];
        Assert.Single(InquiryDecider.Decide(State(again), new AnswerInquiry(new("Новый ответ", null)), Spoken with { Mac = "m2" }, Now));
        Assert.Equal((new DateOnly(2026, 11, 30), true), again.Aggregate((InquiryView?)null, InquiryViewFold.Evolve) is { } v ? (v.Due!.Value, v.IsOpen) : default);
    }
}
