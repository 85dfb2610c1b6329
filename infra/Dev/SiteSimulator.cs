using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dev;

/// <summary>
/// A state body's site for development: takes signed publications (Standard Webhooks), shows them, and can be slow, refuse, be away,
/// be limited, forget, or lose its answer. It takes whatever comes, also the same publication twice: that is what <c>/counts</c> shows.
/// </summary>
public static class SiteSimulator
{
    private sealed record Item(string Id, string AttemptId, string PublicationId, DateTimeOffset ReceivedAt, JsonObject Content);

    private sealed record Change(string ItemId, string What, string AttemptId, DateTimeOffset ReceivedAt, JsonNode? Content);

    private sealed class State(string file)
    {
        private readonly Lock _writing = new();

        /// <summary>Everything that was taken, also what came twice.</summary>
        public ConcurrentQueue<Item> Items { get; } = new();

        /// <summary>What was done to an item afterwards: corrected, withdrawn, notice.</summary>
        public ConcurrentQueue<Change> Changes { get; } = new();

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
        var (folder, secret) = (Simulator.Variable("SIMULATOR_FOLDER"), Simulator.Variable("Channels__Site__Secret"));
        Directory.CreateDirectory(folder);
        var (state, simulator) = (new State(Path.Combine(folder, "items.jsonl")), new Simulator());
        state.Load();
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        await using var app = simulator.Build();
        app.MapPost("/items", (HttpRequest request) => Take(request.HttpContext, state, simulator, key));
        app.MapPut("/items/{id}", (string id, HttpRequest request) => Later(request.HttpContext, state, simulator, key, id, "corrected"));
        app.MapDelete("/items/{id}", (string id, HttpRequest request) => Later(request.HttpContext, state, simulator, key, id, "withdrawn"));
        app.MapPost("/items/{id}/notices", (string id, HttpRequest request) => Later(request.HttpContext, state, simulator, key, id, "notice"));
        app.MapGet("/items", () => state.Items);
        app.MapGet("/changes", () => state.Changes);
        app.MapGet("/items/{attemptId}", (string attemptId) => simulator.Faults.Mode == "unavailable" ? Results.StatusCode(503)
            : state.Items.FirstOrDefault(i => i.AttemptId == attemptId) is { } item ? Results.Json(new { id = item.Id, item.AttemptId, item.PublicationId, item.ReceivedAt }) : Results.NotFound());
        app.MapGet("/counts", () => new
        {
            publications = state.Items.GroupBy(i => i.PublicationId).ToDictionary(g => g.Key, g => g.Count()),
            total = state.Items.Count,
        });
        app.MapGet("/", () => Results.Text(Page(state), "text/html; charset=utf-8"));
        await app.RunAsync();
        return 0;
    }

    private static async Task<IResult> Take(HttpContext http, State state, Simulator simulator, byte[] key)
    {
        var (receivedAt, body, attemptId) = (DateTimeOffset.UtcNow, await Simulator.Body(http.Request), http.Request.Headers["webhook-id"].ToString());
        if (await Turned(http, simulator, key, body, receivedAt) is { } turned)
        {
            return turned;
        }

        var content = (JsonObject)JsonNode.Parse(body)!;
        var item = new Item("site-" + Guid.CreateVersion7().ToString("N")[..12] + "-" + state.Items.Count.ToString(CultureInfo.InvariantCulture), attemptId,
            content["data"]!["publicationId"]!.ToString(), receivedAt, content);
        if (simulator.Faults.Mode != "forget")
        {
            state.Add(item);
        }

        await simulator.After(http);
        return Results.Json(new { id = item.Id }, statusCode: 201);
    }

    /// <summary>Something is done to what stands there.</summary>
    private static async Task<IResult> Later(HttpContext http, State state, Simulator simulator, byte[] key, string id, string what)
    {
        var (receivedAt, body, attemptId) = (DateTimeOffset.UtcNow, await Simulator.Body(http.Request), http.Request.Headers["webhook-id"].ToString());
        if (await Turned(http, simulator, key, body, receivedAt) is { } turned)
        {
            return turned;
        }

        if (state.Items.All(i => i.Id != id))
        {
            return Results.NotFound();
        }

        state.Changes.Enqueue(new(id, what, attemptId, receivedAt, body.Length == 0 ? null : JsonNode.Parse(body)));
        await simulator.After(http);
        return Results.Json(new { id = $"{id}-{what}-{state.Changes.Count}" });
    }

    /// <summary>Why it is not taken; null: it is.</summary>
    private static async Task<IResult?> Turned(HttpContext http, Simulator simulator, byte[] key, byte[] body, DateTimeOffset now)
    {
        if (!Simulator.IsSigned(http.Request, http.Request.Headers["webhook-id"].ToString(), body, key, now))
        {
            return Results.StatusCode(401);
        }

        await simulator.Before(http);
        switch (simulator.Faults.Mode)
        {
            case "refuse": return Results.Json(new { error = "refused" }, statusCode: 422);
            case "unavailable": return Results.StatusCode(503);
            case "rate-limit":
                http.Response.Headers.RetryAfter = Simulator.RetryAfter.ToString(CultureInfo.InvariantCulture);
                return Results.StatusCode(429);
            default: return null;
        }
    }

    private static string Page(State state)
    {
        var html = new StringBuilder("<!doctype html><html lang=\"kk\"><meta charset=\"utf-8\"><title>Сайт</title><style>body{font:16px sans-serif;max-width:60em;margin:2em auto}"
            + "article{display:grid;grid-template-columns:1fr 1fr;gap:2em;border-top:1px solid #ccc;padding:1em 0}p{white-space:pre-line}small{grid-column:1/3;color:#666}</style><h1>Жарияланымдар · Публикации</h1>");
        foreach (var item in state.Items.OrderByDescending(i => i.ReceivedAt).Take(200))
        {
            var later = state.Changes.Where(c => c.ItemId == item.Id).ToList();
            if (later.Any(c => c.What == "withdrawn"))
            {
                continue;
            }

            var data = (later.LastOrDefault(c => c.What == "corrected")?.Content ?? item.Content)["data"]!;
            html.Append("<article>");
            foreach (var language in new[] { "kk", "ru" })
            {
                html.Append(CultureInfo.InvariantCulture, $"<div lang=\"{language}\"><h2>{Text(data["title"]![language])}</h2><p>{Text(data["text"]![language])}</p></div>");
            }

            foreach (var notice in later.Where(c => c.What == "notice"))
            {
                html.Append(CultureInfo.InvariantCulture, $"<p>{Text(notice.Content?["data"]?["text"]?["kk"])}</p><p>{Text(notice.Content?["data"]?["text"]?["ru"])}</p>");
            }

            html.Append(CultureInfo.InvariantCulture, $"<small>{Text(data["body"])} · {Text(data["kind"])} · {item.ReceivedAt:u}</small></article>");
        }

        return html.ToString();
    }

    private static string Text(JsonNode? node) => WebUtility.HtmlEncode(node?.ToString() ?? "");
}
