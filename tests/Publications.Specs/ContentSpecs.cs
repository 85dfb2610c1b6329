using static Publications.Specs.Given;

namespace Publications.Specs;

public class Drafting
{
    static readonly DraftPublication Ask = new("News", null, new("Тақырып", "Заголовок"), new("Мәтін", "Текст"), ["site"], Due, null, null);
    static PublicationDrafted Draft(DraftPublication ask) => PublicationDecider.Draft(Id, Body, ask, Editor, Noon);

    [Fact] public void records_the_content_with_the_defaults() => Same([Drafted()], [Draft(Ask)]);

    [Fact]
    public void takes_a_bare_kind_and_leaves_the_rest_for_later()
    {
        var content = Draft(new("Crisis", null, null, null, null, null, null, null)).Content;
        Assert.Equal(("Crisis", null, null, "PT1H", "hold"), (content.Kind, content.Title.Kk, content.WantedAt, content.MaxLateness, content.OnMiss));
        Assert.Equal(["site"], content.Channels);
    }

    [Theory]
    [InlineData("PT90M", "PT1H30M"), InlineData("P1D", "P1D"), InlineData("PT0S", "PT0S"), InlineData("P30D", "P30D")]
    public void keeps_a_lateness_in_its_normal_form(string given, string kept) => Assert.Equal(kept, Draft(Ask with { MaxLateness = given }).Content.MaxLateness);

    [Theory]
    [InlineData("1h"), InlineData("-PT1H"), InlineData("P1M"), InlineData("P1Y"), InlineData("P31D"), InlineData(""), InlineData("PT99999999999999H")]
    public void refuses_a_lateness_that_is_none(string given) => Assert.Equal("max-lateness-invalid", Refusal(() => Draft(Ask with { MaxLateness = given })));

    public static TheoryData<string, string, DraftPublication> Refusals => new()
    {
        { "kind-missing", "kind", Ask with { Kind = null } },
        { "kind-invalid", "kind", Ask with { Kind = "news" } },
        { "on-miss-invalid", "onMiss", Ask with { OnMiss = "Hold" } },
        { "channels-missing", "channels", Ask with { Channels = [] } },
        { "channel-unknown", "channels", Ask with { Channels = ["site", "Telegram!"] } },
        { "language-policy-invalid", "languagePolicy", Ask with { LanguagePolicy = "ru-first" } },
        { "embargo-invalid", "embargo", Ask with { Embargo = At("0001-01-01T00:00:00Z") } },
        { "tags-invalid", "tags", Ask with { Tags = ["a b"] } },
        { "wanted-local-invalid", "wantedLocal", Ask with { WantedAt = null, WantedLocal = "завтра" } },
        { "zone-unknown", "zone", Ask with { WantedAt = null, WantedLocal = "2026-12-01T10:00", Zone = "Asia/Nowhere" } },
        { "wanted-at-invalid", "wantedAt", Ask with { WantedLocal = "2026-12-01T10:00" } },
        { "wall-time-skipped", "wantedLocal", Ask with { WantedAt = null, WantedLocal = "2026-03-29T02:30", Zone = "Europe/Berlin" } },
        { "media-invalid", "media[1].mediaId", Ask with { Media = [PictureUse, PictureUse] } },
        { "crop-invalid", "media[0].crop", Ask with { Media = [PictureUse with { Crop = new(0, 0, 0, 5) }] } },
        { "clear-invalid", "clear", Ask with { Clear = ["title"] } },
        { "wanted-at-invalid", "wantedAt", Ask with { WantedAt = At("0001-01-01T00:00:00Z") } },
        { "words-too-long", "title.ru", Ask with { Title = new("а", new('а', 501)) } },
        { "words-too-long", "text.kk", Ask with { Text = new(new('а', 50_001), null) } },
    };

    [Theory, MemberData(nameof(Refusals))]
    public void refuses_by_field_and_code(string code, string field, DraftPublication ask)
    {
        Assert.Equal(code, Refusal(() => Draft(ask)));
        Assert.Equal([field], Fields(() => Draft(ask)));
    }
}

public class Editing
{
    static readonly EditPublication Nothing = new(null, null, null, null, null, null, null);
    static readonly EditPublication RuText = Nothing with { Text = new(null, "Другой текст") };

    static IReadOnlyList<object> When(EditPublication ask, string by, params object[] given) => PublicationDecider.Decide(State(given), ask, by, Noon);
    static string[] Lapsed(EditPublication ask, string by = Editor) => [.. ((PublicationEdited)When(ask, by, ApprovedFacts()).Single()).Lapsed];

