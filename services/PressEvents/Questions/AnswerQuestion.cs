namespace PressEvents;

/// <summary>The speaker answered: summary in kk and ru, and where in the recording (hh:mm:ss or hh:mm:ss.fff).</summary>
public sealed record AnswerQuestion(Bilingual? Summary, string? Timecode);

public static class AnswerQuestionRest
{
    public static void MapAnswerQuestion(this IEndpointRouteBuilder app) => app.MapQuestionCommand<AnswerQuestion>("answer",
        "Records the speaker's answer: a summary in kk and ru with its timecode.",
        (question, ask, _, now) => QuestionDecider.Decide(question, ask, now), QuestionCommands.Moderators);
}
