using JasperFx;
using JasperFx.Events.Daemon;
using MassTransit;

namespace Platform;

/// <summary>
/// <c>live</c> fails only for a leader whose relay stopped; <c>ready</c> says whether this replica can serve; <c>status</c> tells what is
/// degraded (a relay nobody runs, lag, the broker, dead letters) and never takes a replica out of service.
/// </summary>
public sealed class Health(IDocumentStore store, NpgsqlDataSource database, IProjectionCoordinator coordinator, IBusControl bus, DeadLetters letters, IEnumerable<HealthPart> parts, TimeProvider clock)
{
    public sealed record Check(string Name, bool Ok, string Says);
    public sealed record Status(string State, IReadOnlyList<Check> Checks);

    private bool _schemaSeen;

    public bool RelayRunsHere => coordinator.DaemonForMainDatabase().CurrentAgents().Any(a => a.Name.Name == Relay.SubscriptionName && a.Status == AgentStatus.Running);

    private bool RelayStoppedHere => coordinator.DaemonForMainDatabase().CurrentAgents()
        .Any(a => a.Name.Name == Relay.SubscriptionName && a.Status == AgentStatus.Stopped);

    /// <summary>A shard that met a progression it did not write stays stopped for good, though this replica leads: it is started again.</summary>
    public async Task Revive(CancellationToken ct)
    {
        var daemon = coordinator.DaemonForMainDatabase();
        foreach (var stopped in daemon.CurrentAgents().Where(a => a.Status == AgentStatus.Stopped).Select(a => a.Name.Identity).ToList())
        {
            await daemon.StartAgentAsync(stopped, ct);
        }
    }

    public Status Live() => From(new Check("relay", !RelayStoppedHere, RelayRunsHere ? "runs here" : RelayStoppedHere ? "stopped; it is being started again" : "not this replica's"));

    public async Task<Status> Ready(CancellationToken ct)
    {
        try
        {
            await using var probe = database.CreateCommand("select 1");
            await probe.ExecuteScalarAsync(ct);
            if (!_schemaSeen)
            {
                await store.Storage.Database.AssertDatabaseMatchesConfigurationAsync(ct);
                _schemaSeen = true;
            }

            return From(new Check("store", true, "reachable, schema current"));
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return From(new Check("store", false, fault is NpgsqlException ? "not reachable" : "schema not current: run db-apply"));
        }
    }

    public async Task<Status> Overall(CancellationToken ct)
    {
        var ready = await Ready(ct);
        List<Check> checks = [.. ready.Checks];
        if (ready.State == "ok")
        {
            checks.Add(await RelayCheck(ct));
        }

        checks.Add(new("broker", bus.CheckHealth().Status == BusHealthStatus.Healthy, bus.CheckHealth().Status.ToString()));
        checks.Add(await letters.Count(ct) switch
        {
            null => new("dead-letters", false, "unknown: the broker does not answer"),
            0 => new("dead-letters", true, "none"),
            var n => new("dead-letters", false, $"{n} waiting for a decision"),
        });
        foreach (var part in ready.State == "ok" ? parts : [])
        {
            checks.AddRange(await part.Ask(ct));
        }

        return From([.. checks]);
    }

    /// <summary>Facts that were stored and not yet relayed, and the age of the relay's last sign of life anywhere.</summary>
    public async Task<(long Lag, TimeSpan? Silence)> Lag(CancellationToken ct)
    {
        await using var command = database.CreateCommand($"""
            select (select coalesce(max(seq_id), 0) from mt_events) - coalesce(last_seq_id, 0), heartbeat
            from mt_event_progression where name = '{Relay.SubscriptionName}:All'
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
        {
            return (0, null);
        }

        return (reader.GetInt64(0), await reader.IsDBNullAsync(1, ct) ? null : clock.GetUtcNow() - reader.GetFieldValue<DateTimeOffset>(1));
    }

    private async Task<Check> RelayCheck(CancellationToken ct)
    {
        var (lag, silence) = await Lag(ct);
        var runs = RelayRunsHere || silence < TimeSpan.FromMinutes(2);
        return new("relay", runs && lag < 10_000, $"{(RelayRunsHere ? "runs here" : runs ? "runs elsewhere" : "nobody runs it")}, {lag} behind");
    }

    private static Status From(params Check[] checks) => new(checks.All(c => c.Ok) ? "ok" : "degraded", checks);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", (Health health) => Reply(health.Live(), gate: true)).ExcludeFromDescription();
        app.MapGet("/health/ready", async (Health health, CancellationToken ct) => Reply(await health.Ready(ct), gate: true)).ExcludeFromDescription();
        app.MapGet("/health/status", async (Health health, CancellationToken ct) => Reply(await health.Overall(ct), gate: false)).ExcludeFromDescription();
    }

    private static Microsoft.AspNetCore.Http.HttpResults.JsonHttpResult<Status> Reply(Status status, bool gate) =>
        TypedResults.Json(status, statusCode: gate && status.State != "ok" ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
}

/// <summary>What a service adds to <c>status</c>; asked only while the store answers.</summary>
public sealed record HealthPart(Func<CancellationToken, Task<IReadOnlyList<Health.Check>>> Ask);
