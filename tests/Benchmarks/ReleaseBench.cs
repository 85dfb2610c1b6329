extern alias publications;

using System.Diagnostics;
using System.Globalization;
using JasperFx.Events.Daemon;
using MassTransit;
using Platform;
using publications::Publications;

namespace Benchmarks;

/// <summary>How late 200 publications go out that are due in the same second, at one instant and spread over it, and what a claim costs among 100,000 that are scheduled.</summary>
public static class ReleaseBench
{
    private const int AtOnce = 200, Rounds = 3, Scheduled = 100_000, Batch = 32, Times = 20;

    /// <summary>Measured in the store: when each was claimed and when it stood on its channel, against when it was due.</summary>
    public static async Task Lateness(Bench bench)
    {
        using var slow = await bench.Http.PostAsJsonAsync(new Uri(Bench.Env("Channels__Site__Url") + "faults"), new { mode = "slow", ms = 20 });
        slow.EnsureSuccessStatusCode();
        foreach (var (what, apart) in new[] { ("at the same instant", TimeSpan.Zero), ("5 ms apart, over the second", TimeSpan.FromMilliseconds(5)) })
        {
            for (var round = 1; round <= Rounds; round++)
            {
                var now = DateTimeOffset.UtcNow.AddSeconds(30);
                var due = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
                await Parallel.ForAsync(0, AtOnce, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) => await Desk.Arm(bench, bench.Holding[i % bench.Holding.Length], i, due + (i * apart)));
                if (DateTimeOffset.UtcNow > due)
                {
                    throw new InvalidOperationException("The machine is too busy to arm them before they are due.");
                }

                await Task.Delay(due.AddSeconds(3) - DateTimeOffset.UtcNow); // nothing is asked while they go out
                Tell($"{AtOnce} due {what}, round {round}, on the channel (mark: p50 below 100 ms, p99 below 1 s, none early)", await Out(bench, "publication_released", due, AtOnce));
                Tell("  claimed", await Out(bench, "publication_release_started", due, AtOnce));
            }
        }
    }

    private static void Tell(string what, double[] sorted) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: first {sorted[0]:F0} ms, p50 {Figures.At(sorted, 0.5):F0} ms, p99 {Figures.At(sorted, 0.99):F0} ms, last {sorted[^1]:F0} ms"));

    /// <summary>Milliseconds after its due instant at which each fact of this kind was recorded, of those due in this second; waits until all are there.</summary>
    private static async Task<double[]> Out(Bench bench, string fact, DateTimeOffset due, int all)
    {
        for (var tries = 0; tries < 120; tries++)
        {
            await using var select = bench.Database.CreateCommand("""
                select extract(epoch from e.timestamp - (s.data ->> 'dueAt')::timestamptz)::float8 * 1000 from mt_events e
                join mt_events s on s.stream_id = e.stream_id and s.type = 'publication_scheduled' and (s.data ->> 'dueAt')::timestamptz between $2 and $2 + interval '999 milliseconds'
                where e.type = $1 and s.timestamp > now() - interval '10 minutes' order by 1
                """);
            select.Parameters.Add(new() { Value = fact });
            select.Parameters.Add(new() { Value = due });
            await using var reader = await select.ExecuteReaderAsync();
            List<double> late = [];
            while (await reader.ReadAsync())
            {
                late.Add(reader.GetDouble(0));
            }

            if (late.Count == all)
            {
                return late[0] >= 0 ? [.. late] : throw new InvalidOperationException("One came early.");
            }

            await Task.Delay(1000);
        }

        throw new InvalidOperationException("They did not all come within two minutes.");
    }

    /// <summary>Items that are due in a minute, through the doors, and 100,000 others due later: rows of the due table, copied from one of them.</summary>
    public static async Task Prepare(Bench bench)
    {
        var due = DateTimeOffset.UtcNow.AddSeconds(60);
        await Parallel.ForAsync(0, Batch * Times + Times, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) => await Desk.Arm(bench, bench.Holding[i % bench.Holding.Length], i, due));
        await using var columns = bench.Database.CreateCommand("select string_agg(quote_ident(column_name), ', ') from information_schema.columns where table_name = 'mt_doc_publicationview' and column_name not in ('id', 'wake_at')");
        var same = (string)(await columns.ExecuteScalarAsync())!;
        await using var fill = bench.Database.CreateCommand($"""
            insert into mt_doc_publicationview (id, wake_at, {same})
            select gen_random_uuid(), now() + interval '1 day' + n * interval '1 second', {same}
            from (select * from mt_doc_publicationview where state = 'Scheduled' and wake_at < now() + interval '1 day' limit 1) one,
                generate_series(1, {Scheduled} - (select count(*)::int from mt_doc_publicationview where wake_at > now() + interval '1 hour')) n
            """);
        fill.CommandTimeout = 300;
        await fill.ExecuteNonQueryAsync();
        await using var analyze = bench.Database.CreateCommand("vacuum analyze mt_doc_publicationview");
        await analyze.ExecuteNonQueryAsync();
        Console.WriteLine($"{Batch * Times + Times} are due, {Scheduled} others scheduled");
    }

    /// <summary>The releaser's own claim, in this process while no service runs: the whole transaction, commit included.</summary>
    public static async Task Claim(Bench bench)
    {
        await Task.Delay(TimeSpan.FromSeconds(5));
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddHttpContextAccessor();
        services.AddSingleton(TimeProvider.System).AddSingleton(new ReleaseOptions { LeaseSeconds = 600 }).AddSingleton<Claims>();
        services.AddMassTransit(bus => bus.UsingInMemory()); // never started: nothing is relayed from here
        services.AddStore(Bench.Env("ConnectionStrings__Store"), DaemonMode.Disabled, Leaves.List, PublicationStore.Register);
        AddWhatAClaimAsks(services);
        await using var provider = services.BuildServiceProvider();
        var (claims, wake) = (provider.GetRequiredService<Claims>(), DateTimeOffset.UtcNow);
        while (await claims.NextWake(default) is { } next && next > wake && next < wake.AddMinutes(5))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200));
            wake = DateTimeOffset.UtcNow;
        }

        await Measure(claims, Batch); // first, for the process compiles meanwhile
        await Measure(claims, 1);
    }

    private static async Task Measure(Claims claims, int most)
    {
        List<double> took = [];
        for (var i = 0; i < Times; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var (claimed, _) = await claims.Next(most, default);
            took.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (claimed.Count != most)
            {
                throw new InvalidOperationException($"{claimed.Count} were claimed instead of {most}.");
            }
        }

        double[] sorted = [.. took.Order()];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"claiming {most} among {Scheduled}, {Times} times: median {Figures.At(sorted, 0.5):F1} ms, worst {sorted[^1]:F1} ms (mark: median below 10 ms)"));
    }

    /// <summary>What a claim asks beside the store: halts, the site's account, every gate.</summary>
    private static void AddWhatAClaimAsks(ServiceCollection services) => services
        .AddSingleton<IChannelAccounts, OnlyTheSite>().AddSingleton<IChannel>(p => new SiteChannel(new HttpClient(), new SiteOptions { Url = new(Bench.Env("Channels__Site__Url")), Secret = Bench.Env("Channels__Site__Secret") }, p.GetRequiredService<TimeProvider>()))
        .AddScoped<ChannelBook>().AddSingleton<IHalts, HaltBook>().AddScoped<HaltReach>().AddScoped<IReleaseGate, HaltCheck>().AddSingleton<IReleaseGate, IdentityGate>().AddSingleton<IReleaseGate, RightsGate>()
        .AddSingleton<RestrictedWords>().AddScoped<IReleaseGate, ReviewGate>();

    private sealed class OnlyTheSite : IChannelAccounts
    {
        public Task<ChannelAccount?> Find(string code, CancellationToken ct) => Task.FromResult(code == ConfiguredAccounts.Site.Code ? ConfiguredAccounts.Site : null);
    }
}
