using JasperFx.Events.Projections;
using Marten;
using Npgsql;
using Platform;

namespace Publications;

/// <summary>The calendar, its cadences, its file, and the duties of sites as parts of the service.</summary>
public static class CalendarComposition
{
    public static readonly (System.Reflection.Assembly, string) Script = (typeof(CalendarKeeper).Assembly, "calendar.sql");

    /// <summary>The rows are computed: they can be thrown away and made anew from the facts.</summary>
    public static readonly IReadOnlyDictionary<string, Func<IServiceProvider, Task<int>>> Commands = new Dictionary<string, Func<IServiceProvider, Task<int>>>
    {
        ["rebuild-calendar"] = async services =>
        {
            var (store, database) = (services.GetRequiredService<IDocumentStore>(), services.GetRequiredService<NpgsqlDataSource>());
            var rebuilt = await CalendarKeeper.Rebuild(store, database, CancellationToken.None) + await ElsewhereInCalendar.Rebuild(store, database, CancellationToken.None);
            Console.WriteLine($"calendar: {rebuilt}");
            return 0;
        },
    };

    public static void AddCalendar(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<CalendarReads>().AddScoped<CadenceHandler>().AddScoped<CalendarKeys>().AddScoped<SiteReads>().AddScoped<SiteHandler>()
            .AddSingleton<CalendarShelf>().AddSingleton<CalendarFileReads>().AddSingleton<ShiftedReads>();
        builder.AddWorkingCalendar("publications");
    }

    /// <summary>After the views of publications, which the calendar follows.</summary>
    public static void Register(StoreOptions options)
    {
        options.MapFacts([.. CadenceDecider.Facts, .. CalendarKeyDecider.Facts, .. SiteDecider.Facts]);
        WorkingCalendarComposition.Register(options);
        options.Projections.Add(new CalendarKeeper(), ProjectionLifecycle.Inline, CalendarKeeper.Name);
        options.Projections.Add(new ElsewhereInCalendar(), ProjectionLifecycle.Inline);
        options.Projections.Add<CadenceViews>(ProjectionLifecycle.Inline);
        options.Projections.Add<CalendarKeyViews>(ProjectionLifecycle.Inline);
        options.Projections.Add<SiteViews>(ProjectionLifecycle.Inline);
        options.Schema.For<Cadence>().UseNumericRevisions(true).Index(c => c.Body);
        options.Schema.For<CalendarKey>().UseNumericRevisions(true).Index(k => k.Body);
        options.Schema.For<Site>().UseNumericRevisions(true);
    }

    public static void MapCalendar(this WebApplication app)
    {
        app.MapCalendarReads();
        app.MapCalendarKeys();
        app.MapCalendarFile();
        app.MapCadences();
        app.MapSections();
        app.MapSiteDuties();
    }
}
