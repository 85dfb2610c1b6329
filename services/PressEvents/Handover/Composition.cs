namespace PressEvents;

/// <summary>What this service hands over to Inquiries.</summary>
public static class HandOverKinds
{
    public const string PressQuestion = "press-question", StatementClarification = "statement-clarification";
}

public static class HandoverComposition
{
    public static void AddHandover(this WebApplicationBuilder builder)
    {
        builder.AddHandingOver("press-events");
        builder.Services.AddScoped<HandOverQuestionHandler>();
    }

    public static void MapHandover(this WebApplication app)
    {
        app.MapHandOverQuestion();
        app.MapHandOvers();
    }
}
