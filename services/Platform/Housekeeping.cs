using System.Diagnostics.Metrics;

namespace Platform;

/// <summary>Removes idempotency keys past their 7 days, and notes of heard messages that the broker can no longer repeat (90 days).</summary>
public sealed class Sweeper(NpgsqlDataSource database, TimeProvider clock, ILogger<Sweeper> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var hourly = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        while (await hourly.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var batch = database.CreateBatch();
                batch.BatchCommands.Add(new("delete from platform.idempotency where expires_at < $1") { Parameters = { new() { Value = clock.GetUtcNow() } } });
                batch.BatchCommands.Add(new("delete from platform.heard where heard_at < $1") { Parameters = { new() { Value = clock.GetUtcNow().AddDays(-90) } } });
                await batch.ExecuteNonQueryAsync(stoppingToken);
            }
            catch (NpgsqlException fault)
            {
                log.LogWarning("Sweeping waits for the store: {SqlState}", fault.SqlState);
            }
        }
    }
}

/// <summary>Publishes the relay's lag as a gauge, and revives a relay that stopped on the leader.</summary>
public sealed class RelayGauge(Health health, ILogger<RelayGauge> log) : BackgroundService
{
    public const string Meter = "Platform";
    private static readonly Meter Gauges = new(Meter);
    private long _lag;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Gauges.CreateObservableGauge("platform.relay.lag", () => _lag, "events", "Facts stored and not yet relayed.");
        Gauges.CreateObservableGauge("platform.relay.leader", () => health.RelayRunsHere ? 1 : 0, description: "1 on the replica that relays.");
        using var tick = new PeriodicTimer(TimeSpan.FromSeconds(10));
        while (await tick.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                (_lag, _) = await health.Lag(stoppingToken);
                await health.Revive(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning("The relay was not looked after: {Kind}", fault.GetType().Name);
            }
        }
    }
}
