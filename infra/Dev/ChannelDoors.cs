using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Dev;

/// <summary>The Bot API, as far as channels go, and the public preview page.</summary>
public sealed class TelegramDoor(ChannelSimulator simulator)
{
    private const string Door = "telegram";

    public void Map(WebApplication app)
    {
        app.MapPost("/bot{token}/{method}", (string token, string method, HttpContext http) => simulator.Write(http, method, Refusal, () => Call(method, http.Request)));
        app.MapGet("/s/{channel}", (string channel, HttpContext http) => simulator.Read(http, () => Results.Text(Page(channel), "text/html; charset=utf-8")));
    }

    private static IResult Refusal(string mode) => mode == "rate-limit"
        ? Results.Json(new { ok = false, error_code = 429, description = $"Too Many Requests: retry after {Simulator.RetryAfter}", parameters = new { retry_after = Simulator.RetryAfter } }, statusCode: 429)
        : Error(400, "Bad Request: chat not found");

    private async Task<IResult> Call(string method, HttpRequest request)
    {
        var fields = await ChannelSimulator.Fields(request);
        string Field(string name) => fields.GetValueOrDefault(name) ?? "";
        var (chat, text, id) = (Field("chat_id"), Field("text") is { Length: > 0 } words ? words : Field("caption"), Field("message_id"));
        switch (method)
        {
            case "sendMessage" when fields.TryGetValue("reply_parameters", out var reply):
                var to = JsonNode.Parse(reply)!["message_id"]!.ToString();
                return simulator.Change(Door, to, p => p with { Replies = [.. p.Replies, text] }) ? Message(simulator.Next(), chat, text) : Error(400, "Bad Request: message to be replied not found");
            case "sendMessage": return Sent(simulator.Add(Door, chat, text, 0));
            case "sendPhoto" or "sendVideo": return Sent(simulator.Add(Door, chat, text, 1));
            case "sendMediaGroup":
                var members = JsonNode.Parse(Field("media"))!.AsArray();
                return Results.Json(new { ok = true, result = members.Select(m => Result(simulator.Add(Door, chat, m!["caption"]?.ToString() ?? "", 1))).ToList() });
            case "editMessageText" or "editMessageCaption":
                return simulator.Change(Door, id, p => p with { Text = text, Edits = p.Edits + 1 }) ? Message(id, chat, text) : Error(400, "Bad Request: message to edit not found");
            case "deleteMessage": return simulator.Remove(Door, id) ? Results.Json(new { ok = true, result = true }) : Error(400, "Bad Request: message to delete not found");
            case "deleteMessages":
                JsonNode.Parse(Field("message_ids"))!.AsArray().ToList().ForEach(m => simulator.Remove(Door, m!.ToString()));
                return Results.Json(new { ok = true, result = true });
            default: return Error(404, "Not Found");
        }
    }

    private static IResult Error(int code, string words) => Results.Json(new { ok = false, error_code = code, description = words }, statusCode: code);
    private static IResult Sent(SimulatedPost post) => Results.Json(new { ok = true, result = Result(post) });
    private static IResult Message(string id, string chat, string text) => Sent(new(Door, chat, id, text, 0, DateTimeOffset.UtcNow));

    private static object Result(SimulatedPost post) => new
    {
        message_id = int.Parse(post.Id, CultureInfo.InvariantCulture),
        date = post.At.ToUnixTimeSeconds(),
        chat = new { id = -1001234567890, type = "channel", title = post.Account },
        text = post.Text,
    };

    /// <summary>As t.me shows it: twenty messages, the newest last.</summary>
    private string Page(string channel)
    {
        var html = new StringBuilder("<section class=\"tgme_channel_history js-message_history\">");
        foreach (var post in simulator.Of(Door, "@" + channel).TakeLast(20))
        {
            html.Append(CultureInfo.InvariantCulture, $"<div class=\"tgme_widget_message js-widget_message\" data-post=\"{channel}/{post.Id}\">")
                .Append(CultureInfo.InvariantCulture, $"<div class=\"tgme_widget_message_text js-message_text\" dir=\"auto\">{WebUtility.HtmlEncode(post.Text).Replace("\n", "<br/>", StringComparison.Ordinal)}</div>")
                .Append(CultureInfo.InvariantCulture, $"<time datetime=\"{post.At:yyyy-MM-dd'T'HH:mm:sszzz}\" class=\"time\">{post.At:HH:mm}</time></div>");
        }

        return html.Append("</section>").ToString();
    }
}

