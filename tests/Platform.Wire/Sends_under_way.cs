extern alias publications;

using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using publications::Publications;

namespace Platform.Wire;

/// <summary>What a send holds while it is under way, and what a halt waits for.</summary>
[Collection(House.Collection)]
public sealed class Sends_under_way(House house, ITestOutputHelper output)
{
    private const string Body = "min-education";

    [Fact]
    public async Task No_send_is_inside_at_any_instant_between_a_halts_reply_and_its_lift()
    {
        const int senders = 48, scopes = 3;
        await using var provider = InProcess.Publications(house.Wire.Servers.Database("publications"));
        var (book, sends, store) = (Book(provider), new SendLocks(provider.GetRequiredService<NpgsqlDataSource>()), provider.Store());
        var (mark, inside, sent, refused) = (Guid.NewGuid().ToString("N"), new int[scopes], new int[scopes], new int[scopes]);
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(8));
        var sending = Enumerable.Range(0, senders).Select(sender => Task.Run(async () =>
        {
            for (var random = new Random(sender); !over.IsCancellationRequested;)
            {
                var scope = random.Next(scopes);
                await using var entered = await book.Enter(new(Body, "site", "site", [mark + scope], []), CancellationToken.None);
                if (entered is null)
                {
                    Interlocked.Increment(ref refused[scope]);
                    await Task.Delay(1);
                    continue;
                }

                Interlocked.Increment(ref inside[scope]);
                await Task.Delay(random.Next(20));
                Interlocked.Decrement(ref inside[scope]);
                Interlocked.Increment(ref sent[scope]);
            }
        })).ToArray();

        var (halts, waits) = (0, new List<double>());
        var halting = Enumerable.Range(0, 2).Select(placer => Task.Run(async () =>
        {
            for (var random = new Random(1000 + placer); !over.IsCancellationRequested;)
            {
                var (scope, id, watch) = (random.Next(scopes), Guid.CreateVersion7(), Stopwatch.StartNew());
                await Placed(store, sends, id, new(HaltDecider.OfTag, mark + scope), Body);

                lock (waits)
                {
                    waits.Add(watch.Elapsed.TotalMilliseconds);
                }

                for (watch.Restart(); watch.ElapsedMilliseconds < random.Next(5, 60);)
                {
                    Assert.Equal(0, Volatile.Read(ref inside[scope]));
                    await Task.Yield();
                }

                Assert.Equal(0, Volatile.Read(ref inside[scope]));
                await Lifted(store, id);
                Interlocked.Increment(ref halts);
                await Task.Delay(random.Next(30));
            }
        })).ToArray();

