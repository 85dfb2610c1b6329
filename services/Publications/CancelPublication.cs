using Grpc.Core;
using Platform;
using Publications.V1;

namespace Publications;

/// <summary>Give it up; what is going out at this moment cannot be cancelled.</summary>
public sealed record CancelPublication(string? Reason);

public static class CancelPublicationDoor
{
    private static readonly string[] May = [Roles.Editor, Roles.Approver];

    public static Task<PublicationReply> Cancel(this PublicationCommands on, Guid id, Seen seen, CancelPublication ask, CancellationToken ct) =>
        on.Decide(id, seen, May, (p, by, now) => PublicationDecider.Decide(p, ask, by, now), ct);

    public static void MapCancelPublication(this IEndpointRouteBuilder app) => app.MapCommand<CancelPublication>("cancel",
        "Gives it up; final.", May, new(null), Cancel);
}

public sealed partial class PublicationsGrpc
{
    public override async Task<V1.Publication> Cancel(CancelRequest request, ServerCallContext context) => Message(await Commands(context).Cancel(
        Id(request.PublicationId), Seen.Of(request.HasVersion, request.Version), new(request.Reason), context.CancellationToken));
}
