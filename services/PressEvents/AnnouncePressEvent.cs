using Grpc.Core;
using Marten;
using Platform;
using PressEvents.V1;

namespace PressEvents;

/// <summary>Make an event public. The reason is for less than the format's least notice, and stands in the history with the name.</summary>
public sealed record AnnouncePressEvent(string? Reason = null)
{
    public AnnouncePressEvent() : this(Reason: null) { }
}

public sealed class AnnouncePressEventHandler(IDocumentSession session, Catalogue catalogue, Work work, TimeProvider clock)
{
    public async Task<PressEventDone> Handle(Guid id, Seen seen, AnnouncePressEvent ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Editor);
        var done = await session.Decide<PressEvent>(id, seen, e => work.Caller.PlansFor(e.Body), PressEventDecider.Evolve,
            state => PressEventDecider.Decide(state, ask, catalogue, clock.GetUtcNow().InAlmaty()), ct);
        return PressEventDone.Of(done.State, done.Version);
    }
}

public static class AnnouncePressEventRest
{
    public static void MapAnnouncePressEvent(this IEndpointRouteBuilder app) => app.MapCommand<AnnouncePressEvent>("announce",
        "Makes it public; less than the format's least notice needs a reason.",
        (id, seen, ask, services, ct) => services.GetRequiredService<AnnouncePressEventHandler>().Handle(id, seen, ask, ct));
}

public sealed partial class PressEventsGrpc
{
    public override async Task<CommandReply> Announce(AnnounceRequest request, ServerCallContext context) => Reply(await Handler<AnnouncePressEventHandler>(context).Handle(
        Id(request.PressEventId), Seen.Of(request.HasVersion, request.Version), new(Given(request.Reason)), context.CancellationToken));
}
