using System.Text.Json;
using Platform;
using static Publications.Specs.Given;

namespace Publications.Specs;

/// <summary>What the specs about accounts share.</summary>
static class AccountGiven
{
    public static readonly OfficialsTerm Mayor = new(new("0197f3a0-0000-7000-8000-0000000000c1"), new("Әкім", "Аким"), new(2026, 1, 1), new(2026, 12, 31), ["press-secretary"]) { CallerId = "mayor" };
    public static readonly RegisterChannelAccount Ask = new("mchs-telegram", "telegram", null, null, new Dictionary<string, string> { ["chat"] = "@mchs_kz" }, null);
    public static readonly SetChannelCredentials Secrets = new(new Dictionary<string, string> { ["token"] = "123456:AA" });
    public static ChannelAccountRegistered Registered(RegisterChannelAccount? ask = null) => AccountDecider.Register(ask ?? Ask, Body, Noon);
    public static readonly ChannelCredentialsSet CredentialsSet = new(AccountDecider.IdOf("mchs-telegram"), ["token"], "head-1", Noon);
    public static RegisteredAccount State(params object[] facts) => facts.Aggregate((RegisteredAccount?)null, RegisteredAccountFold.Evolve)!;
}

public class An_account
{
    static RegisteredAccount Fresh => AccountGiven.State(AccountGiven.Registered());
    static RegisteredAccount Closed => AccountGiven.State(AccountGiven.Registered(), new ChannelAccountClosed(Fresh.Id, null, "head-1", Noon));
    static string Registering(Func<RegisterChannelAccount, RegisterChannelAccount> change) => Refusal(() => AccountDecider.Register(change(AccountGiven.Ask), Body, Noon));
    static Dictionary<string, string> Settings(params (string, string)[] pairs) => pairs.ToDictionary(p => p.Item1, p => p.Item2);

    [Fact]
    public void is_registered_with_its_public_address_in_both_languages()
    {
        var fact = AccountGiven.Registered();
        Assert.Equal(("mchs-telegram", "telegram", Body, "@mchs_kz", "kk ru"), (fact.Code, fact.Kind, fact.Body, fact.Address["chat"], string.Join(' ', fact.Languages)));
        Assert.Equal(AccountDecider.IdOf("mchs-telegram"), fact.AccountId);
    }

    [Theory, InlineData("site"), InlineData("MCHS"), InlineData("a"), InlineData("-ab"), InlineData(null)]
    public void has_a_code_of_its_own(string? code) => Assert.Equal("code-invalid", Registering(a => a with { Code = code }));

    [Theory, InlineData("site"), InlineData("vk"), InlineData(null)]
    public void is_of_a_kind_that_there_is(string? kind) => Assert.Equal("kind-invalid", Registering(a => a with { Kind = kind }));

    [Fact] public void speaks_kk_or_ru() => Assert.Equal(["language-invalid", "language-invalid"], [Registering(a => a with { Languages = ["en"] }), Registering(a => a with { Languages = [] })]);

    [Fact]
    public void takes_no_secret_among_what_is_shown()
    {
        var refused = Assert.Throws<RefusedException>(() => AccountDecider.Register(AccountGiven.Ask with { Settings = Settings(("chat", "@mchs_kz"), ("token", "123456:SECRET")) }, Body, Noon));
        Assert.Equal("settings-invalid", refused.Code);
        Assert.DoesNotContain("SECRET", refused.Message + string.Concat(refused.Errors.SelectMany(e => e.Value)), StringComparison.Ordinal);
    }

    [Theory, InlineData("telegram", "chat", "mchs"), InlineData("facebook", "page", "ministry"), InlineData("webhook", "url", "x"), InlineData("instagram", "user", "")]
    public void has_an_address_of_its_kinds_form(string kind, string name, string value) => Assert.Equal("settings-invalid", Registering(a => a with { Kind = kind, Settings = Settings((name, value)) }));

