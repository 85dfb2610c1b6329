namespace PersonalData;

/// <summary>
/// Ends what an erasure began: the facts are committed and the rows gone; now the ledger gets its line, then the key is destroyed. In this
/// order a crash at any point leaves either nothing done or something that is done at the next look.
/// </summary>
public sealed class Erasures(NpgsqlDataSource database, ISubjectKeys keys, ErasedLedger ledger, TimeProvider clock, ILogger<Erasures> log) : BackgroundService
{
    private const long OneWriter = 940_501; // advisory lock: replicas share the ledger's file

    public async Task Finish(Guid subjectId, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var alone = new NpgsqlCommand($"select pg_advisory_xact_lock({OneWriter})", connection);
        await alone.ExecuteNonQueryAsync(ct);
        await using var open = new NpgsqlCommand("select asked_at from vault.erasures where subject_id = $1 and done_at is null", connection) { Parameters = { new() { Value = subjectId } } };
        if (await open.ExecuteScalarAsync(ct) is not DateTime askedAt)
        {
            return;
        }

        ledger.Append(subjectId, askedAt);
        await keys.Destroy(subjectId, ct);
        await using var done = new NpgsqlCommand("update vault.erasures set done_at = $2 where subject_id = $1", connection)
        { Parameters = { new() { Value = subjectId }, new() { Value = clock.GetUtcNow() } } };
        await done.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>At once after a commit; what stands in the way is logged, and the next look ends it.</summary>
    public async Task TryFinish(Guid subjectId, CancellationToken ct)
    {
        try
        {
            await Finish(subjectId, ct);
        }
        catch (Exception fault) when (fault is NpgsqlException or IOException)
        {
            log.LogWarning("An erasure waits: {Kind} {SqlState}", fault.GetType().Name, (fault as PostgresException)?.SqlState);
        }
    }

    /// <summary>Those that a crash, or a transaction that committed later, left open.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromSeconds(5), clock);
        while (await tick.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var subject in await Open(stoppingToken))
                {
                    await TryFinish(subject, stoppingToken);
                }
            }
            catch (NpgsqlException fault)
            {
                log.LogWarning("Erasures wait for the store: {SqlState}", fault.SqlState);
            }
        }
    }

    private async Task<IReadOnlyList<Guid>> Open(CancellationToken ct)
    {
        await using var select = database.CreateCommand("select subject_id from vault.erasures where done_at is null order by asked_at limit 100");
        await using var reader = await select.ExecuteReaderAsync(ct);
        List<Guid> open = [];
        while (await reader.ReadAsync(ct))
        {
            open.Add(reader.GetGuid(0));
        }

        return open;
    }
}

/// <summary>Before any door opens: what a restored backup brought back of erased subjects, keys and rows, is destroyed again.</summary>
public sealed class LedgerReplay(NpgsqlDataSource database, KeysDatabase keys, ErasedLedger ledger, ILogger<LedgerReplay> log) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        IReadOnlySet<Guid>? subjects;
        while ((subjects = Ledger()) is null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
        }

        foreach (var some in subjects.Chunk(1000))
        {
            while (!await Destroyed(some, cancellationToken))
            {
                await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken); // the doors stay shut until the databases answer
            }
        }
    }

    /// <summary>Null while another replica writes it.</summary>
    private IReadOnlySet<Guid>? Ledger()
    {
        try
        {
            return ledger.Subjects();
        }
        catch (IOException fault)
        {
            log.LogWarning("The doors wait: the ledger of erased subjects cannot be read, {Kind}", fault.GetType().Name);
            return null;
        }
    }

    private async Task<bool> Destroyed(Guid[] subjects, CancellationToken ct)
    {
        try
        {
            await using var forgetKeys = keys.Source.CreateCommand("delete from subject_keys where subject_id = any($1)");
            forgetKeys.Parameters.Add(new() { Value = subjects });
            var back = await forgetKeys.ExecuteNonQueryAsync(ct);
            await using var forgetRows = database.CreateCommand("select vault.forget($1)");
            forgetRows.Parameters.Add(new() { Value = subjects });
            var rows = (long)(await forgetRows.ExecuteScalarAsync(ct))!;
            if (back + rows > 0)
            {
                log.LogWarning("{Keys} keys and {Rows} rows of erased subjects were back, as after a restore; they are destroyed again", back, rows);
            }

            return true;
        }
        catch (NpgsqlException fault)
        {
            log.LogWarning("The doors wait: the ledger of erased subjects cannot be replayed, {SqlState}", fault.SqlState);
            return false;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
