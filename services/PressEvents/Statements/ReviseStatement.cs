using Platform;

namespace PressEvents;

/// <summary>Change a draft; what is not named stays. What was submitted or approved is a draft again.</summary>
public sealed record ReviseStatement(Bilingual? Title = null, Bilingual? Text = null)
{
    public ReviseStatement() : this(Title: null) { }
}

public static class ReviseStatementRest
{
    public static void MapReviseStatement(this IEndpointRouteBuilder app) => app.MapStatementCommand<ReviseStatement>("revise", Roles.Editor,
        "Changes a draft; an approval lapses.", (s, ask, by, now) => StatementDecider.Decide(s, ask, by, now));
}
