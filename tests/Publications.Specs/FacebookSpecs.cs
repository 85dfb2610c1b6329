using static Publications.Specs.ChannelGiven;
using static Publications.Specs.Given;
using static Publications.Specs.Recorded;

namespace Publications.Specs;

public class Facebook
{
    static readonly ChannelAccount Page = ChannelGiven.Account("facebook", ("page", "1001"), ("token", "EAAsecret"));

    static (FacebookChannel Channel, Recorded Door) Of(params Func<HttpRequestMessage, HttpResponseMessage>[] answers) =>
        new Recorded(answers) is var door ? (new(door.Client, Options, Media, Hashes(door), Clock), door) : default;

    static Func<HttpRequestMessage, HttpResponseMessage> No(int status, int code, int subcode = 0) => Says(status, $$$"""{"error":{"message":"words","type":"OAuthException","code":{{{code}}},"error_subcode":{{{subcode}}},"fbtrace_id":"x"}}""");
    static Task<Outcome> Publish(Func<HttpRequestMessage, HttpResponseMessage> answer) => Of(answer).Channel.Publish(Page, Plain, default);

    [Fact]
    public async Task takes_a_text_in_one_call_with_the_token_in_a_header()
    {
        var (channel, door) = Of(Says(200, """{"id":"1001_55"}"""));
        Assert.Equal(Accepted("1001_55"), await channel.Publish(Page, Plain, default));
        var request = Assert.Single(door.Requests);
        Assert.Equal(("https://channel.example/v1/1001/feed", "Bearer EAAsecret"), (request.Url.AbsoluteUri, request.Authorization));
        Assert.DoesNotContain("EAAsecret", request.Url + request.Body, StringComparison.Ordinal);
        Assert.Equal("message=" + Uri.EscapeDataString(Whole), request.Body);
    }

    [Fact]
    public async Task takes_pictures_unpublished_first_and_then_the_post()
    {
        var (channel, door) = Of(Says(200, """{"id":"71"}"""), Says(200, """{"id":"72"}"""), Says(200, """{"id":"1001_56"}"""));
        Assert.Equal(Accepted("1001_56"), await channel.Publish(Page, With(SomeMedia.Picture, SomeMedia.Other), default));
        Assert.Equal(["photos", "photos", "feed"], door.Requests.Select(r => r.Url.Segments[^1]));
        Assert.Contains("name=published", door.Requests[0].Body, StringComparison.Ordinal);
        Assert.Contains(Uri.EscapeDataString("""{"media_fbid":"72"}"""), door.Requests[2].Body, StringComparison.Ordinal);
    }

    [Fact] public async Task whose_upload_got_no_answer_shows_nothing_yet() => Assert.Equal(NothingSent, await Of(Silence).Channel.Publish(Page, With(SomeMedia.Picture), default));
    [Theory, InlineData(4), InlineData(17), InlineData(32), InlineData(613), InlineData(80001)]
    public async Task at_its_limit_took_nothing(int code) => Assert.Equal(new Outcome.Unavailable(400), await Publish(No(400, code)));
    [Fact] public async Task refused_stays_refused() => Assert.Equal(new Outcome.Refused(400), await Publish(No(400, 100)));
    [Fact] public async Task of_a_token_that_ended_is_refused() => Assert.Equal(new Outcome.Refused(401), await Publish(No(401, 190, 463)));
    [Fact] public async Task that_was_told_the_same_just_now_is_asked() => Assert.Equal(new Outcome.Unknown("posted-just-now"), await Publish(No(400, 506)));
    [Fact] public async Task in_trouble_of_its_own_leaves_it_unknown() => Assert.Equal(new Outcome.Unknown("code-2"), await Publish(No(500, 2)));
    [Fact] public async Task away_took_nothing() => Assert.Equal(new Outcome.Unavailable(503) { RetryAt = Noon.AddSeconds(30) }, await Publish(Says(503, "", header: ("Retry-After", "30"))));
    [Fact] public async Task that_does_not_answer_leaves_it_unknown() => Assert.Equal(ChannelGiven.Timeout, await Publish(Silence));
    [Fact] public async Task that_breaks_off_leaves_it_unknown() => Assert.Equal(AnswerLost, await Publish(Broken));
    [Fact] public async Task that_is_not_reached_took_nothing() => Assert.Equal(NothingSent, await Publish(NoConnection));
    [Fact] public async Task whose_answer_names_no_id_leaves_it_unknown() => Assert.Equal(new Outcome.Unknown("answer-unreadable"), await Publish(Says(200, "<html>")));
    [Fact] public async Task takes_no_film_beside_a_text() => Assert.Equal(new Outcome.Refused(415), await Of(Says(200, "{}")).Channel.Publish(Page, With(SomeMedia.Film), default));

