using System.Diagnostics;
using Npgsql;

namespace Publications;

/// <summary>
/// The sends to one account that began within a moment share one lock, on one connection: it says by which epoch they were let in, and a halt waits until it is gone.
/// It takes nobody else a moment after it was opened, so that a halt waits for calls, and not for ever new ones.
/// </summary>
internal sealed class SendGroup
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(25);

    /// <summary>A process that hangs with a send in its hands is cut off by the server after this, longer than any call.</summary>
    private const string LongestHold = "30min";

    private readonly Lock _sync = new();
    private readonly NpgsqlDataSource _database;
    private readonly long _began = Stopwatch.GetTimestamp();
    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;
    private int _members = 1;

    public SendGroup(NpgsqlDataSource database, HaltScope scope, Func<long, Task<IReadOnlyList<Halt>>> halts)
    {
        _database = database;
        Opened = Open(SendLocks.Of(scope), halts);
    }

    /// <summary>The halts by which its members are let in. Not anybody's request: who waits may give up, the others go on.</summary>
    public Task<IReadOnlyList<Halt>> Opened { get; }

    public bool TryJoin()
    {
        lock (_sync)
        {
            if (_members == 0 || Opened.IsFaulted || Stopwatch.GetElapsedTime(_began) > Moment)
            {
                return false;
            }

            _members++;
            return true;
        }
    }

    /// <summary>The last one gives the lock back; nobody joins a group that nobody is in.</summary>
    public async Task Leave()
    {
        lock (_sync)
        {
            if (--_members > 0)
            {
                return;
            }
        }

        try
        {
            await Opened;
            await _transaction!.RollbackAsync();
        }
        catch (Exception fault) when (fault is NpgsqlException or InvalidOperationException)
        {
            // the connection is gone, and the lock with it; who waited for the group was told when it did not open
        }
        finally
        {
            await (_connection?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    /// <summary>
    /// One round trip, unless a halt comes just then: the lock of an epoch is taken, then the epoch is read again. While it is still the same, whoever raises it
    /// afterwards finds the lock.
    /// </summary>
    private async Task<IReadOnlyList<Halt>> Open(int key, Func<long, Task<IReadOnlyList<Halt>>> halts)
    {
        _connection = await _database.OpenConnectionAsync();
        while (true)
        {
            _transaction = await _connection.BeginTransactionAsync();
            var (locked, after) = await Epochs(_transaction, key);
            if (locked == after)
            {
                return await halts(after);
            }

            await _transaction.RollbackAsync();
        }
    }

    /// <summary>Each statement has a snapshot of its own.</summary>
    private static async Task<(long Locked, long After)> Epochs(NpgsqlTransaction transaction, int key)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection!, transaction)
        {
            BatchCommands =
            {
                new($"set local idle_in_transaction_session_timeout = '{LongestHold}'"),
                new($"select epoch, pg_advisory_xact_lock_shared({SendLocks.Class("epoch")}, $1)::text from halt_epoch") { Parameters = { new() { Value = key } } },
                new("select epoch from halt_epoch"),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.ReadAsync();
        var locked = reader.GetInt64(0);
        await reader.NextResultAsync();
        await reader.ReadAsync();
        return (locked, reader.GetInt64(0));
    }
}
