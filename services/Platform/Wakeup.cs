using JasperFx.Events.Daemon.HighWater;

namespace Platform;

/// <summary>
/// Wakes whoever waits for new facts, in this process or another replica: a NOTIFY after the commit, never inside it (that would
/// queue all commits behind one lock), at most one in flight. A signal that comes while the waiter works is kept, not lost;
/// the slow poll is the net under it.
/// </summary>
public sealed class Wakeup(NpgsqlDataSource database, ILogger<Wakeup> log) : BackgroundService, IDaemonWakeup
{
    private const string Channel = "platform_facts";

    /// <summary>The first signal goes at once, the next ones of a burst together: each wake-up costs the waiter several queries.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(10);
    private readonly SemaphoreSlim _send = new(0, 1), _wake = new(0, 1);

    /// <summary>Says that facts were committed. Never blocks, never fails.</summary>
    public void Signal() => Set(_send);

    public async Task WaitAsync(TimeSpan timeout, CancellationToken token) => await _wake.WaitAsync(timeout, token);

    /// <summary>Tells of every commit that holds events.</summary>
    public IDocumentSessionListener Listener => new AfterCommit(this);

    private sealed class AfterCommit(Wakeup wakeup) : DocumentSessionListenerBase
    {
        public override Task AfterCommitAsync(IDocumentSession session, Marten.Services.IChangeSet commit, CancellationToken token)
        {
            if (commit.GetEvents().Any())
            {
                wakeup.Signal();
            }

            return Task.CompletedTask;
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        Keep("notify", Send, stoppingToken), Keep("listen", Listen, stoppingToken));

    private async Task Send(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var notify = new NpgsqlCommand("notify " + Channel, connection);
        while (true)
        {
            await _send.WaitAsync(ct);
            await notify.ExecuteNonQueryAsync(ct);
            await Task.Delay(Quiet, ct);
        }
    }

    private async Task Listen(NpgsqlConnection connection, CancellationToken ct)
    {
        connection.Notification += (_, _) => Set(_wake);
        await using var listen = new NpgsqlCommand("listen " + Channel, connection);
        await listen.ExecuteNonQueryAsync(ct);
        Set(_wake); // what was committed before we listened
        while (true)
        {
            await connection.WaitAsync(ct);
        }
    }

    /// <summary>Holds a connection for as long as the service runs, with a new one after each fault.</summary>
    private async Task Keep(string what, Func<NpgsqlConnection, CancellationToken, Task> work, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(ct);
                await work(connection, ct);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning("Wake-up ({What}) lost its connection: {Kind}; polling goes on", what, fault.GetType().Name);
                await Task.Delay(TimeSpan.FromSeconds(1), ct);
            }
        }
    }

    private static void Set(SemaphoreSlim flag)
    {
        try
        {
            flag.Release();
        }
        catch (SemaphoreFullException)
        {
            // already set: one signal stands for all
        }
    }
}
