using Grpc.Core;
using Platform;
using Publications.V1;

namespace Publications;

/// <summary>
/// A named person says what a channel holds when no read-back could: <c>accepted</c> with the channel's id, or <c>not-accepted</c>,
/// which lets another attempt start. <paramref name="AttemptId"/> null: the last attempt.
/// </summary>
public sealed record DecideOutcome(string? Decision, string? ExternalId, Guid? AttemptId);

public static class DecideOutcomeDoor
{
    private static readonly string[] May = [Roles.Editor, Roles.Approver];

    public static Task<PublicationReply> DecideOutcome(this PublicationCommands on, Guid id, Seen seen, DecideOutcome ask, CancellationToken ct) =>
        on.Decide(id, seen, May, (p, by, now) => ReleaseDecider.Decide(p, ask, by, now), ct);

    public static void MapDecideOutcome(this IEndpointRouteBuilder app) => app.MapCommand<DecideOutcome>("decide-outcome",
        "Says what a channel holds when nobody knows: accepted (with its id) or not-accepted.", May, null, DecideOutcome);
}

public sealed partial class PublicationsGrpc
{
    public override async Task<V1.Publication> DecideOutcome(DecideOutcomeRequest request, ServerCallContext context) => Message(await Commands(context).DecideOutcome(
        Id(request.PublicationId), Seen.Of(request.HasVersion, request.Version), new(request.Decision, Given(request.ExternalId), AttemptId(request.AttemptId)), context.CancellationToken));

    private static Guid? AttemptId(string id) => Given(id) is null ? null
        : Guid.TryParseExact(id, "D", out var parsed) ? parsed : throw Refused.Invalid("body-invalid", "attemptId is a UUID of the ledger.", "attemptId");
}
