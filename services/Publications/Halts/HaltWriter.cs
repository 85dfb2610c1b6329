using Marten;
using Npgsql;

namespace Publications;

/// <summary>What every halt is written with: the fact and the raised epoch in one transaction.</summary>
public static class HaltWriter
{
    /// <summary>
    /// From its commit on no send of its scope begins; <see cref="SendLocks.Over"/> waits for those that had begun. Claims read the epoch for share: it waits for those
    /// under way, and all later ones see it. The caller saves.
    /// </summary>
    public static async Task<Halt> Place(IDocumentSession session, Func<long, DateTimeOffset, HaltPlaced> place, TimeProvider clock, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        await using var raise = new NpgsqlCommand(Raise + " returning epoch");
        long epoch;
        await using (var reader = await session.ExecuteReaderAsync(raise, ct))
        {
            await reader.ReadAsync(ct);
            epoch = reader.GetInt64(0);
        }

        var placed = place(epoch, clock.GetUtcNow()); // the time at which it holds, not the time at which it began to wait
        session.Events.StartStream<Halt>(placed.HaltId, placed);
        return HaltDecider.Evolve(null, placed)!;
    }

    /// <summary>Until the caller's commit no claim looks at what it is about to say: claims read the epoch first, and wait for it.</summary>
    public static async Task KeepClaimsWaiting(IDocumentSession session, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        await using var hold = new NpgsqlCommand("select from halt_epoch for update");
        await using var reader = await session.ExecuteReaderAsync(hold, ct);
    }

    /// <summary>For a lift, whose fact does not carry it.</summary>
    public static void RaiseEpoch(IDocumentSession session) => session.QueueSqlCommand(Raise);

    private const string Raise = "update halt_epoch set epoch = epoch + 1";
}
