using Grpc.Core;
using Marten;
using Platform;
using PressEvents.V1;

namespace PressEvents;

/// <summary>It ended. <paramref name="At"/> (RFC 3339 with an offset): when it truly did, if that is told later.</summary>
public sealed record ConcludePressEvent(string? At = null)
{
    public ConcludePressEvent() : this(At: null) { }
}

public sealed class ConcludePressEventHandler(IDocumentSession session, Catalogue catalogue, Work work, TimeProvider clock)
{
    public async Task<PressEventDone> Handle(Guid id, Seen seen, ConcludePressEvent ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Editor);
        var done = await session.Decide<PressEvent>(id, seen, e => work.Caller.PlansFor(e.Body), PressEventDecider.Evolve,
            state => PressEventDecider.Decide(state, ask, catalogue, clock.GetUtcNow().InAlmaty()), ct);
        return PressEventDone.Of(done.State, done.Version);
    }
}

public static class ConcludePressEventRest
{
    public static void MapConcludePressEvent(this IEndpointRouteBuilder app) => app.MapCommand<ConcludePressEvent>("conclude",
        "It is over; its materials are due within three working days.",
        (id, seen, ask, services, ct) => services.GetRequiredService<ConcludePressEventHandler>().Handle(id, seen, ask, ct));
}

public sealed partial class PressEventsGrpc
{
    public override async Task<CommandReply> Conclude(ConcludeRequest request, ServerCallContext context) => Reply(await Handler<ConcludePressEventHandler>(context).Handle(
        Id(request.PressEventId), Seen.Of(request.HasVersion, request.Version), new(Written(request.At)), context.CancellationToken));
}
