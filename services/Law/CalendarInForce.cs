using System.Collections.Frozen;
using JasperFx.Events.Projections;
using Marten;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Law;

/// <summary>The working calendar by which a service counts, in memory, in every replica: the newest that it heard, and the table until it heard one.</summary>
public sealed class CalendarInForce(string service, IDocumentStore store, NpgsqlDataSource database, ILogger<CalendarInForce> log) : BackgroundService
{
    public const string Channel = "working_calendar";

    /// <summary>Versions of the stream only grow, so that a slow reader never puts an older calendar over a newer one.</summary>
    private sealed record Known(WorkingCalendar Calendar, long Version, FrozenDictionary<string, WorkingCalendar> Editions);

    private readonly Lock _gate = new();
    private volatile Known _known = new(WorkingCalendar.Embedded, 0, FrozenDictionary<string, WorkingCalendar>.Empty);

    /// <summary>The service as its facts call it.</summary>
    public string Service => service;

    public WorkingCalendar Now => _known.Calendar;

    /// <summary>The edition by which a term of this service was counted.</summary>
    public WorkingCalendar Of(string? version) => version == WorkingCalendar.Embedded.Version ? WorkingCalendar.Embedded : _known.Editions.GetValueOrDefault(version ?? "") ?? Now;

    public async Task Refresh(CancellationToken ct)
    {
        await using var session = store.QuerySession();
        if (!((await session.Events.FetchStreamStateAsync(CalendarHearing.StreamId, ct))?.Version > _known.Version))
        {
            return;
        }

        var facts = await session.Events.FetchStreamAsync(CalendarHearing.StreamId, token: ct);
        var heard = facts.Select(e => CalendarHearing.Evolve(null, e.Data)!.Calendar).ToList(); // each is whole
        lock (_gate)
        {
            _known = facts[^1].Version > _known.Version ? new(heard[^1], facts[^1].Version, heard.DistinctBy(c => c.Version).ToFrozenDictionary(c => c.Version)) : _known;
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Listening.Keep(database, Channel, Refresh, log, stoppingToken);
}

/// <summary>Hearing the working calendar, as a part of a service.</summary>
public static class WorkingCalendarComposition
{
    public static void AddWorkingCalendar(this WebApplicationBuilder builder, string service) => builder.Services
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<CalendarInForce>(provider, service)).AddHostedService(provider => provider.GetRequiredService<CalendarInForce>());

    public static void AddWorkingCalendar(this IBusRegistrationConfigurator bus) => bus.AddConsumer<WhenWorkingCalendarChanged>();

    public static void Register(StoreOptions options)
    {
        options.MapFacts(CalendarHearing.Facts);
        options.Projections.Add<HeardCalendarFold>(ProjectionLifecycle.Live);
    }
}
