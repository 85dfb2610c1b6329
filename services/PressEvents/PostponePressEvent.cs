using Grpc.Core;
using Platform;
using PressEvents.V1;

namespace PressEvents;

/// <summary>Say in kk and ru why an event will take place some other time; rescheduling gives it a date again.</summary>
public sealed record PostponePressEvent(Bilingual? Reason = null)
{
    public PostponePressEvent() : this(Reason: null) { }
}

public sealed class PostponePressEventHandler(PressEventCommands commands)
{
    public Task<PressEventDone> Handle(Guid id, Seen seen, PostponePressEvent ask, CancellationToken ct) =>
        commands.Run(id, seen, (state, now) => PressEventDecider.Decide(state, ask, now), ct);
}

public static class PostponePressEventRest
{
    public static void MapPostponePressEvent(this IEndpointRouteBuilder app) => app.MapCommand<PostponePressEvent>("postpone",
        "Puts it off without a date and frees what it had reserved.",
        (id, seen, ask, services, ct) => services.GetRequiredService<PostponePressEventHandler>().Handle(id, seen, ask, ct));
}

public sealed partial class PressEventsGrpc
{
    public override async Task<CommandReply> Postpone(PostponeRequest request, ServerCallContext context) => Reply(await Handler<PostponePressEventHandler>(context).Handle(
        Id(request.PressEventId), Seen.Of(request.HasVersion, request.Version), new(Words(request.Reason)), context.CancellationToken));
}
