using Marten;
using Npgsql;

namespace Publications;

/// <summary>
/// The kill switch as claims and sends use it. The halts of an epoch are read once and kept: while the epoch is the same, so are they; each look costs one read of one row.
/// </summary>
public sealed class HaltBook(IDocumentStore store, NpgsqlDataSource database) : IHalts
{
    private sealed record Page(long Epoch, IReadOnlyList<Halt> Halts);

    private readonly OpenSends _sends = new(database);
    private Page? _page;

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
        var entry = new Entry(_sends, await _sends.Enter(SendLocks.Of(scope), ct));
        try
        {
            if (HaltRules.Stops(await Of(entry.Epoch, ct), scope) is null)
            {
                return entry;
            }
        }
        catch
        {
            await entry.DisposeAsync();
            throw;
        }

        await entry.DisposeAsync();
        return null;
    }

    private async Task<IReadOnlyList<Halt>> Of(long epoch, CancellationToken ct)
    {
        if (_page is { } kept && kept.Epoch == epoch)
        {
            return kept.Halts;
        }

        await using var session = store.QuerySession();
        return await Of(epoch, session, ct);
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

    private sealed class Entry(OpenSends sends, OpenSend send) : IAsyncDisposable
    {
        private int _left;

        public long Epoch => send.Epoch;

        public ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                sends.Leave(send);
            }

            return ValueTask.CompletedTask;
        }
    }
}
