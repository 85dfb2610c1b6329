using Grpc.Core;
using Platform;
using Publications.V1;

namespace Publications;

/// <summary>An emergency: one person lets it out at once and says why; a second person's approval of the same words is owed from then on (<c>GET /v1/publications/debts</c>).</summary>
public sealed record ReleasePublicationNow(string? Reason);

public static class ReleasePublicationNowDoor
{
    private static readonly string[] May = [Roles.Editor, Roles.Approver, Roles.Head];

    public static Task<PublicationReply> ReleaseNow(this PublicationCommands on, Guid id, Seen seen, ReleasePublicationNow ask, CancellationToken ct) =>
        on.Arm(id, seen, May, (p, by, now) => PublicationDecider.Decide(p, ask, by, now), ct);

    public static void MapReleasePublicationNow(this IEndpointRouteBuilder app) => app.MapCommand<ReleasePublicationNow>("release-now",
        "Lets it out at once on one person's word, with a reason; a second approval is owed.", May, null, ReleaseNow);
}

public sealed partial class PublicationsGrpc
{
    public override async Task<V1.Publication> ReleaseNow(ReleaseNowRequest request, ServerCallContext context) => Message(await Commands(context).ReleaseNow(
        Id(request.PublicationId), Seen.Of(request.HasVersion, request.Version), new(request.Reason), context.CancellationToken));
}
