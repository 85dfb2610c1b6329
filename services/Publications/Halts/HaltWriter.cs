using Marten;
using Npgsql;
using Platform;

namespace Publications;

/// <summary>What every halt is written with: the fact and the raised epoch in one transaction, after the sends that had begun are over.</summary>
public static class HaltWriter
{
    /// <summary>The advisory lock that sends share and a halt takes alone. PostgreSQL's queue is fair: once a halt waits, no send begins.</summary>
    public const long Lock = 5_107_001;

    /// <summary>Longer than any call to a channel takes; then nothing was done, and the caller asks again.</summary>
    private const int LongestWaitSeconds = 150;

    /// <summary>Call it before anything else of the transaction locks a stream: whoever sends may need that stream to end. The caller saves.</summary>
    public static async Task Place(IDocumentSession session, Func<DateTimeOffset, HaltPlaced> place, TimeProvider clock, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        await Alone(session, ct);
        var placed = place(clock.GetUtcNow()); // the time at which it holds, not the time at which it began to wait
        session.Events.StartStream<Halt>(placed.HaltId, placed);
        RaiseEpoch(session);
    }

    /// <summary>Claims carry the epoch of their own transaction (read for share): a newer one waits for them, or fences them.</summary>
    public static void RaiseEpoch(IDocumentSession session) => session.QueueSqlCommand("update halt_epoch set epoch = epoch + 1");

    private static async Task Alone(IDocumentSession session, CancellationToken ct)
    {
        await using var patience = new NpgsqlCommand($"set local lock_timeout = '{LongestWaitSeconds}s'");
        await session.ExecuteAsync(patience, ct);
        await using var alone = new NpgsqlCommand("select pg_advisory_xact_lock($1)") { Parameters = { new() { Value = Lock } }, CommandTimeout = LongestWaitSeconds + 10 };
        try
        {
            await session.ExecuteAsync(alone, ct);
        }
        catch (Exception fault) when (LockTimedOut(fault))
        {
            throw Refused.Unavailable();
        }
    }

    private static bool LockTimedOut(Exception fault) =>
        fault is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } || (fault.InnerException is { } inner && LockTimedOut(inner));
}
