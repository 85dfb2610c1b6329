using Marten;
using Npgsql;

namespace Publications;

/// <summary>
/// The kill switch as claims and sends use it. The halts of an epoch are read once and kept: while the epoch is the same, so are they; each look costs one read of one row.
/// </summary>
public sealed class HaltBook(IDocumentStore store, NpgsqlDataSource database) : IHalts
{
    private sealed record Page(long Epoch, IReadOnlyList<Halt> Halts);

    private readonly Lock _sync = new();
    private Page? _page;
    private readonly Dictionary<(string Body, string Kind, string Account), SendGroup> _groups = [];

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
            var group = Join(scope, own);
            try
            {
                if (HaltRules.Stops(await group.Opened.WaitAsync(ct), scope) is null)
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

    private SendGroup Join(HaltScope scope, bool own)
    {
        var key = (scope.Body, scope.ChannelKind, scope.Channel);
        lock (_sync)
        {
            if (!own && _groups.TryGetValue(key, out var group) && group.TryJoin())
            {
                return group;
            }

            return _groups[key] = new SendGroup(database, scope, Of);
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