    [Fact]
    public void of_an_official_has_a_post_in_both_languages_and_a_term()
    {
        Assert.Equal("language-missing", Registering(a => a with { Official = AccountGiven.Mayor with { Post = new("Әкім", null) } }));
        Assert.Equal("term-invalid", Registering(a => a with { Official = AccountGiven.Mayor with { To = new(2025, 1, 1) } }));
        Assert.Equal("delegates-invalid", Registering(a => a with { Official = AccountGiven.Mayor with { Delegates = [""] } }));
    }

    [Fact]
    public void is_open_with_its_credentials_while_its_official_is_in_office()
    {
        var mayors = AccountGiven.State(AccountGiven.Registered(AccountGiven.Ask with { Official = AccountGiven.Mayor }), AccountGiven.CredentialsSet);
        Assert.Equal([false, true, true, false], [mayors.IsOpen(new(2025, 12, 31)), mayors.IsOpen(new(2026, 1, 1)), mayors.IsOpen(new(2026, 12, 31)), mayors.IsOpen(new(2027, 1, 1))]);
        Assert.False(Fresh.IsOpen(new(2026, 6, 1)));
        Assert.False(Closed.IsOpen(new(2026, 6, 1)));
    }

    [Fact]
    public void edited_keeps_what_is_not_named_and_said_twice_is_said_once()
    {
        var fact = Assert.IsType<ChannelAccountEdited>(Assert.Single(AccountDecider.Decide(Fresh, new EditChannelAccount(["ru"], null, AccountGiven.Mayor), Noon)));
        Assert.Equal(("@mchs_kz", "ru"), (fact.Address["chat"], Assert.Single(fact.Languages)));
        var edited = RegisteredAccountFold.Evolve(Fresh, fact)!;
        Assert.Empty(AccountDecider.Decide(edited, new EditChannelAccount(["ru"], Settings(("chat", "@mchs_kz")), AccountGiven.Mayor with { Delegates = ["press-secretary"] }), Noon));
    }

    [Fact]
    public void keeps_names_of_credentials_alone_in_its_facts()
    {
        var facts = AccountDecider.Decide(Fresh, AccountGiven.Secrets, "head-1", Noon);
        Same([AccountGiven.CredentialsSet], facts);
        Assert.DoesNotContain("AA", string.Concat(facts.Select(Stored)) + AccountGiven.Secrets, StringComparison.Ordinal);
    }

    [Fact]
    public void takes_all_credentials_of_its_kind_and_no_others_and_repeats_none()
    {
        foreach (var given in new[] { Settings(), Settings(("token", "")), Settings(("token", "with blank")), Settings(("token", "SECRET"), ("secret", "SECRET")) })
        {
            var refused = Assert.Throws<RefusedException>(() => AccountDecider.Decide(Fresh, new SetChannelCredentials(given), "head-1", Noon));
            Assert.Equal("credentials-invalid", refused.Code);
            Assert.DoesNotContain("SECRET", refused.Message, StringComparison.Ordinal);
        }

        var feed = AccountGiven.State(AccountGiven.Registered(AccountGiven.Ask with { Kind = "atom", Settings = null }));
        Assert.True(feed.IsOpen(new(2026, 6, 1)));
        Assert.Equal("credentials-none", Refusal(() => AccountDecider.Decide(feed, AccountGiven.Secrets, "head-1", Noon)));
    }

    [Fact]
    public void closed_stays_closed()
    {
        Assert.Single(AccountDecider.Decide(Fresh, new CloseChannelAccount("Жабылды"), "head-1", Noon));
        Assert.Empty(AccountDecider.Decide(Closed, new CloseChannelAccount(null), "head-1", Noon));
        Assert.Equal(["account-closed", "account-closed"], [Refusal(() => AccountDecider.Decide(Closed, AccountGiven.Secrets, "head-1", Noon)), Refusal(() => AccountDecider.Decide(Closed, new EditChannelAccount(["kk"], null, null), Noon))]);
    }
}

