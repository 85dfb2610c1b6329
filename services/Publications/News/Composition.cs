using MassTransit;

namespace Publications;

/// <summary>News of the other services, from which drafts follow.</summary>
public static class NewsComposition
{
    public static readonly (System.Reflection.Assembly, string) Script = (typeof(News).Assembly, "News.news.sql");

    public static void AddNews(this WebApplicationBuilder builder) => builder.Services.AddScoped<News>();

    public static void AddNews(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<WhenPressEventMoves>();
        bus.AddConsumer<WhenAnswerDisclosed>();
    }
}
