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

    /// <summary>What is shown of records is computed: it can be thrown away and made anew from facts and sealed words.</summary>
    public static readonly IReadOnlyDictionary<string, Func<IServiceProvider, Task<int>>> Commands = new Dictionary<string, Func<IServiceProvider, Task<int>>>
    {
        ["rebuild-records"] = async services =>
        {
            Console.WriteLine($"records: {await RebuildRecords(services.GetRequiredService<IDocumentStore>(), services.GetRequiredService<LiveWords>(), CancellationToken.None)}");
            return 0;
        },
    };

    public static async Task<int> RebuildRecords(IDocumentStore store, LiveWords sealedWords, CancellationToken ct)
    {
        await using var reading = store.QuerySession();
        var opened = await reading.Events.QueryRawEventDataOnly<RecordOpened>().ToListAsync(ct);
        foreach (var record in opened)
        {
            await using var session = store.LightweightSession();
            await RecordKeeper.Alone(session, record.PressEventId, ct);
            var (state, _) = (await session.AsOf<PressRecord>(PressRecord.StreamOf(record.PressEventId), null, RecordDecider.Evolve, ct))!.Value;
            session.Store(PublicRecord.Of(state, await sealedWords.Open(session, record.PressEventId, ct)));
            await session.SaveChangesAsync(ct);
        }

        return opened.Count;
    }

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
        app.MapCorrectSegmentTimes();
        app.MapAddMaterial();
        app.MapRecordReads();
        app.MapMaterialsOverdue();
    }
}
