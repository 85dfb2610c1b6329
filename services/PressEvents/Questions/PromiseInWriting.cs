namespace PressEvents;

/// <summary>
/// The speaker promised an answer in writing, within so many working days (5 unless said, at most 15); who promises is the speaker it was put to
/// unless another is named, by place in the event's list or by name.
/// </summary>
public sealed record PromiseInWriting(int? Speaker, Bilingual? Name, Bilingual? Post, int? WorkingDays);

public static class PromiseInWritingRest
{
    public static void MapPromiseInWriting(this IEndpointRouteBuilder app) => app.MapQuestionCommand<PromiseInWriting>("promise-in-writing",
        "Records a promise to answer in writing: a debt that everybody can see.", QuestionDecider.Decide, QuestionCommands.Moderators);
}
