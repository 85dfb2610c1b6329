using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Marten;
using Npgsql;
using Platform;

namespace Publications;

/// <summary>How the releaser of a replica works; any number of replicas may run.</summary>
public sealed record ReleaseOptions
{
    /// <summary>How long a claimed item belongs to its worker; longer than a call to any channel may take.</summary>
    public double LeaseSeconds { get; init; } = 30;

    /// <summary>Items on their way at once, on this replica.</summary>
    public int Lanes { get; init; } = 32;
}

/// <summary>
/// Lets out what is due. Sleeps until the next time that stands in the due table (looked at every 250 ms, for it may move), claims with
/// SKIP LOCKED, stores the attempt, then calls the channel, then stores what came of it.
/// </summary>
public sealed class Releaser(Claims claims, Deliveries deliveries, ReleaseOptions options, TimeProvider clock, ILogger<Releaser> log) : BackgroundService
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);
    private readonly ConcurrentDictionary<Guid, Task> _running = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var lanes = new SemaphoreSlim(options.Lanes);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Room(lanes, stoppingToken);
                var claimed = await claims.Next(lanes.CurrentCount, stoppingToken);
                foreach (var item in claimed)
                {
                    await lanes.WaitAsync(stoppingToken);
                    var task = deliveries.Run(item, CancellationToken.None).ContinueWith(_ =>
                    {
                        lanes.Release();
                        _running.TryRemove(item.Publication.Id, out var _);
                    }, TaskScheduler.Default);
                    _running[item.Publication.Id] = task;
                }

                if (claimed.Count == 0)
                {
                    await Sleep(await claims.NextWake(stoppingToken), stoppingToken);
                }
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning("Releasing waits: {Kind} {Where}", fault.GetType().Name, Fault.Where(fault));
                await Task.Delay(TimeSpan.FromSeconds(1), clock, stoppingToken);
            }
        }
    }

    /// <summary>Waits for a lane, and a moment for some more: a claim costs the same for one item as for many.</summary>
    private async Task Room(SemaphoreSlim lanes, CancellationToken ct)
    {
        await lanes.WaitAsync(ct);
        lanes.Release();
        for (var moments = 0; moments < 4 && lanes.CurrentCount < options.Lanes / 4; moments++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), clock, ct);
        }
    }

    /// <summary>What is on its way is finished before the replica stops, within the host's patience; else its lease runs out.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAny(Task.WhenAll(_running.Values), Task.Delay(Timeout.Infinite, cancellationToken));
    }

    private Task Sleep(DateTimeOffset? wake, CancellationToken ct)
    {
        var left = wake - clock.GetUtcNow() ?? Glance;
        return left <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(left < Glance ? left : Glance, clock, ct);
    }
}

/// <summary>A claimed item: the attempt this worker may make, or the one it may ask about.</summary>
public sealed record Claimed(Publication Publication, Attempt Attempt, DateTimeOffset LeaseUntil);

/// <summary>The due table: rows of the view that have a wake time.</summary>
public sealed class Claims(IDocumentStore store, NpgsqlDataSource database, ReleaseOptions options, TimeProvider clock)
{
    public const string Meter = "Platform";
    private static readonly Histogram<double> LateBy = new Meter(Meter).CreateHistogram<double>("publications.release.lateness", "ms", "From due time to claim.");

