namespace PressEvents;

/// <summary>Questions to press events, from asking to the answer, and what was promised in writing.</summary>
public static class QuestionsComposition
{
    public static void AddQuestions(this WebApplicationBuilder builder) => builder.Services
        .AddSingleton(OffRecord.ByRecord)
        .AddScoped<AskQuestionHandler>().AddScoped<QuestionCommands>().AddScoped<MergeQuestionHandler>().AddScoped<QuestionReads>();

    public static void MapQuestions(this WebApplication app)
    {
        app.MapAskQuestion();
        app.MapModerateQuestion();
        app.MapDeclineQuestion();
        app.MapMergeQuestion();
        app.MapPutToSpeaker();
        app.MapAnswerQuestion();
        app.MapPromiseInWriting();
        app.MapAnswerInWriting();
        app.MapQuestionReads();
        app.MapPromises();
    }
}
