using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;

namespace Dev;

/// <summary>
/// A state body's site for development: takes signed publications (Standard Webhooks), shows them, and can be slow, refuse, be away,
/// or lose its answer. It takes whatever comes, also the same publication twice: that is what <c>/counts</c> shows.
/// </summary>
public static class SiteSimulator
{
    private sealed record Item(string Id, string AttemptId, string PublicationId, DateTimeOffset ReceivedAt, JsonObject Content);

    private sealed record Faults(string Mode, int Ms)
    {
        public static readonly string[] Modes = ["none", "slow", "refuse", "unavailable", "timeout-after-accept", "lose-answer"];
    }

    private sealed class State(string file)
    {
        private readonly Lock _writing = new();

        /// <summary>Everything that was taken, also what came twice.</summary>
        public ConcurrentQueue<Item> Items { get; } = new();
        public Faults Faults { get; set; } = new("none", 0);

        public void Load()
        {
            foreach (var line in File.Exists(file) ? File.ReadLines(file) : [])
            {
                Items.Enqueue(JsonSerializer.Deserialize<Item>(line)!);
            }
        }

        public void Add(Item item)
        {
            Items.Enqueue(item);
            lock (_writing)
            {
                File.AppendAllText(file, JsonSerializer.Serialize(item) + "\n");
            }
        }
    }

    /// <summary><c>site-simulator</c>, with SIMULATOR_PORT, SIMULATOR_FOLDER, Channels__Site__Secret and SIMULATOR_LISTEN (127.0.0.1).</summary>
    public static async Task<int> Run()
    {
        var (port, folder, secret) = (Variable("SIMULATOR_PORT"), Variable("SIMULATOR_FOLDER"), Variable("Channels__Site__Secret"));
        Directory.CreateDirectory(folder);
        var state = new State(Path.Combine(folder, "items.jsonl"));
        state.Load();
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Parse(Environment.GetEnvironmentVariable("SIMULATOR_LISTEN") ?? "127.0.0.1"), int.Parse(port, CultureInfo.InvariantCulture)));
        await using var app = builder.Build();
        app.MapPost("/items", (HttpRequest request) => Take(request.HttpContext, state, key));
        app.MapGet("/items", () => state.Items);
        app.MapGet("/items/{attemptId}", (string attemptId) => state.Faults.Mode == "unavailable" ? Results.StatusCode(503)
            : state.Items.FirstOrDefault(i => i.AttemptId == attemptId) is { } item ? Results.Json(new { id = item.Id, item.AttemptId, item.PublicationId, item.ReceivedAt }) : Results.NotFound());
        app.MapGet("/counts", () => new
        {
            publications = state.Items.GroupBy(i => i.PublicationId).ToDictionary(g => g.Key, g => g.Count()),
            total = state.Items.Count,
        });
        app.MapGet("/faults", () => state.Faults);
        app.MapPost("/faults", (Faults faults) => Faults.Modes.Contains(faults.Mode) ? Results.Json(state.Faults = faults)
            : Results.BadRequest(new { modes = Faults.Modes }));
        app.MapGet("/", () => Results.Text(Page(state), "text/html; charset=utf-8"));
        app.MapGet("/health/ready", () => new { state = "ok" });
        await app.RunAsync();
        return 0;
    }

    private static async Task<IResult> Take(HttpContext http, State state, byte[] key)
    {
        var receivedAt = DateTimeOffset.UtcNow;
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var attemptId = http.Request.Headers["webhook-id"].ToString();
        if (!Signed(http.Request, attemptId, body.ToArray(), key, receivedAt))
        {
            return Results.StatusCode(401);
        }

        var faults = state.Faults;
        switch (faults.Mode)
        {
            case "slow": await Task.Delay(faults.Ms); break; // goes on and takes it, also when the caller has left
            case "refuse": return Results.Json(new { error = "refused" }, statusCode: 422);
            case "unavailable": return Results.StatusCode(503);
        }

        var content = (JsonObject)JsonNode.Parse(body.ToArray())!;
        var item = new Item("site-" + Guid.CreateVersion7().ToString("N")[..12] + "-" + state.Items.Count.ToString(CultureInfo.InvariantCulture), attemptId,
            content["data"]!["publicationId"]!.ToString(), receivedAt, content);
        state.Add(item);
        if (faults.Mode == "timeout-after-accept")
        {
            await Task.Delay(faults.Ms == 0 ? 60_000 : faults.Ms, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        if (faults.Mode == "lose-answer")
        {
            http.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>().Abort();
        }

        return Results.Json(new { id = item.Id }, statusCode: 201);
    }

    /// <summary>Standard Webhooks: any of the signatures fits, and the timestamp is of these five minutes.</summary>
    private static bool Signed(HttpRequest request, string id, byte[] body, byte[] key, DateTimeOffset now)
    {
        var timestamp = request.Headers["webhook-timestamp"].ToString();
        if (id.Length == 0 || !long.TryParse(timestamp, CultureInfo.InvariantCulture, out var seconds) || Math.Abs(now.ToUnixTimeSeconds() - seconds) > 300)
        {
            return false;
        }

        var expected = HMACSHA256.HashData(key, (byte[])[.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body]);
        return request.Headers["webhook-signature"].ToString().Split(' ').Where(s => s.StartsWith("v1,", StringComparison.Ordinal)).Any(s =>
            Convert.TryFromBase64String(s[3..], new byte[64], out _) && CryptographicOperations.FixedTimeEquals(Convert.FromBase64String(s[3..]), expected));
    }

    private static string Page(State state)
    {
        var html = new StringBuilder("<!doctype html><html lang=\"kk\"><meta charset=\"utf-8\"><title>Сайт</title><style>body{font:16px sans-serif;max-width:60em;margin:2em auto}"
            + "article{display:grid;grid-template-columns:1fr 1fr;gap:2em;border-top:1px solid #ccc;padding:1em 0}p{white-space:pre-line}small{grid-column:1/3;color:#666}</style><h1>Жарияланымдар · Публикации</h1>");
        foreach (var item in state.Items.OrderByDescending(i => i.ReceivedAt).Take(200))
        {
            var data = item.Content["data"]!;
            html.Append("<article>");
            foreach (var language in new[] { "kk", "ru" })
            {
                html.Append(CultureInfo.InvariantCulture, $"<div lang=\"{language}\"><h2>{Text(data["title"]![language])}</h2><p>{Text(data["text"]![language])}</p></div>");
            }

            html.Append(CultureInfo.InvariantCulture, $"<small>{Text(data["body"])} · {Text(data["kind"])} · {item.ReceivedAt:u}</small></article>");
        }

        return html.ToString();
    }

    private static string Text(JsonNode? node) => WebUtility.HtmlEncode(node?.ToString() ?? "");

    private static string Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value
        : throw new InvalidOperationException($"{name} is not set.");
}
