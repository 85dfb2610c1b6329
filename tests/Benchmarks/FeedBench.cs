using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform;

namespace Benchmarks;

/// <summary>
/// The public feeds of ten thousand events, filed and announced through the door: 304 to whoever has the bytes, the full feed while nothing changes beside a
/// bare endpoint that gives the same bytes from memory, and the first full feed after each change.
/// </summary>
public static class FeedBench
{
    private const int Events = 10_000, Changes = 20;
    private static readonly string[] Feeds = ["/feeds/press-events.kk.ics", "/feeds/press-events.ru.atom", "/feeds/press-events.ninjs.json"];

    public static async Task Run(Bench bench)
    {
        await Fill(bench);
        foreach (var feed in Feeds)
        {
            var (bytes, tag) = await Get(bench, bench.Service, feed);
            await Keep(bench, bytes);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{feed}: {Events} events and more, {bytes.Length / 1024.0 / 1024:F1} MiB"));
            await Load.Warm(8, () => Whole(bench, bench.Service, feed, bytes.Length), () => Whole(bench, bench.Floor, "/floor/bytes", bytes.Length));
            foreach (var clients in new[] { 4, 16 })
            {
                var same = await Load.Run(clients, bench.Seconds, () => Unchanged(bench, feed, tag));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"304, {clients} clients: {same} (mark: p50 below 2 ms)"));
                Bench.Tell($"the full feed while unchanged, {clients} clients", await Load.Pair(clients, bench.Seconds,
                    () => Whole(bench, bench.Service, feed, bytes.Length), () => Whole(bench, bench.Floor, "/floor/bytes", bytes.Length)), 0.6);
            }
        }

        await Changing(bench);
    }

    /// <summary>As many public events as it takes; a second run adds none.</summary>
    private static async Task Fill(Bench bench)
    {
        await using var count = bench.Database.CreateCommand("select count(*)::int from mt_doc_presseventview where is_open");
        var missing = Events - (int)(await count.ExecuteScalarAsync())!;
        var watch = Stopwatch.StartNew();
        await Parallel.ForAsync(0, Math.Max(0, missing), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, ct) =>
            await Post(bench, $"/v1/press-events/{await File(bench, i)}/announce", new JsonObject(), 1));
        if (missing > 0)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"filed and announced {missing} events in {watch.Elapsed.TotalSeconds:F0} s"));
        }

        await Bench.Quiet();
    }

    private static async Task<string> File(Bench bench, int i)
    {
        var start = DateTimeOffset.UtcNow.AddDays(20 + i % 300).ToString("yyyy-MM-dd'T'06:00:00Z", CultureInfo.InvariantCulture);
        return (await Post(bench, "/v1/press-events", JsonNode.Parse($$$"""
            {"format": "DoorstepBriefing", "body": "{{{bench.Holding[i % bench.Holding.Length]}}}", "start": "{{{start}}}", "end": "{{{start.Replace("T06:00", "T07:00", StringComparison.Ordinal)}}}",
             "title": {"kk": "Су тасқынына дайындық туралы брифинг № {{{i}}}", "ru": "Брифинг о подготовке к паводкам № {{{i}}}"},
             "summary": {"kk": "Баспасөз қызметі жұмыстың барысы мен келесі қадамдар туралы хабарлайды.", "ru": "Пресс-служба сообщает о ходе работ и следующих шагах."},
             "speakers": [{"name": {"kk": "Сәуле Нұр", "ru": "Сауле Нур"}, "post": {"kk": "Ресми өкіл", "ru": "Официальный представитель"}}], "channels": ["ortcom.kz", "facebook"]}
            """)!, null)).GetProperty("id").GetString()!;
    }

    /// <summary>A change through the door, and the first full feed after it: what a reader waits who comes at once.</summary>
    private static async Task Changing(Bench bench)
    {
        var id = await File(bench, 7);
        var version = (await Post(bench, $"/v1/press-events/{id}/announce", new JsonObject(), 1)).GetProperty("version").GetInt64();
        foreach (var feed in Feeds)
        {
            List<double> took = [], bare = [];
            var (bytes, before) = await Get(bench, bench.Service, feed);
            await Keep(bench, bytes);
            var used = Bench.Used();
            for (var i = 0; i < Changes; i++, version++)
            {
                await Post(bench, $"/v1/press-events/{id}/revise", new JsonObject { ["title"] = new JsonObject { ["kk"] = $"Өзгерді {feed} {i}", ["ru"] = $"Изменено {feed} {i}" } }, version);
                var watch = Stopwatch.StartNew();
                var (_, tag) = await Get(bench, bench.Service, feed);
                took.Add(watch.Elapsed.TotalMilliseconds);
                before = tag != before ? tag : throw new InvalidOperationException("The feed did not change.");
                watch.Restart();
                await Get(bench, bench.Floor, "/floor/bytes");
                bare.Add(watch.Elapsed.TotalMilliseconds);
            }

            double[] sorted = [.. took.Order()], floor = [.. bare.Order()];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{feed} after a change: median {Figures.At(sorted, 0.5):F0} ms, slowest of {Changes} {sorted[^1]:F0} ms (mark: below 150 ms; {(Bench.Used() - used).TotalMilliseconds / Changes:F0} ms of a core with the change itself); the bare endpoint {Figures.At(floor, 0.5):F0} and {floor[^1]:F0} ms"));
        }
    }

    /// <summary>From now on the floor gives these bytes.</summary>
    private static async Task Keep(Bench bench, byte[] bytes)
    {
        using var kept = await bench.Http.PutAsync(new Uri(bench.Floor, "/floor/bytes"), new ByteArrayContent(bytes));
        kept.EnsureSuccessStatusCode();
    }

    private static async Task<(byte[] Bytes, string Tag)> Get(Bench bench, Uri service, string path)
    {
        using var reply = await bench.Http.GetAsync(new Uri(service, path));
        return (await reply.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(), reply.Headers.ETag?.ToString() ?? "");
    }

    private static async Task<bool> Whole(Bench bench, Uri service, string path, int length)
    {
        using var reply = await bench.Http.GetAsync(new Uri(service, path), HttpCompletionOption.ResponseHeadersRead);
        await using var body = await reply.Content.ReadAsStreamAsync();
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(256 * 1024);
        var left = length;
        for (int read; (read = await body.ReadAsync(buffer)) > 0;)
        {
            left -= read;
        }

        System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        return reply.IsSuccessStatusCode && left == 0;
    }

    private static async Task<bool> Unchanged(Bench bench, string path, string tag)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Get, new Uri(bench.Service, path));
        ask.Headers.TryAddWithoutValidation("If-None-Match", tag);
        using var reply = await bench.Http.SendAsync(ask);
        return reply.StatusCode == System.Net.HttpStatusCode.NotModified;
    }

    private static readonly string Token = Bench.Token(Roles.Editor, Holders.CentralCommunications);

    private static async Task<JsonElement> Post(Bench bench, string path, JsonNode body, long? version)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Post, new Uri(bench.Service, path)) { Content = new StringContent(body.ToJsonString(Json.Options), new MediaTypeHeaderValue("application/json")) };
        ask.Headers.Authorization = new("Bearer", Token);
        if (version is not null)
        {
            ask.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        }

        using var reply = await bench.Http.SendAsync(ask);
        var said = await reply.Content.ReadAsStringAsync();
        return reply.IsSuccessStatusCode ? JsonSerializer.Deserialize<JsonElement>(said) : throw new InvalidOperationException($"{path}: {(int)reply.StatusCode} {said}");
    }
}
