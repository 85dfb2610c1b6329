using Marten;
using Npgsql;
using Platform;

namespace Inquiries;

/// <summary>
/// After a change of the calendar: the open requests whose terms may hold a changed day are noted down, looked at in batches, and those whose
/// dates move get one <see cref="DeadlinesRecalculated"/> each. A batch is one transaction that claims the change's row (SKIP LOCKED: one
/// replica works), locks its requests' streams, appends, and moves the row on: killed anywhere, the work goes on where it committed last,
/// on whichever replica comes first, with no request twice and none left out.
/// </summary>
public sealed class Recalculation(IDocumentStore store, Calendars calendars, TimeProvider clock, ILogger<Recalculation> log) : BackgroundService
{
    public const int Batch = 500;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Once more so long after the end: for a request that was dated by a command which read the calendar without holding it. Not while a later
    /// change is at work, whose requests it would take and count as its own.
    /// </summary>
    private static readonly TimeSpan Net = TimeSpan.FromSeconds(30);

    private sealed record Change(Guid Id, string Version, long StreamVersion, DateOnly[] Days, int? Candidates, int Examined, bool Finished, DateTimeOffset MadeAt);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await Step(stoppingToken))
                {
                    // the next batch
                }
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning("A recalculation waits: {Kind} {Where}", fault.GetType().Name, Fault.Where(fault));
            }

            await calendars.Changed(Poll, stoppingToken);
        }
    }

    /// <summary>One transaction of the oldest change that is not done and not claimed elsewhere; false when there is none.</summary>
    public async Task<bool> Step(CancellationToken ct)
    {
        await using var session = store.LightweightSession();
        session.LastModifiedBy = "recalculation";
        await session.BeginTransactionAsync(ct);
        if (await Claim(session, ct) is not { } change)
        {
            return false;
        }

        session.CausationId = change.Id.ToString();
        if (calendars.Version < change.StreamVersion)
        {
            await calendars.Refresh(ct);
        }

        if (change.Finished)
        {
            await Settle(session, change, ct);
        }
        else if (change.Candidates is not { } all)
        {
            NoteCandidates(session, change);
        }
        else if (change.Examined < all)
        {
            await Examine(session, change, ct);
        }
        else
        {
            Finish(session, change);
        }

        await session.SaveChangesAsync(ct); // commits only what was queued or appended: statements on the row are queued
        return true;
    }

    private async Task<Change?> Claim(IDocumentSession session, CancellationToken ct)
    {
        await using var claim = Command("""
            select change_id, calendar_version, stream_version, days, candidates, examined, finished_at is not null, made_at from calendar_changes
            where settled_at is null and (finished_at is null or finished_at < $1 and not exists (select from calendar_changes later where later.finished_at is null))
            order by stream_version limit 1 for update skip locked
            """, clock.GetUtcNow() - Net);
        await using var row = await session.ExecuteReaderAsync(claim, ct);
        return await row.ReadAsync(ct) ? new(row.GetFieldValue<Guid>(0), row.GetFieldValue<string>(1), row.GetFieldValue<long>(2), row.GetFieldValue<DateOnly[]>(3),
            await row.IsDBNullAsync(4, ct) ? null : row.GetFieldValue<int>(4), row.GetFieldValue<int>(5), row.GetFieldValue<bool>(6), row.GetFieldValue<DateTimeOffset>(7)) : null;
    }

    /// <summary>In the order of their ids, in which their streams are locked later.</summary>
    private static void NoteCandidates(IDocumentSession session, Change change)
    {
        var (from, to) = Reach(change);
        session.QueueSqlCommand("""
            insert into calendar_candidates (change_id, n, inquiry_id)
            select ?, row_number() over (order by id), id from mt_doc_inquiryview where is_open and due between ? and ? and data->>'calendarVersion' is distinct from ?
            """, change.Id, from, to, change.Version);
        session.QueueSqlCommand("update calendar_changes set candidates = (select count(*) from calendar_candidates where change_id = ?) where change_id = ?", change.Id, change.Id);
    }

    private async Task Examine(IDocumentSession session, Change change, CancellationToken ct)
    {
        var ids = await Ids(session, "select inquiry_id from calendar_candidates where change_id = $1 and n > $2 and n <= $3 order by n", ct, change.Id, change.Examined, change.Examined + Batch);
        await Recalculate(session, change, ids, ct);
        session.QueueSqlCommand("update calendar_changes set examined = examined + ? where change_id = ?", ids.Count, change.Id);
    }

    private void Finish(IDocumentSession session, Change change)
    {
        session.QueueSqlCommand("delete from calendar_candidates where change_id = ?", change.Id);
        session.QueueSqlCommand("update calendar_changes set finished_at = ? where change_id = ?", clock.GetUtcNow(), change.Id);
    }

    private async Task Settle(IDocumentSession session, Change change, CancellationToken ct)
    {
        var (from, to) = Reach(change);
        var late = await Ids(session, """
            select id from mt_doc_inquiryview where is_open and due between $1 and $2 and mt_last_modified >= $3 and data->>'calendarVersion' is distinct from $4 order by id
            """, ct, from, to, change.MadeAt, change.Version);
        foreach (var page in late.Chunk(Batch))
        {
            await Recalculate(session, change, page, ct);
        }

        session.QueueSqlCommand("update calendar_changes set settled_at = ? where change_id = ?", clock.GetUtcNow(), change.Id);
    }

    /// <summary>Their streams are locked first: what is read then stays so until we commit, and a command at the same moment finds a new version.</summary>
    private async Task Recalculate(IDocumentSession session, Change change, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        Dictionary<Guid, long> versions = [];
        await using (var locked = Command("select id, version from mt_streams where id = any($1) order by id for update", ids.ToArray()))
        await using (var reader = await session.ExecuteReaderAsync(locked, ct))
        {
            while (await reader.ReadAsync(ct))
            {
                versions.Add(reader.GetFieldValue<Guid>(0), reader.GetFieldValue<long>(1));
            }
        }

        var (calendar, now) = (calendars.Current, clock.GetUtcNow());
        var (today, counts) = (Registration.AlmatyDate(now), new ShiftCounts(0, 0, 0, 0, 0, 0));
        foreach (var view in await session.LoadManyAsync<InquiryView>(ct, [.. ids]))
        {
            if (Moved(view, change.Id, calendar, now) is { } fact)
            {
                session.Events.Append(view.Id, versions[view.Id] + 1, fact);
                counts = counts.And((Local(fact.OldDue), Local(fact.OldSafeDue)), (Local(fact.Due), Local(fact.SafeDue)), today);
            }
        }

        session.QueueSqlCommand("update calendar_changes set recalculated = recalculated + ?, late_in_time = late_in_time + ?, in_time_late = in_time_late + ? where change_id = ?",
            counts.Moved, counts.LateBecomeInTime, counts.InTimeBecomeLate, change.Id);
    }

    /// <summary>The one fact of a request whose dates the calendar moves; null for what is closed, has no dates, or keeps them.</summary>
    public static DeadlinesRecalculated? Moved(InquiryView view, Guid changeId, WorkingCalendar calendar, DateTimeOffset now) =>
        view is { IsOpen: true, Due: { } due, SafeDue: { } safe } && Watched.Dates(view, calendar) is { } dates && dates != (due, safe)
            ? new(view.Id, changeId, calendar.Version, due, safe, dates.Due, dates.SafeDue, now) : null;

    private static (DateOnly From, DateOnly To) Reach(Change change) => change.Days.Length == 0 ? (DateOnly.MaxValue, DateOnly.MinValue)
        : Caseload.Reach(Local(change.Days[0]), Local(change.Days[^1]));

    private static NodaTime.LocalDate Local(DateOnly date) => NodaTime.LocalDate.FromDateOnly(date);

    private static async Task<IReadOnlyList<Guid>> Ids(IDocumentSession session, string sql, CancellationToken ct, params object[] values)
    {
        await using var select = Command(sql, values);
        await using var reader = await session.ExecuteReaderAsync(select, ct);
        List<Guid> ids = [];
        while (await reader.ReadAsync(ct))
        {
            ids.Add(reader.GetFieldValue<Guid>(0));
        }

        return ids;
    }

    private static NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql);
        command.Parameters.AddRange(values.Select(value => new NpgsqlParameter { Value = value }).ToArray());
        return command;
    }
}
