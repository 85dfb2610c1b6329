using System.Text.Json;
using Platform;
using static Inquiries.Specs.Given;

namespace Inquiries.Specs;

public class What_a_form_is_found_by
{
    private static readonly SearchTokens Tokens = new(new Sealing("1 " + Convert.ToBase64String(new byte[32])));
    private const string Words = "Прошу предоставить данные постов наблюдения за качеством воздуха за 2023 год по месяцам";

    private static FormTokens Of(string text = Words, string iin = "990101300013", string phone = "+7 701 167 77 26") => Tokens.Of(FormReader.Read(JsonDocument.Parse(
        $$"""{"messageId": "m-1", "applicant": {"kind": "individual", "iin": "{{iin}}", "surname": "Ким"}, "contacts": {"phone": "{{phone}}"}, "language": "ru", "answerForm": "electronic", "text": "{{text}}"}""").RootElement));

    private static bool Finds(string q, FormTokens form) => Tokens.Asked(q) is var (exact, words) && (exact.Intersect(form.Exact).Any() || (words.Length > 0 && !words.Except(form.Words).Any()));

    [Theory, InlineData("990101300013"), InlineData("+77011677726"), InlineData("+7 (701) 167-77-26"), InlineData("m-1"), InlineData("качество воздуха"), InlineData("НАБЛЮДЕНИЕ")]
    public void is_found(string q) => Assert.True(Finds(q, Of()));

    [Theory, InlineData("990101300023"), InlineData("+77011677727"), InlineData("качество воды"), InlineData("за"), InlineData("Ким")]
    public void is_not_found(string q) => Assert.False(Finds(q, Of()));

    [Fact] public void the_same_words_by_the_same_person_are_the_same() => Assert.Equal(Of().Same, Of(Words.ToUpperInvariant().Replace(" ", "   ", StringComparison.Ordinal)).Same);
    [Fact] public void by_another_person_they_are_not() => Assert.NotEqual(Of().Same, Of(iin: "990101300023").Same);
    [Fact] public void like_texts_share_a_band() => Assert.NotEmpty(Of().Bands.Intersect(Of(Words + " пожалуйста").Bands));
    [Fact] public void unlike_texts_share_none() => Assert.Empty(Of().Bands.Intersect(Of("Сколько автобусов закупил акимат для сельских маршрутов и какова стоимость контракта").Bands));
    [Fact] public void a_few_words_are_like_nothing() => Assert.Empty(Of("Здравствуйте вам").Bands);
    [Fact]
    public void another_key_gives_other_tokens() => Assert.Empty(Of().All.Intersect(new SearchTokens(new Sealing("1 " + Convert.ToBase64String([.. Enumerable.Repeat((byte)1, 32)]))).Of(FormReader.Read(
        JsonDocument.Parse($$"""{"messageId": "m-1", "applicant": {"kind": "individual", "iin": "990101300013"}, "language": "ru", "answerForm": "electronic", "text": "{{Words}}"}""").RootElement)).All));
}

public class Duplicates
{
    [Fact] public void are_confirmed_by_an_official() => Assert.Equal([DuplicateOfOther], InquiryDecider.ConfirmDuplicate(State(Received, Registered), Other, isSame: true, Noon));
    [Fact] public void twice_is_recorded_once() => Assert.Empty(InquiryDecider.ConfirmDuplicate(State(Received, Registered, DuplicateOfOther), Other, isSame: true, Noon));
    [Fact] public void of_another_one_after_that_is_refused() => Refuses("already-confirmed", () => InquiryDecider.ConfirmDuplicate(State(Received, Registered, DuplicateOfOther), Subject, isSame: true, Noon), RefusalKind.Conflict);
    [Fact] public void two_persons_asking_the_same_stay_two() => Refuses("not-the-same", () => InquiryDecider.ConfirmDuplicate(State(Received, Registered), Other, isSame: false, Noon), RefusalKind.Conflict);
    [Fact] public void of_itself_is_refused() => Refuses("of-itself", () => InquiryDecider.ConfirmDuplicate(State(Received, Registered), Id, isSame: true, Noon), RefusalKind.Invalid, "of");
    [Fact] public void are_undone_by_an_official() => Assert.Equal([NoDuplicate], InquiryDecider.UndoDuplicate(State(Received, Registered, DuplicateOfOther), Noon));
    [Fact] public void undone_twice_is_recorded_once() => Assert.Empty(InquiryDecider.UndoDuplicate(State(Received, Registered), Noon));
    [Fact]
    public void stop_no_clock() => Assert.Equal(Terms.Of(State(Received, Registered).Times, WorkingCalendar.Embedded).Select(t => t.Due), Terms.Of(State(Received, Registered, DuplicateOfOther).Times, WorkingCalendar.Embedded).Select(t => t.Due));
}
