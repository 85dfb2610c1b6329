using System.Text.Json;
using static Publications.Specs.ChannelGiven;
using static Publications.Specs.Given;
using static Publications.Specs.Recorded;

namespace Publications.Specs;

public class YouTube
{
    static readonly ChannelAccount Own = ChannelGiven.Account("youtube", ("channel", "UC1"), ("uploads", "UU1"), ("clientId", "c"), ("clientSecret", "s"), ("refreshToken", "r"));
    static readonly YouTubeOptions Options = new() { Url = new("https://channel.example/"), TokenUrl = new("https://tokens.example/token"), TimeoutSeconds = 3 };
    static readonly Func<HttpRequestMessage, HttpResponseMessage> Token = Says(200, """{"access_token":"at-1","expires_in":3599}"""),
        Session = Says(200, "", header: ("Location", "https://channel.example/session/1")), Video = Says(200, """{"kind":"youtube#video","id":"vid-1"}""");

    static (YouTubeChannel Channel, Recorded Door) Of(params Func<HttpRequestMessage, HttpResponseMessage>[] answers) => new Recorded(answers) is var door ? (new(door.Client, Options, Media, Clock), door) : default;
    static Task<Outcome> Publish(params Func<HttpRequestMessage, HttpResponseMessage>[] answers) => Of(answers).Channel.Publish(Own, With(SomeMedia.Film), default);
    static Func<HttpRequestMessage, HttpResponseMessage> No(int status, string reason) => Says(status, $$$"""{"error":{"code":{{{status}}},"errors":[{"domain":"youtube","reason":"{{{reason}}}"}]}}""");

    [Fact]
    public async Task takes_a_film_by_a_session_of_its_own()
    {
        var (channel, door) = Of(Token, Session, Video);
        Assert.Equal(Accepted("vid-1"), await channel.Publish(Own, With(SomeMedia.Film) with { AiMade = true }, default));
        Assert.Equal(["/token", "/upload/youtube/v3/videos", "/session/1"], door.Requests.Select(r => r.Url.AbsolutePath));
        var about = JsonDocument.Parse(door.Requests[1].Body).RootElement;
        Assert.Equal(("Тақырып / Заголовок", "public"), (about.Text("snippet.title"), about.Text("status.privacyStatus")));
        Assert.True(about.GetProperty("status").GetProperty("containsSyntheticMedia").GetBoolean());
        Assert.All(door.Requests.Skip(1), r => Assert.Equal("Bearer at-1", r.Authorization));
    }

    [Fact]
    public async Task keeps_its_token_for_the_next_call()
    {
        var (channel, door) = Of(Token, Session, Video, Says(204, ""));
        await channel.Publish(Own, With(SomeMedia.Film), default);
        Assert.Equal(Accepted("vid-1"), await channel.Delete(Own, "vid-1", NextId, default));
        Assert.Equal(1, door.Requests.Count(r => r.Url.Host == "tokens.example"));
    }

    [Fact]
    public async Task takes_no_text_and_no_picture() => Assert.Equal([new Outcome.Refused(415), new Outcome.Refused(415)],
        [await Of(Token).Channel.Publish(Own, Plain, default), await Of(Token).Channel.Publish(Own, With(SomeMedia.Picture), default)]);
    [Fact] public async Task without_a_session_has_nothing() => Assert.Equal(NothingSent, await Publish(Token, Silence));
    [Fact] public async Task sends_the_token_to_no_other_host() => Assert.Equal(NothingSent, await Publish(Token, Says(200, "", header: ("Location", "https://elsewhere.example/1"))));
    [Fact] public async Task that_is_silent_after_the_upload_leaves_it_unknown() => Assert.Equal(ChannelGiven.Timeout, await Publish(Token, Session, Silence));
    [Fact] public async Task past_its_quota_took_nothing() => Assert.Equal(new Outcome.Unavailable(403), await Publish(Token, No(403, "quotaExceeded")));
    [Fact] public async Task refused_stays_refused() => Assert.Equal(new Outcome.Refused(400), await Publish(Token, No(400, "invalidTitle")));
    [Fact] public async Task whose_access_was_taken_back_is_refused() => Assert.Equal(new Outcome.Refused(401), await Publish(Says(400, """{"error":"invalid_grant"}""")));
    [Fact] public async Task whose_token_ended_early_is_tried_again() => Assert.Equal(new Outcome.Unavailable(401), await Publish(Token, No(401, "authError")));

    [Fact]
    public async Task edits_and_comments()
    {
        var (channel, door) = Of(Token, Video, Says(200, """{"id":"c-1"}"""));
        Assert.Equal(Accepted("vid-1"), await channel.Edit(Own, "vid-1", Plain with { Title = new("<б>", null) }, default));
        Assert.Equal(Accepted("c-1"), await channel.Reply(Own, "vid-1", Plain, default));
        Assert.Equal(("‹б›", "vid-1"), (JsonDocument.Parse(door.Requests[1].Body).RootElement.Text("snippet.title"), JsonDocument.Parse(door.Requests[2].Body).RootElement.Text("snippet.videoId")));
    }

    [Fact] public async Task that_lost_the_film_says_so() => Assert.Equal(new Outcome.NotFound(), await Of(Token, No(404, "videoNotFound")).Channel.Delete(Own, "vid-1", NextId, default));

    static string Uploads(string description) => $$$"""{"items":[{"snippet":{"title":"Тақырып / Заголовок","description":{{{JsonSerializer.Serialize(description)}}}},"contentDetails":{"videoId":"vid-1","videoPublishedAt":"2026-12-01T09:00:02Z"}}]}""";
    [Fact] public async Task is_read_back_among_its_own_uploads() => Assert.Equal(Accepted("vid-1", "read-back"), await Of(Token, Says(200, Uploads(Whole))).Channel.ReadBack(Own, Plain, Due, default));
    [Fact] public async Task is_not_there_without_it() => Assert.Equal(new Outcome.NotFound(), await Of(Token, Says(200, Uploads("басқа"))).Channel.ReadBack(Own, Plain, Due, default));
}