    [Fact] public void records_the_whole_new_content() => Same([new PublicationEdited(Id, Written with { Text = new("Мәтін", "Другой текст") }, Editor, [], null, null, Noon) { Body = Body }], When(RuText, Editor, Drafted()));
    [Fact] public void of_the_same_words_records_nothing() => Assert.Empty(When(Nothing with { Text = new(null, "Текст"), Channels = ["site"] }, Editor, Drafted()));
    [Fact] public void said_twice_records_once() => Assert.Empty(When(RuText, Editor, [Drafted(), .. When(RuText, Editor, Drafted())]));
    [Fact] public void empties_a_side_by_an_empty_string() => Assert.Null(((PublicationEdited)When(Nothing with { Title = new("", null) }, Editor, Drafted()).Single()).Content.Title.Kk);

    [Fact] public void one_language_makes_only_its_approval_lapse() => Assert.Equal(["ru"], Lapsed(RuText));
    [Fact] public void the_other_language_makes_only_its_approval_lapse() => Assert.Equal(["kk"], Lapsed(Nothing with { Title = new("Басқа", null) }));
    [Fact] public void the_time_makes_both_lapse() => Assert.Equal(["kk", "ru"], Lapsed(Nothing with { WantedAt = Due.AddSeconds(1) }));
    [Fact] public void the_kind_makes_both_lapse() => Assert.Equal(["kk", "ru"], Lapsed(Nothing with { Kind = "Apology" }));
    [Fact] public void the_lateness_makes_both_lapse() => Assert.Equal(["kk", "ru"], Lapsed(Nothing with { MaxLateness = "PT2H" }));
    [Fact] public void what_happens_on_a_miss_makes_both_lapse() => Assert.Equal(["kk", "ru"], Lapsed(Nothing with { OnMiss = "publish" }));
    [Fact] public void by_an_approver_makes_what_that_person_approved_lapse() => Assert.Equal(["kk", "ru"], Lapsed(RuText, Approver));

    [Fact]
    public void disarms_what_was_scheduled_and_brings_it_back_to_review()
    {
        var state = State([.. ScheduledFacts(), .. When(RuText, Editor, ScheduledFacts())]);
        Assert.Equal((PublicationState.InReview, null, null), (state.State, state.DueAt, PublicationFold.WakeAt(state)));
    }

    [Fact] public void what_goes_out_is_refused() => Assert.Equal("releasing", Refusal(() => When(RuText, Editor, ReleasingFacts)));
    [Fact] public void what_may_be_out_is_refused() => Assert.Equal("outcome-unknown", Refusal(() => When(RuText, Editor, UnknownFacts)));
    [Fact] public void what_is_out_is_refused() => Assert.Equal("already-released", Refusal(() => When(RuText, Editor, [.. ReleasingFacts, .. Releasing.Accepted()])));
    [Fact] public void what_was_cancelled_is_refused() => Assert.Equal("already-cancelled", Refusal(() => When(RuText, Editor, Drafted(), new PublicationCancelled(Id, Editor, null, Noon))));
}

public class The_content_hash
{
    [Fact]
    public void is_over_canonical_JSON() => Assert.Equal("""
        {"body":"min-emergency","channels":["site"],"kind":"News","language":"kk","maxLateness":"PT1H","onMiss":"hold","text":"Мәтін","title":"\"Тақырып\"\\\n\u0001","v":1,"wantedAt":"2026-12-01T09:00:00.0000000Z"}
        """, ContentHash.Canonical(Body, Written with { Title = new("\"Тақырып\"\\\n\u0001", null) }, "kk"));

    [Fact] // openssl dgst -sha256 over the canonical text
    public void is_SHA_256_in_hex() => Assert.Equal("506f51eac8e1a73c96e533d0a0e665878b1b4f615b1907aee00bdd652b595839", Hash("kk"));

    [Fact] public void is_the_same_for_the_same_instant_in_another_zone() => Assert.Equal(Hash("kk"), Hash("kk", Written with { WantedAt = Due.ToUniversalTime() }));
    [Fact] public void of_one_language_does_not_see_the_other_ones_words() => Assert.Equal(Hash("kk"), Hash("kk", Written with { Text = new("Мәтін", "Иной") }));
    [Fact] public void tells_a_missing_text_from_an_empty_one() => Assert.NotEqual(Hash("ru", Written with { Text = new(null, null) }), Hash("ru", Written with { Text = new(null, "") }));
    [Fact] public void is_another_for_another_body() => Assert.NotEqual(Hash("kk"), ContentHash.Of("scc", Written, "kk"));

    public static TheoryData<Content> Changed =>
    [
        Written with { Text = new("Мәтіп", "Текста") }, Written with { Title = new("тақырып", "заголовок") }, Written with { Channels = ["other", "site"] },
        Written with { WantedAt = Due.AddTicks(1) }, Written with { WantedAt = null }, Written with { Kind = "Statement" }, Written with { MaxLateness = "PT2H" }, Written with { OnMiss = "drop" },
    ];

    [Theory, MemberData(nameof(Changed))]
    public void changes_with_each_part(Content changed) => Assert.All(Languages.All, l => Assert.NotEqual(Hash(l), Hash(l, changed)));
}
