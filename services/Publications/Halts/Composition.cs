using JasperFx.Events.Projections;
using Marten;
using Platform;

namespace Publications;

/// <summary>The kill switch as a part of the service.</summary>
public static class HaltsComposition
{
    public const string Script = "halts.sql";

    public static void AddHalts(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IHalts, HaltBook>().AddSingleton<SendLocks>().AddSingleton<IPersonHalts, PersonHalts>().AddSingleton<ICalendarHalts, HaltsInCalendar>();
        builder.Services.AddScoped<HaltReach>().AddScoped<IReleaseGate, HaltCheck>().AddScoped<PlaceHaltHandler>().AddScoped<LiftHaltHandler>();
    }

    public static void Register(StoreOptions options)
    {
        options.MapFacts(HaltDecider.Facts);
        options.Projections.Add<HaltFold>(ProjectionLifecycle.Live);
        options.Projections.Add<HaltViews>(ProjectionLifecycle.Inline);
        options.Schema.For<HaltView>().UseNumericRevisions(true).Duplicate(v => v.IsActive).Duplicate(v => v.PlacedAt);
    }

    public static void MapHalts(this WebApplication app)
    {
        app.MapPlaceHalt();
        app.MapLiftHalt();
        app.MapHaltReads();
    }
}
