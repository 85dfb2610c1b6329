using System.Collections.Concurrent;
using Platform;

namespace Publications;

/// <summary>How the releaser of a replica works; any number of replicas may run.</summary>
public sealed record ReleaseOptions
{
    /// <summary>How long a claimed item belongs to its worker; longer than a call to any channel may take.</summary>
    public double LeaseSeconds { get; init; } = 30;

    /// <summary>Items on their way at once, on this replica.</summary>
    public int Lanes { get; init; } = 96;
}

/// <summary>
/// Lets out what is due. Sleeps until the next time that stands in the due table (looked at every 250 ms, for it may move), claims with
/// SKIP LOCKED, stores the attempt, then calls the channel, then stores what came of it.
/// </summary>
public sealed class Releaser(Claims claims, Deliveries deliveries, ReleaseOptions options, TimeProvider clock, ILogger<Releaser> log) : BackgroundService
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250), Moment = TimeSpan.FromMilliseconds(5), Patience = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<Guid, Task> _running = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var lanes = new SemaphoreSlim(options.Lanes);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Room(lanes, stoppingToken);
                var (claimed, leftAlone) = await claims.Next(lanes.CurrentCount, stoppingToken);
                foreach (var item in claimed)
                {
                    await lanes.WaitAsync(stoppingToken);
                    var task = deliveries.Run(item, CancellationToken.None).ContinueWith(_ =>
                    {
                        lanes.Release();
                        _running.TryRemove(item.Attempt.AttemptId, out var _);
                    }, TaskScheduler.Default);
                    _running[item.Attempt.AttemptId] = task;
                }

                if (leftAlone is [var (one, why), ..])
                {
                    log.LogError("{Count} that are due are left alone; {Publication}: {Why}", leftAlone.Count, one, why);
                    await Task.Delay(Patience, clock, stoppingToken);
                }
                else if (claimed.Count == 0)
                {
                    await Sleep(await claims.NextWake(stoppingToken), stoppingToken);
                }
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning("Releasing waits: {Kind} {Where}", fault.GetType().Name, Fault.Where(fault));
                await Task.Delay(Patience, clock, stoppingToken);
            }
        }
    }

    /// <summary>Waits for a lane, and a moment for some more: a claim costs the same for one item as for many.</summary>
    private async Task Room(SemaphoreSlim lanes, CancellationToken ct)
    {
        await lanes.WaitAsync(ct);
        lanes.Release();
        for (var moments = 0; moments < 4 && lanes.CurrentCount < options.Lanes / 4; moments++)
        {
            await Task.Delay(Moment, clock, ct);
        }
    }

    /// <summary>What is on its way is finished before the replica stops, within the host's patience; else its lease runs out.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAny(Task.WhenAll(_running.Values), Task.Delay(Timeout.Infinite, cancellationToken));
    }

    /// <summary>What is due and was not claimed is in another worker's hands: that takes some milliseconds.</summary>
    private Task Sleep(DateTimeOffset? wake, CancellationToken ct)
    {
        var left = wake - clock.GetUtcNow() ?? Glance;
        return Task.Delay(left < Moment ? Moment : left < Glance ? left : Glance, clock, ct);
    }
}
