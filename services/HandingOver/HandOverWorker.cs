using Npgsql;
using Platform;

namespace HandingOver;

/// <summary>The due table of hand-overs: a row until it has come to its end; a claim moves its time on, which is the lease.</summary>
public sealed class HandOverTable(NpgsqlDataSource database, HandOverOptions options, TimeProvider clock)
{
    /// <summary>A hand-over whose call this worker may make; <paramref name="Attempt"/>: which, from 1.</summary>
    public sealed record Claimed(Guid Id, int Attempt);

    /// <summary>Takes what is due past what another worker holds.</summary>
    public async Task<IReadOnlyList<Claimed>> Claim(int most, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var claim = database.CreateCommand("""
            update hand_overs h set due_at = $2, attempts = h.attempts + 1 from
                (select hand_over_id from hand_overs where due_at <= $1 order by due_at limit $3 for update skip locked) due
            where h.hand_over_id = due.hand_over_id returning h.hand_over_id, h.attempts
            """);
        claim.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = now }, new() { Value = now.AddSeconds(options.LeaseSeconds) }, new() { Value = most } });
        await using var reader = await claim.ExecuteReaderAsync(ct);
        List<Claimed> claimed = [];
        while (await reader.ReadAsync(ct))
        {
            claimed.Add(new(reader.GetGuid(0), reader.GetInt32(1)));
        }

        return claimed;
    }

    /// <summary>The next call: twice as far as the last time, within the longest pause.</summary>
    public async Task Later(Claimed claimed, CancellationToken ct)
    {
        var pause = Math.Min(Math.Pow(2, Math.Min(claimed.Attempt, 20)), options.MostWaitSeconds);
        await using var update = database.CreateCommand("update hand_overs set due_at = $2 where hand_over_id = $1 and attempts = $3");
        update.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = claimed.Id }, new() { Value = clock.GetUtcNow().AddSeconds(pause) }, new() { Value = claimed.Attempt } });
        await update.ExecuteNonQueryAsync(ct);
    }
}

/// <summary>
/// Hands over what is due: claimed with a lease, called, its outcome stored. A worker that dies between call and reply leaves its row, and the next
/// one calls again under the same key, which makes nothing new and brings the reply.
/// </summary>
public sealed class HandOverWorker(HandOverTable table, InquiriesPeer inquiries, Erasures erasures, IServiceScopeFactory scopes, TimeProvider clock, ILogger<HandOverWorker> log) : BackgroundService
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var claimed = await table.Claim(8, stoppingToken);
                await Task.WhenAll(claimed.Select(one => Try(one, stoppingToken)));
                await (claimed.Count > 0 ? Task.CompletedTask : Task.Delay(Glance, clock, stoppingToken));
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning("Hand-overs wait: {Kind} {Where}", fault.GetType().Name, Fault.Where(fault));
                await Task.Delay(TimeSpan.FromSeconds(1), clock, stoppingToken);
            }
        }
    }

    private async Task Try(HandOverTable.Claimed claimed, CancellationToken ct)
    {
        try
        {
            var outcome = await Call(claimed.Id, ct);
            await Keep(claimed.Id, outcome);
            if (outcome is CallOutcome.Unknown)
            {
                await table.Later(claimed, CancellationToken.None);
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // it stays open; when its lease is over it is called again
            log.LogError("A hand-over was not brought to its end: {Kind} {Where}", fault.GetType().Name, Fault.Where(fault));
        }
    }

    private async Task<CallOutcome> Call(Guid id, CancellationToken ct)
    {
        await using var scope = Scope();
        return await scope.ServiceProvider.GetRequiredService<HandOvers>().Open(id, ct) is (var state, { } form)
            ? await inquiries.Hand(state.Asked.Kind, state.Asked.OriginId, form, ct)
            : new CallOutcome.Refused("personal-data-gone", []); // erased or blocked meanwhile; one that has ended takes no notice of it
    }

    private async Task Keep(Guid id, CallOutcome outcome)
    {
        await using var scope = Scope();
        if (await scope.ServiceProvider.GetRequiredService<HandOvers>().End(id, (state, now) => HandOverDecider.Decide(state, outcome, now), CancellationToken.None) is { } subject)
        {
            await erasures.TryFinish(subject, CancellationToken.None);
        }
    }

    private AsyncServiceScope Scope()
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Work>().Caller = Caller.Service("hand-over");
        return scope;
    }
}
