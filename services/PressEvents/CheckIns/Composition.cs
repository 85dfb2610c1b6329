using JasperFx.Events.Projections;
using Marten;
using Platform;

namespace PressEvents;

/// <summary>The doors of an event as parts of the service.</summary>
public static class CheckInsComposition
{
    public static void AddCheckIns(this WebApplicationBuilder builder) => builder.Services.AddSingleton<DoorScans>().AddScoped<CheckInHandler>().AddScoped<MergeCheckInsHandler>();

    public static void Register(StoreOptions options)
    {
        options.MapFacts(AttendanceDecider.Facts);
        options.Projections.Add<Attendances>(ProjectionLifecycle.Inline);
        options.Schema.For<Attendance>()
            .UseNumericRevisions(true)
            .Duplicate(a => a.PressEventId)
            .Duplicate(a => a.HasConflicts)
            .Index([a => a.PressEventId, a => a.Id]);
    }

    public static void MapCheckIns(this WebApplication app)
    {
        app.MapCheckIn();
        app.MapMergeCheckIns();
        app.MapCheckInReads();
    }
}
