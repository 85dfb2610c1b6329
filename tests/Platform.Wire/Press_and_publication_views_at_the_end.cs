extern alias press;
extern alias publications;

using System.Text.Json;
using JasperFx.Events;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using press::PressEvents;
using publications::Publications;

namespace Platform.Wire;

/// <summary>After all other tests: every view of PressEvents and Publications is what its stream folds to.</summary>
public sealed class Press_and_publication_views_at_the_end(Ground.Wire wire, ITestOutputHelper output)
{
    [Fact]
    public Task Every_press_event_is_the_fold_of_its_stream() => Check<PressEventView>(InProcess.PressEvents(wire.Servers.Database("press_events")), (view, e) => PressEventViewFold.Evolve(view, e.Data), v => v.Id, PressEventDecider.Facts);

    [Fact]
    public async Task Every_publication_is_the_fold_of_its_stream_and_the_due_table_says_the_same()
    {
        await Check<PublicationView>(InProcess.Publications(wire.Servers.Database("publications")), (view, e) => new(e.StreamId, PublicationFold.Evolve(view?.Now, e.Data)!), v => v.Id);
        Assert.Equal(0L, await Sql.One<long>(wire.Servers.Database("publications"), "select count(*) from mt_doc_publicationview where wake_at is distinct from (data ->> 'wakeAt')::timestamptz or state is distinct from data ->> 'state'"));
    }

    private async Task Check<TView>(ServiceProvider provider, Func<TView?, IEvent, TView?> evolve, Func<TView, Guid> id, Type[]? facts = null) where TView : class, JasperFx.IRevisioned
    {
        await using var _ = provider;
        await using var session = provider.Store().QuerySession();
        var events = (await session.Events.QueryAllRawEvents().OrderBy(e => e.Sequence).ToListAsync()).Where(e => facts?.Contains(e.EventType) ?? e.Data is not Tombstone).ToList();
        var folded = events.GroupBy(e => e.StreamId).ToDictionary(stream => stream.Key, stream =>
        {
            var view = stream.Aggregate((TView?)null, evolve)!;
            view.Version = stream.Count();
            return JsonSerializer.Serialize(view, Json.Options);
        });
        var stored = (await session.Query<TView>().ToListAsync()).ToDictionary(id, v => JsonSerializer.Serialize(v, Json.Options));

        Assert.NotEmpty(folded);
        Assert.Equal(folded.OrderBy(f => f.Key), stored.OrderBy(s => s.Key));
        output.WriteLine($"{events.Count} facts in {folded.Count} streams");
    }
}
