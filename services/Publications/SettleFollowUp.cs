using Grpc.Core;
using Platform;
using Publications.V1;

namespace Publications;

/// <summary>Say how a channel was seen to that could not follow a correction or withdrawal by itself.</summary>
public sealed record SettleFollowUp(string? Channel, string? Language, string? Note);

public static class SettleFollowUpDoor
{
    private static readonly string[] May = [Roles.Editor, Roles.Approver];

    public static Task<PublicationReply> SettleFollowUp(this PublicationCommands on, Guid id, Seen seen, SettleFollowUp ask, CancellationToken ct) =>
        on.Decide(id, seen, May, (p, by, now) => CorrectionDecider.Decide(p, ask, by, now), ct);

    public static void MapSettleFollowUp(this IEndpointRouteBuilder app) => app.MapCommand<SettleFollowUp>("settle-follow-up",
        "Says how a channel was seen to that could not follow a correction by itself.", May, null, SettleFollowUp);
}

public sealed partial class PublicationsGrpc
{
    public override async Task<V1.Publication> SettleFollowUp(SettleFollowUpRequest request, ServerCallContext context) => Message(await Commands(context).SettleFollowUp(
        Id(request.PublicationId), Seen.Of(request.HasVersion, request.Version), new(Given(request.Channel), Given(request.Language), request.Note), context.CancellationToken));
}
