using System.Diagnostics;
using Npgsql;

namespace Publications;

/// <summary>
/// The sends that began within a moment share one lock, on one connection: while it is held no halt begins, so what was read under it holds for all of them. It takes
/// nobody else a moment after it was opened, so that a halt which waits for it waits for calls, and not for ever new ones.
/// </summary>
internal sealed class SendGroup
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(25);

    /// <summary>A process that hangs with a send in its hands is cut off by the server after this, longer than any call: it holds no halt up for ever.</summary>
    private const string LongestHold = "120s";

    private readonly Lock _sync = new();
    private readonly NpgsqlDataSource _database;
    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;
    private long _openedAt;
    private int _members = 1;

    public SendGroup(NpgsqlDataSource database, Func<long, Task<IReadOnlyList<Halt>>> halts)
    {
        _database = database;
        Opened = Open(halts);
    }

    /// <summary>The halts that hold while the group does. Not anybody's request: who waits may give up, the others go on.</summary>
    public Task<IReadOnlyList<Halt>> Opened { get; }

    public bool TryJoin()
    {
        lock (_sync)
        {
            var openedAt = Interlocked.Read(ref _openedAt);
            if (_members == 0 || Opened.IsFaulted || (openedAt > 0 && Stopwatch.GetElapsedTime(openedAt) > Moment))
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

    /// <summary>One round trip. Each statement has a snapshot of its own: the epoch is read as it is once the lock is held.</summary>
    private async Task<IReadOnlyList<Halt>> Open(Func<long, Task<IReadOnlyList<Halt>>> halts)
    {
        _connection = await _database.OpenConnectionAsync();
        _transaction = await _connection.BeginTransactionAsync();
        await using var batch = new NpgsqlBatch(_connection, _transaction)
        {
            Timeout = 300,
            BatchCommands =
            {
                new($"set local idle_in_transaction_session_timeout = '{LongestHold}'"),
                new($"select pg_advisory_xact_lock_shared({HaltWriter.Lock})"),
                new("select epoch from halt_epoch"),
            },
        };
        long epoch;
        await using (var reader = await batch.ExecuteReaderAsync())
        {
            await reader.NextResultAsync(); // the lock says nothing
            await reader.ReadAsync();
            epoch = reader.GetInt64(0);
        }

        Interlocked.Exchange(ref _openedAt, Stopwatch.GetTimestamp());
        return await halts(epoch);
    }
}
