using System.Globalization;
using Marten;
using Npgsql;
using Platform;

namespace Inquiries;

/// <summary>A day that differs from Monday-Friday. <paramref name="For"/>: the holiday or the other half of a transfer; <paramref name="Order"/>: null for the first table.</summary>
public sealed record SpecialDay(DateOnly Date, bool Works, string Kind, string Note, DateOnly? For, Words Reason, CalendarOrder? Order);

/// <summary>A year of the working calendar; <paramref name="Published"/> false: computed from the fixed holidays, and provisional.</summary>
public sealed record CalendarYear(int Year, string CalendarVersion, bool Published, IReadOnlyList<SpecialDay> Days);

/// <summary>One version of the calendar: since when, by which order, the facts of its change; <paramref name="By"/> is told to officials only.</summary>
public sealed record CalendarVersionEntry(string CalendarVersion, Guid ChangeId, DateTimeOffset At, string? By, CalendarOrder? Order, IReadOnlyList<CalendarFactEntry> Facts);

public sealed record CalendarFactEntry(long Version, string Fact, object Data);

/// <summary>
/// How far the recalculation after a change has come. <paramref name="State"/>: waiting, running, done; <paramref name="Candidates"/>: open requests whose
/// term may hold a changed day; <paramref name="Recalculated"/>: those whose dates moved, each with one fact.
/// </summary>
public sealed record CalendarChangeProgress(Guid Id, string CalendarVersion, string State, IReadOnlyList<DateOnly> Days, int? Candidates, int Examined, int Recalculated,
    int LateBecomeInTime, int InTimeBecomeLate, DateTimeOffset MadeAt, DateTimeOffset? FinishedAt);

/// <summary>Reads the progress rows.</summary>
public sealed class CalendarProgress(NpgsqlDataSource database)
{
    public async Task<CalendarChangeProgress> Of(Guid id, CancellationToken ct)
    {
        await using var select = database.CreateCommand("""
            select calendar_version, days, candidates, examined, recalculated, late_in_time, in_time_late, made_at, finished_at from calendar_changes where change_id = $1
            """);
        select.Parameters.Add(new() { Value = id });
        await using var row = await select.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct))
        {
            throw Refused.Missing("change of the calendar");
        }

        var (candidates, finished) = (row.IsDBNull(2) ? null : (int?)row.GetInt32(2), row.IsDBNull(8) ? null : (DateTimeOffset?)row.GetFieldValue<DateTimeOffset>(8));
        return new(id, row.GetString(0), finished is not null ? "done" : candidates is null ? "waiting" : "running", row.GetFieldValue<DateOnly[]>(1), candidates, row.GetInt32(3),
            row.GetInt32(4), row.GetInt32(5), row.GetInt32(6), row.GetFieldValue<DateTimeOffset>(7), finished);
    }
}

/// <summary>The calendar's public reads.</summary>
public static class CalendarReads
{
    public static void MapCalendar(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/calendar", (int? year, DateTimeOffset? asOf, Calendars calendars, TimeProvider clock, HttpResponse reply) =>
            {
                var at = asOf is { } then ? calendars.AsOf(then) : calendars.State.Versions[^1];
                if (asOf is null)
                {
                    reply.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{calendars.Version}\"");
                }

                return Year(calendars.State, at.Calendar, year ?? Registration.AlmatyDate(clock.GetUtcNow()).Year);
            })
            .WithTags("Calendar").WithSummary("The days of a year that differ from Monday-Friday, each with its reason and order; the ETag is what a change wants as If-Match.");
        app.MapGet("/v1/calendar/versions", Versions)
            .WithTags("Calendar").WithSummary("Every version of the calendar, the first one first, with the facts and the order that made it.");
    }

    private static CalendarYear Year(CalendarState state, WorkingCalendar calendar, int year)
    {
        var span = calendar.Edition;
        var first = year >= 1 && year <= 9999 ? calendar.Day(new(year, 1, 1)).Date : throw Refused.Invalid("calendar-unknown", $"The calendar knows the years {span.ComputedFrom} to {span.ComputedTo}.", "year");
        return new(year, calendar.Version, !calendar.IsProvisional(first), [.. calendar.Special(year).Select(day => new SpecialDay(day.Date.ToDateOnly(), day.Works,
            ChangedDays.Spelled(day.Kind), day.Note, day.For?.ToDateOnly(), Words.Reason(day), state.Orders.GetValueOrDefault(day.Date)))]);
    }

    private static async Task<Page<CalendarVersionEntry>> Versions(IQuerySession session, Work work, CancellationToken ct)
    {
        var events = await session.Events.FetchStreamAsync(CalendarDecider.StreamId, token: ct);
        var named = work.Caller != Caller.Anonymous;
        return new([.. events.GroupBy(e => ((ICalendarFact)e.Data).ChangeId).Select(change => (First: (ICalendarFact)change.First().Data, All: change)).Select(change =>
            new CalendarVersionEntry(change.First.CalendarVersion, change.First.ChangeId, change.First.At, named ? change.All.First().UserName : null, change.First.Order,
                [.. change.All.Where(e => e.Data is not CalendarEditionIssued).Select(e => new CalendarFactEntry(e.Version, e.EventTypeName, e.Data))]))], null);
    }
}