/// <summary>The Graph API of a page or of an Instagram account; pictures that were uploaded and containers wait until they are posted. What an address names is fetched there and then, as Instagram does.</summary>
public sealed class GraphDoor(ChannelSimulator simulator, string door)
{
    private sealed record Container(string Caption, byte[]? Picture, bool Failed);

    private static readonly HttpClient Fetching = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, Container> _waiting = [];

    public void Map(WebApplication app)
    {
        app.MapPost($"/{door}/{{id}}/{{edge}}", (string id, string edge, HttpContext http) => simulator.Write(http, $"{door} {edge}", Refusal, () => Post(id, edge, http.Request)));
        app.MapPost($"/{door}/{{id}}", (string id, HttpContext http) => simulator.Write(http, $"{door} edit", Refusal, async () =>
            await ChannelSimulator.Fields(http.Request) is var fields && simulator.Change(door, id, p => p with { Text = fields["message"], Edits = p.Edits + 1 }) ? Results.Json(new { success = true }) : Gone()));
        app.MapDelete($"/{door}/{{id}}", (string id, HttpContext http) => simulator.Write(http, $"{door} delete", Refusal, () =>
            Task.FromResult(simulator.Remove(door, id) ? Results.Json(new { success = true }) : Gone())));
        app.MapGet($"/{door}/{{id}}/{{edge}}", (string id, string edge, HttpContext http) => simulator.Read(http, () => Results.Json(new { data = simulator.Of(door, id).Reverse().Select(p => Shown(p, http.Request.Host.Value!)) })));
        app.MapGet($"/{door}/{{id}}", (string id, HttpContext http) => simulator.Read(http, () => _waiting.TryGetValue(id, out var container) ? Results.Json(new { id, status_code = container.Failed ? "ERROR" : "FINISHED" }) : Gone()));
    }

    private async Task<IResult> Post(string id, string edge, HttpRequest request)
    {
        var fields = await ChannelSimulator.Fields(request);
        string Field(string name) => fields.GetValueOrDefault(name) ?? "";
        switch (edge)
        {
            case "photos" or "media":
                var waiting = simulator.Next();
                _waiting[waiting] = await Made(fields);
                return Results.Json(new { id = waiting });
            case "feed": return Results.Json(new { id = simulator.Add(door, id, Field("message"), fields.Keys.Count(k => k.StartsWith("attached_media", StringComparison.Ordinal))).Id });
            case "media_publish": return _waiting.TryRemove(Field("creation_id"), out var container) ? Results.Json(new { id = simulator.Add(door, id, container.Caption, 1, picture: container.Picture).Id }) : Gone();
            case "comments": return simulator.Change(door, id, p => p with { Replies = [.. p.Replies, Field("message")] }) ? Results.Json(new { id = $"{id}_{simulator.Next()}" }) : Gone();
            default: return Gone();
        }
    }

    private async Task<Container> Made(IReadOnlyDictionary<string, string> fields)
    {
        var children = fields.GetValueOrDefault("children")?.Split(',').Select(_waiting.GetValueOrDefault).OfType<Container>().ToList() ?? [];
        var address = fields.GetValueOrDefault("image_url") ?? fields.GetValueOrDefault("video_url");
        var (picture, failed) = address is null ? (children.FirstOrDefault()?.Picture, children.Any(c => c.Failed)) : await Fetch(address);
        return new(fields.GetValueOrDefault("caption") ?? "", picture, failed);
    }

    private static async Task<(byte[]?, bool Failed)> Fetch(string address)
    {
        try
        {
            return (await Fetching.GetByteArrayAsync(new Uri(address)), false);
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException or UriFormatException)
        {
            return (null, true);
        }
    }

    private object Shown(SimulatedPost post, string host)
    {
        var picture = post.Picture is null ? null : $"http://{host}/pictures/{door}/{post.Id}";
        return new { id = post.Id, message = post.Text, caption = post.Text, created_time = Written(post.At), timestamp = Written(post.At), full_picture = picture, media_url = picture };
    }

    /// <summary>Graph writes offsets without a colon.</summary>
    private static string Written(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + "+0000";

    private static IResult Refusal(string mode) => mode == "rate-limit" ? Error(32, 0, "Page request limit reached") : Error(100, 0, "Invalid parameter");
    private static IResult Gone() => Error(100, 33, "Unsupported request. Object does not exist.");
    private static IResult Error(int code, int subcode, string words) => Results.Json(new { error = new { message = words, type = "OAuthException", code, error_subcode = subcode } }, statusCode: 400);
}

/// <summary>The Data API's resumable upload, its videos, comments and the list of uploads; and Google's door for tokens.</summary>
public sealed class YouTubeDoor(ChannelSimulator simulator)
{
    private const string Door = "youtube";
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, JsonNode> _sessions = [];

