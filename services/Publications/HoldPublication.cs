using Grpc.Core;
using Platform;
using Publications.V1;

namespace Publications;

/// <summary>Disarm it for now; its approvals stay, and <c>schedule</c> arms it again while its time is still to come.</summary>
public sealed record HoldPublication(string? Reason);

public static class HoldPublicationDoor
{
    private static readonly string[] May = [Roles.Editor, Roles.Approver];

    public static Task<PublicationReply> Hold(this PublicationCommands on, Guid id, Seen seen, HoldPublication ask, CancellationToken ct) =>
        on.Decide(id, seen, May, (p, by, now) => PublicationDecider.Decide(p, ask, by, now), ct);

    public static void MapHoldPublication(this IEndpointRouteBuilder app) => app.MapCommand<HoldPublication>("hold",
        "Disarms it, with a reason; approvals stay.", May, null, Hold);
}

public sealed partial class PublicationsGrpc
{
    public override async Task<V1.Publication> Hold(HoldRequest request, ServerCallContext context) => Message(await Commands(context).Hold(
        Id(request.PublicationId), Seen.Of(request.HasVersion, request.Version), new(request.Reason), context.CancellationToken));
}
