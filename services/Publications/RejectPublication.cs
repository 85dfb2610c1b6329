using Grpc.Core;
using Platform;
using Publications.V1;

namespace Publications;

/// <summary>Send it back to its editors, saying why; all approvals go.</summary>
public sealed record RejectPublication(string? Reason);

public static class RejectPublicationDoor
{
    public static Task<PublicationReply> Reject(this PublicationCommands on, Guid id, Seen seen, RejectPublication ask, CancellationToken ct) =>
        on.Decide(id, seen, [Roles.Approver], (p, by, now) => PublicationDecider.Decide(p, ask, by, now), ct);

    public static void MapRejectPublication(this IEndpointRouteBuilder app) => app.MapCommand<RejectPublication>("reject",
        "Sends it back to its editors with a reason.", [Roles.Approver], null, Reject);
}

public sealed partial class PublicationsGrpc
{
    public override async Task<V1.Publication> Reject(RejectRequest request, ServerCallContext context) => Message(await Commands(context).Reject(
        Id(request.PublicationId), Seen.Of(request.HasVersion, request.Version), new(request.Reason), context.CancellationToken));
}
