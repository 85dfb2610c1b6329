using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Dev;

/// <summary>One post that stands on a simulated account, also when it came twice.</summary>
public sealed record SimulatedPost(string Door, string Account, string Id, string Text, int Pictures, DateTimeOffset At)
{
    /// <summary>Replies and comments under it.</summary>
    public IReadOnlyList<string> Replies { get; init; } = [];

    /// <summary>The picture itself, where it was fetched or given; shown by its address.</summary>
    public byte[]? Picture { get; init; }
    public string? PictureSha256 => Picture is null ? null : Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Picture));
    public int Edits { get; init; }
}

/// <summary>
/// The doors of Telegram (<c>/bot…</c>, <c>/s/…</c>), Facebook (<c>/facebook/…</c>), Instagram (<c>/instagram/…</c>), YouTube (<c>/youtube/…</c>) and
/// webhooks (<c>/hooks/…</c>) on one port, for development: takes posts, shows them, and can be slow, refuse, be away, be limited, forget,
/// answer too late, or not at all. <c>/received</c> and <c>/counts</c> tell what came; <c>POST /posts</c> puts something there that nobody here released.
/// </summary>
public sealed class ChannelSimulator
{
    private readonly ConcurrentDictionary<string, SimulatedPost> _posts = [];
    private readonly ConcurrentDictionary<string, int> _calls = [];
    private int _last;

    public Simulator Behaviour { get; } = new();

    /// <summary><c>channel-simulator</c>, with SIMULATOR_PORT and SIMULATOR_LISTEN (127.0.0.1).</summary>
    public static async Task<int> Run()
    {
        var simulator = new ChannelSimulator();
        await using var app = simulator.Behaviour.Build();
        app.MapGet("/received", simulator.All);
        app.MapGet("/counts", () => new { posts = simulator.All().GroupBy(p => p.Door).ToDictionary(g => g.Key, g => g.Count()), calls = simulator._calls });
        app.MapPost("/posts", (SimulatedPost post) => simulator.Add(post.Door, post.Account, post.Text, post.Pictures, picture: post.Picture));
        app.MapGet("/pictures/{door}/{id}", (string door, string id) => simulator.Find(door, id)?.Picture is { } picture ? Results.Bytes(picture, "image/jpeg") : Results.NotFound());
        app.MapPost("/forget", () => { simulator._posts.Clear(); simulator._calls.Clear(); });
        new TelegramDoor(simulator).Map(app);
        new GraphDoor(simulator, "facebook").Map(app);
        new GraphDoor(simulator, "instagram").Map(app);
        new YouTubeDoor(simulator).Map(app);
        new WebhookDoor(simulator).Map(app);
        await app.RunAsync();
        return 0;
    }

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<SimulatedPost> All() => [.. _posts.Values.OrderBy(p => p.At).ThenBy(p => p.Id.Length).ThenBy(p => p.Id, StringComparer.Ordinal)];

    public IEnumerable<SimulatedPost> Of(string door, string account) => All().Where(p => p.Door == door && p.Account == account);
    public SimulatedPost? Find(string door, string id) => _posts.GetValueOrDefault(door + " " + id);
    public string Next() => (1000 + Interlocked.Increment(ref _last)).ToString(CultureInfo.InvariantCulture);

    public SimulatedPost Add(string door, string account, string text, int pictures, string? id = null, byte[]? picture = null)
    {
        var post = new SimulatedPost(door, account, id ?? (door == "facebook" ? account + "_" : "") + Next(), text, pictures, DateTimeOffset.UtcNow) { Picture = picture };
        return Behaviour.Faults.Mode == "forget" ? post : _posts.GetOrAdd(door + " " + post.Id, post);
    }

    /// <summary>False when it is not there.</summary>
    public bool Change(string door, string id, Func<SimulatedPost, SimulatedPost> change)
    {
        if (Find(door, id) is not { } post)
        {
            return false;
        }

        _posts[door + " " + id] = change(post);
        return true;
    }

    public bool Remove(string door, string id) => _posts.TryRemove(door + " " + id, out _);

    /// <summary>A writing call: what stands in its way first, then what it does, then whether its answer arrives.</summary>
    public async Task<IResult> Write(HttpContext http, string call, Func<string, IResult> refusal, Func<Task<IResult>> take)
    {
        _calls.AddOrUpdate(call, 1, (_, n) => n + 1);
        await Behaviour.Before(http);
        switch (Behaviour.FaultsOf(http.Request).Mode)
        {
            case "refuse" or "rate-limit": return refusal(Behaviour.Faults.Mode);
            case "unavailable": return Results.StatusCode(503);
        }

        var answer = await take();
        await Behaviour.After(http);
        return answer;
    }

    /// <summary>A reading call: only away or not.</summary>
    public IResult Read(HttpContext http, Func<IResult> answer) => Behaviour.FaultsOf(http.Request).Mode == "unavailable" ? Results.StatusCode(503) : answer();

    /// <summary>Fields of a form, or members of a JSON body, as text.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> Fields(HttpRequest request) => request.HasFormContentType
        ? (await request.ReadFormAsync()).ToDictionary(f => f.Key, f => f.Value.ToString())
        : await Simulator.Body(request) is { Length: > 0 } body ? ((JsonObject)JsonNode.Parse(body)!).ToDictionary(m => m.Key, m => m.Value?.ToString() ?? "") : new Dictionary<string, string>();
}
