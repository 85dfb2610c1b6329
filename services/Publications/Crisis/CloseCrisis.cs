using Marten;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Platform;

namespace Publications;

/// <summary>It is over; while the mandatory statement is owed, only with a reason. Its halt is lifted by a second person.</summary>
public sealed record CloseCrisis(string? Reason);

public sealed class CloseCrisisHandler(IDocumentSession session, CrisisPublications publications, Work work, TimeProvider clock)
{
    public async Task<CrisisReply> Handle(Guid id, Seen seen, CloseCrisis ask, CancellationToken ct)
    {
        work.Caller.Demand(StartCrisisHandler.May);
        var found = await session.Find<Crisis>(id, seen, c => work.Caller.ActsForOrAll(c.Body), CrisisDecider.Evolve, ct);
        var now = clock.GetUtcNow();
        var standing = await publications.Of(session, found.State, null, ct);
        var done = await found.Save(CrisisDecider.Decide(found.State, ask, CrisisClock.Of(found.State, standing, now), work.Caller.Id, now), ct);
        return await publications.Reply(session, done.State, done.Version, null, ct);
    }
}

public static class CloseCrisisRest
{
    public static void MapCloseCrisis(this IEndpointRouteBuilder app) => app.MapPost("/v1/crises/{id:guid}/close",
        async (Guid id, Seen seen, [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] CloseCrisis? ask, CloseCrisisHandler handler, HttpResponse reply, CancellationToken ct) =>
        {
            var done = await handler.Handle(id, seen, ask ?? new(null), ct);
            return reply.Versioned(done, done.Version);
        })
        .ForRoles(StartCrisisHandler.May).WithTags(CrisisRest.Tag).Produces<CrisisReply>().WithSummary("Closes it; its halt stays until a second person lifts it.");
}