public class An_unplanned_post
{
    public static readonly FoundPost Found = new("41", Noon.AddMinutes(-10), "Көңіл айтамын", ["00ff"]);
    static readonly RegisteredAccount Account = AccountGiven.State(AccountGiven.Registered());
    static readonly OurPosts Nothing = new(new HashSet<string>(), null);
    public static UnplannedPostFound Fact => UnplannedDecider.Judged(UnplannedDecider.Find(Account, Found, Noon), new([new(SomeMedia.Picture, false)], [new("person-living", "", null, true)]));
    static UnplannedPost State => UnplannedDecider.Evolve(null, Fact)!;
    static IEnumerable<FoundPost> Of(OurPosts ours, params FoundPost[] posted) => UnplannedDecider.Unexplained(posted, ours, TimeSpan.FromMinutes(2), Noon);

    [Fact] public void is_what_no_release_explains() => Assert.Equal(Found, Assert.Single(Of(Nothing, Found)));
    [Fact] public void is_not_what_an_attempt_brought() => Assert.Empty(Of(new(new HashSet<string> { "41" }, null), Found));
    [Fact] public void is_not_called_so_while_its_attempt_may_be_on_its_way() => Assert.Empty(Of(Nothing, Found with { PostedAt = Noon.AddMinutes(-1) }));
    [Fact] public void is_not_called_so_while_an_attempt_of_before_is_unknown() => Assert.Empty(Of(Nothing with { OpenSince = Noon.AddMinutes(-11) }, Found));
    [Fact] public void is_called_so_when_the_unknown_attempt_came_after_it() => Assert.Single(Of(Nothing with { OpenSince = Noon.AddMinutes(-9) }, Found));
    [Fact] public void is_one_however_often_it_is_found() => Assert.Equal(UnplannedDecider.IdOf("mchs-telegram", "41"), Fact.UnplannedId);

    static readonly Finding[] Clean = [new("not-a-delegate", "", null, false)], Living = [new("person-living", "", "media[0]", true), new("rights-missing", "", "media[0]", true), new("rights-missing", "", "media[0]", true)];
    static readonly string[] Own = ["mayor", "press-secretary"];
    static IReadOnlyList<object> When(DecideUnplanned ask, IReadOnlyList<Finding> findings, string by = Editor, params object[] given) => UnplannedDecider.Decide(After(given), ask, findings, Own, by, Noon);
    static UnplannedPost After(params object[] given) => given.Aggregate(State, (p, fact) => UnplannedDecider.Evolve(p, fact)!);
    public static readonly UnplannedAdoptionAsked Asked = new(Fact.UnplannedId, "Отбасының өтініші", ["person-living", "rights-missing"], PersonId, [SomeMedia.Other], Editor, Noon);
    static readonly DecideUnplanned Why = new("adopt", "Отбасының өтініші", PersonId, [SomeMedia.Other]);

    [Theory, InlineData("adopt", null), InlineData("report", null), InlineData("ignore", "Сынақ")]
    public void is_decided_by_a_person(string decision, string? reason)
    {
        var fact = new UnplannedPostDecided(State.Id, decision, reason, Editor, Noon);
        Same([fact], When(new(decision, reason), Clean));
        Assert.Empty(When(new(decision, reason), Clean, Editor, fact));
    }

    [Fact] public void is_not_ignored_without_a_reason() => Assert.Equal("reason-missing", Refusal(() => When(new("ignore", " "), Clean)));
    [Fact] public void is_decided_in_one_of_three_ways() => Assert.Equal("decision-invalid", Refusal(() => When(new("delete", null), Clean)));
    [Fact] public void has_no_more_pictures_than_it_has() => Assert.Equal("media-too-many", Refusal(() => When(new("adopt", null, null, [SomeMedia.Picture, SomeMedia.Other]), Clean)));
    [Fact] public void against_which_something_speaks_is_reported_with_it() => Same([new UnplannedPostDecided(State.Id, "report", null, Editor, Noon) { Findings = ["person-living", "rights-missing"] }], When(new("report", null), Living));
    [Fact] public void against_which_something_speaks_is_not_adopted_just_so() => Assert.Equal("person-living", Refusal(() => When(new("adopt", null), Living)));
    [Fact] public void is_not_adopted_by_one_person_with_a_reason() => Same([Asked], When(Why, Living));
    [Fact] public void is_asked_for_twice_by_the_same_once() => Assert.Empty(When(Why, Living, Editor, Asked));
    [Fact] public void is_never_adopted_by_who_asked() => Assert.Equal("person-living", Refusal(() => When(new("adopt", null), Living, Editor, Asked)));
    [Fact] public void stands_as_found_while_it_is_asked_for() => Assert.Equal((null, Asked), (After(Asked).Decision, After(Asked).Asked));

