namespace PressEvents;

/// <summary>Decline a question: <paramref name="Reason"/> is a code of the closed list.</summary>
public sealed record DeclineQuestion(string? Reason);

public static class DeclineQuestionRest
{
    public static void MapDeclineQuestion(this IEndpointRouteBuilder app)
    {
        app.MapQuestionCommand<DeclineQuestion>("decline", "Declines it for a reason of the closed list; the asker reads which.",
            (question, ask, _, now) => QuestionDecider.Decide(question, ask, now), QuestionCommands.Moderators);
        app.MapGet("/v1/questions/decline-reasons", () => DeclineReasons.All).WithTags(QuestionRest.Tag).WithSummary("The reasons for which a question may be declined, in kk and ru.");
    }
}
