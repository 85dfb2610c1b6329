using Marten;
using Npgsql;
using NpgsqlTypes;
using Platform;

namespace Inquiries;

/// <summary>A day that a change concerns: how it was and how it becomes, in words.</summary>
public sealed record DayChange(DateOnly Date, bool WorkedBefore, bool Works, Words Was, Words Becomes);

/// <summary>
/// What a change would do, in words and in numbers: of all open <paramref name="Requests"/> so many would be moved.
/// <paramref name="Version"/> is the version of the calendar's stream that was looked at: what <c>If-Match</c> wants.
/// </summary>
public sealed record CalendarPreview(long Version, string CalendarVersion, string NextCalendarVersion, IReadOnlyList<DayChange> Days, int Requests, int Moved, int Later,
    int Earlier, int Unchanged, int LateBecomeInTime, int InTimeBecomeLate, string Kk, string Ru);

/// <summary>The reply to a change; <paramref name="Id"/> is null where all was so already. <paramref name="State"/>: recalculating, unchanged.</summary>
public sealed record CalendarChanged(Guid? Id, long Version, string State, string CalendarVersion);

/// <summary>
/// One transaction: the facts, the row that the recalculation goes by, and the signal to all replicas. It holds the calendar alone, so that
/// every request dated by the calendar before is there to be found.
/// </summary>
public sealed class ChangeCalendarHandler(IDocumentSession session, Calendars calendars, Caseload caseload, Work work, TimeProvider clock)
{
    public async Task<CalendarChanged> Handle(Seen seen, ChangeCalendar ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Admin);
        await Calendars.HoldAlone(session, ct);
        var found = await session.Find<CalendarState>(CalendarDecider.StreamId, seen, _ => true, CalendarDecider.Evolve, ct);
        var (id, now) = (Guid.CreateVersion7(), clock.GetUtcNow());
        var facts = CalendarDecider.WithEdition(found.State, CalendarDecider.Decide(found.State, ask, id, now));
        if (facts.Count > 0)
        {
            await Note(found.State, facts, now, ct);
        }

        var done = await found.Save(facts, ct);
        if (facts.Count > 0 && work.Transaction is null)
        {
            await calendars.Refresh(ct); // who changed it sees it at once here; elsewhere, and under a key, the signal tells
        }

        return new(facts.Count > 0 ? id : null, done.Version, facts.Count > 0 ? "recalculating" : "unchanged", done.State.Calendar.Version);
    }

    /// <summary>Counts over every body's open requests; nothing is written.</summary>
    public async Task<CalendarPreview> Preview(ChangeCalendar ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Admin);
        var (state, now) = (await session.Find<CalendarState>(CalendarDecider.StreamId, new(null, true), _ => true, CalendarDecider.Evolve, ct), clock.GetUtcNow());
        var facts = CalendarDecider.Decide(state.State, ask, Guid.Empty, now);
        var after = facts.Aggregate(state.State, CalendarDecider.Evolve).Calendar;
        var before = state.State.Calendar;
        var c = await caseload.Count(before, after, Registration.AlmatyDate(now).ToDateOnly(), ct);
        var days = facts.Cast<ICalendarFact>().SelectMany(fact => CalendarDecider.Days(before, fact)).Select(day => day.Date).Distinct().Order()
            .Select(date => new DayChange(date.ToDateOnly(), before.IsWorking(date), after.IsWorking(date), Words.Reason(before.Day(date)), Words.Reason(after.Day(date))));
        var said = Said(c);
        return new((await state.Save([], ct)).Version, before.Version, after.Version, [.. days], c.Requests, c.Moved, c.Later, c.Earlier, c.Unchanged, c.LateBecomeInTime,
            c.InTimeBecomeLate, said.Kk, said.Ru);
    }

    /// <summary>"moves the dates of 312 open requests, 17 late ones become in time".</summary>
    public static Words Said(ShiftCounts counts) => counts.Moved == 0 ? Words.Say("moves-none") : Words.Join(", ",
    [
        Words.Count("moves", counts.Moved),
        .. counts.LateBecomeInTime > 0 ? [Words.Count("late-in-time", counts.LateBecomeInTime)] : Array.Empty<Words>(),
        .. counts.InTimeBecomeLate > 0 ? [Words.Count("in-time-late", counts.InTimeBecomeLate)] : Array.Empty<Words>(),
    ]);

    private async Task Note(CalendarState state, IReadOnlyList<object> facts, DateTimeOffset now, CancellationToken ct)
    {
        var next = facts.Aggregate(state, CalendarDecider.Evolve);
        var first = (ICalendarFact)facts[0];
        await using var insert = new NpgsqlCommand("""
            insert into calendar_changes (change_id, calendar_version, days, made_at, stream_version)
            select $1, $2, $3, $4, version + $5 from mt_streams where id = $6
            """)
        {
            Parameters =
            {
                new() { Value = first.ChangeId }, new() { Value = first.CalendarVersion },
                new() { Value = state.Calendar.Differing(next.Calendar).Select(day => day.ToDateOnly()).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date },
                new() { Value = now }, new() { Value = (long)facts.Count }, new() { Value = CalendarDecider.StreamId },
            },
        };
        await session.ExecuteAsync(insert, ct);
        // inside the transaction: delivered when it commits, and a change of calendar is too rare to queue anybody
        await using var tell = new NpgsqlCommand("select pg_notify($1, $2)") { Parameters = { new() { Value = Calendars.Channel }, new() { Value = first.CalendarVersion } } };
        await session.ExecuteAsync(tell, ct);
    }
}

public static class ChangeCalendarRest
{
    public static void MapChangeCalendar(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/calendar/changes").WithTags("Calendar");
        doors.MapPost("/preview", async (ChangeCalendar ask, ChangeCalendarHandler handler, HttpResponse reply, CancellationToken ct) =>
            {
                var preview = await handler.Preview(ask, ct);
                return reply.Versioned(preview, preview.Version);
            })
            .ForRoles(Roles.Admin).Produces<CalendarPreview>().WithSummary("What a change of the working calendar would do to the open requests; nothing is changed.");
        doors.MapPost("/", async (Seen seen, ChangeCalendar ask, ChangeCalendarHandler handler, HttpResponse reply, CancellationToken ct) =>
            {
                var done = await handler.Handle(seen, ask, ct);
                reply.Headers.Location = done.Id is { } id ? $"/v1/calendar/changes/{id}" : null;
                return reply.Versioned(done, done.Version, done.Id is null ? StatusCodes.Status200OK : StatusCodes.Status201Created);
            })
            .ForRoles(Roles.Admin).Produces<CalendarChanged>(StatusCodes.Status201Created).Produces<CalendarChanged>()
            .WithSummary("Changes the working calendar by an order; the requests whose dates move are recalculated then.");
        doors.MapGet("/{id:guid}", (Guid id, CalendarProgress progress, CancellationToken ct) => progress.Of(id, ct))
            .ForRoles(Roles.Admin, Roles.Officer, Roles.Head, Roles.Auditor).WithSummary("How far the recalculation after a change has come.");
    }
}
