extern alias press;
extern alias publications;

using System.Text.Json;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using Marten;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using press::PressEvents;
using publications::Publications;

namespace Platform.Wire;

/// <summary>After the other tests of PressEvents and Publications, which have stopped by then: every view is what its stream folds to, and a rebuild changes nothing.</summary>
public sealed class Press_and_publication_views_at_the_end(Ground.Wire wire, ITestOutputHelper output)
{
    [Fact]
    public Task Press_events_are_the_folds_of_their_streams_and_a_rebuild_gives_the_same_rows() => Check<PressEventView>("press_events", press::PressEvents.Leaves.List, PressEventStore.Register,
        (view, e) => PressEventViewFold.Evolve(view, e.Data), v => v.Id);

    [Fact]
    public Task Publications_are_the_folds_of_their_streams_and_a_rebuild_gives_the_same_rows() => Check<PublicationView>("publications", publications::Publications.Leaves.List, PublicationStore.Register,
        (view, e) => new(e.StreamId, PublicationFold.Evolve(view?.Now, e.Data)!), v => v.Id);

    private async Task Check<TView>(string database, Leaving leaving, Action<StoreOptions> register, Func<TView?, IEvent, TView?> evolve, Func<TView, Guid> id)
        where TView : class, JasperFx.IRevisioned
    {
        var connection = wire.Servers.Database(database);
        await using var provider = Provider(connection, leaving, register);
        var store = provider.Store();
        await using var session = store.QuerySession();
        var events = (await session.Events.QueryAllRawEvents().OrderBy(e => e.Sequence).ToListAsync()).Where(e => e.Data is not Tombstone).ToList();
        var folded = events.GroupBy(e => e.StreamId).ToDictionary(stream => stream.Key, stream =>
        {
            var view = stream.Aggregate((TView?)null, evolve)!;
            view.Version = stream.Count();
            return JsonSerializer.Serialize(view, Json.Options);
        });
        var stored = (await session.Query<TView>().ToListAsync()).ToDictionary(id, v => JsonSerializer.Serialize(v, Json.Options));
        Assert.True(folded.Count > 10, $"the other tests left {folded.Count} streams behind");
        Assert.Equal(folded.OrderBy(f => f.Key), stored.OrderBy(s => s.Key));

        // duplicated columns too: lists and the due table look at them
        var table = $"mt_doc_{typeof(TView).Name.ToLowerInvariant()}";
        var rows = $"select string_agg((to_jsonb(d) - 'mt_last_modified')::text, e'\\n' order by id) from {table} d";
        var before = await Sql.One<string>(connection, rows);
        // a row that only a rebuild would set right
        await Sql.One<Guid>(connection, $"update {table} set data = data || '{{\"version\": 4711}}', state = 'Lost' where id = (select min(id::text)::uuid from {table}) returning id");
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.RebuildProjectionAsync<TView>(CancellationToken.None);

        Assert.Equal(before.Split('\n'), (await Sql.One<string>(connection, rows)).Split('\n'));
        output.WriteLine($"{database}: {events.Count} facts in {folded.Count} streams");
    }

    private static ServiceProvider Provider(string connection, Leaving leaving, Action<StoreOptions> register)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddHttpContextAccessor();
        services.AddSingleton(TimeProvider.System);
        services.AddMassTransit(bus => bus.UsingInMemory()); // never started: nothing is relayed from here
        services.AddStore(connection, DaemonMode.Disabled, leaving, register);
        return services.BuildServiceProvider();
    }
}
