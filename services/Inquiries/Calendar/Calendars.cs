using Marten;
using Marten.Events.Aggregation;
using Npgsql;
using Platform;

namespace Inquiries;

/// <summary>Marten's side of the fold; live, nothing stored.</summary>
public sealed partial class CalendarFold : SingleStreamProjection<CalendarState, Guid>
{
    public override CalendarState? Evolve(CalendarState? snapshot, Guid id, JasperFx.Events.IEvent e) => CalendarDecider.Evolve(snapshot, e.Data);
}

/// <summary>
/// The calendar that is current, in memory: loaded from its stream, and again when the stream grew, in every replica (a signal, and a slow
/// poll as the net). What is decided in a transaction asks <see cref="Hold"/>, which is exact; everything else reads <see cref="Current"/>,
/// which may be a moment behind.
/// </summary>
public sealed class Calendars(IDocumentStore store, NpgsqlDataSource database, TimeProvider clock, ILogger<Calendars> log) : BackgroundService
{
    public const string Channel = "inquiries_calendar";

    /// <summary>Shared by every transaction that dates a request, alone for the one that changes the calendar.</summary>
    private const int Lock = 5102;

    private sealed record Known(CalendarState State, long Version);

    private readonly SemaphoreSlim _changed = new(0, 1);
    private volatile Known _known = new(Seeds(DateTimeOffset.MinValue).Aggregate((CalendarState?)null, CalendarDecider.Evolve)!, 0);

    public WorkingCalendar Current => _known.State.Calendar;

    /// <summary>Of the stream; grows with every fact.</summary>
    public long Version => _known.Version;

    /// <summary>The calendar as it stood at an instant; before the first version, that one.</summary>
    public CalendarAt AsOf(DateTimeOffset at) => _known.State.Versions.LastOrDefault(version => version.At <= at) ?? _known.State.Versions[0];

    public CalendarState State => _known.State;

    /// <summary>The table of law.md as first facts, one per published year.</summary>
    public static IReadOnlyList<CalendarYearPublished> Seeds(DateTimeOffset at)
    {
        var table = WorkingCalendar.Embedded;
        return [.. Enumerable.Range(table.Edition.PublishedFrom, table.Edition.PublishedTo - table.Edition.PublishedFrom + 1).Select(year =>
            new CalendarYearPublished(CalendarDecider.StreamId, table.Version, year, [.. table.Special(year).Select(day => new PublishedDay(day.Date.ToDateOnly(), day.Kind, day.Note))], null, at))];
    }

    /// <summary>A step of db-apply: starts the stream where there is none.</summary>
    public async Task Seed()
    {
        await using var session = store.LightweightSession();
        session.LastModifiedBy = "db-apply";
        await HoldAlone(session, default);
        if (await session.Events.FetchStreamStateAsync(CalendarDecider.StreamId) is null)
        {
            session.Events.StartStream<CalendarState>(CalendarDecider.StreamId, Seeds(clock.GetUtcNow()));
            await session.SaveChangesAsync();
        }
    }

    /// <summary>
    /// The calendar for a decision in this session's transaction, which it opens. Until the transaction ends no change of the calendar commits,
    /// so that a recalculation after the change finds every request that was dated before it.
    /// </summary>
    public async Task<WorkingCalendar> Hold(IDocumentSession session, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        // the second statement begins when the lock is held, and so sees what the holder before us committed
        await using var hold = new NpgsqlCommand($"select pg_advisory_xact_lock_shared({Lock}); select version from mt_streams where id = '{CalendarDecider.StreamId}'");
        long version = 0;
        await using (var reader = await session.ExecuteReaderAsync(hold, ct))
        {
            await reader.NextResultAsync(ct);
            version = await reader.ReadAsync(ct) ? await reader.GetFieldValueAsync<long>(0, ct) : 0;
        }

        if (version > Version)
        {
            await Refresh(ct);
        }

        return Current;
    }

    /// <summary>For who changes it: waits for those who hold it, and lets none in until the transaction ends.</summary>
    public static async Task HoldAlone(IDocumentSession session, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        await using var hold = new NpgsqlCommand($"select pg_advisory_xact_lock({Lock})");
        await session.ExecuteAsync(hold, ct);
    }

    /// <summary>Reads what the stream has more than we know.</summary>
    public async Task Refresh(CancellationToken ct)
    {
        var known = _known;
        await using var session = store.QuerySession();
        var more = await session.Events.FetchStreamAsync(CalendarDecider.StreamId, fromVersion: known.Version + 1, token: ct);
        if (more.Count == 0)
        {
            return;
        }

        // the stream begins with what stands in for it until it is read
        var next = new Known(more.Select(e => e.Data).Aggregate(known.Version == 0 ? null : known.State, (state, fact) => CalendarDecider.Evolve(state, fact))!, more[^1].Version);
        lock (_changed)
        {
            _known = next.Version > _known.Version ? next : _known;
        }

        Signal();
    }

    /// <summary>Waits until the calendar changed, or so long.</summary>
    public Task<bool> Changed(TimeSpan atMost, CancellationToken ct) => _changed.WaitAsync(atMost, ct);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Refresh(cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogWarning("The calendar is not read yet: {Kind}; the first version stands in", fault.GetType().Name);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Listening.Keep(database, Channel, Refresh, log, stoppingToken);

    private void Signal()
    {
        try
        {
            _changed.Release();
        }
        catch (SemaphoreFullException)
        {
            // already set: one signal stands for all
        }
    }
}
