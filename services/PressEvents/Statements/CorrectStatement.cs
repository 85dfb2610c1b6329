using Platform;

namespace PressEvents;

/// <summary>Correct what was released: new words, and why in kk and ru; what is not named stays. Everybody who gets statements is told.</summary>
public sealed record CorrectStatement(Bilingual? Title = null, Bilingual? Text = null, Bilingual? Reason = null)
{
    public CorrectStatement() : this(Title: null) { }
}

/// <summary>Take back what was released, and say why in kk and ru; final.</summary>
public sealed record WithdrawStatement(Bilingual? Reason = null)
{
    public WithdrawStatement() : this(Reason: null) { }
}

public static class CorrectStatementRest
{
    public static void MapCorrectStatement(this IEndpointRouteBuilder app)
    {
        app.MapStatementCommand<CorrectStatement>("correct", Roles.Approver, "Corrects what was released; all are told.", (s, ask, by, now) => StatementDecider.Decide(s, ask, by, now));
        app.MapStatementCommand<WithdrawStatement>("withdraw", Roles.Approver, "Withdraws what was released, for good; all are told.", (s, ask, by, now) => StatementDecider.Decide(s, ask, by, now));
    }
}
