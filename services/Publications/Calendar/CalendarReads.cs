using Marten;
using NodaTime;
using Platform;

namespace Publications;

/// <summary>
/// What is asked of the calendar. <paramref name="From"/> and <paramref name="To"/>: days, both included, or instants, whose days are meant; today where from is absent. Without to the
/// <paramref name="View"/> says how far: day, week (by ISO 8601) or month (unless given) around from. <paramref name="Zone"/>: IANA, Asia/Almaty unless given.
/// </summary>
public sealed record CalendarAsk(string? From, string? To, string? View, string? Channel, string? Body, string? Zone, string? AsOf)
{
    public const int MostDays = 400;
    public static readonly string[] Views = ["day", "week", "month"];

    public AgendaSpan Span(DateTimeOffset now)
    {
        var zone = Zone is null ? Registration.Almaty : DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone) ?? throw Refused.Invalid("zone-unknown", "zone is an IANA name, such as Asia/Almaty.", "zone");
        var from = Day(From, "from", zone) ?? Instant.FromDateTimeOffset(now).InZone(zone).Date;
        var span = Day(To, "to", zone) is { } to ? new AgendaSpan(from, to, zone) : View switch
        {
            "day" => new(from, from, zone),
            "week" => Week(from, zone),
            null or "month" => new(DateAdjusters.StartOfMonth(from), DateAdjusters.EndOfMonth(from), zone),
            _ => throw Refused.Invalid("view-invalid", $"view is one of: {string.Join(", ", Views)}.", "view"),
        };
        return span.To < span.From ? throw Refused.Invalid("range-invalid", "to is a day not before from.", "to")
            : Period.DaysBetween(span.From, span.To) < MostDays ? span : throw Refused.Invalid("range-too-long", $"At most {MostDays} days.", "to");
    }

    private static AgendaSpan Week(LocalDate day, DateTimeZone zone) => day.PlusDays(1 - (int)day.DayOfWeek) is var monday ? new(monday, monday.PlusDays(6), zone) : null!;

    private static LocalDate? Day(string? text, string field, DateTimeZone zone) => text is null ? null
        : text.Length == 10 ? Times.Date(text, field) : Instant.FromDateTimeOffset(Times.AsOf(text, field)!.Value).InZone(zone).Date;
}

/// <summary>The calendar now, and what it said at an instant.</summary>
public sealed class CalendarReads(IQuerySession session, CalendarShelf shelf, ICalendarHalts halts, TimeProvider clock)
{
    public async Task<Agenda<CalendarItem>> Agenda(Caller caller, CalendarAsk ask, CancellationToken ct)
    {
        var (body, span, asOf) = (caller.Scope(ask.Body), ask.Span(clock.GetUtcNow()), Times.AsOf(ask.AsOf, "asOf")?.ToUniversalTime());
        var cadences = await Cadences(body, ask.Channel, asOf, ct);
        // as far around the span as a rule reaches: before it the last post may still cover, at both ends posts may stand too close
        var apart = TimeSpan.FromMinutes(cadences.Select(c => c.Rule.MinutesBetween ?? 0).Append(AgendaRules.MinutesApart).Max());
        var before = TimeSpan.FromHours(cadences.Select(c => c.Rule.EveryHours ?? 0).Append(0).Max());
        var items = await shelf.Items(body, ask.Channel, span.Begins - (before > apart ? before : apart), span.Ends + apart, asOf, ct);
        var stopped = await halts.Between(session, body, span.Begins, span.Ends, asOf, ct);
        return Publications.Agenda.Of(items, cadences, stopped, span.From, span.To, span.Zone) with { AsOf = asOf };
    }

    /// <summary>The rules that hold now, or held at an instant; there are few, one for each channel of a body.</summary>
    private async Task<IReadOnlyList<Cadence>> Cadences(string? body, string? channel, DateTimeOffset? asOf, CancellationToken ct)
    {
        IQueryable<Cadence> all = session.Query<Cadence>();
        all = body is null ? all : all.Where(c => c.Body == body);
        all = channel is null ? all : all.Where(c => c.Channel == channel);
        List<Cadence> then = [];
        foreach (var now in await all.ToListAsync(ct))
        {
            if ((asOf is null ? now : (await session.AsOf<Cadence>(now.Id, asOf, CadenceDecider.Evolve, ct))?.State) is { State: Cadence.Active } held)
            {
                then.Add(held);
            }
        }

        return then;
    }
}

public static class CalendarRest
{
    public static void MapCalendarReads(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/calendar", ([AsParameters] CalendarAsk ask, CalendarReads reads, Work work, CancellationToken ct) => reads.Agenda(work.Caller, ask, ct))
            .ForRoles(CalendarScope.Officials).WithTags("Calendar").Produces<Agenda<CalendarShown>>()
            .WithSummary("The calendar by local days with collisions, gaps against cadences, halts and embargoes: the own body's; auditors and the Central Communications Service: all. asOf: what it said then.");
        app.MapGet("/v1/calendar/shifted", (string? body, ShiftedReads reads, Work work, CancellationToken ct) => reads.List(work.Caller.Scope(body), ct))
            .ForRoles(CalendarScope.Officials).WithTags("Calendar").WithSummary("What was given a wall clock's time that means another instant today, for its zone's rules have changed since; its editors give it its time anew.");
    }
}
