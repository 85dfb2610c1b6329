using System.Text;
using System.Text.Json;
using Platform;
using static Publications.Specs.ChannelGiven;
using static Publications.Specs.Given;
using static Publications.Specs.Recorded;

namespace Publications.Specs;

public class Signed_calls
{
    const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    static readonly ChannelAccount Hook = ChannelGiven.Account("webhook", ("url", "https://hook.example/in"), ("secret", Secret));
    static (WebhookChannel Channel, Recorded Door) Webhook(params Func<HttpRequestMessage, HttpResponseMessage>[] answers) => new Recorded(answers) is var door ? (new(door.Client, Options, Clock), door) : default;
    static (SiteChannel Channel, Recorded Door) Site(params Func<HttpRequestMessage, HttpResponseMessage>[] answers) =>
        new Recorded(answers) is var door ? (new(door.Client, new() { Url = new("https://site.example/"), Secret = Secret, TimeoutSeconds = 3 }, Clock), door) : default;

    [Fact]
    public async Task to_a_webhook_carry_the_same_id_however_often_it_is_tried()
    {
        List<string> ids = [];
        var (channel, _) = Webhook(request => { ids.Add(request.Headers.GetValues("webhook-id").Single()); return Says(204, "")(request); });
        Assert.Equal(Accepted(Id.ToString()), await channel.Publish(Hook, Plain, default));
        Assert.Equal(Accepted(Id + "-ru"), await channel.Publish(Hook, Plain with { AttemptId = NextId, Language = "ru" }, default));
        Assert.Equal(Accepted(Id.ToString()), await channel.Publish(Hook, Plain with { AttemptId = NextId }, default));
        Assert.Equal([Id.ToString(), Id + "-ru", Id.ToString()], ids);
        Assert.Equal(new Outcome.NotFound(), await channel.ReadBack(Hook, Plain, Due, default));
    }

    [Fact]
    public async Task are_signed_over_what_they_say()
    {
        HttpRequestMessage? sent = null;
        var (channel, door) = Webhook(request => { sent = request; return Says(200, """{"id":"theirs-1"}""")(request); });
        Assert.Equal(Accepted("theirs-1"), await channel.Publish(Hook, Plain, default));
        Assert.Equal(new StandardWebhook(Secret).Sign(Id.ToString(), Noon, Encoding.UTF8.GetBytes(door.Requests[0].Body)), sent!.Headers.GetValues("webhook-signature").Single());
        Assert.Equal("publication.released", JsonDocument.Parse(door.Requests[0].Body).RootElement.Text("type"));
    }

    [Theory, InlineData(422), InlineData(401), InlineData(410)]
    public async Task that_are_refused_stay_refused(int status) => Assert.Equal(new Outcome.Refused(status), await Webhook(Says(status, "")).Channel.Publish(Hook, Plain, default));

    [Fact] public async Task that_should_wait_say_until_when() => Assert.Equal(new Outcome.Unavailable(429) { RetryAt = Noon.AddSeconds(7) }, await Webhook(Says(429, "", header: ("Retry-After", "7"))).Channel.Publish(Hook, Plain, default));
    [Fact] public async Task that_get_no_answer_are_unknown() => Assert.Equal([ChannelGiven.Timeout, AnswerLost], [await Webhook(Silence).Channel.Publish(Hook, Plain, default), await Webhook(Broken).Channel.Publish(Hook, Plain, default)]);

    [Fact]
    public async Task to_the_site_keep_their_form_and_add_language_and_pictures()
    {
        var (channel, door) = Site(Says(201, """{"id":"site-1"}"""));
        Assert.Equal(Accepted("site-1"), await channel.Publish(ConfiguredAccounts.Site, With(SomeMedia.Picture), default));
        var said = JsonDocument.Parse(door.Requests[0].Body).RootElement;
        Assert.Equal(("publication.released", Id.ToString(), AttemptId.ToString(), Body, "News", "Тақырып", SomeMedia.Picture.ToString()), (said.Text("type"), said.Text("data.publicationId"), said.Text("data.attemptId"), said.Text("data.body"),
            said.Text("data.kind"), said.Text("data.title.kk"), said.GetProperty("data").GetProperty("media")[0].Text("mediaId")));
        Assert.Equal(JsonValueKind.Null, said.GetProperty("data").GetProperty("language").ValueKind);
    }

    [Fact]
    public async Task to_the_site_correct_withdraw_and_notify()
    {
        var (channel, door) = Site(Says(200, """{"id":"n-1"}"""));
        Assert.Equal(Accepted("site-1"), await channel.Edit(ConfiguredAccounts.Site, "site-1", Plain, default));
        Assert.Equal(Accepted("site-1"), await channel.Delete(ConfiguredAccounts.Site, "site-1", NextId, default));
        Assert.Equal(Accepted("n-1"), await channel.Reply(ConfiguredAccounts.Site, "site-1", Plain, default));
        Assert.Equal([(HttpMethod.Put, "/items/site-1"), (HttpMethod.Delete, "/items/site-1"), (HttpMethod.Post, "/items/site-1/notices")], door.Requests.Select(r => (r.Method, r.Url.AbsolutePath)));
        Assert.Equal(new Outcome.NotFound(), await Site(Says(404, "")).Channel.Delete(ConfiguredAccounts.Site, "site-1", NextId, default));
    }

    [Fact]
    public async Task to_the_site_are_read_back_by_attempt()
    {
        Task<Outcome> ReadBack(Func<HttpRequestMessage, HttpResponseMessage> answer) => Site(answer).Channel.ReadBack(ConfiguredAccounts.Site, Plain, Due, default);
        Assert.Equal([Accepted("site-1", "read-back"), new Outcome.NotFound(), new Outcome.Unknown("read-back-failed"), new Outcome.Unknown("read-back-failed"), new Outcome.Unknown("read-back-failed")],
            [await ReadBack(Says(200, """{"id":"site-1"}""")), await ReadBack(Says(404, "")), await ReadBack(Says(503, "")), await ReadBack(Silence), await ReadBack(NoConnection)]);
    }
}

public class The_own_feed
{
    [Fact]
    public async Task has_it_at_once_under_our_own_address()
    {
        var (feed, account) = (new AtomChannel(new("https://platform.example/")), ChannelGiven.Account("atom"));
        Assert.Equal(Accepted($"https://platform.example/v1/publications/{Id}"), await feed.Publish(account, Plain, default));
        Assert.Equal(Accepted($"https://platform.example/v1/publications/{Id}", "read-back"), await feed.ReadBack(account, Plain, Due, default));
    }
}
