using Platform;
using Specs;
using static Inquiries.Specs.Given;

namespace Inquiries.Specs;

public class An_oral_request
{
    private static object When(string? topic, string? way = "phone", string? post = "Специалист") => OralDecider.Decide(new(topic, way, post), "akimat-75", Id, Noon);

    public static TheoryData<string> Topics => [.. OralTopics.All.Keys];

    [Fact] public void is_answered_on_ten_topics() => Assert.Equal(10, Topics.Count);
    [Theory, MemberData(nameof(Topics))] public void is_answered_on_each_of_them(string topic) => Assert.Equal(new OralRequestAnswered(Id, "akimat-75", topic, "phone", "Специалист", Noon), When(topic));
    [Fact] public void on_anything_else_leads_to_a_written_one() => Assert.Equal(new OralAskerToldToWrite(Id, "akimat-75", "phone", "Специалист", Noon), When(null));
    [Fact] public void on_an_eleventh_topic_is_refused() => Refuses("topic-unknown", () => When("budget"), RefusalKind.Invalid, "topic");
    [Fact] public void by_letter_is_none() => Refuses("way-unknown", () => When("vacancies", way: "letter"), RefusalKind.Invalid, "way");
    [Fact] public void is_answered_by_somebody_with_a_post() => Refuses("post-missing", () => When("vacancies", post: " "), RefusalKind.Invalid, "post");
    [Fact] public void has_topics_in_two_languages() => Assert.All(OralTopics.All.Values, t => Assert.NotEqual(t.Kk, t.Ru));

    [Fact]
    public void keeps_its_stored_shapes()
    {
        foreach (var fact in new[] { When("vacancies"), When(null) })
        {
            Golden.Check("facts/" + Store.NameOf(fact.GetType()), fact);
            Assert.Equal("akimat-75", OralDecider.Evolve(null, fact).Holder);
        }

        Assert.Throws<InvalidOperationException>(() => OralDecider.Evolve(null, "no fact"));
    }
}

public class A_letter
{
    private static string Page(params object[] facts)
    {
        object[] all = [Received, Registered, .. facts];
        return LetterPage.Of(all.Aggregate((InquiryView?)null, InquiryViewFold.Evolve)!, State(all), new AnswerPaper { Ru = "Три <улицы>", Signer = new("А. Серик", "Аким") },
            System.Text.Json.JsonDocument.Parse("""{"applicant": {"surname": "Оспанов", "name": "Ерлан"}, "contacts": {"postalAddress": "Алматы, Абая, 1"}}""").RootElement, ["ru"]);
    }

    [Fact]
    public void states_what_an_answer_states() => Assert.All(
        ["Акимат города Алматы", "Оспанов Ерлан", "Алматы, Абая, 1", "23.11.2026", "akimat-75-2026-000001", "Три &lt;улицы&gt;", "Аким", "А. Серик"],
        words => Assert.Contains(words, Page(Answered), StringComparison.Ordinal));

    [Fact]
    public void of_a_refusal_names_ground_and_route()
    {
        var page = Page(RefusedFact);
        Assert.Contains("401-V 11(16)", page, StringComparison.Ordinal);
        Assert.Contains("Жалоба подаётся в течение трёх месяцев", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Жалоба подаётся", Page(RefusedFact with { RouteNamed = false }), StringComparison.Ordinal);
    }
}

public class Files_that_go_with_an_answer
{
    private static readonly AttachmentAdded Uploaded = Added with { Direction = StoredFile.Answer };
    private static IReadOnlyList<object> When(IReadOnlyList<Guid>? files, params object[] given) => InquiryDecider.Decide(State([Received, Registered, .. given]), new AnswerInquiry(new("Ответ", null), null, files), Spoken, Now);

    [Fact] public void go_with_it_by_their_ids() => Assert.Equal([Other], Assert.IsType<InquiryAnswered>(Assert.Single(When([Other, Other], Uploaded))).Files);
    [Fact] public void that_are_not_there_are_refused() => Refuses("answer-file-unknown", () => When([Other]), RefusalKind.Invalid, "answerFiles");
    [Fact] public void that_the_asker_sent_are_refused() => Refuses("answer-file-unknown", () => When([Other], Added), RefusalKind.Invalid, "answerFiles");
    [Fact] public void that_are_held_back_are_refused() => Refuses("attachment-held", () => When([Other], Uploaded, HeldBack), RefusalKind.Conflict);
    [Fact]
    public void alone_are_given_to_the_asker()
    {
        object[] given = [Received, Registered, Uploaded, Uploaded with { AttachmentId = Subject }];
        Assert.Equal([Other], AnswerFiles.Given(State([.. given, Answered with { Files = [Other] }])).Select(f => f.Id));
        Assert.Equal([Other, Subject], AnswerFiles.Given(State([.. given, Answered with { Files = null }])).Select(f => f.Id));
    }
}