    public void Map(WebApplication app)
    {
        app.MapPost("/youtube/token", () => new { access_token = "simulated", expires_in = 3600, token_type = "Bearer" });
        app.MapPost("/youtube/upload/youtube/v3/videos", (HttpRequest request) => simulator.Write(request.HttpContext, "videos.insert", Refusal, async () =>
        {
            var session = simulator.Next();
            _sessions[session] = JsonNode.Parse(await Simulator.Body(request))!["snippet"]!;
            request.HttpContext.Response.Headers.Location = $"http://{request.Host}/youtube/sessions/{session}";
            return Results.Ok();
        }));
        app.MapPut("/youtube/sessions/{session}", (string session, HttpContext http) => simulator.Write(http, "upload", Refusal, async () =>
        {
            await Simulator.Body(http.Request);
            return _sessions.TryRemove(session, out var snippet) ? Results.Json(new { id = simulator.Add(Door, "uploads", Whole(snippet), 1).Id }) : Results.NotFound();
        }));
        app.MapPut("/youtube/youtube/v3/videos", (HttpRequest request) => simulator.Write(request.HttpContext, "videos.update", Refusal, async () =>
            JsonNode.Parse(await Simulator.Body(request)) is { } video && simulator.Change(Door, video["id"]!.ToString(), p => p with { Text = Whole(video["snippet"]!), Edits = p.Edits + 1 })
                ? Results.Json(video) : Results.NotFound()));
        app.MapDelete("/youtube/youtube/v3/videos", (string id, HttpContext http) => simulator.Write(http, "videos.delete", Refusal, () =>
            Task.FromResult(simulator.Remove(Door, id) ? Results.NoContent() : Results.NotFound())));
        app.MapPost("/youtube/youtube/v3/commentThreads", (HttpRequest request) => simulator.Write(request.HttpContext, "commentThreads.insert", Refusal, async () =>
            JsonNode.Parse(await Simulator.Body(request))!["snippet"] is { } thread && simulator.Change(Door, thread["videoId"]!.ToString(),
                p => p with { Replies = [.. p.Replies, thread["topLevelComment"]!["snippet"]!["textOriginal"]!.ToString()] }) ? Results.Json(new { id = simulator.Next() }) : Results.NotFound()));
        app.MapGet("/youtube/youtube/v3/playlistItems", (HttpContext http) => simulator.Read(http, () => Results.Json(new { items = simulator.Of(Door, "uploads").Reverse().Select(Shown) })));
    }

    private static IResult Refusal(string mode) => mode == "rate-limit"
        ? Results.Json(new { error = new { code = 403, errors = new[] { new { domain = "youtube.quota", reason = "quotaExceeded" } } } }, statusCode: 403)
        : Results.Json(new { error = new { code = 400, errors = new[] { new { domain = "youtube.video", reason = "invalidTitle" } } } }, statusCode: 400);

    private static string Whole(JsonNode snippet) => snippet["title"] + "\n\n" + snippet["description"];

    private static object Shown(SimulatedPost post) => new
    {
        snippet = new { title = post.Text.Split("\n\n", 2)[0], description = post.Text.Split("\n\n", 2)[1] },
        contentDetails = new { videoId = post.Id, videoPublishedAt = post.At },
    };
}

/// <summary>A receiver of webhooks that keeps to the standard: what it heard already it does not take again, but says that it has it.</summary>
public sealed class WebhookDoor(ChannelSimulator simulator)
{
    private static readonly byte[]? Key = Environment.GetEnvironmentVariable("SIMULATOR_WEBHOOK_SECRET") is { Length: > 0 } secret ? Convert.FromBase64String(secret["whsec_".Length..]) : null;

    public void Map(WebApplication app) => app.MapPost("/hooks/{name}", (string name, HttpContext http) => simulator.Write(http, "hooks", mode => Refusal(http, mode), async () =>
    {
        var (body, id) = (await Simulator.Body(http.Request), http.Request.Headers["webhook-id"].ToString());
        if (Key is not null && !Simulator.IsSigned(http.Request, id, body, Key, DateTimeOffset.UtcNow))
        {
            return Results.StatusCode(401);
        }

        return Results.Json(new { id = simulator.Add("webhook", name, Encoding.UTF8.GetString(body), 0, id).Id });
    }));

    private static IResult Refusal(HttpContext http, string mode)
    {
        http.Response.Headers.RetryAfter = mode == "rate-limit" ? Simulator.RetryAfter.ToString(CultureInfo.InvariantCulture) : default;
        return Results.StatusCode(mode == "rate-limit" ? 429 : 422);
    }
}
