using System.Text.Json;
using static Publications.Specs.ChannelGiven;
using static Publications.Specs.Given;
using static Publications.Specs.Recorded;

namespace Publications.Specs;

public class Instagram
{
    static readonly ChannelAccount User = ChannelGiven.Account("instagram", ("user", "1784"), ("token", "EAAsecret"));
    static readonly Func<HttpRequestMessage, HttpResponseMessage> Container = Says(200, """{"id":"9001"}"""), Finished = Says(200, """{"id":"9001","status_code":"FINISHED"}"""), Published = Says(200, """{"id":"1799"}""");

    static (InstagramChannel Channel, Recorded Door) Of(params Func<HttpRequestMessage, HttpResponseMessage>[] answers) =>
        new Recorded(answers) is var door ? (new(door.Client, Options, Media, Addresses(), Hashes(door), Clock), door) : default;

    static Task<Outcome> Publish(params Func<HttpRequestMessage, HttpResponseMessage>[] answers) => Of(answers).Channel.Publish(User, With(SomeMedia.Picture), default);

    [Fact]
    public async Task publishes_a_container_once_it_is_finished()
    {
        var (channel, door) = Of(Container, Finished, Published);
        Assert.Equal(Accepted("1799"), await channel.Publish(User, With(SomeMedia.Picture), default));
        Assert.Equal(["/v1/1784/media", "/v1/9001", "/v1/1784/media_publish"], door.Requests.Select(r => r.Url.AbsolutePath));
        Assert.Contains("image_url=" + Uri.EscapeDataString(Addresses().Of(SomeMedia.Picture, null).AbsoluteUri), door.Requests[0].Body, StringComparison.Ordinal);
        Assert.Equal("creation_id=9001", door.Requests[2].Body);
    }

    [Fact]
    public async Task publishes_several_as_a_carousel()
    {
        var (channel, door) = Of(Container, Finished, Container, Finished, Container, Finished, Published);
        Assert.Equal(Accepted("1799"), await channel.Publish(User, With(SomeMedia.Picture, SomeMedia.Film), default));
        Assert.Contains("media_type=VIDEO&is_carousel_item=true", door.Requests[2].Body, StringComparison.Ordinal);
        Assert.Contains("media_type=CAROUSEL&children=9001%2C9001", door.Requests[4].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task without_a_public_address_is_refused_before_anything_is_sent()
    {
        var door = new Recorded(Container);
        var outcome = await new InstagramChannel(door.Client, Options, Media, Addresses(at: null), Hashes(door), Clock).Publish(User, With(SomeMedia.Picture), default);
        Assert.Equal(("public-address-missing", 0), (Assert.IsType<Outcome.Refused>(outcome).Class, door.Requests.Count));
        var rejected = Assert.IsType<DeliveryRejected>(ReleaseDecider.Decide(State(ReleasingFacts), AttemptId, outcome, Settle, Due)[0]);
        Assert.Equal(("public-address-missing", (DateTimeOffset?)null), (rejected.Class, rejected.RetryAt));
    }

    [Fact] public async Task takes_no_words_alone() => Assert.Equal(new Outcome.Refused(415), await Of(Container).Channel.Publish(User, Plain, default));
    [Fact] public async Task shows_nothing_before_it_is_published() => Assert.Equal(NothingSent, await Publish(Silence));
    [Fact] public async Task with_a_container_that_died_begins_anew() => Assert.Equal(NothingSent, await Publish(Container, Says(200, """{"status_code":"EXPIRED"}""")));
    [Fact] public async Task with_a_picture_it_cannot_use_refuses() => Assert.Equal(new Outcome.Refused(422), await Publish(Container, Says(200, """{"status_code":"ERROR"}""")));
    [Fact] public async Task with_a_container_that_does_not_finish_in_time_begins_anew() => Assert.Equal(NothingSent, await Publish(Container, Says(200, """{"status_code":"IN_PROGRESS"}""")));
    [Fact] public async Task that_does_not_answer_to_publishing_leaves_it_unknown() => Assert.Equal(ChannelGiven.Timeout, await Publish(Container, Finished, Silence));
    [Fact] public async Task that_breaks_off_leaves_it_unknown() => Assert.Equal(AnswerLost, await Publish(Container, Finished, Broken));
    [Fact] public async Task at_its_limit_of_posts_took_nothing() => Assert.Equal(new Outcome.Unavailable(403), await Publish(Container, Finished, Says(403, """{"error":{"code":9,"error_subcode":2207042}}""")));
    [Fact] public async Task refused_stays_refused() => Assert.Equal(new Outcome.Refused(400), await Publish(Says(400, """{"error":{"code":36003}}""")));

    [Fact]
    public async Task edits_and_deletes_nothing_and_says_so()
    {
        var (channel, door) = Of(Published);
        Assert.Equal((false, false), (channel.Can.Edit, channel.Can.Delete));
        Assert.Equal([new Outcome.Refused(405), new Outcome.Refused(405)], [await channel.Edit(User, "1", Plain, default), await channel.Delete(User, "1", NextId, default)]);
        Assert.Empty(door.Requests);
    }

    [Fact] public async Task comments_under_it() => Assert.Equal(Accepted("1799"), await Of(Published).Channel.Reply(User, "1798", Plain, default));

    static string Listing(string caption) => $$"""{"data":[{"id":"1799","caption":{{JsonSerializer.Serialize(caption)}},"timestamp":"2026-12-01T09:00:02+0000"}]}""";
    [Fact] public async Task is_read_back_by_its_caption() => Assert.Equal(Accepted("1799", "read-back"), await Of(Says(200, Listing(Whole))).Channel.ReadBack(User, Plain, Due, default));
    [Fact] public async Task is_not_there_without_it() => Assert.Equal(new Outcome.NotFound(), await Of(Says(200, Listing("басқа"))).Channel.ReadBack(User, Plain, Due, default));
    [Fact] public async Task whose_list_does_not_come_is_not_believed() => Assert.Equal(new Outcome.Unknown("read-back-failed"), await Of(Says(503, "")).Channel.ReadBack(User, Plain, Due, default));
}
