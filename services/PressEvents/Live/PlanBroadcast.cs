using Marten;
using Platform;

namespace PressEvents;

/// <summary>Plan a broadcast of an event on a channel. Times are RFC 3339 with an offset; the event's own when left out.</summary>
public sealed record PlanBroadcast(string? Channel, string? Url, string? Start, string? End);

public sealed class PlanBroadcastHandler(IDocumentSession session, Catalogue catalogue, Work work, TimeProvider clock)
{
    public async Task<BroadcastDone> Handle(Guid pressEventId, PlanBroadcast ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Editor);
        var of = await session.Planned(work.Caller, pressEventId, ct);
        var planned = BroadcastDecider.Plan(Guid.CreateVersion7(), ask, of, catalogue, clock.GetUtcNow().InAlmaty());
        session.Events.StartStream<Broadcast>(planned.BroadcastId, planned);
        await session.SaveChangesAsync(ct);
        return BroadcastDone.Of(BroadcastDecider.Evolve(null, planned)!, 1);
    }
}

public static class PlanBroadcastRest
{
    public static void MapPlanBroadcast(this IEndpointRouteBuilder app) => app.MapPost("/v1/press-events/{id:guid}/broadcasts",
        async (Guid id, PlanBroadcast ask, PlanBroadcastHandler handler, HttpResponse reply, CancellationToken ct) =>
        {
            var done = await handler.Handle(id, ask, ct);
            reply.Headers.Location = $"/v1/press-events/{id}/broadcasts/{done.Id}";
            return reply.Versioned(done, done.Version, StatusCodes.Status201Created);
        })
        .ForRoles(Roles.Editor).WithTags("Live").Produces<BroadcastDone>(StatusCodes.Status201Created)
        .WithSummary("Plans a broadcast on a channel, at an address.");
}