    public async Task<DateTimeOffset?> NextWake(CancellationToken ct)
    {
        await using var command = database.CreateCommand("select min(wake_at) from mt_doc_publicationview where wake_at is not null");
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) && !await reader.IsDBNullAsync(0, ct) ? reader.GetFieldValue<DateTimeOffset>(0) : null;
    }

    /// <summary>
    /// One transaction: the streams are locked (the first lock any command takes too, so nothing can lock the other way round), what
    /// another worker holds is skipped, the rules look at the state under the lock, and what they start is stored before anything is sent.
    /// </summary>
    public async Task<IReadOnlyList<Claimed>> Next(int most, CancellationToken ct)
    {
        await using var session = store.LightweightSession();
        session.LastModifiedBy = ReleaseDecider.Service;
        await session.BeginTransactionAsync(ct);
        List<Claimed> claimed = [];
        var changed = false;
        var batch = session.CreateBatchQuery();
        var streams = (await Due(session, most, ct)).Select(id => batch.Events.FetchForWriting<Publication>(id)).ToList();
        if (streams.Count == 0)
        {
            return [];
        }

        await batch.Execute(ct);
        foreach (var fetched in streams)
        {
            var stream = await fetched;
            var now = clock.GetUtcNow();
            var lease = now.AddSeconds(options.LeaseSeconds);
            var facts = ReleaseDecider.Claim(stream.Aggregate!, Guid.CreateVersion7, lease, now);
            stream.AppendMany(facts);
            changed |= facts.Count > 0;
            var state = facts.Aggregate(stream.Aggregate!, (p, fact) => PublicationFold.Evolve(p, fact)!);
            claimed.AddRange(Started(facts).Select(attemptId => new Claimed(state, state.Attempts.Single(a => a.AttemptId == attemptId), lease)));
            if (facts.OfType<PublicationReleaseStarted>().Any())
            {
                LateBy.Record((now - state.DueAt!.Value).TotalMilliseconds);
            }
        }

        if (changed)
        {
            await session.SaveChangesAsync(ct);
        }

        return claimed;
    }

    private static IEnumerable<Guid> Started(IReadOnlyList<object> facts) =>
        facts.OfType<DeliveryAttemptStarted>().Select(f => f.AttemptId).Concat(facts.OfType<DeliveryReadBackStarted>().Select(f => f.AttemptId));

    private async Task<IReadOnlyList<Guid>> Due(IDocumentSession session, int most, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            select s.id from mt_doc_publicationview d join mt_streams s on s.id = d.id
            where d.wake_at <= $1 order by d.wake_at limit $2 for update of s skip locked
            """)
        { Parameters = { new() { Value = clock.GetUtcNow() }, new() { Value = most } } };
        List<Guid> due = [];
        await using var reader = await session.ExecuteReaderAsync(command, ct);
        while (await reader.ReadAsync(ct))
        {
            due.Add(reader.GetGuid(0));
        }

        return due;
    }
}

/// <summary>The call and the second half of its line in the ledger.</summary>
public sealed class Deliveries(IDocumentStore store, SiteChannel site, TimeProvider clock, ILogger<Deliveries> log)
{
    public async Task Run(Claimed item, CancellationToken ct)
    {
        // a worker that slept through its lease sends nothing: by now another one may have asked and started anew
        if (clock.GetUtcNow() >= item.LeaseUntil)
        {
            return;
        }

        try
        {
            var outcome = item.Attempt.ReadingBack ? await site.ReadBack(item.Attempt.AttemptId, ct) : await site.Send(item.Publication, item.Attempt.AttemptId, ct);
            await Keep(item, outcome, ct);
        }
        catch (Exception fault)
        {
            // the attempt stays open; when its lease is over it becomes unknown and is read back
            log.LogError("An outcome could not be kept: {Kind} {Where}", fault.GetType().Name, Fault.Where(fault));
        }
    }

    /// <summary>Stores it, also past somebody else's append or a store that is away for a moment.</summary>
    private async Task Keep(Claimed item, Outcome outcome, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var session = store.LightweightSession();
                session.LastModifiedBy = ReleaseDecider.Service;
                var stream = await session.Events.FetchForWriting<Publication>(item.Publication.Id, ct);
                var facts = ReleaseDecider.Decide(stream.Aggregate!, item.Attempt.AttemptId, outcome, site.Settle, clock.GetUtcNow());
                if (facts.Count > 0)
                {
                    stream.AppendMany(facts);
                    await session.SaveChangesAsync(ct);
                }

                return;
            }
            catch (Exception fault) when (attempt < 8 && (fault is JasperFx.ConcurrencyException || fault is NpgsqlException || fault.InnerException is NpgsqlException))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50 << attempt), clock, ct);
            }
        }
    }
}
