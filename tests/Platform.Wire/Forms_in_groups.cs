using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;

namespace Platform.Wire;

/// <summary>Forms that commit together: whoever is bad, known, hung up or killed among them, the others get their numbers without a gap.</summary>
public sealed class Forms_in_groups(Ground.Wire wire, ITestOutputHelper output)
{
    private string Store => wire.Servers.Database("inquiries");

    [Fact]
    public async Task With_64_clients_hang_ups_and_members_that_the_store_refuses_only_these_fail()
    {
        string[] holders = ["gov-office", "akimat-31"];
        var before = new[] { (await Numbers(holders[0])).Count, (await Numbers(holders[1])).Count };
        var gateway = wire.Gateway();
        var forms = Enumerable.Range(0, 400).Select(i => Forms.For(holders[i % 2], language: i % 20 == 3 ? "x-bad" : "ru")).ToList();
        await Sql.Run(Store, """
            create function refuse_bad() returns trigger language plpgsql as $$ begin raise exception 'a bad member'; end $$;
            create trigger refuse_bad before insert on mt_events for each row when (new.data ->> 'language' = 'x-bad') execute function refuse_bad()
            """);
        try
        {
            await Parallel.ForEachAsync(forms.Index(), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (item, ct) =>
            {
                var hangsUp = item.Index % 13 == 5 && await HangUp(gateway, item.Item, item.Index % 40);
                var status = (await gateway.Post("/v1/egov/forms", item.Item, ct: ct)).Status;
                Assert.Contains(status, item.Index % 20 == 3 ? [500] : hangsUp ? new[] { 200, 201 } : [201]);
            });
        }
        finally
        {
            await Sql.Run(Store, "drop trigger refuse_bad on mt_events; drop function refuse_bad()");
        }

        foreach (var (holder, earlier) in holders.Zip(before))
        {
            var good = forms.Count(f => f["holder"]!.ToString() == holder && f["language"]!.ToString() == "ru");
            Assert.Equal(Enumerable.Range(1, earlier + good), await Numbers(holder));
        }

        // what was refused may come again once the store takes it
        (await gateway.Post("/v1/egov/forms", forms[3])).Is(201);
    }

    [Fact]
    public async Task Twins_in_one_group_make_one_request_and_another_content_is_refused()
    {
        var gateway = wire.Gateway();
        var before = (await Numbers("akimat-33")).Count;
        var forms = Enumerable.Range(0, 30).Select(_ => Forms.For("akimat-33")).ToList();
        var others = forms.Take(5).Select(f => { var other = f.DeepClone().AsObject(); other["text"] = "Совсем о другом"; return other; }).ToList();

        // while the table is locked both writers wait with what they took first, and all others gather behind them
        Task<Reply[]> sent;
        await using (var database = NpgsqlDataSource.Create(Store))
        await using (var connection = await database.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using var hold = new NpgsqlCommand("lock table forms in exclusive mode", connection);
            await hold.ExecuteNonQueryAsync();
            sent = Task.WhenAll(forms.Concat(forms).Concat(forms).Select(f => gateway.Post("/v1/egov/forms", f)));
            await Eventually.So("ninety wait", async () => await Waiting() >= 90);
            await transaction.CommitAsync();
        }

        var replies = await sent;
        Assert.Equal([(200, 60), (201, 30)], replies.GroupBy(r => r.Status).Select(g => (g.Key, g.Count())).Order());
        Assert.All(replies.Select((r, i) => (r, Form: i % 30)).GroupBy(x => x.Form), same => Assert.Single(same.Select(x => x.r.Body).Distinct()));
        Assert.Equal(Enumerable.Range(1, before + 30), await Numbers("akimat-33"));
        foreach (var other in others)
        {
            (await gateway.Post("/v1/egov/forms", other)).Is(422, "message-id-reused");
        }

        var largest = await Sql.One<long>(Store, "select max(n) from (select count(*) as n from forms group by xmin::text) g");
        output.WriteLine($"the largest group: {largest} forms in one transaction");
        Assert.InRange(largest, 10, 50);
    }

    [Fact]
    public async Task After_kill_9_under_load_every_201_is_there_and_no_number_is_missing_or_given_twice()
    {
        var victim = wire.SecondInquiries;
        await victim.Start();
        await victim.Ready();
        var dying = Ground.Wire.As(victim, Tokens.Egov());
        var before = (await Numbers("akimat-47")).Count;
        var forms = Enumerable.Range(0, 600).Select(_ => Forms.For("akimat-47")).ToList();
        var accepted = new System.Collections.Concurrent.ConcurrentDictionary<int, Received>();
        var killed = 0;

        await Parallel.ForEachAsync(forms.Index(), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (item, ct) =>
        {
            try
            {
                accepted[item.Index] = Received.From((await dying.Post("/v1/egov/forms", item.Item, ct: ct)).Is(201));
            }
            catch (Exception cut) when (cut is HttpRequestException or IOException)
            {
                // the service is gone, with or without this form
            }

            if (accepted.Count >= 200 && Interlocked.Exchange(ref killed, 1) == 0)
            {
                await victim.Kill();
            }
        });

        Assert.InRange(accepted.Count, 200, 599);
        var stored = await Numbers("akimat-47");
        Assert.Equal(Enumerable.Range(1, stored.Count), stored);
        output.WriteLine($"{accepted.Count} replies before the kill, {stored.Count - before} forms durable");

        // the gateway sends all again: the known ones are told the same, the others get the next numbers
        var gateway = wire.Gateway();
        var again = await Task.WhenAll(forms.Select(f => gateway.Post("/v1/egov/forms", f)));
        Assert.All(accepted, a => Assert.Equal((200, a.Value), (again[a.Key].Status, Received.From(again[a.Key]))));
        Assert.Equal(stored.Count - before, again.Count(r => r.Status == 200));
        Assert.Equal(Enumerable.Range(1, before + forms.Count), await Numbers("akimat-47"));
    }

    private static async Task<bool> HangUp(Door gateway, JsonNode form, int milliseconds)
    {
        using var cut = new CancellationTokenSource(TimeSpan.FromMilliseconds(milliseconds));
        try
        {
            await gateway.Post("/v1/egov/forms", form, ct: cut.Token);
        }
        catch (OperationCanceledException)
        {
            // before, while or after it was stored
        }

        return true;
    }

    private async Task<int> Waiting()
    {
        var metrics = (await Ground.Wire.As(wire.Inquiries, null).Get("/metrics")).Is(200).Body;
        return metrics.Split('\n').Where(l => l.StartsWith("http_server_active_requests{", StringComparison.Ordinal) && l.Contains("\"POST\"", StringComparison.Ordinal))
            .Sum(l => int.Parse(l[(l.LastIndexOf('}') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture));
    }

    private async Task<IReadOnlyList<int>> Numbers(string holder)
    {
        var all = await Sql.One<string[]>(Store, "select coalesce(array_agg(number::text), '{}') from mt_doc_inquiryview where holder = $1 and number is not null", holder);
        return [.. all.Select(n => int.Parse(n[^6..], CultureInfo.InvariantCulture)).Order()];
    }
}
