using Grpc.Core;
using Platform;
using Publications.V1;

namespace Publications;

/// <summary>Approve one language of exactly what was read: <paramref name="ContentHash"/> is that language's, as the publication shows it.</summary>
public sealed record ApprovePublication(string? Language, string? ContentHash);

public static class ApprovePublicationDoor
{
    public static Task<PublicationReply> Approve(this PublicationCommands on, Guid id, Seen seen, ApprovePublication ask, CancellationToken ct) =>
        on.Decide(id, seen, [Roles.Approver], (p, by, now) => PublicationDecider.Decide(p, ask, by, now), ct);

    public static void MapApprovePublication(this IEndpointRouteBuilder app) => app.MapCommand<ApprovePublication>("approve",
        "Approves one language, bound to the hash of what was read; never by who wrote or edited it.", [Roles.Approver], null, Approve);
}

public sealed partial class PublicationsGrpc
{
    public override async Task<V1.Publication> Approve(ApproveRequest request, ServerCallContext context) => Message(await Commands(context).Approve(
        Id(request.PublicationId), Seen.Of(request.HasVersion, request.Version), new(request.Language, request.ContentHash), context.CancellationToken));
}
