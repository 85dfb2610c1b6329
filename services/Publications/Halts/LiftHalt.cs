using Marten;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Platform;

namespace Publications;

/// <summary>Let it go on; never by who placed it. What passed its time in between stays missed.</summary>
public sealed record LiftHalt(string? Reason);

public sealed class LiftHaltHandler(IDocumentSession session, Work work, TimeProvider clock)
{
    public static readonly string[] May = [Roles.Approver, Roles.Head, Roles.Admin];

    public async Task<HaltReply> Handle(Guid id, Seen seen, LiftHalt ask, CancellationToken ct)
    {
        work.Caller.Demand(May);
        var found = await session.Find<Halt>(id, seen, h => h.SeenBy(work.Caller), HaltDecider.Evolve, ct);
        var facts = HaltDecider.Decide(found.State, ask, work.Caller, clock.GetUtcNow());
        if (facts.Count > 0)
        {
            HaltWriter.RaiseEpoch(session);
        }

        var done = await found.Save(facts, ct);
        return HaltReply.Of(done.State, done.Version);
    }
}

public static class LiftHaltRest
{
    public static void MapLiftHalt(this IEndpointRouteBuilder app) => app.MapPost("/v1/halts/{id:guid}/lift",
        async (Guid id, Seen seen, [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] LiftHalt? ask, LiftHaltHandler handler, HttpResponse reply, CancellationToken ct) =>
        {
            var done = await handler.Handle(id, seen, ask ?? new(null), ct);
            return reply.Versioned(done, done.Version);
        })
        .ForRoles(LiftHaltHandler.May).WithTags(PlaceHaltRest.Tag).Produces<HaltReply>().WithSummary("Lifts it; a second person, never who placed it. Nothing that passed its time meanwhile bursts out.");
}
