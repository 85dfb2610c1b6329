using Grpc.Core;
using Marten;
using Platform;
using PressEvents.V1;

namespace PressEvents;

/// <summary>Make public what was prepared of an event that ended; again when there is more.</summary>
public sealed record PublishMaterials;

/// <summary>What a press event's own stream asks of its coverage: is a channel on air, and which materials may be published.</summary>
public sealed record Coverage(Func<Guid, CancellationToken, Task<bool>> IsOnAir, Func<Guid, CancellationToken, Task<IReadOnlyList<PublishedMaterial>>> Materials);

public sealed class PublishMaterialsHandler(IDocumentSession session, Coverage coverage, Catalogue catalogue, Work work, TimeProvider clock)
{
    public async Task<PressEventDone> Handle(Guid id, Seen seen, PublishMaterials ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Editor);
        var found = await session.Find<PressEvent>(id, seen, e => work.Caller.PlansFor(e.Body), PressEventDecider.Evolve, ct);
        var done = await found.Save(PressEventDecider.Decide(found.State, ask, await coverage.Materials(id, ct), catalogue.Calendar, clock.GetUtcNow().InAlmaty()), ct);
        return PressEventDone.Of(done.State, done.Version);
    }
}

public static class PublishMaterialsRest
{
    public static void MapPublishMaterials(this IEndpointRouteBuilder app) => app.MapCommand<PublishMaterials>("publish-materials",
        "Makes its recordings, transcripts and photos public; late is recorded, never hindered.",
        (id, seen, ask, services, ct) => services.GetRequiredService<PublishMaterialsHandler>().Handle(id, seen, ask, ct));
}

public sealed partial class PressEventsGrpc
{
    public override async Task<CommandReply> PublishMaterials(PublishMaterialsRequest request, ServerCallContext context) => Reply(await Handler<PublishMaterialsHandler>(context).Handle(
        Id(request.PressEventId), Seen.Of(request.HasVersion, request.Version), new(), context.CancellationToken));
}
