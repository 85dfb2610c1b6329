using JasperFx.Events.Projections;
using Marten;
using Platform;

namespace PressEvents;

/// <summary>What the event's own commands ask of broadcasts and materials.</summary>
public sealed class LiveReads(IDocumentStore store)
{
    public async Task<bool> HasChannelOnAir(Guid pressEventId, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        return await session.Query<BroadcastView>().AnyAsync(b => b.PressEventId == pressEventId && b.State == nameof(BroadcastState.OnAir), ct);
    }

    /// <summary>What may be published now.</summary>
    public async Task<IReadOnlyList<PublishedMaterial>> PublishedMaterials(Guid pressEventId, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        return (await session.LoadAsync<PublicRecord>(pressEventId, ct))?.Materials ?? [];
    }
}

/// <summary>Broadcasts, segments on and off the record, and materials as parts of the service.</summary>
public static class LiveComposition
{
    public const string Script = "live.sql";

    public static void AddLive(this IServiceCollection services) => services.AddSingleton<LiveWords>().AddSingleton<LiveReads>().AddScoped<BroadcastCommands>()
        .AddScoped<PlanBroadcastHandler>().AddScoped<RecordKeeper>()
        .AddSingleton(provider => new Coverage(provider.GetRequiredService<LiveReads>().HasChannelOnAir, provider.GetRequiredService<LiveReads>().PublishedMaterials));

    public static void Register(StoreOptions options)
    {
        options.MapFacts(BroadcastDecider.Facts);
        options.MapFacts(RecordDecider.Facts);
        options.Projections.Add<BroadcastFold>(ProjectionLifecycle.Live);
        options.Projections.Add<PressRecordFold>(ProjectionLifecycle.Live);
        options.Projections.Add<BroadcastViews>(ProjectionLifecycle.Inline);
        options.Schema.For<BroadcastView>().UseNumericRevisions(true).Index(b => b.PressEventId);
        options.Schema.For<PublicRecord>();
    }

    public static void MapLive(this WebApplication app)
    {
        app.MapPlanBroadcast();
        app.MapPrepareBroadcast();
        app.MapGoOnAir();
        app.MapEndBroadcast();
        app.MapFailBroadcast();
        app.MapBroadcastReads();
        app.MapAddSegment();
        app.MapMarkSegment();
        app.MapAddMaterial();
        app.MapRecordReads();
        app.MapMaterialsOverdue();
    }
}
