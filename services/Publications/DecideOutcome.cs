using Platform;

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
