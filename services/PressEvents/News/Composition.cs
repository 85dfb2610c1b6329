namespace PressEvents;

/// <summary>News to media, regional outlets and associations, by letter or webhook as they chose.</summary>
public static class NewsComposition
{
    public static void AddNewsSubscriptions(this WebApplicationBuilder builder) => builder.Services.AddScoped<NewsSubscriptionHandler>();

    public static void MapNews(this WebApplication app)
    {
        app.MapNewsSubscriptions();
        app.MapNewsPage();
    }
}
