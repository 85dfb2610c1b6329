using System.Net.Http.Headers;
using System.Text.Json;

namespace Publications;

/// <summary>The Data API, and where Google gives access tokens for the account's refresh token. A film takes long: the limit is that of its upload.</summary>
public sealed record YouTubeOptions : ChannelOptions
{
    public required Uri TokenUrl { get; init; }
}

/// <summary>A channel on YouTube: one film a post, by the resumable upload of the Data API v3; texts without a film are not offered there.</summary>
public sealed class YouTubeChannel(HttpClient http, YouTubeOptions options, IMediaFiles files, TimeProvider clock) : IChannel
{
    private const int MostRead = 50, LongestTitle = 100;
    private const string NewsAndPolitics = "25";
    private readonly ChannelDoor _door = new(http, clock, YouTubeTokens.Judge);
    private readonly YouTubeTokens _tokens = new(http, options, clock);

    public string Kind => ChannelKinds.YouTube;

    /// <summary>A description has 5,000 bytes, and a Cyrillic letter two.</summary>
    public ChannelCapabilities Can { get; } = new(Edit: true, Delete: true, Reply: true, IdempotencyKey: false, ReadBack: true, LongestText: 2400, MostMedia: 1) { NeedsMedia = true };
    public TimeSpan Settle => options.Settle;
    public TimeSpan LongestCall => options.LongestCall;

    public async Task<Outcome> Publish(ChannelAccount account, Post post, CancellationToken ct)
    {
        using var limit = options.Limit(ct);
        var fitted = Fitted.For(Can, post);
        var (media, failed) = await files.Of(fitted.Media, limit.Token);
        failed ??= media is [{ IsFilm: true }] ? null : new Outcome.Refused(415);
        return failed ?? await Upload(account, media[0], new
        {
            snippet = Snippet(post, fitted),
            status = new { privacyStatus = "public", selfDeclaredMadeForKids = false, containsSyntheticMedia = post.AiMade },
        }, limit.Token);
    }

    public async Task<Outcome> ReadBack(ChannelAccount account, Post post, DateTimeOffset since, CancellationToken ct)
    {
        using var limit = options.Limit(ct);
        var (title, description) = Words(post, Fitted.For(Can, post));
        return Standing.Find(await Read(account, Standing.From(since), limit.Token), Whole(title, description), since);
    }

    public async Task<Outcome> Edit(ChannelAccount account, string externalId, Post post, CancellationToken ct)
    {
        using var limit = options.Limit(ct);
        return (await Send(account, HttpMethod.Put, "youtube/v3/videos?part=snippet", new { id = externalId, snippet = Snippet(post, Fitted.For(Can, post)) }, limit.Token)).Done(externalId);
    }

    public async Task<Outcome> Delete(ChannelAccount account, string externalId, Guid attemptId, CancellationToken ct)
    {
        using var limit = options.Limit(ct);
        return (await Send(account, HttpMethod.Delete, "youtube/v3/videos?id=" + Uri.EscapeDataString(externalId), null, limit.Token)).Done(externalId);
    }

    public async Task<Outcome> Reply(ChannelAccount account, string externalId, Post post, CancellationToken ct)
    {
        using var limit = options.Limit(ct);
        var text = Fitted.For(Can, post with { Media = [] }).Text;
        return (await Send(account, HttpMethod.Post, "youtube/v3/commentThreads?part=snippet",
            new { snippet = new { channelId = account.Settings[ChannelKinds.Channel], videoId = externalId, topLevelComment = new { snippet = new { textOriginal = text } } } }, limit.Token)).Accepted("id");
    }

    public async Task<IReadOnlyList<FoundPost>?> Posted(ChannelAccount account, DateTimeOffset since, CancellationToken ct)
    {
        using var limit = options.Limit(ct);
        return (await Read(account, since, limit.Token))?.Posts;
    }

