namespace PressEvents;

/// <summary>Keep a promise: the answer in kk and ru, and the address where it stands at length.</summary>
public sealed record AnswerInWriting(Bilingual? Text, string? Url);

public static class AnswerInWritingRest
{
    public static void MapAnswerInWriting(this IEndpointRouteBuilder app) => app.MapQuestionCommand<AnswerInWriting>("answer-in-writing",
        "Keeps a promise, late or in time; by a moderator or an editor of the event's body.",
        (question, ask, _, now) => QuestionDecider.Decide(question, ask, now), QuestionCommands.Answerers);
}
