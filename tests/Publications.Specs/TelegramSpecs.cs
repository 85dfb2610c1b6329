using static Publications.Specs.ChannelGiven;
using static Publications.Specs.Given;
using static Publications.Specs.Recorded;

namespace Publications.Specs;

public class Telegram
{
    const string Token = "123456:AAExampleExampleExampleExampleExamp";
    const string Sent = """{"ok":true,"result":{"message_id":41,"date":1764572400,"chat":{"id":-100123,"type":"channel","title":"Ministry"},"text":"x"}}""";
    static readonly ChannelAccount Public = ChannelGiven.Account("telegram", ("chat", "@mchs_kz"), ("token", Token)), Private = ChannelGiven.Account("telegram", ("chat", "-100123"), ("token", Token));

    static (TelegramChannel Channel, Recorded Door) Of(params Func<HttpRequestMessage, HttpResponseMessage>[] answers) =>
        new Recorded(answers) is var door ? (new(door.Client, Options, Media, Hashes(door), Clock), door) : default;

    static Func<HttpRequestMessage, HttpResponseMessage> No(int code, string words, string more = "") => Says(code, $$"""{"ok":false,"error_code":{{code}},"description":"{{words}}"{{more}}}""");
    static Task<Outcome> Publish(Func<HttpRequestMessage, HttpResponseMessage> answer) => Of(answer).Channel.Publish(Public, Plain, default);

    [Fact]
    public async Task sends_a_text_as_one_message()
    {
        var (channel, door) = Of(Says(200, Sent));
        Assert.Equal(Accepted("41"), await channel.Publish(Public, Plain, default));
        var request = Assert.Single(door.Requests);
        Assert.Equal($"https://channel.example/bot{Token}/sendMessage", request.Url.AbsoluteUri);
        var body = System.Text.Json.JsonDocument.Parse(request.Body).RootElement;
        Assert.Equal(("@mchs_kz", Whole), (body.Text("chat_id"), body.Text("text")));
    }