    [Fact]
    public void is_adopted_by_a_second_person_whose_word_may_be_said_twice()
    {
        var fact = new UnplannedPostDecided(State.Id, "adopt", Asked.Reason, Other, Noon) { Findings = Asked.Findings, SubjectPersonId = PersonId, Media = [SomeMedia.Other], AskedBy = Editor };
        Same([fact], When(new("adopt", null), Living, Other, Asked));
        Assert.Empty(When(new("adopt", null), Living, Other, Asked, fact));
        Assert.Empty(When(Why, Living, Editor, Asked, fact));
        Assert.Equal((null, "Decided"), (After(Asked, fact).Asked, UnplannedReply.Of(After(Asked, fact), 3, new([], []), null).State));
    }

    [Fact] public void is_not_adopted_by_two_who_may_have_posted_it() => Assert.Equal("decider-is-author", Refusal(() => When(new("adopt", null), Living, "mayor", Asked with { By = "press-secretary" })));
    [Fact] public void is_adopted_by_one_of_them_with_another() => Assert.IsType<UnplannedPostDecided>(Assert.Single(When(new("adopt", null), Living, "mayor", Asked)));
    [Fact]
    public void against_which_more_speaks_since_is_asked_for_anew() => Assert.Equal(["person-living", "rights-missing", "halted"],
        Assert.IsType<UnplannedAdoptionAsked>(Assert.Single(When(Why, [.. Living, new("halted", "", null, true)], Other, Asked))).Findings);
}

/// <summary>A post of others is judged as if it were ours.</summary>
public class The_checks_of_an_unplanned_post
{
    static UnplannedPost Post(string text, params string[] hashes) => UnplannedDecider.Evolve(null, An_unplanned_post.Fact)! with { Text = text, MediaHashes = hashes };
    static IReadOnlyDictionary<string, Guid> Bytes => new Dictionary<string, Guid> { ["aa"] = GivenMedia.PictureId };

    static string[] Codes(UnplannedPost post, MediaItem media, Guid? subject = null, IReadOnlyList<Guid>? said = null, OfficialsTerm? official = null) =>
        UnplannedRules.Media(post, Bytes, said) is var pictures ? GivenMedia.Codes(UnplannedRules.Check(UnplannedRules.AsOurs(post, pictures, subject, official), pictures, GivenMedia.Known(media), Noon)) : [];

    static MediaItem Of(Guid person) => GivenMedia.Pictured(GivenMedia.Asserted(person), GivenMedia.Confirmed);

