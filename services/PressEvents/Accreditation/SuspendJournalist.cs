using Marten;
using Platform;

namespace PressEvents;

/// <summary>Deprive a journalist of accreditation for half a year, for a reason of the closed list.</summary>
public sealed record SuspendJournalist(string? Reason = null)
{
    public SuspendJournalist() : this(Reason: null) { }
}

/// <summary>Until when (midnight in Almaty after the last day), by the calendar of this version; it ends by itself, or is lifted.</summary>
public sealed record SuspensionDone(Guid Id, long Version, string State, string Reason, Words Words, DateOnly LastDay, DateTimeOffset Until, string? CalendarVersion);

public sealed class SuspendJournalistHandler(IDocumentSession session, Owners owners, Catalogue catalogue, Work work, TimeProvider clock)
{
    public async Task<SuspensionDone> Handle(Guid id, Seen seen, SuspendJournalist ask, CancellationToken ct)
    {
        work.Caller.DemandAccreditor();
        await owners.Alone(id, ct);
        var now = clock.GetUtcNow().InAlmaty();
        var done = await session.Decide<Journalist>(id, seen, _ => true, Journalists.Evolve, state => Journalists.Suspend(state, ask, work.Caller.Name, catalogue.Calendar, now), ct);
        var running = done.State.SuspendedAt(now)!;
        return new(id, done.Version, "Suspended", running.Reason, AccreditationLists.Deprivations[running.Reason].Words, running.LastDay, running.Until.InAlmaty(), running.CalendarVersion);
    }
}

public static class SuspendJournalistRest
{
    public static void MapSuspendJournalist(this IEndpointRouteBuilder app) => app.MapPost("/v1/journalists/{id:guid}/suspend",
        async (Guid id, Seen seen, SuspendJournalist? ask, SuspendJournalistHandler handler, HttpResponse reply, CancellationToken ct) =>
        {
            var done = await handler.Handle(id, seen, ask ?? new(), ct);
            return reply.Versioned(done, done.Version);
        })
        .ForRoles(Roles.Accreditor).WithTags("Accreditation").Produces<SuspensionDone>()
        .WithSummary("Deprives a journalist of accreditation for six months, to the day; it ends by itself.");
}
