using Grpc.Core;
using Platform;
using Publications.V1;

namespace Publications;

/// <summary>Hand a draft to approvers; it needs both languages.</summary>
public sealed record SubmitPublication;

public static class SubmitPublicationDoor
{
    public static Task<PublicationReply> Submit(this PublicationCommands on, Guid id, Seen seen, SubmitPublication ask, CancellationToken ct) =>
        on.Decide(id, seen, [Roles.Editor], PublicationDecider.Submit, ct);

    public static void MapSubmitPublication(this IEndpointRouteBuilder app) => app.MapCommand<SubmitPublication>("submit",
        "Hands it to approvers; both languages have to be there.", [Roles.Editor], new(), Submit);
}

public sealed partial class PublicationsGrpc
{
    public override async Task<V1.Publication> Submit(SubmitRequest request, ServerCallContext context) => Message(await Commands(context).Submit(
        Id(request.PublicationId), Seen.Of(request.HasVersion, request.Version), new(), context.CancellationToken));
}
