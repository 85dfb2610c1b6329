using JasperFx.Events.Projections;
using Marten;
using Platform;

namespace Publications;

/// <summary>Crisis plans, crises, rehearsals and timelines as parts of the service.</summary>
public static class CrisisComposition
{
    public const string Script = "crisis.sql";

    public static void AddCrisis(this WebApplicationBuilder builder) => builder.Services.AddSingleton<CrisisPublications>()
        .AddScoped<CrisisPlanCommands>().AddScoped<StartCrisisHandler>().AddScoped<CloseCrisisHandler>().AddScoped<RehearseCrisisPlanHandler>();

    public static void Register(StoreOptions options)
    {
        options.MapFacts([.. CrisisPlanDecider.Facts, .. CrisisDecider.Facts]);
        options.Projections.Add<CrisisPlanFold>(ProjectionLifecycle.Live);
        options.Projections.Add<CrisisPlanViews>(ProjectionLifecycle.Inline);
        options.Projections.Add<CrisisFold>(ProjectionLifecycle.Live);
        options.Projections.Add<CrisisViews>(ProjectionLifecycle.Inline);
        options.Schema.For<CrisisPlanView>().UseNumericRevisions(true).Duplicate(v => v.Body);
        options.Schema.For<CrisisView>().UseNumericRevisions(true).Duplicate(v => v.Body).Duplicate(v => v.IsOpen);
        options.Schema.For<PublicationView>().IgnoreIndex("publications_of_crises"); // crisis.sql makes it
    }

    public static void MapCrisis(this WebApplication app)
    {
        app.MapDraftCrisisPlan();
        app.MapEditCrisisPlan();
        app.MapApproveCrisisPlan();
        app.MapRehearseCrisisPlan();
        app.MapStartCrisis();
        app.MapCloseCrisis();
        app.MapCrisisReads();
    }
}
