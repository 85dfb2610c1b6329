using System.Globalization;

namespace Publications;

/// <summary>
/// A professional account of Instagram: a container is made and, when it is finished, published; both within one call, so that none grows old
/// (a container dies in 24 hours). Instagram fetches the files by itself, from an address that is made for this attempt and soon lapses. A caption cannot be edited, and nothing is deleted by this API.
/// </summary>
public sealed class InstagramChannel(HttpClient http, ChannelOptions options, IMediaFiles files, MediaAddresses addresses, PictureHashes hashes, TimeProvider clock) : IChannel
{
    private const int MostRead = 50;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private readonly GraphCalls _graph = new(http, options, clock);

    private sealed record Fetched(bool IsFilm, Uri Address);

    public string Kind => ChannelKinds.Instagram;
    public ChannelCapabilities Can { get; } = new(Edit: false, Delete: false, Reply: true, IdempotencyKey: false, ReadBack: true, LongestText: 2200, MostMedia: 10) { NeedsMedia = true };
    public TimeSpan Settle => options.Settle;
    public TimeSpan LongestCall => options.LongestCall;

    public async Task<Outcome> Publish(ChannelAccount account, Post post, CancellationToken ct)
    {
        using var limit = options.Limit(ct);
        var fitted = Fitted.For(Can, post);
        if (fitted.Media.Count > 0 && !addresses.Exist)
        {
            return new Outcome.Refused(0) { Class = MediaAddresses.Missing };
        }

        var (ready, failed) = await files.Of(fitted.Media, limit.Token);
        failed ??= ready.Count == 0 ? new Outcome.Refused(415) : null;
        if (failed is not null)
        {
            return failed;
        }

        IReadOnlyList<Fetched> media = [.. ready.Select((file, i) => new Fetched(file.IsFilm, addresses.Of(fitted.Media[i].MediaId, fitted.Media[i].Crop)))];
        var container = media is [var only] ? await Container(account, Fields(only, fitted.Text, inGroup: false), limit.Token) : await Group(account, media, fitted.Text, limit.Token);
        return container.Failed ?? (await _graph.Post(account, User(account) + "/media_publish", [new("creation_id", container.Text("id")!)], false, limit.Token)).Accepted("id");
    }

    public async Task<Outcome> ReadBack(ChannelAccount account, Post post, DateTimeOffset since, CancellationToken ct)
    {
        using var limit = options.Limit(ct);
        return Standing.Find(await Read(account, Standing.From(since), pictures: false, limit.Token), Fitted.For(Can, post).Text, since);
    }

    public Task<Outcome> Edit(ChannelAccount account, string externalId, Post post, CancellationToken ct) => Task.FromResult<Outcome>(new Outcome.Refused(405));
    public Task<Outcome> Delete(ChannelAccount account, string externalId, Guid attemptId, CancellationToken ct) => Task.FromResult<Outcome>(new Outcome.Refused(405));

    public async Task<Outcome> Reply(ChannelAccount account, string externalId, Post post, CancellationToken ct)
    {
        using var limit = options.Limit(ct);
        return (await _graph.Post(account, Uri.EscapeDataString(externalId) + "/comments", [new("message", Fitted.For(Can, post with { Media = [] }).Text)], false, limit.Token)).Accepted("id");
    }

    public async Task<IReadOnlyList<FoundPost>?> Posted(ChannelAccount account, DateTimeOffset since, CancellationToken ct)
    {
        using var limit = options.Limit(ct);
        return (await Read(account, since, pictures: true, limit.Token))?.Posts;
    }

    private async Task<ChannelAnswer> Group(ChannelAccount account, IReadOnlyList<Fetched> media, string text, CancellationToken ct)
    {
        List<string> children = [];
        foreach (var file in media)
        {
            var child = await Container(account, Fields(file, null, inGroup: true), ct);
            if (child.Failed is not null)
            {
                return child;
            }

            children.Add(child.Text("id")!);
        }

        return await Container(account, new() { ["media_type"] = "CAROUSEL", ["children"] = string.Join(',', children), ["caption"] = text }, ct);
    }

    private static Dictionary<string, string> Fields(Fetched file, string? caption, bool inGroup)
    {
        Dictionary<string, string> fields = new() { [file.IsFilm ? "video_url" : "image_url"] = file.Address.AbsoluteUri };
        _ = file.IsFilm && fields.TryAdd("media_type", inGroup ? "VIDEO" : "REELS");
        _ = inGroup && fields.TryAdd("is_carousel_item", "true");
        _ = caption is not null && fields.TryAdd("caption", caption);
        return fields;
    }

    /// <summary>Until it is finished nothing stands on the account: whatever fails, another attempt makes another container.</summary>
    private async Task<ChannelAnswer> Container(ChannelAccount account, Dictionary<string, string> fields, CancellationToken ct)
    {
        var made = await _graph.Post(account, User(account) + "/media", fields, true, ct);
        if (made.Failed is not null || made.Text("id") is not { } id)
        {
            return made.Failed is not null ? made : ChannelAnswer.Of(new Outcome.Unavailable(null));
        }

        while (!ct.IsCancellationRequested)
        {
            var state = await _graph.Get(account, Uri.EscapeDataString(id) + "?fields=status_code", ct);
            switch (state.Failed is null ? state.Text("status_code") : null)
            {
                case "FINISHED": return made;
                case "ERROR": return ChannelAnswer.Of(new Outcome.Refused(422));
                case "EXPIRED": return ChannelAnswer.Of(new Outcome.Unavailable(null));
            }

            await Task.Delay(Look, clock, ct).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        return ChannelAnswer.Of(new Outcome.Unavailable(null));
    }

    private async Task<Standing?> Read(ChannelAccount account, DateTimeOffset since, bool pictures, CancellationToken ct)
    {
        var from = since.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var answer = await _graph.Get(account, $"{User(account)}/media?fields=id,caption,timestamp,media_url,thumbnail_url&limit={MostRead}&since={from}", ct);
        if (answer.Failed is not null)
        {
            return null;
        }

        List<FoundPost> posts = [];
        foreach (var item in answer.Body.Items("data"))
        {
            if (item.Text("id") is { } id && item.Instant("timestamp") is { } at && at >= since)
            {
                var hash = pictures ? await hashes.Of("instagram " + id, item.Text("thumbnail_url") ?? item.Text("media_url"), options.Url, ct) : null;
                posts.Add(new(id, at, item.Text("caption") ?? "", hash is null ? [] : [hash]));
            }
        }

        return new(posts, posts.Count < MostRead);
    }

    private static string User(ChannelAccount account) => account.Settings[ChannelKinds.User];
}
