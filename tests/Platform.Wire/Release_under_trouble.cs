namespace Platform.Wire;

/// <summary>A site that loses answers or is away, and a replica that dies with items in its hands: never early, never twice.</summary>
[Collection(House.Collection)]
public sealed class Release_under_trouble(House house, ITestOutputHelper output) : IAsyncLifetime
{
    private const string Body = "min-transport";

    public async ValueTask InitializeAsync()
    {
        await House.Up(house.Publications);
        await house.SiteBehaves("none");
    }

    public async ValueTask DisposeAsync()
    {
        await house.SiteBehaves("none");
        await house.SecondPublications.DisposeAsync();
        await House.Up(house.Publications);
    }

    [Theory]
    [InlineData("timeout-after-accept", 4500, "timeout")]
    [InlineData("lose-answer", 0, "answer-lost")]
    // it takes the publication only after we left, and after we asked for it the first time
    [InlineData("slow", 4600, "timeout")]
    public async Task A_lost_answer_is_read_back_and_never_sent_again(string mode, int ms, string reason)
    {
        await house.SiteBehaves(mode, ms);
        var id = await house.Soon(Body);

        var unknown = await Eventually.Get("its outcome is unknown", async () => await house.Deliveries(id, Body), ledger => ledger is [{ State: "OutcomeUnknown" or "Accepted" }], 10);
        if (unknown[0].State == "OutcomeUnknown" && unknown[0].ReadBacks == 0)
        {
            Assert.Equal(reason, unknown[0].Reason);
            (await house.Publishing(Roles.Editor, Body).Post($"/v1/publications/{id}/cancel", new { }, (await house.Publication(id, Body)).Version)).Is(409, "outcome-unknown");
        }

        await house.Becomes(id, Body, "Released");
        var (line, taken) = (Assert.Single(await house.Deliveries(id, Body)), Assert.Single(await house.AtSite(id)));
        Assert.Equal(("Accepted", "read-back", taken.Id, taken.AttemptId), (line.State, line.KnownFrom, line.ExternalId, line.AttemptId));
        output.WriteLine($"{mode}: {line.ReadBacks} read-backs, known {(line.EndedAt!.Value - line.StartedAt).TotalSeconds:F1} s after the attempt");
    }

    [Fact]
    public async Task A_site_that_is_away_gets_it_once_when_it_is_back_and_one_that_refuses_never()
    {
        await house.SiteBehaves("unavailable");
        var id = await house.Soon(Body);
        await Eventually.Get("a second attempt", async () => await house.Deliveries(id, Body), ledger => ledger.Count >= 2, 10);
        await house.SiteBehaves("none");
        await house.Becomes(id, Body, "Released");
        Assert.Single(await house.AtSite(id));
        var ledger = await house.Deliveries(id, Body);
        Assert.All(ledger.SkipLast(1), line => Assert.Equal(("Rejected", "unavailable"), (line.State, line.Reason)));

        await house.SiteBehaves("refuse");
        var refused = await house.Soon(Body);
        var missed = await house.Becomes(refused, Body, "Missed");
        Assert.Equal("refused", missed.Text("missReason"));
        Assert.Empty(await house.AtSite(refused));
        await Eventually.So("its miss is heard", () => house.Wire.Heard.About(refused).Any(m => m.Message is Contracts.Publications.PublicationMissed));
    }

    [Fact]
    public async Task Sixty_items_of_two_replicas_go_out_once_each_though_one_is_killed_in_the_middle()
    {
        const int items = 60;
        await House.Up(house.SecondPublications);
        var first = DateTimeOffset.UtcNow.AddSeconds(8);
        Dictionary<Guid, DateTimeOffset> due = [];
        await Parallel.ForEachAsync(Enumerable.Range(0, items), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            var at = first.AddSeconds(2.0 * i / items);
            var id = await house.Scheduled(Body, at, i % 2 == 0 ? house.Publications : house.SecondPublications);
            lock (due)
            {
                due.Add(id, at);
            }
        });
        // calls take a while, so that the one that dies has some in its hands
        await house.SiteBehaves("slow", 400);

        await Eventually.So("a third is out", async () => (await house.AtSite()).Count(i => due.ContainsKey(i.PublicationId)) >= items / 3, 20);
        await house.Publications.Kill();
        await House.Up(house.Publications);
        await Eventually.Get("every item has come to an end", async () => await Open(), open => open == 0, 40);

        var taken = (await house.AtSite()).Where(i => due.ContainsKey(i.PublicationId)).ToList();
        var ledgers = await Task.WhenAll(due.Keys.Select(id => house.Deliveries(id, Body)));
        output.WriteLine($"{taken.Count} of {items} at the site, {ledgers.Count(l => l.Any(a => a.KnownFrom == "read-back"))} of them known by read-back, latest {taken.Max(t => t.ReceivedAt - due[t.PublicationId]).TotalSeconds:F1} s after its time");
        Assert.DoesNotContain(taken.GroupBy(t => t.PublicationId), copies => copies.Count() > 1);
        Assert.DoesNotContain(taken, t => t.ReceivedAt < due[t.PublicationId]);
        Assert.Equal(due.Keys.Order(), taken.Select(t => t.PublicationId).Order());
        Assert.All(ledgers, ledger => Assert.Single(ledger, a => a.State == "Accepted"));

        async Task<int> Open() => (await Task.WhenAll(due.Keys.Select(id => house.Publication(id, Body)))).Count(p => p.Is(200).Text("state") != "Released");
    }
}
