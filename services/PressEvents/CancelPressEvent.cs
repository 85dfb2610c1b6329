using Grpc.Core;
using Platform;
using PressEvents.V1;

namespace PressEvents;

/// <summary>Say in kk and ru why an event will not take place; final.</summary>
public sealed record CancelPressEvent(Bilingual? Reason = null)
{
    public CancelPressEvent() : this(Reason: null) { }
}

public sealed class CancelPressEventHandler(PressEventCommands commands)
{
    public Task<PressEventDone> Handle(Guid id, Seen seen, CancelPressEvent ask, CancellationToken ct) =>
        commands.Run(id, seen, (state, now) => PressEventDecider.Decide(state, ask, now), ct);
}

public static class CancelPressEventRest
{
    public static void MapCancelPressEvent(this IEndpointRouteBuilder app) => app.MapCommand<CancelPressEvent>("cancel",
        "Cancels it for good and frees what it had reserved.",
        (id, seen, ask, services, ct) => services.GetRequiredService<CancelPressEventHandler>().Handle(id, seen, ask, ct));
}

public sealed partial class PressEventsGrpc
{
    public override async Task<CommandReply> Cancel(CancelRequest request, ServerCallContext context) => Reply(await Handler<CancelPressEventHandler>(context).Handle(
        Id(request.PressEventId), Seen.Of(request.HasVersion, request.Version), new(Words(request.Reason)), context.CancellationToken));
}
