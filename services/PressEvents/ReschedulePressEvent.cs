using Grpc.Core;
using Platform;
using PressEvents.V1;

namespace PressEvents;

/// <summary>Move an event to another time, and to another hall if one is named. An earlier start than announced needs notice, or a reason.</summary>
public sealed record ReschedulePressEvent(string? Start = null, string? End = null, string? Hall = null, string? Reason = null)
{
    public ReschedulePressEvent() : this(Start: null) { }
}

public sealed class ReschedulePressEventHandler(PressEventCommands commands, Catalogue catalogue)
{
    public Task<PressEventDone> Handle(Guid id, Seen seen, ReschedulePressEvent ask, CancellationToken ct) =>
        commands.Run(id, seen, (state, now) => PressEventDecider.Decide(state, ask, catalogue, now), ct);
}

public static class ReschedulePressEventRest
{
    public static void MapReschedulePressEvent(this IEndpointRouteBuilder app) => app.MapCommand<ReschedulePressEvent>("reschedule",
        "Moves it; the old place is freed and the new one taken at once, or nothing changes.",
        (id, seen, ask, services, ct) => services.GetRequiredService<ReschedulePressEventHandler>().Handle(id, seen, ask, ct));
}

public sealed partial class PressEventsGrpc
{
    public override async Task<CommandReply> Reschedule(RescheduleRequest request, ServerCallContext context) => Reply(await Handler<ReschedulePressEventHandler>(context).Handle(
        Id(request.PressEventId), Seen.Of(request.HasVersion, request.Version),
        new(Written(request.Start), Written(request.End), Given(request.Hall), Given(request.Reason)), context.CancellationToken));
}
