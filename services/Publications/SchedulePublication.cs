using Grpc.Core;
using Platform;
using Publications.V1;

namespace Publications;

/// <summary>Arm what is approved for its wanted time; <paramref name="WantedAt"/> may be repeated, another one is <c>content-changed</c>.</summary>
public sealed record SchedulePublication(DateTimeOffset? WantedAt);

public static class SchedulePublicationDoor
{
    private static readonly string[] May = [Roles.Editor, Roles.Approver];

    public static Task<PublicationReply> Schedule(this PublicationCommands on, Guid id, Seen seen, SchedulePublication ask, CancellationToken ct) =>
        on.Arm(id, seen, May, (p, by, now) => PublicationDecider.Decide(p, ask, by, now), ct);

    public static void MapSchedulePublication(this IEndpointRouteBuilder app) => app.MapCommand<SchedulePublication>("schedule",
        "Arms what is approved, at the time approved with it.", May, new(null), Schedule);
}

public sealed partial class PublicationsGrpc
{
    public override async Task<V1.Publication> Schedule(ScheduleRequest request, ServerCallContext context) => Message(await Commands(context).Schedule(
        Id(request.PublicationId), Seen.Of(request.HasVersion, request.Version), new(Time(request.WantedAt, "wantedAt")), context.CancellationToken));
}
