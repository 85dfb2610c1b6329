using Platform;

namespace PressEvents;

/// <summary>Release what was approved: every accredited medium and every subscriber is told with one due time, on equal terms (mass-media law 28).</summary>
public sealed record ReleaseStatement;

public static class ReleaseStatementRest
{
    public static void MapReleaseStatement(this IEndpointRouteBuilder app) => app.MapStatementCommand<ReleaseStatement>("release", Roles.Editor,
        "Makes it public at one instant for all; all notices are queued with it.", (s, _, by, now) => StatementDecider.Release(s, by, now));
}
