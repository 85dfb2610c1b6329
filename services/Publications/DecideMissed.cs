using Grpc.Core;
using Platform;
using Publications.V1;

namespace Publications;

/// <summary>A named person decides about one that missed its time: <c>publish</c> now, or <c>drop</c>.</summary>
public sealed record DecideMissed(string? Decision);

public static class DecideMissedDoor
{
    private static readonly string[] May = [Roles.Editor, Roles.Approver];

    public static Task<PublicationReply> DecideMissed(this PublicationCommands on, Guid id, Seen seen, DecideMissed ask, CancellationToken ct) =>
        on.Arm(id, seen, May, (p, by, now) => ReleaseDecider.Decide(p, ask, by, now), ct);

    public static void MapDecideMissed(this IEndpointRouteBuilder app) => app.MapCommand<DecideMissed>("decide-missed",
        "Decides about one that missed its time: publish now, or drop.", May, null, DecideMissed);
}

public sealed partial class PublicationsGrpc
{
    public override async Task<V1.Publication> DecideMissed(DecideMissedRequest request, ServerCallContext context) => Message(await Commands(context).DecideMissed(
        Id(request.PublicationId), Seen.Of(request.HasVersion, request.Version), new(request.Decision), context.CancellationToken));
}
