using System.Diagnostics;

namespace Platform.Wire;

/// <summary>The event store is the outbox: what was stored is told, however long the broker or the relay was away.</summary>
public sealed class Broker_away(Ground.Wire wire, ITestOutputHelper output)
{
    private const string Body = "akimat-59";

    [Fact]
    public async Task Twenty_seconds_without_a_broker_lose_nothing_and_keep_the_order_of_each_request()
    {
        Assert.SkipWhen(wire.Servers.BrokerStays is not null, wire.Servers.BrokerStays ?? "");
        var officer = wire.Officer(Body);
        List<Guid> requests = [];
        var heardBefore = wire.Heard.All.Count;

        await wire.Servers.StopBroker();
        var away = Stopwatch.StartNew();
        // doors stay open, at the pace at which forms come in
        using (var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(200)))
        {
            while (away.Elapsed.TotalSeconds < 20 && await pace.WaitForNextTickAsync())
            {
                var request = await wire.Receive(Body);
                (await officer.Post($"/v1/inquiries/{request.Id}/assign", new { unit = "Отдел" }, 2)).Is(200);
                (await officer.Post($"/v1/inquiries/{request.Id}/answer", new { text = "Ответ" }, 3)).Is(200);
                requests.Add(request.Id);
            }
        }

        Assert.Equal("degraded", (await wire.Anybody().Get("/health/status")).Text("state"));
        (await wire.Anybody().Get("/health/ready")).Is(200);
        await wire.Servers.StartBroker();
        var back = Stopwatch.StartNew();
        await HeardAll(requests, [2, 3, 4], 60);

        output.WriteLine($"{requests.Count} requests in {away.Elapsed.TotalSeconds:F0} s without a broker; all {3 * requests.Count} messages heard {back.Elapsed.TotalSeconds:F1} s after it was back, "
            + $"{wire.Heard.All.Count - heardBefore - (3 * requests.Count)} of them twice");
    }

    [Fact]
    public async Task A_service_killed_between_commit_and_publish_publishes_when_it_is_back()
    {
        Assert.SkipWhen(wire.Servers.BrokerStays is not null, wire.Servers.BrokerStays ?? "");
        await wire.Servers.StopBroker();
        var requests = (await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => wire.Receive(Body)))).Select(r => r.Id).ToList();

        await wire.Inquiries.Kill();
        await wire.Servers.StartBroker();
        await wire.Inquiries.Start();
        await wire.Inquiries.Ready();

        await HeardAll(requests, [2], 60);
        await Eventually.So("the platform is whole again", async () => (await wire.Anybody().Get("/health/status")).Text("state") == "ok", 30);
    }

    [Fact]
    public async Task A_relay_that_lost_its_place_stops_and_is_started_again()
    {
        // as after two processes ran it at once
        await Sql.One<long>(wire.Servers.Database("inquiries"), "update mt_event_progression set last_seq_id = last_seq_id - 1 where name = 'relay:All' returning last_seq_id");
        var first = await wire.Receive(Body);
        await Eventually.So("the relay has stopped", async () => (await wire.Anybody().Get("/health/live")).Status == 503, 10);
        var clock = Stopwatch.StartNew();

        await HeardAll([first.Id, (await wire.Receive(Body)).Id], [2], 30);

        output.WriteLine($"started again after {clock.Elapsed.TotalSeconds:F1} s");
        (await wire.Anybody().Get("/health/live")).Is(200);
    }

    private async Task HeardAll(IReadOnlyList<Guid> requests, long[] versions, double seconds)
    {
        await Eventually.Get("every message is heard", () => Task.FromResult(requests.Sum(r => versions.Except(wire.Heard.About(r).Select(m => m.Version)).Count())), missing => missing == 0, seconds);
        foreach (var request in requests)
        {
            // the same message may come twice, with the same id; what it leads to comes once and in order
            Assert.Equal(versions, wire.Heard.About(request).DistinctBy(m => m.MessageId).Select(m => m.Version));
        }
    }
}
