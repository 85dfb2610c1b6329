using Platform;
using static Inquiries.Specs.Given;

namespace Inquiries.Specs;

public class Assigning_an_inquiry
{
    private static IReadOnlyList<object> When(string? unit, string? executor, params object[] given) => InquiryDecider.Decide(State(given), new AssignInquiry(unit, executor), Noon);

    [Fact] public void records_the_unit_and_the_executor() => Assert.Equal([Assigned], When("roads", "A. Serik", Received, Registered));
    [Fact] public void needs_no_executor() => Assert.Equal([Assigned with { Executor = null }], When("roads", null, Received, Registered));
    [Fact] public void may_be_done_again_for_another_unit() => Assert.Equal([Assigned with { Unit = "water" }], When("water", "A. Serik", Received, Registered, Assigned));
    [Fact] public void the_same_unit_twice_is_recorded_once() => Assert.Empty(When("roads", "A. Serik", Received, Registered, Assigned));
    [Fact] public void refuses_no_unit() => Refuses("unit-missing", () => When(" ", null, Received, Registered), RefusalKind.Invalid, "unit");

    [Fact]
    public void refuses_what_waits_for_no_act()
    {
        Refuses("not-open", () => When("roads", null, Received, Registered, Answered), RefusalKind.Conflict);
        Refuses("not-open", () => When("roads", null, Received, NotConsidered), RefusalKind.Conflict);
        Refuses("not-open", () => When("roads", null, Received, Registered, Forwarded), RefusalKind.Conflict);
    }
}

public class Forwarding_an_inquiry
{
    private static IReadOnlyList<object> When(string? holder, params object[] given) =>
        InquiryDecider.Decide(State(given), new ForwardInquiry(holder, null), [(Other, Subject)], null, Now);

    [Fact] public void records_where_it_goes_on() => Assert.Equal([Forwarded], When("akimat-71", Received, Registered));
    [Fact] public void is_possible_after_assigning() => Assert.Equal([Forwarded], When("akimat-71", Received, Registered, Assigned));
    [Fact]
    public void is_possible_for_what_was_forwarded_here() => Assert.Equal([Forwarded with { InquiryId = Other, ToHolder = "akimat-10" }],
        InquiryDecider.Decide(State(HandedOver, Registered with { InquiryId = Other }), new ForwardInquiry("akimat-10", null), [(Other, Subject)], null, Now));
    [Fact] public void to_the_same_holder_twice_is_recorded_once() => Assert.Empty(When("akimat-71", Received, Registered, Forwarded));
    [Fact] public void to_a_second_holder_is_refused() => Refuses("not-open", () => When("akimat-10", Received, Registered, Forwarded), RefusalKind.Conflict);
    [Fact] public void refuses_an_unknown_holder() => Refuses("holder-unknown", () => When("akimat-99", Received, Registered), RefusalKind.Invalid, "holder");
    [Fact] public void refuses_no_holder() => Refuses("holder-unknown", () => When(null, Received, Registered), RefusalKind.Invalid, "holder");
    [Fact] public void refuses_its_own_holder() => Refuses("holder-own", () => When("akimat-75", Received, Registered), RefusalKind.Invalid, "holder");
    [Fact] public void refuses_what_is_answered() => Refuses("not-open", () => When("akimat-71", Received, Registered, Answered), RefusalKind.Conflict);
}

public class Answering_an_inquiry
{
    private static IReadOnlyList<object> When(AnswerWords? text, params object[] given) => InquiryDecider.Decide(State(given), new AnswerInquiry(text), Spoken, Now);
    private static AnswerWords Plain(string text) => new(text, null);
    private static AnswerWords Both(string? kk, string? ru) => new(null, new(kk, ru));
    private static void Records(string[] languages, IReadOnlyList<object> facts)
    {
        var answered = Assert.IsType<InquiryAnswered>(Assert.Single(facts));
        Assert.Equal(languages, answered.Languages);
        Assert.Equal((Id, Other, "mac", Noon), (answered.InquiryId, answered.AnswerId, answered.TextMac, answered.At));
    }

    [Fact] public void records_it_in_the_language_of_the_request() => Records(["ru"], When(Plain("Три улицы."), Received, Registered));
    [Fact] public void takes_words_by_language() => Records(["kk", "ru"], When(Both("Үш көше.", "Три улицы."), Received, Registered, Assigned));
    [Fact] public void a_regional_tag_is_its_language() => Records(["kk"], When(Plain("Үш көше."), Received with { Language = "kk-KZ" }, Registered));
    [Fact] public void in_a_third_language_needs_both() => Records(["kk", "ru"], When(Both("Үш көше.", "Три улицы."), ReceivedInEnglish, Registered));
    [Fact] public void in_a_third_language_refuses_one() => Refuses("answer-language-missing", () => When(Both(null, "Три улицы."), ReceivedInEnglish, Registered), RefusalKind.Invalid, "text");
    [Fact] public void refuses_the_other_language_alone() => Refuses("answer-language-missing", () => When(Both("Үш көше.", null), Received, Registered), RefusalKind.Invalid, "text");
    [Fact] public void refuses_no_words() => Refuses("answer-empty", () => When(Plain("  "), Received, Registered), RefusalKind.Invalid, "text");
    [Fact] public void refuses_an_absent_text() => Refuses("answer-empty", () => When(null, Received, Registered), RefusalKind.Invalid, "text");
    [Fact] public void the_same_words_twice_are_recorded_once() => Assert.Empty(When(Plain("Три улицы."), Received, Registered, Answered));
    [Fact] public void other_words_after_an_answer_are_refused() => Refuses("already-answered", () => When(Plain("Две."), Received, Registered, Answered with { TextMac = "another" }), RefusalKind.Conflict);
    [Fact] public void refuses_what_was_forwarded() => Refuses("not-open", () => When(Plain("Три улицы."), Received, Registered, Forwarded), RefusalKind.Conflict);
    [Fact] public void refuses_what_is_not_considered() => Refuses("not-open", () => When(Plain("Три улицы."), Received, NotConsidered), RefusalKind.Conflict);
}

public class Clearing_an_answer_for_disclosure
{
    private static readonly Bilingual Title = Cleared.Title, Text = Cleared.Text;
    private static IReadOnlyList<object> When(Bilingual? title, Bilingual? text, params object[] given) => InquiryDecider.Decide(State(given), new ClearForDisclosure(title, text), Other, Noon);

    [Fact] public void records_the_masked_words() => Assert.Equal([Cleared], When(Title, Text, Received, Registered, Answered));
    [Fact] public void takes_one_language() => Assert.Single(When(new(null, "Дороги"), new(null, "Три улицы."), Received, Registered, Answered));
    [Fact] public void the_same_words_twice_are_recorded_once() => Assert.Empty(When(Title, Text, Received, Registered, Answered, Cleared));
    [Fact] public void other_words_are_refused() => Refuses("already-cleared", () => When(Title, new("Екі көше.", "Две улицы."), Received, Registered, Answered, Cleared), RefusalKind.Conflict);
    [Fact] public void refuses_before_an_answer() => Refuses("not-answered", () => When(Title, Text, Received, Registered), RefusalKind.Conflict);
    [Fact] public void refuses_no_words() => Refuses("text-missing", () => When(Title, new(" ", null), Received, Registered, Answered), RefusalKind.Invalid, "text");
    [Fact] public void refuses_no_title() => Refuses("title-missing", () => When(null, Text, Received, Registered, Answered), RefusalKind.Invalid, "title");
}
