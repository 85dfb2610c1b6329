extern alias dev;

using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using dev::Dev;
using Inquiries;
using JasperFx.Events.Daemon;
using Marten;
using MassTransit;
using Platform;

namespace Benchmarks;

/// <summary>
/// A change of the working calendar that moves every one of many open requests: seconds from the order to the last fact, and what a reader
/// at the door feels meanwhile. The requests go straight into the store, by the service's own store settings.
/// </summary>
public sealed class CalendarChange(Uri service, string store, string broker, string secrets) : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2027, 6, 1, 12, 0, 0, TimeSpan.FromHours(5));
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { Timeout = TimeSpan.FromMinutes(5) };

    public static async Task Run(Bench bench)
    {
        var requests = int.Parse(Environment.GetEnvironmentVariable("BENCH_REQUESTS") ?? "100000", CultureInfo.InvariantCulture);
        using var change = new CalendarChange(bench.Service, Bench.Env("ConnectionStrings__Store"), Bench.Env("ConnectionStrings__Broker"), Bench.Env("Platform__SecretsFolder"));
        await change.Run(requests, bench.Holding);
    }

    public void Dispose() => _http.Dispose();

    private async Task Run(int requests, string[] holders)
    {
        var watch = Stopwatch.StartNew();
        var there = await Fill(requests, holders);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"calendar: {requests} open requests in the store after {watch.Elapsed.TotalSeconds:F0} s"));
        var quiet = await Load.Run(2, TimeSpan.FromSeconds(5), () => Read(there));

        var day = "2027-06-16";
        var preview = await Timed("preview", () => Post("/v1/calendar/changes/preview", day, null));
        Console.WriteLine($"  {preview.Json["ru"]}");
        watch.Restart();
        var id = (await Timed("change", () => Post("/v1/calendar/changes", day, preview.Json["version"]!.ToString()))).Json["id"]!.ToString();
        using var ended = new CancellationTokenSource();
        var reading = ReadUntil(there, ended.Token);
        JsonNode progress;
        do
        {
            await Task.Delay(100);
            progress = (await Get($"/v1/calendar/changes/{id}"))!;
        }
        while (progress["state"]!.ToString() != "done" && watch.Elapsed < TimeSpan.FromMinutes(10));
        var took = watch.Elapsed;
        await ended.CancelAsync();
        var meanwhile = await reading;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"a calendar change that moves {progress["recalculated"]} of {requests} open requests: {took.TotalSeconds:F1} s ({requests / took.TotalSeconds:F0}/s)\n  reads meanwhile, 2 clients  {meanwhile}\n  reads before                {quiet}"));
    }

    /// <summary>Received at one noon, so that they all end on the day that is taken away.</summary>
    private async Task<IReadOnlyList<(Guid Id, string Holder)>> Fill(int requests, string[] holders)
    {
        using var host = StoreHost();
        var documents = host.Services.GetRequiredService<IDocumentStore>();
        var d = Deadlines.Compute("reply", Registration.AlmatyDate(Noon), Registration.AlmatyDate(Noon), WorkingCalendar.Embedded);
        List<(Guid, string)> there = [];
        foreach (var page in Enumerable.Range(1, requests).Chunk(1000))
        {
            await using var session = documents.LightweightSession();
            foreach (var n in page)
            {
                var (id, holder) = (Guid.CreateVersion7(), holders[n % holders.Length]);
                there.Add((id, holder));
                session.Events.StartStream<Inquiry>(id, new InquiryReceived(id, Guid.CreateVersion7(), holder, "ru", "electronic", "egov", "individual", [], 0, Noon),
                    new InquiryRegistered(id, $"{holder}-2098-{n:D6}", Noon, d.Due.ToDateOnly(), d.SafeDue.ToDateOnly(), d.Edition, d.CalendarVersion, Noon));
            }

            await session.SaveChangesAsync();
        }

        return there;
    }

    private IHost StoreHost()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.UsingRabbitMq((_, rabbit) => rabbit.Host(new Uri(broker)));
        });
        builder.Services.AddStore(store, DaemonMode.Disabled, new Leaving(), InquiryStore.Register);
        return builder.Build(); // never started: it only writes
    }

    private async Task<Figures> ReadUntil(IReadOnlyList<(Guid, string)> there, CancellationToken ended)
    {
        var watch = Stopwatch.StartNew();
        List<double> took = [];
        var failed = 0;
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            while (!ended.IsCancellationRequested)
            {
                var start = Stopwatch.GetTimestamp();
                var fine = await Read(there);
                lock (took)
                {
                    took.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                    failed += fine ? 0 : 1;
                }
            }
        }, CancellationToken.None)));
        return Figures.Of(took, watch.Elapsed, failed);
    }

    private async Task<bool> Read(IReadOnlyList<(Guid Id, string Holder)> there)
    {
        var (id, holder) = there[Random.Shared.Next(there.Count)];
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(service, $"/v1/inquiries/{id}"));
        request.Headers.Authorization = new("Bearer", Officer(holder));
        using var reply = await _http.SendAsync(request);
        return reply.IsSuccessStatusCode && (await reply.Content.ReadAsByteArrayAsync()).Length > 100;
    }

    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, string> _tokens = new();

    private string Officer(string holder) => _tokens.GetOrAdd(holder, h => Token.Make(secrets, ["officer"], h, "benchmark", 7200));

    private async Task<JsonNode?> Get(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(service, path));
        request.Headers.Authorization = new("Bearer", Token.Make(secrets, ["admin"], null, "benchmark", 7200));
        using var reply = await _http.SendAsync(request);
        return JsonNode.Parse(await reply.Content.ReadAsStringAsync());
    }

    private async Task<JsonNode> Post(string path, string day, string? version)
    {
        const string Change = """{"order": {"number": "1", "date": "2026-11-20", "issuer": "benchmark"}, "days": [{"date": "DAY", "kind": "holiday", "name": {"kk": "Сынақ", "ru": "Проба"}}]}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(service, path))
        { Content = new StringContent(Change.Replace("DAY", day, StringComparison.Ordinal), new MediaTypeHeaderValue("application/json")) };
        request.Headers.Authorization = new("Bearer", Token.Make(secrets, ["admin"], null, "benchmark", 7200));
        if (version is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        }

        using var reply = await _http.SendAsync(request);
        return reply.IsSuccessStatusCode ? JsonNode.Parse(await reply.Content.ReadAsStringAsync())! : throw new InvalidOperationException(await reply.Content.ReadAsStringAsync());
    }

    private static async Task<(JsonNode Json, TimeSpan Took)> Timed(string what, Func<Task<JsonNode>> call)
    {
        var watch = Stopwatch.StartNew();
        var json = await call();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what}: {watch.Elapsed.TotalSeconds:F2} s"));
        return (json, watch.Elapsed);
    }
}