    /// <summary>A session is opened, then the bytes go to it; before they went nothing stands there.</summary>
    private async Task<Outcome> Upload(ChannelAccount account, MediaFile film, object about, CancellationToken ct)
    {
        var opened = await Send(account, HttpMethod.Post, "upload/youtube/v3/videos?uploadType=resumable&part=snippet,status", about, ct, request =>
        {
            request.Headers.Add("X-Upload-Content-Type", film.MediaType);
            request.Headers.Add("X-Upload-Content-Length", film.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        });
        if (opened.Failed is { } failed)
        {
            return failed is Outcome.Unknown ? new Outcome.Unavailable(null) : failed;
        }

        // the token goes nowhere but to the channel's own host
        if (opened.Headers?.Location is not { IsAbsoluteUri: true } session || session.Authority != options.Url.Authority)
        {
            return new Outcome.Unavailable(null);
        }

        await using var bytes = await film.Open(ct);
        using var content = new StreamContent(bytes) { Headers = { ContentType = new(film.MediaType), ContentLength = film.Length } };
        return (await _door.Send(await Authorized(account, new(HttpMethod.Put, session) { Content = content }, ct), ct)).Accepted("id");
    }

    private async Task<Standing?> Read(ChannelAccount account, DateTimeOffset since, CancellationToken ct)
    {
        var answer = await Send(account, HttpMethod.Get,
            $"youtube/v3/playlistItems?part=snippet,contentDetails&maxResults={MostRead}&playlistId={Uri.EscapeDataString(account.Settings[ChannelKinds.Uploads])}", null, ct);
        if (answer.Failed is not null)
        {
            return null;
        }

        var items = answer.Body.Items("items").ToList();
        IReadOnlyList<FoundPost> posts = [.. items.Where(i => i.Text("contentDetails.videoId") is not null && At(i) is not null)
            .Select(i => new FoundPost(i.Text("contentDetails.videoId")!, At(i)!.Value, Whole(i.Text("snippet.title"), i.Text("snippet.description")), []))];
        return new([.. posts.Where(p => p.PostedAt >= since)], items.Count < MostRead || posts.Any(p => p.PostedAt < since));

        static DateTimeOffset? At(JsonElement item) => item.TryGetProperty("contentDetails", out var details) ? details.Instant("videoPublishedAt") : null;
    }

    private async Task<ChannelAnswer> Send(ChannelAccount account, HttpMethod method, string path, object? body, CancellationToken ct, Action<HttpRequestMessage>? more = null)
    {
        var request = new HttpRequestMessage(method, new Uri(options.Url, path)) { Content = body is null ? null : JsonContent.Create(body) };
        more?.Invoke(request);
        if (await _tokens.Of(account, ct) is var (token, failed) && failed is not null)
        {
            request.Dispose();
            return ChannelAnswer.Of(failed);
        }

        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var answer = await _door.Send(request, ct);
        _ = answer.Failed is Outcome.Unavailable { Status: 401 } && _tokens.Forget(account);
        return answer;
    }

    private async Task<HttpRequestMessage> Authorized(ChannelAccount account, HttpRequestMessage request, CancellationToken ct)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await _tokens.Of(account, ct)).Token);
        return request;
    }

    private static object Snippet(Post post, Fitted fitted)
    {
        var (title, description) = Words(post, fitted);
        return new { title, description, categoryId = NewsAndPolitics, defaultLanguage = post.Language ?? Languages.Kk };
    }

    /// <summary>YouTube takes no angle brackets.</summary>
    private static (string Title, string Description) Words(Post post, Fitted fitted)
    {
        static string Clean(string text) => text.Replace('<', '‹').Replace('>', '›');
        var title = string.Join(" / ", Languages.All.Select(post.Title.In).Where(t => !string.IsNullOrWhiteSpace(t)));
        return (Fitted.Shorten(Clean(title), LongestTitle), Clean(fitted.Text));
    }

    private static string Whole(string? title, string? description) => title + "\n\n" + description;
}