    [Fact]
    public async Task sends_a_picture_with_its_caption()
    {
        var (channel, door) = Of(Says(200, Sent));
        Assert.Equal(Accepted("41"), await channel.Publish(Public, With(SomeMedia.Picture), default));
        Assert.EndsWith("/sendPhoto", door.Requests[0].Url.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains(Whole.ReplaceLineEndings("\n"), door.Requests[0].Body.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task sends_several_as_a_group_and_remembers_each_message()
    {
        var (channel, door) = Of(Says(200, """{"ok":true,"result":[{"message_id":41,"date":1,"chat":{"id":-1,"type":"channel"}},{"message_id":42,"date":1,"chat":{"id":-1,"type":"channel"}}]}"""), Says(200, """{"ok":true,"result":true}"""));
        Assert.Equal(Accepted("41,42"), await channel.Publish(Public, With(SomeMedia.Picture, SomeMedia.Other), default));
        Assert.Equal(Accepted("41,42"), await channel.Delete(Public, "41,42", NextId, default));
        Assert.Equal(["sendMediaGroup", "deleteMessages"], door.Requests.Select(r => r.Url.Segments[^1]));
    }

    [Fact]
    public async Task asked_to_wait_sends_nothing_again_by_itself()
    {
        var (channel, door) = Of(No(429, "Too Many Requests: retry after 7", ""","parameters":{"retry_after":7}"""), Says(200, Sent));
        Assert.Equal(new Outcome.Unavailable(429) { RetryAt = Noon.AddSeconds(7) }, await channel.Publish(Public, Plain, default));
        Assert.Single(door.Requests);
    }

    [Fact] public async Task refused_stays_refused() => Assert.Equal(new Outcome.Refused(400), await Publish(No(400, "Bad Request: chat not found")));
    [Fact] public async Task without_the_right_to_post_is_refused() => Assert.Equal(new Outcome.Refused(403), await Publish(No(403, "Forbidden: bot is not a member of the channel chat")));
    [Fact] public async Task of_a_wrong_token_is_refused() => Assert.Equal(new Outcome.Refused(401), await Publish(No(401, "Unauthorized")));
    [Fact] public async Task of_no_token_at_all_is_refused() => Assert.Equal(new Outcome.Refused(401), await Of(Says(200, Sent)).Channel.Publish(ChannelGiven.Account("telegram", ("chat", "@a"), ("token", "x")), Plain, default));
    [Fact] public async Task that_does_not_answer_leaves_it_unknown() => Assert.Equal(ChannelGiven.Timeout, await Publish(Silence));
    [Fact] public async Task that_breaks_off_leaves_it_unknown() => Assert.Equal(AnswerLost, await Publish(Broken));
    [Fact] public async Task in_trouble_leaves_it_unknown() => Assert.Equal(new Outcome.Unknown("status-502"), await Publish(Says(502, "<html>Bad Gateway</html>", "text/html")));
    [Fact] public async Task that_is_not_reached_took_nothing() => Assert.Equal(NothingSent, await Publish(NoConnection));
    [Fact] public async Task sends_no_picture_that_the_registry_does_not_have() => Assert.Equal(new Outcome.Refused(404), await Of(Says(200, Sent)).Channel.Publish(Public, With(Id), default));

    [Fact]
    public async Task edits_the_caption_where_there_are_pictures_else_the_text()
    {
        var (channel, door) = Of(Says(200, Sent));
        Assert.Equal(Accepted("41"), await channel.Edit(Public, "41", With(SomeMedia.Picture), default));
        Assert.Equal(Accepted("41"), await channel.Edit(Public, "41", Plain, default));
        Assert.Equal(["editMessageCaption", "editMessageText"], door.Requests.Select(r => r.Url.Segments[^1]));
    }

    [Fact] public async Task edited_to_the_same_is_done() => Assert.Equal(Accepted("41"), await Of(No(400, "Bad Request: message is not modified: specified new message content is the same")).Channel.Edit(Public, "41", Plain, default));
    [Fact] public async Task that_lost_the_message_cannot_edit_it() => Assert.Equal(new Outcome.NotFound(), await Of(No(400, "Bad Request: message to edit not found")).Channel.Edit(Public, "41", Plain, default));
    [Fact] public async Task past_48_hours_refuses_to_delete() => Assert.Equal(new Outcome.Refused(400), await Of(No(400, "Bad Request: message can't be deleted for everyone")).Channel.Delete(Public, "41", NextId, default));

    [Fact]
    public async Task replies_under_the_message()
    {
        var (channel, door) = Of(Says(200, Sent));
        Assert.Equal(Accepted("41"), await channel.Reply(Public, "40", Plain, default));
        Assert.Contains("\"message_id\":40", door.Requests[0].Body, StringComparison.Ordinal);
    }

    const string Page = """
        <section class="tgme_channel_history js-message_history">
        <div class="tgme_widget_message_wrap"><div class="tgme_widget_message js-widget_message" data-post="mchs_kz/40"><div class="tgme_widget_message_text js-message_text" dir="auto">Ескі</div>
        <a href="x"><time datetime="2026-12-01T05:00:00+00:00" class="time">10:00</time></a></div></div>
        <div class="tgme_widget_message_wrap"><div class="tgme_widget_message js-widget_message" data-post="mchs_kz/41"><div class="tgme_widget_message_text js-message_text" dir="auto"><b>Тақырып</b><br/><br/>Мәтін<br/><br/>Заголовок<br/><br/>Текст</div>
        <a href="x"><time datetime="2026-12-01T09:00:01+00:00" class="time">14:00</time></a></div></div></section>
        """;

    static Task<Outcome> ReadBack(Func<HttpRequestMessage, HttpResponseMessage> answer, ChannelAccount? account = null) => Of(answer).Channel.ReadBack(account ?? Public, Plain, Due, default);

    [Fact] public async Task is_read_back_by_its_words_from_the_public_page() => Assert.Equal(Accepted("41", "read-back"), await ReadBack(Says(200, Page, "text/html")));
    [Fact] public async Task is_not_there_when_the_page_reaches_back_and_does_not_show_it() => Assert.Equal(new Outcome.NotFound(), await ReadBack(Says(200, Page.Replace("Мәтін", "Басқа", StringComparison.Ordinal), "text/html")));
    [Fact] public async Task without_a_public_page_is_for_a_person_to_decide() => Assert.Equal(new Outcome.Unknown("no-read-back"), await ReadBack(Says(200, Page, "text/html"), Private));
    [Fact] public async Task whose_page_is_no_channels_is_not_believed() => Assert.Equal(new Outcome.Unknown("read-back-failed"), await ReadBack(Says(200, "<html>Contact @mchs_kz</html>", "text/html")));
    [Fact] public async Task whose_page_does_not_come_is_not_believed() => Assert.Equal(new Outcome.Unknown("read-back-failed"), await ReadBack(Says(302, "")));

    [Fact]
    public async Task remembers_each_message_of_a_group_from_the_page_too()
    {
        var grouped = Page.Replace("<a href=\"x\"><time datetime=\"2026-12-01T09", "<a href=\"https://t.me/mchs_kz/41?single\"></a><a href=\"https://t.me/mchs_kz/42?single\"></a><time datetime=\"2026-12-01T09", StringComparison.Ordinal);
        Assert.Equal(Accepted("41,42", "read-back"), await ReadBack(Says(200, grouped, "text/html")));
    }

    [Fact] // a clock that is a minute behind ours must not make us send it again
    public async Task is_found_although_its_clock_is_behind() => Assert.Equal(Accepted("41", "read-back"),
        await ReadBack(Says(200, Page.Replace("T09:00:01", "T08:59:10", StringComparison.Ordinal), "text/html")));

    [Fact]
    public async Task shows_what_was_posted_since()
    {
        var (channel, _) = Of(Says(200, Page, "text/html"));
        Assert.Equal([("41", Whole)], (await channel.Posted(Public, Noon, default))!.Select(p => (p.ExternalId, p.Text)));
        Assert.Null(await channel.Posted(Private, Noon, default));
    }
}
