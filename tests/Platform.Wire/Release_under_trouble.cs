extern alias publications;
using publications::Publications;

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
    public async Task One_whose_view_cannot_be_read_keeps_back_nothing_but_itself()
    {
        var (store, due) = (house.Wire.Servers.Database("publications"), DateTimeOffset.UtcNow.AddSeconds(5));
        var torn = await Armed(due);
        Assert.Equal(1, await Sql.Run(store, $"update mt_doc_publicationview set data = jsonb_set(data, '{{now,content,channels}}', 'null') where id = '{torn}'"));
        var whole = await Armed(due.AddMilliseconds(1));

        await house.Becomes(whole, Body, "Released");
        Assert.Equal("Scheduled", await Sql.One<string>(store, $"select state from mt_doc_publicationview where id = '{torn}'"));
        Assert.Empty(await house.AtSite(torn));

        await Sql.Run(store, $"update mt_doc_publicationview set data = jsonb_set(data, '{{now,content,channels}}', '[\"site\"]') where id = '{torn}'");
        await house.Becomes(torn, Body, "Released");
        Assert.Single(await house.AtSite(torn));

        async Task<Guid> Armed(DateTimeOffset at)
        {
            var draft = (await house.Publishing(Roles.Editor, Body).Post("/v1/publications", new { kind = "News", title = new { kk = "Жаңалық", ru = "Новость" }, text = new { kk = "Мәтін", ru = "Текст" }, wantedAt = at })).Is(201);
            (await house.Arm(Body, draft)).Is(200);
            return draft.Json.GetProperty("id").GetGuid();
        }
    }

    [Fact]
    public async Task A_thousand_due_items_of_two_replicas_go_out_once_each_though_both_are_killed_over_and_over()
    {
        const int items = 1000;
        await House.Up(house.SecondPublications);
        var first = DateTimeOffset.UtcNow.AddSeconds(15);
        var due = await Due(Enumerable.Range(0, items).Select(i => first.AddSeconds(20.0 * i / items)).ToList());
        await house.SiteBehaves("slow", 150); // so that whoever dies has calls under way
        var chance = new Random(20261201);
        output.WriteLine($"seed 20261201, first due {first:O}");
        ServiceProcess[] replicas = [house.Publications, house.SecondPublications];
        await Task.Delay(first - DateTimeOffset.UtcNow);
        for (var killed = 0; killed < 5; killed++)
        {
            await Task.Delay(chance.Next(300, 2500));
            var victim = replicas[chance.Next(replicas.Length)];
            await victim.Kill();
            await House.Up(victim);
        }

        var open = await Eventually.Get("every item has come to an end", () => Open(due.Keys), left => left.Count == 0, 120);

        var taken = (await house.AtSite()).Where(i => due.ContainsKey(i.PublicationId)).ToList();
        output.WriteLine($"{taken.Count} of {items} at the site, latest {taken.Max(t => t.ReceivedAt - due[t.PublicationId]).TotalSeconds:F1} s after its time");
        Assert.DoesNotContain(taken.GroupBy(t => t.PublicationId), copies => copies.Count() > 1);
        Assert.DoesNotContain(taken, t => t.ReceivedAt < due[t.PublicationId]);
        Assert.Equal(due.Keys.Order(), taken.Select(t => t.PublicationId).Order());
        Assert.Empty(open);
    }

    /// <summary>Approved and armed publications by their facts, which the doors would take a minute to make.</summary>
    private async Task<Dictionary<Guid, DateTimeOffset>> Due(IReadOnlyList<DateTimeOffset> times)
    {
        await using var provider = InProcess.Publications(house.Wire.Servers.Database("publications"));
        Dictionary<Guid, DateTimeOffset> due = [];
        foreach (var some in times.Chunk(100))
        {
            await using var session = provider.Store().LightweightSession();
            foreach (var at in some)
            {
                var (id, now) = (Guid.CreateVersion7(), DateTimeOffset.UtcNow);
                // the store keeps microseconds
                var dueAt = new DateTimeOffset(at.Ticks / 10 * 10, TimeSpan.Zero);
                var content = ContentRules.Empty with { Title = new("Жаңалық", "Новость"), Text = new("Мәтін", "Текст"), WantedAt = dueAt };
                PublicationApproved Approved(string language) => new(id, language, ContentHash.Of(Body, content, language), "approver", now);
                session.Events.StartStream<Publication>(id, new PublicationDrafted(id, Body, content, "editor", null, null, null, now), new PublicationSubmitted(id, "editor", now),
                    Approved("kk"), Approved("ru"), new PublicationScheduled(id, dueAt, "editor", now));
                due.Add(id, dueAt);
            }

            await session.SaveChangesAsync();
        }

        return due;
    }

    private async Task<IReadOnlyList<Guid>> Open(IEnumerable<Guid> ids)
    {
        await using var connection = new Npgsql.NpgsqlConnection(house.Wire.Servers.Database("publications"));
        await connection.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand("select id from mt_doc_publicationview where id = any($1) and state <> 'Released'", connection) { Parameters = { new() { Value = ids.ToArray() } } };
        await using var reader = await command.ExecuteReaderAsync();
        List<Guid> open = [];
        while (await reader.ReadAsync())
        {
            open.Add(reader.GetGuid(0));
        }

        return open;
    }
}
