namespace PressEvents;

/// <summary>Give a question the wording in which it is public, in kk, ru or both; correct it later.</summary>
public sealed record ModerateQuestion(Bilingual? Wording);

public static class ModerateQuestionRest
{
    public static void MapModerateQuestion(this IEndpointRouteBuilder app) => app.MapQuestionCommand<ModerateQuestion>("moderate",
        "Gives it its public wording. The asker's own words never become public.",
        (question, ask, _, now) => QuestionDecider.Decide(question, ask, now), QuestionCommands.Moderators);
}