    [Fact] public void find_nothing_in_words_of_nobody() => Assert.Empty(Codes(Post("Көше жөнделді"), Of(GivenMedia.Writer)));
    [Fact] public void miss_whom_a_condolence_is_about() => Assert.Equal(["subject-missing"], Codes(Post("Отбасына көңіл айтамыз"), Of(GivenMedia.Writer)));
    [Fact] public void find_a_condolence_for_who_lives() => Assert.Equal(["person-living"], Codes(Post("Соболезнуем"), Of(GivenMedia.Writer), GivenMedia.Namesake));
    [Fact] public void find_the_photo_of_another_who_lives() => Assert.Equal(["person-living", "depiction-unconfirmed"], Codes(Post("Соболезнуем", "aa"), Of(GivenMedia.Namesake), GivenMedia.Writer));
    [Fact] public void find_nothing_against_the_right_photo() => Assert.Empty(Codes(Post("Соболезнуем", "aa"), Of(GivenMedia.Writer), GivenMedia.Writer));
    [Fact] public void find_a_picture_that_nobody_identified() => Assert.Equal(["depiction-unconfirmed"], Codes(Post("Көше", "aa"), GivenMedia.Pictured()));
    [Fact] public void find_a_picture_without_rights() => Assert.Equal(["rights-missing", "rights-missing"], Codes(Post("Көше", "aa"), GivenMedia.Media(GivenMedia.Uploaded, GivenMedia.Asserted(GivenMedia.Writer), GivenMedia.Confirmed)));
    [Fact] public void find_a_lease_that_ended() => Assert.Equal(["rights-missing"], Codes(Post("Көше", "aa"), GivenMedia.Media(GivenMedia.Uploaded, GivenMedia.RightsSet with { LeaseUntil = Noon }, GivenMedia.Asserted(GivenMedia.Writer), GivenMedia.Confirmed)));
    [Fact] public void find_a_picture_that_the_registry_does_not_have() => Assert.Equal(["media-unknown"], Codes(Post("Көше", "bb"), Of(GivenMedia.Writer)));
    [Fact] public void take_a_persons_word_for_what_was_compressed_anew_if_another_confirms_it() => Assert.Equal(["picture-said"], Codes(Post("Көше", "bb"), Of(GivenMedia.Writer), said: [GivenMedia.PictureId]));
    [Fact] public void know_bytes_better_than_words() => Assert.Equal([new(GivenMedia.PictureId, false), new(GivenMedia.Writer, true), new(null, false)], UnplannedRules.Media(Post("", "aa", "bb", "cc"), Bytes, [GivenMedia.Writer]));
    [Fact] public void take_no_word_of_those_who_may_have_posted_it() => Assert.Equal(["depiction-unconfirmed"], Codes(Post("Көше", "aa"), Of(GivenMedia.Writer), official: AccountGiven.Mayor with { Delegates = [GivenMedia.Witness, GivenMedia.Second] }));
    [Fact] public void are_told_in_both_languages() => Assert.All(new[] { "subject-missing", "person-living", "depiction-unconfirmed", "rights-missing", "media-unknown", "others-unnamed", "halted", UnplannedRules.PictureSaid }, code => Assert.NotNull(CheckShown.Of(new(code, "", null, true)).Words));
}

public class An_officials_account
{
    static readonly RegisteredAccount Mayors = AccountGiven.State(AccountGiven.Registered(AccountGiven.Ask with { Official = AccountGiven.Mayor }));
    static string[] Check(Publication publication, RegisteredAccount? account = null) => GivenMedia.Codes(Delegates.Check(publication, [account ?? Mayors], Noon));
    static Publication By(string author, string approver) => Given.State(Drafted() with { Author = author }, Submitted, Approved("kk", by: approver));

    [Fact] public void shows_that_neither_official_nor_delegate_spoke() => Assert.Equal(["not-a-delegate"], Check(By(Editor, Approver)));
    [Fact] public void keeps_nothing_back_for_it() => Assert.False(Delegates.Check(By(Editor, Approver), [Mayors], Noon)[0].Blocking);
    [Theory, InlineData("press-secretary", Approver), InlineData(Editor, "press-secretary"), InlineData(Editor, "mayor")] public void is_spoken_on_by_its_own(string author, string approver) => Assert.Empty(Check(By(author, approver)));
    [Fact] public void is_spoken_on_by_who_orders_it_out() => Assert.Empty(Check(By(Editor, Approver) with { Emergency = new("mayor", "", "", "", Noon) }));
    [Fact] public void is_not_spoken_on_out_of_the_term() => Assert.Equal(["not-a-delegate"], Check(By("press-secretary", Approver), Mayors with { Official = AccountGiven.Mayor with { To = new(2026, 11, 30) } }));
    [Fact] public void that_names_nobody_says_nothing() => Assert.Empty(Check(By(Editor, Approver), Mayors with { Official = AccountGiven.Mayor with { Delegates = [], CallerId = null } }));
    [Fact] public void of_a_body_says_nothing() => Assert.Empty(Check(By(Editor, Approver), Mayors with { Official = null }));
    [Fact] public void is_told_of_in_both_languages() => Assert.NotNull(CheckShown.Of(new(Delegates.NotOne, "", null, false)).Words);
    [Fact] public void whose_officials_id_changes_is_edited() => Assert.Single(AccountDecider.Decide(Mayors, new EditChannelAccount(null, null, AccountGiven.Mayor with { CallerId = "mayor-2" }), Noon));
    [Fact] public void takes_no_empty_caller() => Assert.Equal("caller-invalid", Refusal(() => AccountDecider.Register(AccountGiven.Ask with { Official = AccountGiven.Mayor with { CallerId = "" } }, Body, Noon)));
}

