using System.Globalization;

namespace Publications;

/// <summary>A Facebook page by the Graph API. Pictures are uploaded unpublished and attached by the one call that posts; the page's own scheduling is not used, the kill switch would not reach it.</summary>
public sealed class FacebookChannel(HttpClient http, ChannelOptions options, IMediaFiles files, PictureHashes hashes, TimeProvider clock) : IChannel
{
    private const int MostRead = 100;
    private readonly GraphCalls _graph = new(http, options, clock);

    public string Kind => ChannelKinds.Facebook;
    public ChannelCapabilities Can { get; } = new(Edit: true, Delete: true, Reply: true, IdempotencyKey: false, ReadBack: true, LongestText: 63_206, MostMedia: 10);
    public TimeSpan Settle => options.Settle;
    public TimeSpan LongestCall => options.LongestCall;

    public async Task<Outcome> Publish(ChannelAccount account, Post post, CancellationToken ct)
    {
        using var limit = options.Limit(ct);
        var fitted = Fitted.For(Can, post);
        var (media, failed) = await files.Of(fitted.Media, limit.Token);
        Dictionary<string, string> fields = new() { ["message"] = fitted.Text };
        for (var i = 0; failed is null && i < media.Count; i++)
        {
            // a film is a post of its own at Facebook, beside no others
            var answer = media[i].IsFilm ? ChannelAnswer.Of(new Outcome.Refused(415))
                : await _graph.Upload(account, Page(account) + "/photos", media[i], Words(fitted.Media[i]), limit.Token);
            failed = answer.Failed ?? (answer.Text("id") is null ? new Outcome.Unavailable(null) : null);
            fields[$"attached_media[{i}]"] = $$"""{"media_fbid":"{{answer.Text("id")}}"}""";
        }

        return failed ?? (await _graph.Post(account, Page(account) + "/feed", fields, false, limit.Token)).Accepted("id");
    }

    public async Task<Outcome> ReadBack(ChannelAccount account, Post post, DateTimeOffset since, CancellationToken ct)
    {
        using var limit = options.Limit(ct);
        return Standing.Find(await Read(account, Standing.From(since), pictures: false, limit.Token), Fitted.For(Can, post).Text, since);
    }

    public async Task<Outcome> Edit(ChannelAccount account, string externalId, Post post, CancellationToken ct)
    {
        using var limit = options.Limit(ct);
        return (await _graph.Post(account, Escaped(externalId), [new("message", Fitted.For(Can, post).Text)], false, limit.Token)).Done(externalId);
    }

    public async Task<Outcome> Delete(ChannelAccount account, string externalId, Guid attemptId, CancellationToken ct)
    {
        using var limit = options.Limit(ct);
        return (await _graph.Delete(account, Escaped(externalId), limit.Token)).Done(externalId);
    }

    public async Task<Outcome> Reply(ChannelAccount account, string externalId, Post post, CancellationToken ct)
    {
        using var limit = options.Limit(ct);
        return (await _graph.Post(account, Escaped(externalId) + "/comments", [new("message", Fitted.For(Can, post with { Media = [] }).Text)], false, limit.Token)).Accepted("id");
    }

    public async Task<IReadOnlyList<FoundPost>?> Posted(ChannelAccount account, DateTimeOffset since, CancellationToken ct)
    {
        using var limit = options.Limit(ct);
        return (await Read(account, since, pictures: true, limit.Token))?.Posts;
    }

    /// <summary>The page's own posts; what visitors wrote is not asked for.</summary>
    private async Task<Standing?> Read(ChannelAccount account, DateTimeOffset since, bool pictures, CancellationToken ct)
    {
        var from = since.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var answer = await _graph.Get(account, $"{Page(account)}/published_posts?fields=id,message,created_time,full_picture&limit={MostRead}&since={from}", ct);
        if (answer.Failed is not null)
        {
            return null;
        }

        List<FoundPost> posts = [];
        foreach (var item in answer.Body.Items("data"))
        {
            if (item.Text("id") is { } id && item.Instant("created_time") is { } at)
            {
                var hash = pictures ? await hashes.Of("facebook " + id, item.Text("full_picture"), options.Url, ct) : null;
                posts.Add(new(id, at, item.Text("message") ?? "", hash is null ? [] : [hash]));
            }
        }

        return new(posts, posts.Count < MostRead);
    }

    private static Dictionary<string, string> Words(PostMedia media)
    {
        var words = new Dictionary<string, string> { ["published"] = "false" };
        if (Languages.All.Select(l => media.Alt?.In(l)).Where(alt => alt is not null).ToList() is { Count: > 0 } alt)
        {
            words["alt_text_custom"] = string.Join(" / ", alt);
        }

        return words;
    }

    private static string Page(ChannelAccount account) => account.Settings[ChannelKinds.Page];
    private static string Escaped(string externalId) => Uri.EscapeDataString(externalId);
}
