using Marten;
using Platform;

namespace PressEvents;

/// <summary>The reply to a command on the registration for an event: its terms and counts. <paramref name="State"/>: Open, Closed, or NotYetOpen.</summary>
public sealed record SeatingDone(Guid Id, long Version, string State, int Capacity, IReadOnlyDictionary<SeatCategory, int> Quotas, int Seated, int Waiting,
    DateTimeOffset Opens, DateTimeOffset Closes)
{
    public static SeatingDone Of(Seating terms, Seats seats, long version, PressEventView press, DateTimeOffset now) => new(terms.PressEventId, version,
        terms.IsClosedAt(press, now) ? "Closed" : now < terms.Opens ? "NotYetOpen" : "Open", terms.Capacity, terms.Quotas, seats.AllSeated, seats.AllWaiting,
        terms.Opens, terms.ClosesFor(press));
}

/// <summary>What every command on the terms shares: the event's row of seats first, then the terms; whoever waits and now has room sits down in the same transaction.</summary>
public sealed class SeatingCommands(IDocumentSession session, SeatCounters counters, Work work, TimeProvider clock)
{
    /// <summary>For terms that stand already, by the version the caller saw.</summary>
    public Task<SeatingDone> Change(Guid pressEventId, Seen seen, string because, Func<Seating, PressEventView, DateTimeOffset, IReadOnlyList<object>> decide, CancellationToken ct) =>
        Run(pressEventId, because, (terms, version, press, now) =>
        {
            var standing = terms ?? throw Refused.Conflict("registration-not-open", "Registration for this event was never opened.");
            seen.Check(version);
            return decide(standing, press, now);
        }, ct);

    public async Task<SeatingDone> Run(Guid pressEventId, string because, Func<Seating?, long, PressEventView, DateTimeOffset, IReadOnlyList<object>> decide, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Editor);
        var press = await session.Planned(work.Caller, pressEventId, ct);
        var seats = await counters.Lock(session, pressEventId, ct);
        var stream = await session.Events.FetchForWriting<Seating>(Seating.StreamOf(pressEventId), ct);
        var (terms, version, now) = (stream.Aggregate, stream.CurrentVersion ?? 0, clock.GetUtcNow().InAlmaty());
        var facts = decide(terms, version, press, now);
        if (facts.Count > 0)
        {
            stream.AppendMany(facts);
            seats = await counters.MoveUp(session, pressEventId, SeatingDecider.Count(seats, facts), because, now, ct);
            await session.SaveChangesAsync(ct);
        }

        return SeatingDone.Of(facts.Aggregate(terms, SeatingDecider.Evolve)!, seats!, version + facts.Count, press, now);
    }
}

public static class SeatingRest
{
    /// <summary>The manners of a command on the terms: address, role, If-Match, ETag.</summary>
    public static void MapSeatingCommand<TCommand>(this IEndpointRouteBuilder app, string command, string summary,
        Func<SeatingCommands, Guid, Seen, TCommand, IServiceProvider, CancellationToken, Task<SeatingDone>> handle) where TCommand : class, new() =>
        app.MapPost("/v1/press-events/{id:guid}/" + command, async (Guid id, Seen seen, TCommand? ask, SeatingCommands commands, HttpContext http, CancellationToken ct) =>
        {
            var done = await handle(commands, id, seen, ask ?? new(), http.RequestServices, ct);
            return http.Response.Versioned(done, done.Version);
        })
        .ForRoles(Roles.Editor).WithTags("Registrations").Produces<SeatingDone>().WithSummary(summary);
}
