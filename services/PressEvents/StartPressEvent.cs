using Grpc.Core;
using Marten;
using Platform;
using PressEvents.V1;

namespace PressEvents;

/// <summary>It begins. <paramref name="At"/> (RFC 3339 with an offset): when it truly did, if that is told later.</summary>
public sealed record StartPressEvent(string? At = null)
{
    public StartPressEvent() : this(At: null) { }
}

public sealed class StartPressEventHandler(IDocumentSession session, Coverage coverage, Catalogue catalogue, Work work, TimeProvider clock)
{
    public async Task<PressEventDone> Handle(Guid id, Seen seen, StartPressEvent ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Editor);
        var found = await session.Find<PressEvent>(id, seen, e => work.Caller.PlansFor(e.Body), PressEventDecider.Evolve, ct);
        var facts = PressEventDecider.Decide(found.State, ask, await coverage.IsOnAir(id, ct), catalogue, clock.GetUtcNow().InAlmaty());
        var done = await found.Save(facts, ct);
        return PressEventDone.Of(done.State, done.Version);
    }
}

public static class StartPressEventRest
{
    public static void MapStartPressEvent(this IEndpointRouteBuilder app) => app.MapCommand<StartPressEvent>("start",
        "It is live; a format that is broadcast needs one channel on air.",
        (id, seen, ask, services, ct) => services.GetRequiredService<StartPressEventHandler>().Handle(id, seen, ask, ct));
}

public sealed partial class PressEventsGrpc
{
    public override async Task<CommandReply> Start(StartRequest request, ServerCallContext context) => Reply(await Handler<StartPressEventHandler>(context).Handle(
        Id(request.PressEventId), Seen.Of(request.HasVersion, request.Version), new(Written(request.At)), context.CancellationToken));
}
