using Platform;

namespace PressEvents;

/// <summary>Hand a draft on for approval; it has both languages by then.</summary>
public sealed record SubmitStatement;

/// <summary>Approve what was submitted, as it stands in the version seen; never by who wrote in it.</summary>
public sealed record ApproveStatement;

public static class ApproveStatementRest
{
    public static void MapApproveStatement(this IEndpointRouteBuilder app)
    {
        app.MapStatementCommand<SubmitStatement>("submit", Roles.Editor, "Hands it on for approval.", (s, _, by, now) => StatementDecider.Submit(s, by, now));
        app.MapStatementCommand<ApproveStatement>("approve", Roles.Approver, "Approves the version seen; never by who wrote in it.", (s, _, by, now) => StatementDecider.Approve(s, by, now));
    }
}
