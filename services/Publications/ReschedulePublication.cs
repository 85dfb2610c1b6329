using Grpc.Core;
using Platform;
using Publications.V1;

namespace Publications;

/// <summary>Another time, as an instant or as a wall clock shows it (<paramref name="Zone"/>: IANA, Asia/Almaty unless given). It is other content: approvals lapse.</summary>
public sealed record ReschedulePublication(DateTimeOffset? WantedAt, string? WantedLocal = null, string? Zone = null);

public static class ReschedulePublicationDoor
{
    private static readonly string[] May = [Roles.Editor];

    public static Task<PublicationReply> Reschedule(this PublicationCommands on, Guid id, Seen seen, ReschedulePublication ask, CancellationToken ct) =>
        on.Decide(id, seen, May, (p, by, now) => PublicationDecider.Decide(p, ask, by, now), ct);

    public static void MapReschedulePublication(this IEndpointRouteBuilder app) => app.MapCommand<ReschedulePublication>("reschedule",
        "Gives it another time; it is disarmed, and approvals lapse.", May, null, Reschedule);
}

public sealed partial class PublicationsGrpc
{
    public override async Task<V1.Publication> Reschedule(RescheduleRequest request, ServerCallContext context) => Message(await Commands(context).Reschedule(
        Id(request.PublicationId), Seen.Of(request.HasVersion, request.Version), new(Time(request.WantedAt, "wantedAt"), Given(request.WantedLocal), Given(request.Zone)), context.CancellationToken));
}
