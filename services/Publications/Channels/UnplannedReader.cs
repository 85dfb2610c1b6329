using Marten;
using Npgsql;
using Platform;

namespace Publications;

/// <summary>How often accounts are read, how far back, and how old a post must be before it is called unplanned.</summary>
public sealed record UnplannedOptions
{
    public double EverySeconds { get; init; } = 300;
    public double LookBackHours { get; init; } = 72;
    public double GraceSeconds { get; init; } = 120;
}

/// <summary>Reads what stands on every open account, on one replica at a time, and records what no release explains. An account that does not answer keeps none of the others waiting.</summary>
public sealed class UnplannedReader(IDocumentStore store, NpgsqlDataSource database, KnownAccounts accounts, IEnumerable<IChannel> adapters, UnplannedOptions options,
    TimeProvider clock, ILogger<UnplannedReader> log) : BackgroundService
{
    private const long Lock = 5_100_021;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var leading = await database.OpenConnectionAsync(stoppingToken);
                await (await Leads(leading, stoppingToken) ? ReadAll(leading, stoppingToken) : Task.CompletedTask);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning("Reading accounts waits: {Kind} {Where}", fault.GetType().Name, Fault.Where(fault));
            }

            await Task.Delay(TimeSpan.FromSeconds(options.EverySeconds), clock, stoppingToken);
        }
    }

    /// <summary>The lock is given back whatever happens: the connection goes back to its pool, and would keep it there.</summary>
    private async Task ReadAll(NpgsqlConnection leading, CancellationToken ct)
    {
        try
        {
            await Parallel.ForEachAsync(await accounts.Open(ct), new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = ct },
                async (account, stop) => await Read(account.Account, account.Opened, stop));
        }
        finally
        {
            await using var unlock = new NpgsqlCommand($"select pg_advisory_unlock({Lock})", leading);
            await unlock.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    private static async Task<bool> Leads(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var take = new NpgsqlCommand($"select pg_try_advisory_lock({Lock})", connection);
        return await take.ExecuteScalarAsync(ct) is true;
    }

    private async Task Read(RegisteredAccount account, ChannelAccount opened, CancellationToken ct)
    {
        try
        {
            var now = clock.GetUtcNow();
            var back = now.AddHours(-options.LookBackHours);
            // a channel that tells whole seconds would else hide what came in the second of the registration
            var since = Standing.From(account.RegisteredAt > back ? account.RegisteredAt : back);
            if (adapters.FirstOrDefault(a => a.Kind == account.Kind) is not { } adapter || await adapter.Posted(opened, since, ct) is not { Count: > 0 } posted)
            {
                return;
            }

            foreach (var post in UnplannedDecider.Unexplained(posted, await Ours(account, since, ct), TimeSpan.FromSeconds(options.GraceSeconds), now))
            {
                await Record(account, post, now, ct);
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogWarning("An account of kind {Kind} could not be read: {Fault} {Where}", account.Kind, fault.GetType().Name, Fault.Where(fault));
        }
    }

    private async Task Record(RegisteredAccount account, FoundPost post, DateTimeOffset now, CancellationToken ct)
    {
        await using var session = store.LightweightSession();
        session.LastModifiedBy = ReleaseDecider.Service;
        if (await session.Events.FetchStreamStateAsync(UnplannedDecider.IdOf(account.Code, post.ExternalId), ct) is not null)
        {
            return;
        }

        var found = UnplannedDecider.Find(account, post, now);
        found = UnplannedDecider.Judged(found, await session.Judge(UnplannedDecider.Evolve(null, found)!, null, null, account.Official, now, ct));
        session.Events.StartStream<UnplannedPost>(found.UnplannedId, found);
        await session.SaveChangesAsync(ct);
    }

    /// <summary>The ledger's lines on this account; a picture group's id is that of its messages, joined by commas.</summary>
    private async Task<OurPosts> Ours(RegisteredAccount account, DateTimeOffset since, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            select a->>'externalId', a->>'state', (a->>'startedAt')::timestamptz
            from mt_doc_publicationview d, jsonb_array_elements(d.data->'now'->'attempts') a
            where d.body = $1 and d.at >= $2 and a->>'channel' = $3
            """);
        // a publication's place in time is its release; what was due earlier may have come out since
        command.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = account.Body }, new() { Value = since.AddDays(-30).ToUniversalTime() }, new() { Value = account.Code } });
        HashSet<string> ids = [];
        DateTimeOffset? open = null;
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            if (!row.IsDBNull(0))
            {
                ids.UnionWith([row.GetString(0), .. row.GetString(0).Split(',')]);
            }

            if (row.GetString(1) is nameof(AttemptState.Started) or nameof(AttemptState.OutcomeUnknown) && row.GetFieldValue<DateTimeOffset>(2) is var started && !(open <= started))
            {
                open = started;
            }
        }

        return new(ids, open);
    }
}
