using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Platform;
using static Publications.Specs.Given;

namespace Publications.Specs;

public class Whose_call_it_is
{
    const string Standard = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    static readonly byte[] Said = Encoding.UTF8.GetBytes("""{"a":1}""");

    static InboxAccount Account(string kind, string? secret, string? token = null) => new("account", kind, Body, secret, token, new(null, null));
    static bool IsFrom(InboxAccount account, params (string Name, string Value)[] headers) => InboxSignatures.IsFrom(account, new HeaderDictionary(headers.ToDictionary(h => h.Name, h => new Microsoft.Extensions.Primitives.StringValues(h.Value))), Said, Noon);

    static bool IsSigned(DateTimeOffset at, string? signature = null, string secret = Standard) => IsFrom(Account("site", Standard), ("webhook-id", "m-1"),
        ("webhook-timestamp", at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)), ("webhook-signature", signature ?? new StandardWebhook(secret).Sign("m-1", at, Said)));

    [Fact] public void a_site_signs_by_Standard_Webhooks() => Assert.True(IsSigned(Noon));
    [Fact] public void one_of_several_signatures_is_enough() => Assert.True(IsSigned(Noon, "v1,AAAA " + new StandardWebhook(Standard).Sign("m-1", Noon, Said)));
    [Fact] public void another_secret_is_another_sender() => Assert.False(IsSigned(Noon, secret: "whsec_" + Convert.ToBase64String(new byte[32])));
    [Theory, InlineData(-301), InlineData(301)] public void an_old_call_is_a_copy(int seconds) => Assert.False(IsSigned(Noon.AddSeconds(seconds)));
    [Theory, InlineData("x"), InlineData("-1"), InlineData("99999999999999999")] public void a_time_is_a_time(string time) => Assert.False(IsFrom(Account("site", Standard), ("webhook-id", "m-1"), ("webhook-timestamp", time), ("webhook-signature", "v1,AAAA")));
    [Fact] public void without_headers_nobody_signed() => Assert.False(IsFrom(Account("site", Standard)));

    [Theory, InlineData("facebook"), InlineData("instagram")]
    public void Meta_signs_with_the_apps_secret(string kind)
    {
        var signature = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData("app"u8, Said));
        Assert.True(IsFrom(Account(kind, "app"), ("X-Hub-Signature-256", signature)));
        Assert.False(IsFrom(Account(kind, "other"), ("X-Hub-Signature-256", signature)));
    }

    [Theory, InlineData("t0k", true), InlineData("t0K", false), InlineData("", false)]
    public void Telegram_shows_its_token(string shown, bool isFrom) => Assert.Equal(isFrom, IsFrom(Account("telegram", "t0k"), ("X-Telegram-Bot-Api-Secret-Token", shown)));

    [Theory, InlineData("site"), InlineData("telegram"), InlineData("facebook")] public void an_account_without_a_secret_takes_nothing(string kind) => Assert.False(IsFrom(Account(kind, null), ("X-Telegram-Bot-Api-Secret-Token", "")));

    [Fact] public void Meta_is_answered_its_challenge() => Assert.Equal("1158201444", InboxSignatures.Challenge(Account("facebook", "app", "verify"), "subscribe", "verify", "1158201444"));
    [Theory, InlineData("subscribe", "other", "1"), InlineData("unsubscribe", "verify", "1"), InlineData("subscribe", "verify", "<script>"), InlineData("subscribe", "verify", null)]
    public void nobody_else_is(string mode, string token, string? challenge) => Assert.Null(InboxSignatures.Challenge(Account("facebook", "app", "verify"), mode, token, challenge));
    [Fact] public void an_account_without_a_token_is_subscribed_by_nobody() => Assert.Null(InboxSignatures.Challenge(Account("facebook", "app"), "subscribe", "", "1"));
}

public class What_a_channel_sends
{
    static IReadOnlyList<Incoming> Read(string channel, string json) => IncomingReader.Read(channel, Encoding.UTF8.GetBytes(json));

    [Fact]
    public void is_read_from_our_own_form() => Assert.Equal(new Incoming("Comment", "Су қашан болады?", "kk", At("2026-12-01T07:00:00Z"), new("Айгүл", "@aigul", "c-1", "p-1")),
        Read("site", """{"externalId":"c-1","kind":"comment","text":" Су қашан болады? ","language":"KK","postedAt":"2026-12-01T07:00:00Z","name":"Айгүл","handle":"@aigul","replyTo":"p-1"}""").Single());

    [Theory, InlineData("""{"kind":"comment","text":"x"}""", "externalId"), InlineData("""{"externalId":"1","kind":"comment"}""", "text"), InlineData("""{"externalId":"1","kind":"poem","text":"x"}""", "kind"),
        InlineData("""{"externalId":"1","kind":"comment","text":"x","postedAt":"yesterday"}""", "postedAt"), InlineData("[]", "body"), InlineData("{", "body"), InlineData("""{"externalId":"1","kind":"comment","text":"\ud800"}""", "body")]
    public void is_refused_by_its_field(string json, string field)
    {
        Assert.Equal("item-invalid", Refusal(() => Read("site", json)));
        Assert.Equal([field], Fields(() => Read("site", json)));
    }

