using Marten;
using Platform;

namespace Publications;

/// <summary>Set the rule of a channel of the caller's body: at least one of <c>everyHours</c> (1 to 720), <c>perDay</c> (1 to 100), <c>minutesBetween</c> (1 to 1440).</summary>
public sealed record SetCadence(string? Channel = null, string? Body = null, int? EveryHours = null, int? PerDay = null, int? MinutesBetween = null);

/// <summary>Another rule for the channel, all of it as it is to be; it holds from now on.</summary>
public sealed record ChangeCadence(int? EveryHours = null, int? PerDay = null, int? MinutesBetween = null);

/// <summary>The channel has no rule any more.</summary>
public sealed record DropCadence;

public sealed class CadenceHandler(IDocumentSession session, IChannelAccounts accounts, Work work, TimeProvider clock)
{
    public async Task<(Cadence State, bool IsNew)> Set(SetCadence ask, CancellationToken ct)
    {
        var body = work.Caller.Kept(ask.Body);
        var channel = await Channel(ask.Channel, body, ct);
        var rule = CadenceDecider.Checked(ask.EveryHours, ask.PerDay, ask.MinutesBetween);
        var stream = await session.Events.FetchForWriting<Cadence>(CadenceDecider.StreamId(body, channel), ct);
        var version = stream.CurrentVersion ?? 0;
        var facts = CadenceDecider.Set(stream.Aggregate, body, channel, rule, work.Caller.Id, clock.GetUtcNow());
        if (facts.Count > 0)
        {
            stream.AppendMany(facts);
            await session.SaveChangesAsync(ct);
        }

        return (Versioned(facts.Aggregate(stream.Aggregate, CadenceDecider.Evolve)!, version + facts.Count), facts.Count > 0);
    }

    public Task<Cadence> Change(Guid id, Seen seen, ChangeCadence ask, CancellationToken ct) =>
        Act(id, seen, (state, by, now) => CadenceDecider.Change(state, CadenceDecider.Checked(ask.EveryHours, ask.PerDay, ask.MinutesBetween), by, now), ct);

    public Task<Cadence> Drop(Guid id, Seen seen, CancellationToken ct) => Act(id, seen, CadenceDecider.Drop, ct);

    private async Task<Cadence> Act(Guid id, Seen seen, Func<Cadence, string, DateTimeOffset, IReadOnlyList<object>> decide, CancellationToken ct)
    {
        work.Caller.Demand(CalendarScope.Keepers);
        var done = await session.Decide<Cadence>(id, seen, c => work.Caller.ActsFor(c.Body), CadenceDecider.Evolve, state => decide(state, work.Caller.Id, clock.GetUtcNow()), ct);
        return Versioned(done.State, done.Version);
    }

    private async Task<string> Channel(string? code, string body, CancellationToken ct) => string.IsNullOrWhiteSpace(code) ? throw Refused.Invalid("channel-missing", "Name the channel.", "channel")
        : (await accounts.Own(code, body, ct)).Code;

    private static Cadence Versioned(Cadence state, long version) => state with { Version = (int)version };
}

public static class CadenceRest
{
    public static void MapCadences(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/cadences").WithTags("Calendar");
        doors.MapPost("/", async (SetCadence ask, CadenceHandler handler, HttpResponse reply, CancellationToken ct) =>
            {
                var (state, isNew) = await handler.Set(ask, ct);
                reply.Headers.Location = $"/v1/cadences/{state.Id}";
                return reply.Versioned(state, state.Version, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
            })
            .ForRoles(CalendarScope.Keepers).Produces<Cadence>(StatusCodes.Status201Created).WithSummary("Sets how often a channel of the body is to say something; gaps against it stand in the calendar before they happen.");
        doors.MapPost("/{id:guid}/change", async (Guid id, Seen seen, ChangeCadence ask, CadenceHandler handler, HttpResponse reply, CancellationToken ct) =>
                await handler.Change(id, seen, ask, ct) is var done ? reply.Versioned(done, done.Version) : null)
            .ForRoles(CalendarScope.Keepers).Produces<Cadence>().WithSummary("Another rule from now on.");
        doors.MapPost("/{id:guid}/drop", async (Guid id, Seen seen, DropCadence? ask, CadenceHandler handler, HttpResponse reply, CancellationToken ct) =>
                await handler.Drop(id, seen, ct) is var done ? reply.Versioned(done, done.Version) : null)
            .ForRoles(CalendarScope.Keepers).Produces<Cadence>().WithSummary("The channel has no rule any more.");
        doors.MapGet("/", async (string? body, string? cursor, int? limit, IQuerySession session, Work work, CancellationToken ct) =>
            {
                IQueryable<Cadence> all = session.Query<Cadence>();
                var scope = Sees(work.Caller, body);
                return await (scope is null ? all : all.Where(c => c.Body == scope)).ById(c => c.Id, cursor, Changes.Limit(limit), ct);
            })
            .ForRoles(Readers).WithSummary("The rules of channels: the own body's; auditors and the Central Communications Service: all.");
        doors.MapGet("/{id:guid}", async (Guid id, string? asOf, IQuerySession session, Work work, HttpResponse reply, CancellationToken ct) =>
            {
                var (state, version) = await session.One<Cadence>(id, Times.AsOf(asOf, "asOf"), CadenceDecider.Evolve, ct);
                return Seen(work.Caller, state.Body) ? reply.Versioned(state with { Version = (int)version }, version) : throw Refused.Missing(nameof(Cadence));
            })
            .ForRoles(Readers).Produces<Cadence>().WithSummary("One rule; asOf shows it as it was recorded at that instant.");
        doors.MapGet("/{id:guid}/history", async (Guid id, IQuerySession session, Work work, CancellationToken ct) =>
                id != Guid.Empty && await session.LoadAsync<Cadence>(id, ct) is { } state && Seen(work.Caller, state.Body)
                    ? (await session.Events.FetchStreamAsync(id, token: ct)).Select(HistoryEntry.Of).ToList() : throw Refused.Missing(nameof(Cadence)))
            .ForRoles(Readers).WithSummary("Who set, changed and dropped it, and when.");
    }

    private static readonly string[] Readers = [.. CalendarScope.Officials, Roles.Head];

    private static string? Sees(Caller caller, string? body) => caller.Is(Roles.Head) && caller.Body is { } own && (body is null || body == own) ? own : caller.Scope(body);

    private static bool Seen(Caller caller, string body) => caller.Sees(body) || caller.ActsFor(Holders.CentralCommunications);
}
