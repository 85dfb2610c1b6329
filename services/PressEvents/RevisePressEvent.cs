using Grpc.Core;
using Platform;
using PressEvents.V1;

namespace PressEvents;

/// <summary>Other words, speakers, channels, interpreters or capacity; what is absent stays. After announcing words are in both languages.</summary>
public sealed record RevisePressEvent(Bilingual? Title = null, Bilingual? Summary = null, IReadOnlyList<FilePressEvent.SpeakerAsk?>? Speakers = null,
    IReadOnlyList<string?>? Channels = null, IReadOnlyList<string?>? Interpreters = null, int? Capacity = null)
{
    public RevisePressEvent() : this(Title: null) { }
}

public sealed class RevisePressEventHandler(PressEventCommands commands, Catalogue catalogue)
{
    public Task<PressEventDone> Handle(Guid id, Seen seen, RevisePressEvent ask, CancellationToken ct) =>
        commands.Run(id, seen, (state, now) => PressEventDecider.Decide(state, ask, catalogue, now), ct);
}

public static class RevisePressEventRest
{
    public static void MapRevisePressEvent(this IEndpointRouteBuilder app) => app.MapCommand<RevisePressEvent>("revise",
        "Changes its words, speakers, channels, interpreters or capacity; a speaker or slot that is new is reserved, one that is gone is free.",
        (id, seen, ask, services, ct) => services.GetRequiredService<RevisePressEventHandler>().Handle(id, seen, ask, ct));
}

public sealed partial class PressEventsGrpc
{
    public override async Task<CommandReply> Revise(ReviseRequest request, ServerCallContext context) => Reply(await Handler<RevisePressEventHandler>(context).Handle(
        Id(request.PressEventId), Seen.Of(request.HasVersion, request.Version), new(Words(request.Title), Words(request.Summary), request.Speakers?.Items.Select(Ask).ToList(),
            request.Channels?.Items.ToList(), request.Interpreters?.Items.ToList(), request.HasCapacity ? request.Capacity : null), context.CancellationToken));
}
