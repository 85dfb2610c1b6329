using System.Text.Json;
using Marten;
using MassTransit;
using Npgsql;
using Platform;

namespace Publications;

/// <summary>
/// News of other services become drafts, each message once. Everything heard of a press event is kept in <c>press_event_news</c>, and its drafts follow
/// from all of it, so that they are the same in whatever order it came. News of one cause are heard one after another.
/// </summary>
public sealed class News(IServiceProvider services, Work work, TimeProvider clock)
{
    private static readonly Dictionary<string, Type> Kinds = WhenPressEventMoves.Heard.ToDictionary(type => type.Name);

    /// <summary>Starts the draft of a cause unless it stands there.</summary>
    public Task Draft(ConsumeContext context, string cause, Func<Guid, DateTimeOffset, PublicationDrafted> draft) => Hear(context, cause, async (session, ct) =>
    {
        var id = CauseDecider.DraftIdOf(cause);
        var stream = await session.Events.FetchForWriting<Publication>(id, ct);
        if (stream.Aggregate is null)
        {
            stream.AppendOne(draft(id, clock.GetUtcNow()));
        }
    });

    /// <summary>Keeps what was said of a press event, and brings its drafts to what is known now.</summary>
    public Task Hear<TNews>(ConsumeContext<TNews> context, Guid pressEventId) where TNews : class => Hear(context, CauseDecider.CauseOf(pressEventId), async (session, ct) =>
    {
        var now = clock.GetUtcNow();
        // queued, not executed: a session with nothing to save would not commit
        session.QueueSqlCommand("insert into press_event_news (press_event_id, key, version, type, news, came_at) values (?, ?, ?, ?, ?::jsonb, ?) on conflict do nothing",
            pressEventId, KnownPressEvent.KeyOf(context.Message), KnownPressEvent.VersionOf(context.Message), typeof(TNews).Name, JsonSerializer.Serialize(context.Message, Json.Options), now);
        var heard = await HeardBefore(session, pressEventId, ct);
        var streams = await Streams(session, pressEventId, ct);
        foreach (var (id, facts) in PressEventDrafts.Hear(heard, context.Message, pressEventId, streams.Values.Select(s => s.Aggregate).OfType<Publication>(), now))
        {
            (streams.GetValueOrDefault(id) ?? await session.Events.FetchForWriting<Publication>(id, ct)).AppendMany(facts);
        }
    });

    private async Task Hear(ConsumeContext context, string cause, Func<IDocumentSession, CancellationToken, Task> act)
    {
        var (message, ct) = (context.MessageId ?? throw new InvalidOperationException("A message without an id."), context.CancellationToken);
        work.Caller = Caller.Service("publications");
        work.CausedBy = message;
        var session = services.GetRequiredService<IDocumentSession>(); // opened only now: it says who acts
        if (!await session.Hear(message, "publications", clock.GetUtcNow(), ct))
        {
            return;
        }

        await using var one = new NpgsqlCommand("select pg_advisory_xact_lock($1)") { Parameters = { new() { Value = CauseDecider.LockOf(CauseDecider.DraftIdOf(cause)) } } };
        await session.ExecuteAsync(one, ct);
        await act(session, ct);
        await session.SaveChangesAsync(ct);
    }

    /// <summary>The drafts of all parts that stand there, and of each chain also the first that does not.</summary>
    private static async Task<Dictionary<Guid, JasperFx.Events.IEventStream<Publication>>> Streams(IDocumentSession session, Guid pressEventId, CancellationToken ct)
    {
        Dictionary<Guid, JasperFx.Events.IEventStream<Publication>> found = [];
        async Task<bool> Fetch(string cause)
        {
            var stream = await session.Events.FetchForWriting<Publication>(CauseDecider.DraftIdOf(cause), ct);
            found[stream.Id] = stream;
            return stream.Aggregate is not null;
        }

        foreach (var part in PressEventDrafts.Parts)
        {
            await Fetch(PressEventDrafts.CauseOf(pressEventId, part));
        }

        foreach (var chain in PressEventDrafts.Chains)
        {
            for (var number = 1; await Fetch(PressEventDrafts.CauseOf(pressEventId, chain, number)); number++)
            {
            }
        }

        return found;
    }

    private static async Task<IReadOnlyList<object>> HeardBefore(IDocumentSession session, Guid pressEventId, CancellationToken ct)
    {
        await using var select = new NpgsqlCommand("select type, news::text from press_event_news where press_event_id = $1") { Parameters = { new() { Value = pressEventId } } };
        List<object> news = [];
        await using var reader = await session.ExecuteReaderAsync(select, ct);
        while (await reader.ReadAsync(ct))
        {
            news.Add(JsonSerializer.Deserialize(reader.GetString(1), Kinds[reader.GetString(0)], Json.Options)!);
        }

        return news;
    }
}
