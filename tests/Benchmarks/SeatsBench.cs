using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform;

namespace Benchmarks;

/// <summary>1,000 registrations for 100 places at once, the whole way (door, rules, vault, durable), against a bare endpoint that inserts one row at the same counter.</summary>
public static class SeatsBench
{
    private const int People = 1000, Places = 100, Rounds = 5;
    private static readonly string Editor = Bench.Token(Roles.Editor, "scc");

    public static async Task Run(Bench bench)
    {
        var (ours, floor) = (new List<double>(), new List<double>());
        for (var round = -3; round < Rounds; round++) // the first ones until nothing is compiled any more
        {
            var bare = await Rush(bench, new(bench.Floor, $"/floor/seats/{Guid.NewGuid()}"));
            var ourselves = await Rush(bench, new(bench.Service, $"/v1/press-events/{await Open(bench)}/registrations"));
            Check(ourselves.Replies);
            if (round < 0)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {(round == -3 ? "just started" : "warming up")}: {ourselves.Seconds:F2} s, floor {bare.Seconds:F2} s"));
                await Bench.Quiet();
                continue;
            }

            ours.Add(ourselves.Seconds);
            floor.Add(bare.Seconds);
            await bench.Settle();
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"seats, {People} registrations for {Places} places at once, {Rounds} times: median {Median(ours):F2} s, worst {ours.Max():F2} s (mark: 5 s); floor {Median(floor):F2} s, worst {floor.Max():F2} s"));
    }

    private static double Median(List<double> seconds) => seconds.Order().ElementAt(seconds.Count / 2);

    private static async Task<(double Seconds, JsonNode[] Replies)> Rush(Bench bench, Uri door)
    {
        var mark = Guid.NewGuid().ToString("N");
        var watch = Stopwatch.StartNew();
        var replies = await Task.WhenAll(Enumerable.Range(0, People).Select(i => Task.Run(() => Post(bench, door, null, new
        {
            name = $"Somebody {i}",
            email = $"somebody-{i}-{mark}@example.kz",
            phone = "+7 700 000 00 00",
            language = "kk",
            category = "Public",
            consent = true,
        }))));
        return (watch.Elapsed.TotalSeconds, replies);
    }

    /// <summary>A figure of a wrong result is none.</summary>
    private static void Check(JsonNode[] replies)
    {
        var places = replies.Where(r => r["state"]!.GetValue<string>() == "Waiting").Select(r => r["place"]!.GetValue<long>()).Order();
        if (replies.Count(r => r["state"]!.GetValue<string>() == "Seated") != Places || !places.SequenceEqual(Enumerable.Range(1, People - Places).Select(n => (long)n)))
        {
            throw new InvalidOperationException($"Not exactly {Places} sit, or the places of the others are not 1 to {People - Places}.");
        }
    }

    /// <summary>A talk of an akimat, which has places of its own and so no hall to wait for.</summary>
    private static async Task<string> Open(Bench bench)
    {
        var start = DateTimeOffset.UtcNow.AddDays(30);
        var filed = await Post(bench, new(bench.Service, "/v1/press-events"), null, new
        {
            format = "KazTalks",
            body = Holders.All.First(h => h.Kato is not null).Code,
            title = new { kk = "Әңгіме", ru = "Разговор" },
            summary = new { kk = "Қысқаша", ru = "Кратко" },
            start = start.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            end = start.AddHours(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            speakers = new[] { new { name = new { kk = "Баяндамашы " + Guid.NewGuid(), ru = "Докладчик " + Guid.NewGuid() } } },
        });
        var id = filed["id"]!.ToString();
        await Post(bench, new(bench.Service, $"/v1/press-events/{id}/announce"), 1, new { });
        await Post(bench, new(bench.Service, $"/v1/press-events/{id}/open-registration"), null, new { capacity = Places });
        return id;
    }

    private static async Task<JsonNode> Post(Bench bench, Uri address, long? seen, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(JsonSerializer.Serialize(body), new MediaTypeHeaderValue("application/json")) };
        if (!address.AbsolutePath.EndsWith("/registrations", StringComparison.Ordinal))
        {
            request.Headers.Authorization = new("Bearer", Editor);
        }

        if (seen is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{seen}\"");
        }

        using var reply = await bench.Http.SendAsync(request);
        var text = await reply.Content.ReadAsStringAsync();
        return reply.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{address.AbsolutePath}: {text}");
    }
}