    [Fact]
    public void by_Telegram_is_a_message_in_a_private_chat() => Assert.Equal(new Incoming("Message", "Сәлем", "kk", DateTimeOffset.FromUnixTimeSeconds(1_796_000_000), new("Айгүл Нұр", "aigul", "77:5", "5", "77")),
        Read("telegram", """{"update_id":1,"message":{"message_id":5,"date":1796000000,"chat":{"id":77,"type":"private"},"from":{"id":77,"is_bot":false,"first_name":"Айгүл","last_name":"Нұр","username":"aigul","language_code":"kk"},"text":"Сәлем"}}""").Single());

    [Theory, InlineData("", "Comment"), InlineData(""","entities":[{"type":"mention","offset":0,"length":4}]""", "Mention")]
    public void by_Telegram_is_a_comment_in_a_group_or_a_mention(string entities, string kind) => Assert.Equal(kind,
        Read("telegram", $$$"""{"message":{"message_id":5,"chat":{"id":-1,"type":"supergroup"},"from":{"id":7},"text":"Сәлем"{{{entities}}}}}""").Single().Kind);

    [Theory, InlineData("""{"update_id":1,"edited_message":{}}"""), InlineData("""{"message":{"chat":{"id":1},"from":{"id":1}}}"""), InlineData("""{"message":{"message_id":1,"chat":{"id":1},"from":{"id":1,"is_bot":true},"text":"x"}}"""), InlineData("{}")]
    public void by_Telegram_without_words_of_a_person_is_nothing(string json) => Assert.Empty(Read("telegram", json));

    [Fact]
    public void by_Facebook_is_a_comment_or_a_message()
    {
        var read = Read("facebook", """
            {"object":"page","entry":[{"id":"9","time":1796000000,"changes":[
              {"field":"feed","value":{"item":"comment","verb":"add","comment_id":"9_1","message":"Жол қашан?","created_time":1796000001,"from":{"id":"5","name":"Дәурен"}}},
              {"field":"feed","value":{"item":"comment","verb":"add","comment_id":"9_2","message":"Біз өзіміз","from":{"id":"9","name":"Акимат"}}},
              {"field":"feed","value":{"item":"like","verb":"add","from":{"id":"5"}}},
              {"field":"feed","value":{"item":"comment","verb":"remove","comment_id":"9_1","message":"x"}}],
             "messaging":[{"sender":{"id":"55"},"timestamp":1796000002000,"message":{"mid":"m.1","text":"Сұрақ"}},{"sender":{"id":"9"},"message":{"mid":"m.2","text":"эхо","is_echo":true}}]}]}
            """);
        Assert.Equal([new Incoming("Comment", "Жол қашан?", null, DateTimeOffset.FromUnixTimeSeconds(1_796_000_001), new("Дәурен", null, "9_1", "9_1")),
            new Incoming("Message", "Сұрақ", null, DateTimeOffset.FromUnixTimeSeconds(1_796_000_002), new(null, null, "m.1", "55"))], read);
    }

    [Fact]
    public void by_Instagram_names_its_user() => Assert.Equal(new Incoming("Comment", "Рақмет", null, DateTimeOffset.FromUnixTimeSeconds(1_796_000_000), new(null, "aigul", "178", "178")),
        Read("instagram", """{"object":"instagram","entry":[{"id":"9","time":1796000000,"changes":[{"field":"comments","value":{"id":"178","text":"Рақмет","from":{"id":"5","username":"aigul"},"media":{"id":"1"}}}]}]}""").Single());

    [Fact] public void is_cut_and_marked_where_no_store_holds_it() => Assert.Equal((20_000, '\uFFFD'), (Read("telegram", Long()).Single().Text.Length, Read("telegram", Long()).Single().Text[0]));
    static string Long() => $$$"""{"message":{"message_id":5,"chat":{"id":1,"type":"private"},"from":{"id":7},"text":"\u0000{{{new string('а', 30_000)}}}"}}""";
}

public class Where_the_intake_learns_of_accounts
{
    sealed class Registered : IChannelAccounts
    {
        public Task<ChannelAccount?> Find(string code, CancellationToken ct) => Task.FromResult(code == "min-fb"
            ? new ChannelAccount(code, "facebook", Body, ["kk"], new Dictionary<string, string> { ["inboxSecret"] = "sealed", ["inboxVerifyToken"] = "verify", ["inboxHours"] = "6" }) : null);
    }

    static async Task<InboxAccount?> Find(string code) => await new InboxSecrets(new() { Accounts = { ["min-tg"] = new() { Kind = "telegram", Body = Body, Secret = "s", AnswerWorkingDays = 2 }, ["half"] = new() { Secret = "s" } } }, new Registered()).Find(code, default);

    [Fact] public async Task are_its_registered_ones() => Assert.Equal(new InboxAccount("min-fb", "facebook", Body, "sealed", "verify", new(null, 6)), await Find("min-fb"));
    [Fact] public async Task and_those_of_configuration() => Assert.Equal(new InboxAccount("min-tg", "telegram", Body, "s", null, new(2, null)), await Find("min-tg"));
    [Theory, InlineData("half"), InlineData("nobody")] public async Task others_take_nothing(string code) => Assert.Null(await Find(code));
}