        await Task.WhenAll([.. sending, .. halting]);
        output.WriteLine($"{halts} halts, {sent.Sum()} sends, {refused.Sum()} kept out; placing took {waits.Order().ElementAt(waits.Count / 2):F0} ms at the median, {waits.Max():F0} ms at most");
        Assert.True(halts > 20 && sent.All(n => n > 50) && refused.All(n => n > 0), $"too little was tried: {halts} halts, {string.Join('/', sent)} sends, {string.Join('/', refused)} kept out");
    }

    private static HaltBook Book(ServiceProvider provider) => new(provider.Store(), provider.GetRequiredService<NpgsqlDataSource>());

    /// <summary>As the door does it.</summary>
    private static async Task<int> Placed(Marten.IDocumentStore store, SendLocks sends, Guid id, HaltTarget target, string? within)
    {
        await using var session = store.LightweightSession();
        var halt = await HaltWriter.Place(session, (epoch, now) => new(id, target, within, null, "wire", "wire-1", epoch, now), TimeProvider.System, CancellationToken.None);
        await session.SaveChangesAsync();
        return await sends.Over(halt, CancellationToken.None);
    }

    private static async Task Lifted(Marten.IDocumentStore store, Guid id)
    {
        await using var session = store.LightweightSession();
        session.Events.Append(id, new HaltLifted(id, "wire-2", null, DateTimeOffset.UtcNow));
        HaltWriter.RaiseEpoch(session);
        await session.SaveChangesAsync();
    }

    [Fact]
    public async Task A_halt_waits_for_a_long_call_of_its_own_scope_and_for_no_other_and_nobody_waits_for_it()
    {
        await using var provider = InProcess.Publications(house.Wire.Servers.Database("publications"));
        var (book, sends, store, watch) = (Book(provider), new SendLocks(provider.GetRequiredService<NpgsqlDataSource>()), provider.Store(), Stopwatch.StartNew());
        var (tag, others, own) = (Guid.NewGuid().ToString("N"), Guid.CreateVersion7(), Guid.CreateVersion7());
        HaltScope Film(string body) => new(body, body + "-youtube", "youtube", [tag], []);
        var film = await book.Enter(Film(Body), CancellationToken.None);

        Assert.Equal(0, await Placed(store, sends, others, new(HaltDecider.OfBody, "akimat-11"), null));
        var elsewhere = watch.Elapsed;
        var halted = Placed(store, sends, own, new(HaltDecider.OfTag, tag), Body);
        await Eventually.So("nothing of it begins", async () =>
        {
            await using var entered = await book.Enter(Film(Body), CancellationToken.None);
            return entered is null;
        });
        await using (var entered = await book.Enter(Film("min-health"), CancellationToken.None))
        {
            Assert.NotNull(entered);
        }

        Assert.False(halted.IsCompleted);
        await film!.DisposeAsync();
        Assert.Equal(0, await halted);
        await Lifted(store, others);
        await Lifted(store, own);
        output.WriteLine($"a halt elsewhere took {elsewhere.TotalMilliseconds:F0} ms beside a call under way");
    }

    [Fact]
    public async Task Sends_to_a_hundred_accounts_hold_one_connection_and_go_on_when_it_is_cut()
    {
        await using var provider = InProcess.Publications(house.Wire.Servers.Database("publications") + ";Maximum Pool Size=3;Application Name=hundred-accounts");
        var (book, database) = (Book(provider), provider.GetRequiredService<NpgsqlDataSource>());
        var tag = Guid.NewGuid().ToString("N");
        async Task<List<IAsyncDisposable>> Begun() =>
            [.. (await Task.WhenAll(Enumerable.Range(0, 100).Select(n => book.Enter(new("akimat-11", $"account-{n}", "webhook", [tag], []), CancellationToken.None)))).Select(entered => entered!)];
        var first = await Begun();
        Assert.All(first, Assert.NotNull);
        const string Held = "from pg_locks join pg_stat_activity using (pid) where application_name = 'hundred-accounts' and locktype = 'advisory' and objsubid = 2";
        Task<long> Locks() => Ask($"select count(*) {Held}");
        async Task<long> Ask(string sql)
        {
            await using var command = database.CreateCommand(sql);
            return (long)(await command.ExecuteScalarAsync())!;
        }

        var shown = await Locks();
        Assert.InRange(shown, 70, 100); // accounts' names share 8 bits
        await first[0].DisposeAsync();
        Assert.Equal(1, await Ask($"select count(distinct pid) {Held}"));
        await Ask($"select count(pg_terminate_backend(pid)) from (select distinct pid {Held}) holding");
        await Eventually.So("they are let in on another one", async () =>
        {
            await using var entered = await book.Enter(new("akimat-11", "probe", "webhook", [tag], []), CancellationToken.None);
            return entered is not null;
        });
        var second = await Begun();
        await Task.WhenAll(first.Select(send => send.DisposeAsync().AsTask())); // they held the one that is gone
        Assert.Equal(shown, await Locks());
        await Task.WhenAll(second.Select(send => send.DisposeAsync().AsTask()));
        await Eventually.So("nothing is held", async () => await Locks() == 0);
    }

    [Fact]
    public async Task Entering_costs_little()
    {
        await using var provider = InProcess.Publications(house.Wire.Servers.Database("publications"));
        var book = Book(provider);
        HaltScope scope = new(Body, "site", "site", [], []);
        async Task<double> Enter()
        {
            var watch = Stopwatch.StartNew();
            await using var entered = await book.Enter(scope, CancellationToken.None);
            return entered is null ? throw new InvalidOperationException("halted") : watch.Elapsed.TotalMilliseconds;
        }

        await Enter();
        var alone = new List<double>();
        for (var i = 0; i < 300; i++)
        {
            alone.Add(await Enter());
        }

        var together = new List<double>();
        for (var round = 0; round < 30; round++)
        {
            together.AddRange(await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(Enter))));
        }

        var (a, t) = (alone.Order().ToList(), together.Order().ToList());
        output.WriteLine($"entering: alone median {a[a.Count / 2]:F2} ms, p99 {a[(int)(a.Count * .99)]:F2} ms; 64 at once median {t[t.Count / 2]:F2} ms, p99 {t[(int)(t.Count * .99)]:F2} ms");
        Assert.True(a[a.Count / 2] < 20 && t[t.Count / 2] < 50, "entering became dear");
    }
}