    [Fact]
    public async Task edits_deletes_and_comments()
    {
        var (channel, door) = Of(Says(200, """{"success":true}"""), Says(200, """{"success":true}"""), Says(200, """{"id":"1001_55_9"}"""));
        Assert.Equal(Accepted("1001_55"), await channel.Edit(Page, "1001_55", Plain, default));
        Assert.Equal(Accepted("1001_55"), await channel.Delete(Page, "1001_55", NextId, default));
        Assert.Equal(Accepted("1001_55_9"), await channel.Reply(Page, "1001_55", Plain, default));
        Assert.Equal([(HttpMethod.Post, "/v1/1001_55"), (HttpMethod.Delete, "/v1/1001_55"), (HttpMethod.Post, "/v1/1001_55/comments")], door.Requests.Select(r => (r.Method, r.Url.AbsolutePath)));
    }

    [Fact] public async Task that_lost_the_post_says_so() => Assert.Equal(new Outcome.NotFound(), await Of(No(400, 100, 33)).Channel.Delete(Page, "1001_55", NextId, default));

    static readonly string Feed = $$"""{"data":[{"id":"1001_58","message":"Басқа","created_time":"2026-12-01T09:05:00+0000"},{"id":"1001_57","message":{{System.Text.Json.JsonSerializer.Serialize(Whole)}},"created_time":"2026-12-01T09:00:02+0000"}]}""";

    [Fact]
    public async Task is_read_back_by_words_among_the_pages_own_posts_since()
    {
        var (channel, door) = Of(Says(200, Feed));
        Assert.Equal(Accepted("1001_57", "read-back"), await channel.ReadBack(Page, Plain, Due, default));
        Assert.Equal($"/v1/1001/published_posts?fields=id,message,created_time,full_picture&limit=100&since={Due.AddMinutes(-2).ToUnixTimeSeconds()}", door.Requests[0].Url.PathAndQuery);
    }

    [Fact] public async Task is_not_there_when_the_list_is_whole_without_it() => Assert.Equal(new Outcome.NotFound(), await Of(Says(200, """{"data":[]}""")).Channel.ReadBack(Page, Plain, Due, default));
    [Fact] public async Task whose_list_does_not_come_is_not_believed() => Assert.Equal(new Outcome.Unknown("read-back-failed"), await Of(No(400, 4)).Channel.ReadBack(Page, Plain, Due, default));
    [Fact]
    public async Task whose_list_is_cut_is_not_believed() => Assert.Equal(new Outcome.Unknown("read-back-partial"),
        await Of(Says(200, $$"""{"data":[{{string.Join(',', Enumerable.Range(0, 100).Select(n => $$"""{"id":"1001_{{n}}","message":"м","created_time":"2026-12-01T09:05:00+0000"}"""))}}]}""")).Channel.ReadBack(Page, Plain, Due, default));

    [Fact]
    public async Task tells_the_hash_of_its_own_copy_of_a_picture()
    {
        var (channel, door) = Of(Says(200, """{"data":[{"id":"1001_58","message":"Басқа","created_time":"2026-12-01T09:05:00+0000","full_picture":"https://cdn.example/p.jpg"}]}"""), Says(200, "abc", "image/jpeg"));
        Assert.Equal(["ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"], Assert.Single((await channel.Posted(Page, Noon, default))!).MediaHashes);
        await channel.Posted(Page, Noon, default);
        Assert.Equal(1, door.Requests.Count(r => r.Url.Host == "cdn.example"));
    }
}
