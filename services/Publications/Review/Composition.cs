using JasperFx.Events.Projections;
using Marten;
using Platform;

namespace Publications;

/// <summary>Review before approval and the record of what was public, as parts of the service.</summary>
public static class ReviewComposition
{
    public const string Script = "review.sql";

    public static void AddReview(this WebApplicationBuilder builder)
    {
        var links = builder.Configuration.GetSection("Links").Get<LinkOptions>() ?? new();
        if (links.AllowPrivate && !builder.Environment.IsDevelopment())
        {
            throw new InvalidOperationException("Links:AllowPrivate is for development: elsewhere a link must not make this service knock at inner doors.");
        }

        builder.Services.AddSingleton(links).AddSingleton<LinkProbe>().AddSingleton<LinkTable>().AddHostedService<LinkWorker>();
        builder.Services.AddSingleton<RestrictedWords>().AddScoped<ReviewGate>().AddScoped<IReleaseGate>(provider => provider.GetRequiredService<ReviewGate>());
        builder.Services.AddScoped<Checks>().AddScoped<CommentHandler>().AddScoped<RestrictedEntryHandler>().AddScoped<Previews>();
    }

    public static void Register(StoreOptions options)
    {
        options.MapFacts(ReviewThreadDecider.Facts);
        options.MapFacts(RestrictedEntryDecider.Facts);
        options.Projections.Add<ReviewThreadFold>(ProjectionLifecycle.Live);
        options.Projections.Add<RestrictedEntryViews>(ProjectionLifecycle.Inline);
        options.Schema.For<RestrictedEntryView>().UseNumericRevisions(true);
        options.Projections.Add(new LinkQueue(), ProjectionLifecycle.Inline);
        options.Projections.Add(new PublicRows(), ProjectionLifecycle.Async, PublicRows.Name, daemon => daemon.DeleteViewTypeOnTeardown<PublicRow>()); // a rebuild begins with none
        PublicRecord.Facts.ToList().ForEach(options.Projections.All.OfType<EventFilterable>().Last().IncludeType);
        options.Schema.For<PublicRow>()
            .Duplicate(r => r.Since)
            .Duplicate(r => r.Until!)
            .Duplicate(r => r.KnownAt)
            .Duplicate(r => r.EndKnownAt!)
            .Duplicate(r => r.Channel)
            .Duplicate(r => r.Body)
            .Duplicate(r => r.Language)
            .Index([r => r.Channel, r => r.Since])
            .Index([r => r.Body, r => r.Since])
            .Index(r => r.PublicationId);
    }

    public static void MapReview(this WebApplication app)
    {
        app.MapChecks();
        app.MapComments();
        app.MapContentDiff();
        app.MapSideBySide();
        app.MapPreview();
        app.MapPublicRecord();
        app.MapRestrictedWords();
    }
}