/// <summary>Facts about accounts are for ever as well.</summary>
public class Stored_shapes_of_accounts
{
    static readonly object[] Accounts =
    [
        AccountGiven.Registered(AccountGiven.Ask with { Official = AccountGiven.Mayor }), new ChannelAccountEdited(AccountDecider.IdOf("mchs-telegram"), ["kk"], new Dictionary<string, string> { ["chat"] = "@mchs" }, AccountGiven.Mayor, Noon),
        AccountGiven.CredentialsSet, new ChannelAccountClosed(AccountDecider.IdOf("mchs-telegram"), "Себеп", "head-1", Noon),
    ];

    static readonly object[] Unplanned = [An_unplanned_post.Fact, An_unplanned_post.Asked,
        new UnplannedPostDecided(An_unplanned_post.Fact.UnplannedId, "ignore", "Себеп", Editor, Noon) { Findings = ["person-living"], SubjectPersonId = PersonId, Media = [SomeMedia.Other], AskedBy = Other }];
    static readonly object[] Facts = [.. Accounts, .. Unplanned];

    public static TheoryData<int> Each => [.. Enumerable.Range(0, Facts.Length)];

    [Theory, MemberData(nameof(Each))]
    public void are_what_they_were(int number) => global::Specs.Golden.Check(Store.NameOf(Facts[number].GetType()), Facts[number]);

    [Theory, MemberData(nameof(Each))]
    public void are_read_back_whole(int number)
    {
        var (json, type) = (JsonSerializer.Serialize(Facts[number], Facts[number].GetType(), Json.Options), Facts[number].GetType());
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize(json, type, Json.Options), type, Json.Options));
    }

    [Fact] public void exist_for_every_fact() => Assert.Equal(RegisteredAccountFold.Facts.Concat(UnplannedDecider.Facts).Select(t => t.Name).Order(), Facts.Select(f => f.GetType().Name).Order());
    [Fact] public void of_every_fact_are_folded() => Assert.All(Accounts, fact => Assert.NotNull(RegisteredAccountFold.Evolve(fact is ChannelAccountRegistered ? null : AccountGiven.State(Accounts[0]), fact)));
    [Fact] public void of_every_unplanned_fact_are_folded() => Assert.All(Unplanned, fact => Assert.NotNull(UnplannedDecider.Evolve(fact is UnplannedPostFound ? null : UnplannedDecider.Evolve(null, Unplanned[0]), fact)));

    [Fact]
    public void that_are_unknown_throw()
    {
        Assert.Throws<InvalidOperationException>(() => RegisteredAccountFold.Evolve(null, new object()));
        Assert.Throws<InvalidOperationException>(() => UnplannedDecider.Evolve(null, new object()));
    }

    [Fact]
    public void of_the_views_survive_their_own_documents()
    {
        foreach (object view in new object[] { new ChannelAccountView(AccountDecider.IdOf("mchs-telegram"), AccountGiven.State(Accounts)), new UnplannedView(An_unplanned_post.Fact.UnplannedId, UnplannedDecider.Evolve(null, Unplanned[0])!) })
        {
            var json = JsonSerializer.Serialize(view, view.GetType(), Json.Options);
            Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize(json, view.GetType(), Json.Options), view.GetType(), Json.Options));
        }
    }
}
