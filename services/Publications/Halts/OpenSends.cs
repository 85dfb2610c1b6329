using Npgsql;

namespace Publications;

/// <summary>A send that was let in by an epoch; its lock stands until it leaves.</summary>
internal sealed record OpenSend(SendSession Session, long Epoch, int Key);

/// <summary>
/// The sends that this replica has begun. All hold their locks on one connection, however many they are and however long their channels take, so that slow channels
/// leave the store's connections to everybody else. Who comes or goes while a round trip runs is dealt with by the next one. Where the server cuts it, a halt does not
/// wait for those that were in.
/// </summary>
internal sealed class OpenSends(NpgsqlDataSource database)
{
    private readonly Lock _sync = new();
    private List<(int Key, TaskCompletionSource<OpenSend> Told)> _entering = [];
    private List<OpenSend> _leaving = [];
    private bool _runs;
    private SendSession? _session; // the running turn's alone

    /// <summary>The lock of this key under the epoch that stands now. Who gives up waiting leaves by himself.</summary>
    public async Task<OpenSend> Enter(int key, CancellationToken ct)
    {
        var told = new TaskCompletionSource<OpenSend>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_sync)
        {
            _entering.Add((key, told));
            Go();
        }

        try
        {
            return await told.Task.WaitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            _ = told.Task.ContinueWith(entered => Leave(entered.Result), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            throw;
        }
    }

    public void Leave(OpenSend send)
    {
        lock (_sync)
        {
            _leaving.Add(send);
            Go();
        }
    }

    private void Go()
    {
        if (!_runs)
        {
            _runs = true;
            _ = Task.Run(Turns);
        }
    }

    private async Task Turns()
    {
        while (true)
        {
            List<(int Key, TaskCompletionSource<OpenSend> Told)> entering;
            List<OpenSend> leaving;
            lock (_sync)
            {
                (entering, _entering, leaving, _leaving) = (_entering, [], _leaving, []);
                if (entering.Count + leaving.Count == 0)
                {
                    _runs = false;
                    return;
                }
            }

            await Turn(entering, leaving);
        }
    }

    private async Task Turn(List<(int Key, TaskCompletionSource<OpenSend> Told)> entering, List<OpenSend> leaving)
    {
        var from = leaving.ToLookup(send => send.Session == _session);
        foreach (var old in from[false])
        {
            await old.Session.LeaveUnseen(1);
        }

        leaving = [.. from[true]];
        try
        {
            if (entering.Count + leaving.Count > 0)
            {
                _session ??= await SendSession.Open(database);
                var epoch = await _session.Turn(leaving, [.. entering.Select(e => e.Key)]);
                entering.ForEach(e => e.Told.SetResult(new(_session, epoch, e.Key)));
            }

            if (_session is { IsEmpty: true } empty)
            {
                _session = null;
                await empty.DisposeAsync();
            }
        }
        catch (Exception fault)
        {
            // which locks the connection holds is not known any more: it takes nobody else, and is given back when those who are in have left
            var lost = _session;
            _session = null;
            entering.ForEach(e => e.Told.TrySetException(fault));
            await (lost?.LeaveUnseen(leaving.Count) ?? Task.CompletedTask);
        }
    }
}

/// <summary>The connection on which sends hold their locks; used by one turn at a time.</summary>
internal sealed class SendSession : IAsyncDisposable
{
    /// <summary>A process that hangs with sends in its hands is cut off by the server after this, longer than any call.</summary>
    private const string LongestHold = "30min";

    private readonly NpgsqlConnection _connection;
    private int _inside;

    private SendSession(NpgsqlConnection connection) => _connection = connection;

    public bool IsEmpty => _inside == 0;

    public static async Task<SendSession> Open(NpgsqlDataSource database) => new(await database.OpenConnectionAsync());

    /// <summary>
    /// One round trip, unless a halt comes just then: the locks of an epoch are taken, then the epoch is read again. While it is still the same, whoever raises it
    /// afterwards finds the locks.
    /// </summary>
    public async Task<long> Turn(IReadOnlyList<OpenSend> leaving, int[] entering)
    {
        for (var gone = leaving; ;)
        {
            var (locked, after) = await Epochs(gone, entering);
            if (locked == after)
            {
                _inside += entering.Length - leaving.Count;
                return after;
            }

            gone = [.. entering.Select(key => new OpenSend(this, locked, key))];
        }
    }

    /// <summary>
    /// Sends are over whose locks cannot be named any more; the last one takes all with it, for the pool would end them only with the next use. Where the connection is gone,
    /// they are gone too.
    /// </summary>
    public async Task LeaveUnseen(int sends)
    {
        if ((_inside -= sends) > 0)
        {
            return;
        }

        try
        {
            await using var connection = _connection;
            await using var all = new NpgsqlCommand("select pg_advisory_unlock_all()", connection);
            await all.ExecuteNonQueryAsync();
        }
        catch (Exception)
        {
            // whoever comes next is not kept from it
        }
    }

    /// <summary>Every lock was given back by name.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    /// <summary>Each statement has a snapshot of its own.</summary>
    private async Task<(long Locked, long After)> Epochs(IReadOnlyList<OpenSend> leaving, int[] entering)
    {
        await using var batch = new NpgsqlBatch(_connection)
        {
            BatchCommands =
            {
                new($"set idle_session_timeout = '{LongestHold}'"),
                new($"select count(pg_advisory_unlock_shared({SendLocks.Class("s.epoch")}, s.key)) from unnest($1, $2) s (epoch, key)")
                {
                    Parameters = { new() { Value = leaving.Select(send => send.Epoch).ToArray() }, new() { Value = leaving.Select(send => send.Key).ToArray() } },
                },
                new($"select epoch, (select count(pg_advisory_lock_shared({SendLocks.Class("epoch")}, key)::text) from unnest($1) key) from halt_epoch") { Parameters = { new() { Value = entering } } },
                new("select epoch from halt_epoch"),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.NextResultAsync(); // past what was given back
        await reader.ReadAsync();
        var locked = reader.GetInt64(0);
        await reader.NextResultAsync();
        await reader.ReadAsync();
        return (locked, reader.GetInt64(0));
    }
}
