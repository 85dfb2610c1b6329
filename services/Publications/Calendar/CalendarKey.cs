using JasperFx;
using JasperFx.Events;
using Marten;
using Marten.Events.Aggregation;
using Platform;

namespace Publications;

// The facts about a key with which a calendar program reads one body's calendar. The key itself is stored nowhere: it is derived from its id.

/// <summary>A key to the body's calendar was given to a caller.</summary>
public sealed record CalendarKeyIssued(Guid KeyId, string Body, string By, DateTimeOffset At);

/// <summary>The key opens nothing any more.</summary>
public sealed record CalendarKeyRevoked(Guid KeyId, string By, DateTimeOffset At);

/// <summary>A key as its facts leave it: state Active or Revoked.</summary>
public sealed record CalendarKey(Guid Id, string Body, string IssuedTo, DateTimeOffset IssuedAt, string State) : IRevisioned, IOfBody
{
    public const string Active = "Active", Revoked = "Revoked";
    public int Version { get; set; }
}

/// <summary>Every rule about keys: values in, values out.</summary>
public static class CalendarKeyDecider
{
    public static readonly Type[] Facts = [typeof(CalendarKeyIssued), typeof(CalendarKeyRevoked)];

    public static CalendarKey? Evolve(CalendarKey? state, object fact) => fact switch
    {
        CalendarKeyIssued e => new(e.KeyId, e.Body, e.By, e.At, CalendarKey.Active),
        CalendarKeyRevoked => state! with { State = CalendarKey.Revoked },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a key to a calendar."),
    };

    public static IReadOnlyList<object> Revoke(CalendarKey state, string by, DateTimeOffset now) => state.State == CalendarKey.Revoked ? [] : [new CalendarKeyRevoked(state.Id, by, now)];
}

public sealed partial class CalendarKeyViews : SingleStreamProjection<CalendarKey, Guid>
{
    public CalendarKeyViews()
    {
        foreach (var fact in CalendarKeyDecider.Facts)
        {
            IncludeType(fact);
        }
    }

    public override CalendarKey? Evolve(CalendarKey? snapshot, Guid id, IEvent e) => CalendarKeyDecider.Evolve(snapshot, e.Data);
}

/// <summary>A key just issued. <paramref name="Address"/>: what a calendar program subscribes to; whoever has it reads the body's calendar until it is revoked.</summary>
public sealed record IssuedCalendarKey(Guid Id, long Version, string State, string Body, string Key, string Address);

/// <summary>Issue a key to the own body's calendar.</summary>
public sealed record IssueCalendarKey;

/// <summary>Revoke a key of the own body.</summary>
public sealed record RevokeCalendarKey;

public sealed class CalendarKeys(IDocumentSession session, Sealing sealing, Work work, TimeProvider clock)
{
    private const string Purpose = "calendar-key";
    private static readonly string[] May = [Roles.Editor, Roles.Approver];

    public async Task<IssuedCalendarKey> Issue(CancellationToken ct)
    {
        work.Caller.Demand(May);
        var body = CalendarScope.Known(work.Caller.Body ?? throw Refused.Invalid("body-missing", "The token names no body.", "body"));
        var now = clock.GetUtcNow();
        var issued = new CalendarKeyIssued(Guid.CreateVersion7(now), body, work.Caller.Id, now);
        session.Events.StartStream<CalendarKey>(issued.KeyId, issued);
        await session.SaveChangesAsync(ct);
        var key = $"{issued.KeyId:N}.{sealing.Code(Purpose, issued.KeyId)}";
        return new(issued.KeyId, 1, CalendarKey.Active, body, key, "/v1/calendar.ics?key=" + key);
    }

    public async Task<CalendarKey> Revoke(Guid id, Seen seen, CancellationToken ct)
    {
        work.Caller.Demand(May);
        var done = await session.Decide<CalendarKey>(id, seen, k => work.Caller.ActsFor(k.Body), CalendarKeyDecider.Evolve, state => CalendarKeyDecider.Revoke(state, work.Caller.Id, clock.GetUtcNow()), ct);
        return done.State with { Version = (int)done.Version };
    }

    /// <summary>The body whose calendar a key opens; one that opens nothing is like an unknown one.</summary>
    public async Task<string> Opens(string key, CancellationToken ct) =>
        key.Split('.') is [var text, var code] && Guid.TryParseExact(text, "N", out var id) && id != Guid.Empty && sealing.Opens(Purpose, id, code)
            && await session.LoadAsync<CalendarKey>(id, ct) is { State: CalendarKey.Active } found ? found.Body : throw Refused.Missing("calendar");
}

public static class CalendarKeysRest
{
    public static void MapCalendarKeys(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/calendar/keys").WithTags("Calendar").ForRoles(Roles.Editor, Roles.Approver);
        doors.MapPost("/", async (IssueCalendarKey? ask, CalendarKeys keys, HttpResponse reply, CancellationToken ct) =>
            {
                var issued = await keys.Issue(ct);
                reply.Headers.Location = $"/v1/calendar/keys/{issued.Id}";
                return reply.Versioned(issued, issued.Version, StatusCodes.Status201Created);
            })
            .Produces<IssuedCalendarKey>(StatusCodes.Status201Created).WithSummary("A key with which a calendar program reads the body's calendar; told once.");
        doors.MapPost("/{id:guid}/revoke", async (Guid id, Seen seen, RevokeCalendarKey? ask, CalendarKeys keys, HttpResponse reply, CancellationToken ct) =>
                await keys.Revoke(id, seen, ct) is var done ? reply.Versioned(done, done.Version) : null)
            .Produces<CalendarKey>().WithSummary("The key opens nothing any more.");
        doors.MapGet("/", (string? cursor, int? limit, IQuerySession session, Work work, CancellationToken ct) =>
            {
                var body = work.Caller.Body ?? "";
                return session.Query<CalendarKey>().Where(k => k.Body == body).ById(k => k.Id, cursor, Changes.Limit(limit), ct);
            })
            .WithSummary("The body's keys, without themselves.");
        doors.MapGet("/{id:guid}", async (Guid id, string? asOf, IQuerySession session, Work work, HttpResponse reply, CancellationToken ct) =>
            {
                var (state, version) = await session.One<CalendarKey>(id, Times.AsOf(asOf, "asOf"), CalendarKeyDecider.Evolve, ct);
                return work.Caller.ActsFor(state.Body) ? reply.Versioned(state with { Version = (int)version }, version) : throw Refused.Missing(nameof(CalendarKey));
            })
            .Produces<CalendarKey>().WithSummary("One key, without itself.");
    }
}
