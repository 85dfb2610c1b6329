using Marten;
using Npgsql;

namespace Publications;

/// <summary>
/// The kill switch as claims and sends use it. The halts of an epoch are read once and kept: while the epoch is the same, so are they; each look costs one read of one row.
/// </summary>
public sealed class HaltBook(IDocumentStore store, NpgsqlDataSource database) : IHalts
{
    private sealed record Page(long Epoch, IReadOnlyList<Halt> Halts);

    /// <summary>Whoever waits longer sends nothing: its lease must not run out under it. It is looked at again when that is over.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _sync = new();
    private Page? _page;
    private SendGroup? _group;

    public async Task<HaltsNow> Read(IQuerySession session, CancellationToken ct)
    {
        await using var look = new NpgsqlCommand("select epoch from halt_epoch for share");
        long epoch;
        await using (var reader = await session.ExecuteReaderAsync(look, ct))
        {
            await reader.ReadAsync(ct);
            epoch = reader.GetInt64(0);
        }

        var halts = await Of(epoch, session, ct);
        return new(epoch, scope => HaltRules.Stops(halts, scope)) { Passed = (scope, dueAt) => HaltRules.Passed(halts, scope, dueAt) };
    }

    public async Task<IAsyncDisposable?> Enter(HaltScope scope, CancellationToken ct)
    {
        for (var own = false; ; own = true)
        {
            var group = Join(own);
            try
            {
                if (HaltRules.Stops(await group.Opened.WaitAsync(Patience, ct), scope) is null)
                {
                    return new Entry(group);
                }
            }
            catch
            {
                await group.Leave();
                throw;
            }

            await group.Leave();
            if (own)
            {
                return null;
            }

            // what the group read may have been lifted since: look once more before it is said that it is halted
        }
    }

    private SendGroup Join(bool own)
    {
        lock (_sync)
        {
            if (!own && _group?.TryJoin() == true)
            {
                return _group;
            }

            return _group = new SendGroup(database, Of);
        }
    }

    private async Task<IReadOnlyList<Halt>> Of(long epoch)
    {
        if (_page is { } kept && kept.Epoch == epoch)
        {
            return kept.Halts;
        }

        await using var session = store.QuerySession();
        return await Of(epoch, session, CancellationToken.None);
    }

    private async Task<IReadOnlyList<Halt>> Of(long epoch, IQuerySession session, CancellationToken ct)
    {
        if (_page is { } kept && kept.Epoch == epoch)
        {
            return kept.Halts;
        }

        var views = await session.Query<HaltView>().OrderBy(v => v.PlacedAt).ToListAsync(ct);
        _page = new(epoch, [.. views.Select(v => v.Now)]);
        return _page.Halts;
    }

    private sealed class Entry(SendGroup group) : IAsyncDisposable
    {
        private int _left;

        public ValueTask DisposeAsync() => Interlocked.Exchange(ref _left, 1) == 0 ? new(group.Leave()) : ValueTask.CompletedTask;
    }
}
