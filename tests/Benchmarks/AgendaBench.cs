using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Platform;

namespace Benchmarks;

/// <summary>
/// The calendar's month view with 20,000 items, drafted through the door: all bodies' together with collisions and gaps, as of an instant, and one body's; beside a bare
/// endpoint that gives the same month's rows from one query.
/// </summary>
public static class AgendaBench
{
    private const int Items = 20_000, Alone = 20;
    private static readonly DateTimeOffset Month = new(DateTime.UtcNow.Year + 1, 3, 1, 0, 0, 0, TimeSpan.FromHours(5));
    private static readonly string Auditor = Bench.Token(Roles.Auditor, Holders.CentralCommunications);

    public static async Task Run(Bench bench)
    {
        await Fill(bench);
        var (path, body) = ($"/v1/calendar?from={Month:yyyy-MM-dd}&view=month", bench.Holding[0]);
        var then = Uri.EscapeDataString(DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture));
        var floor = $"/floor/agenda?from={Uri.EscapeDataString(Month.ToString("O", CultureInfo.InvariantCulture))}&to={Uri.EscapeDataString(Month.AddMonths(1).ToString("O", CultureInfo.InvariantCulture))}";
        var (bytes, bare) = (await Get(bench, bench.Service, path), await Get(bench, bench.Floor, floor));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a month of {Check(bytes)} items: {bytes.Length / 1024.0 / 1024:F1} MiB, the bare rows {bare.Length / 1024.0 / 1024:F1} MiB"));
        await Load.Warm(1, () => Whole(bench, bench.Service, path), () => Whole(bench, bench.Floor, floor));
        foreach (var (what, asked) in new[] { ("now", path), ("as of an instant", path + "&asOf=" + then) })
        {
            var (ours, theirs) = await Load.Pair(1, bench.Seconds, () => Whole(bench, bench.Service, asked), () => Whole(bench, bench.Floor, floor));
            var used = Bench.Used();
            for (var i = 0; i < Alone; i++)
            {
                await Whole(bench, bench.Service, asked);
            }

            var core = (Bench.Used() - used).TotalMilliseconds / Alone;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"all bodies' month {what}, one client (mark: p50 below 50 ms)\n  ours   {ours}, {core:F0} ms of the service's core each\n  floor  {theirs}"));
        }

        Console.WriteLine($"one body's month, one client: {await Load.Run(1, bench.Seconds, () => Whole(bench, bench.Service, path + "&body=" + body))}");
    }

    /// <summary>As many items in the month as it takes, and a rule for each body's site; a second run adds none.</summary>
    private static async Task Fill(Bench bench)
    {
        await using var count = bench.Database.CreateCommand("select count(*)::int from calendar_items where valid_to = 'infinity' and at >= $1 and at < $2");
        count.Parameters.Add(new() { Value = Month.ToUniversalTime() });
        count.Parameters.Add(new() { Value = Month.AddMonths(1).ToUniversalTime() });
        var missing = Items - (int)(await count.ExecuteScalarAsync())!;
        var watch = Stopwatch.StartNew();
        await Parallel.ForAsync(0, Math.Max(0, missing), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            var body = bench.Holding[i % bench.Holding.Length];
            await Desk.Post(bench, body, Roles.Editor, "/v1/publications", Desk.Draft(i, Month.AddMinutes(2 * i % (31 * 24 * 60))), null);
        });
        foreach (var body in bench.Holding)
        {
            await Desk.Post(bench, body, Roles.Editor, "/v1/cadences", new { channel = "site", everyHours = 12, perDay = 10, minutesBetween = 20 }, null);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"drafted {Math.Max(0, missing)} items in {watch.Elapsed.TotalSeconds:F0} s"));
        await using var analyze = bench.Database.CreateCommand("vacuum analyze calendar_items");
        await analyze.ExecuteNonQueryAsync();
        await Bench.Quiet();
    }

    /// <summary>A figure of a wrong result is none.</summary>
    private static int Check(byte[] month)
    {
        using var json = JsonDocument.Parse(month);
        var days = json.RootElement.GetProperty("days").EnumerateArray().ToList();
        var items = days.Sum(d => d.GetProperty("items").GetArrayLength());
        return days.Count == 31 && items >= Items ? items : throw new InvalidOperationException($"{items} items on {days.Count} days.");
    }

    private static HttpRequestMessage Ask(Uri service, string path)
    {
        var ask = new HttpRequestMessage(HttpMethod.Get, new Uri(service, path));
        ask.Headers.Authorization = new("Bearer", Auditor);
        return ask;
    }

    private static async Task<byte[]> Get(Bench bench, Uri service, string path)
    {
        using var reply = await bench.Http.SendAsync(Ask(service, path));
        return await reply.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
    }

    private static async Task<bool> Whole(Bench bench, Uri service, string path)
    {
        using var reply = await bench.Http.SendAsync(Ask(service, path), HttpCompletionOption.ResponseHeadersRead);
        await using var body = await reply.Content.ReadAsStreamAsync();
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(256 * 1024);
        long all = 0;
        for (int read; (read = await body.ReadAsync(buffer)) > 0;)
        {
            all += read;
        }

        System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        return reply.IsSuccessStatusCode && all > 0;
    }
}

/// <summary>Those who write and let out publications, at the doors.</summary>
public static class Desk
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<(string, string), string> Tokens = new();

    public static object Draft(int i, DateTimeOffset wantedAt) => new
    {
        kind = "News",
        title = new { kk = $"Су тасқынына дайындық туралы баспасөз хабарламасы № {i}", ru = $"Пресс-релиз о подготовке к паводкам № {i}" },
        text = new { kk = "Баспасөз қызметі жұмыстың барысы мен келесі қадамдар туралы хабарлайды.", ru = "Пресс-служба сообщает о ходе работ и следующих шагах." },
        wantedAt,
    };

    /// <summary>The whole way of a publication until it is armed; gives its id.</summary>
    public static async Task<Guid> Arm(Bench bench, string body, int i, DateTimeOffset due)
    {
        var draft = await Post(bench, body, Roles.Editor, "/v1/publications", Draft(i, due), null);
        var path = "/v1/publications/" + draft.GetProperty("id").GetString();
        var seen = await Post(bench, body, Roles.Editor, path + "/submit", new { }, 1);
        foreach (var language in new[] { "kk", "ru" })
        {
            seen = await Post(bench, body, Roles.Approver, path + "/approve", new { language, contentHash = draft.GetProperty("contentHash").GetProperty(language).GetString() }, seen.GetProperty("version").GetInt64());
        }

        await Post(bench, body, Roles.Editor, path + "/schedule", new { }, seen.GetProperty("version").GetInt64());
        return draft.GetProperty("id").GetGuid();
    }

    public static async Task<JsonElement> Post(Bench bench, string body, string role, string path, object ask, long? version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(bench.Service, path)) { Content = new StringContent(JsonSerializer.Serialize(ask, Json.Options), new MediaTypeHeaderValue("application/json")) };
        request.Headers.Authorization = new("Bearer", Tokens.GetOrAdd((role, body), who => Dev(who.Item1, who.Item2)));
        if (version is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        }

        using var reply = await bench.Http.SendAsync(request);
        var said = await reply.Content.ReadAsStringAsync();
        return reply.IsSuccessStatusCode ? JsonSerializer.Deserialize<JsonElement>(said) : throw new InvalidOperationException($"{path}: {(int)reply.StatusCode} {said}");
    }

    // the author never approves: another role is another person
    private static string Dev(string role, string body) => Bench.Token(role, body, role);
}
