using JasperFx;
using Marten;
using Npgsql;
using Platform;

namespace Inquiries;

/// <summary>How often it is looked; a look that is missed is made up for by the next one.</summary>
public sealed record ReminderOptions
{
    public double EverySeconds { get; init; } = 60;
}

/// <summary>
/// Writes what <see cref="Reminders"/> says, each once: by the version of the stream that was looked at. One replica at a time, by an advisory
/// lock; a request that moved meanwhile is left for the next look.
/// </summary>
public sealed class Reminding(IDocumentStore store, NpgsqlDataSource database, Calendars calendars, ReminderOptions options, TimeProvider clock, ILogger<Reminding> log) : BackgroundService
{
    private const long Lock = 5102_0006;
    private const int Batch = 200;

    /// <summary>Three working days never stretch over more days than this, with every holiday between.</summary>
    private const int Horizon = 21;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromSeconds(options.EverySeconds), clock);
        do
        {
            try
            {
                await Look(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning("Reminding waits: {Kind} {Where}", fault.GetType().Name, Fault.Where(fault));
            }
        }
        while (await tick.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Look(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var take = new NpgsqlCommand("select pg_try_advisory_lock($1)", connection) { Parameters = { new() { Value = Lock } } };
        if (await take.ExecuteScalarAsync(ct) is not true)
        {
            return; // another replica looks
        }

        try
        {
            (DateOnly Day, Guid Id)? after = null;
            while (await Candidates(after, ct) is { Count: > 0 } views)
            {
                await Write(views, ct);
                after = (views[^1].SafeDue!.Value, views[^1].Id);
            }
        }
        finally
        {
            await using var give = new NpgsqlCommand("select pg_advisory_unlock($1)", connection) { Parameters = { new() { Value = Lock } } };
            await give.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    private async Task<IReadOnlyList<InquiryView>> Candidates((DateOnly Day, Guid Id)? after, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        var horizon = Registration.AlmatyDate(clock.GetUtcNow()).PlusDays(Horizon).ToDateOnly();
        var open = session.Query<InquiryView>().Where(v => v.IsOpen && v.Reminded < Reminders.All && v.SafeDue <= horizon);
        open = after is { } last ? open.Where(v => v.SafeDue > last.Day || (v.SafeDue == last.Day && v.Id > last.Id)) : open;
        return await open.OrderBy(v => v.SafeDue).ThenBy(v => v.Id).Take(Batch).ToListAsync(ct);
    }

    private async Task Write(IReadOnlyList<InquiryView> views, CancellationToken ct)
    {
        var due = views.Select(v => (View: v, Facts: Reminders.Of(v, calendars.Current, clock.GetUtcNow()))).Where(x => x.Facts.Count > 0).ToList();
        if (due.Count == 0 || await Append(due, ct))
        {
            return;
        }

        foreach (var one in due) // one of them moved: the others are not to wait for it
        {
            await Append([one], ct);
        }
    }

    private async Task<bool> Append(IReadOnlyList<(InquiryView View, IReadOnlyList<object> Facts)> due, CancellationToken ct)
    {
        await using var session = store.LightweightSession();
        session.LastModifiedBy = "service:reminders";
        foreach (var (view, facts) in due)
        {
            session.Events.Append(view.Id, view.Version + facts.Count, facts.ToArray());
        }

        try
        {
            await session.SaveChangesAsync(ct);
            return true;
        }
        catch (ConcurrencyException)
        {
            return false;
        }
    }
}
