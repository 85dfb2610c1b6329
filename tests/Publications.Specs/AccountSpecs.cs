using System.Text.Json;
using Platform;
using static Publications.Specs.Given;

namespace Publications.Specs;

/// <summary>What the specs about accounts share.</summary>
static class AccountGiven
{
    public static readonly OfficialsTerm Mayor = new(new("0197f3a0-0000-7000-8000-0000000000c1"), new("Әкім", "Аким"), new(2026, 1, 1), new(2026, 12, 31), ["press-secretary"]);
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
    public static UnplannedPostFound Fact => UnplannedDecider.Find(Account, Found, [SomeMedia.Picture], Noon);
    static UnplannedPost State => UnplannedDecider.Evolve(null, Fact)!;
    static IEnumerable<FoundPost> Of(OurPosts ours, params FoundPost[] posted) => UnplannedDecider.Unexplained(posted, ours, TimeSpan.FromMinutes(2), Noon);

    [Fact] public void is_what_no_release_explains() => Assert.Equal(Found, Assert.Single(Of(Nothing, Found)));
    [Fact] public void is_not_what_an_attempt_brought() => Assert.Empty(Of(new(new HashSet<string> { "41" }, null), Found));
    [Fact] public void is_not_called_so_while_its_attempt_may_be_on_its_way() => Assert.Empty(Of(Nothing, Found with { PostedAt = Noon.AddMinutes(-1) }));
    [Fact] public void is_not_called_so_while_an_attempt_of_before_is_unknown() => Assert.Empty(Of(Nothing with { OpenSince = Noon.AddMinutes(-11) }, Found));
    [Fact] public void is_called_so_when_the_unknown_attempt_came_after_it() => Assert.Single(Of(Nothing with { OpenSince = Noon.AddMinutes(-9) }, Found));
    [Fact] public void is_one_however_often_it_is_found() => Assert.Equal(UnplannedDecider.IdOf("mchs-telegram", "41"), Fact.UnplannedId);

    [Theory, InlineData("adopt", null), InlineData("report", null), InlineData("ignore", "Сынақ")]
    public void is_decided_by_a_person(string decision, string? reason)
    {
        var fact = new UnplannedPostDecided(State.Id, decision, reason, Editor, Noon);
        Same([fact], UnplannedDecider.Decide(State, new(decision, reason), Editor, Noon));
        Assert.Empty(UnplannedDecider.Decide(UnplannedDecider.Evolve(State, fact)!, new(decision, reason), Editor, Noon));
    }

    [Fact] public void is_not_ignored_without_a_reason() => Assert.Equal("reason-missing", Refusal(() => UnplannedDecider.Decide(State, new("ignore", " "), Editor, Noon)));
    [Fact] public void is_decided_in_one_of_three_ways() => Assert.Equal("decision-invalid", Refusal(() => UnplannedDecider.Decide(State, new("delete", null), Editor, Noon)));
}

/// <summary>Facts about accounts are for ever as well.</summary>
public class Stored_shapes_of_accounts
{
    static readonly object[] Accounts =
    [
        AccountGiven.Registered(AccountGiven.Ask with { Official = AccountGiven.Mayor }), new ChannelAccountEdited(AccountDecider.IdOf("mchs-telegram"), ["kk"], new Dictionary<string, string> { ["chat"] = "@mchs" }, AccountGiven.Mayor, Noon),
        AccountGiven.CredentialsSet, new ChannelAccountClosed(AccountDecider.IdOf("mchs-telegram"), "Себеп", "head-1", Noon),
    ];

    static readonly object[] Unplanned = [An_unplanned_post.Fact, new UnplannedPostDecided(An_unplanned_post.Fact.UnplannedId, "ignore", "Себеп", Editor, Noon)];
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
