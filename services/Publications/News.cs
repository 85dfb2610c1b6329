using System.Text.Json;
using Contracts.Inquiries;
using Contracts.PressEvents;
using Marten;
using MassTransit;
using Npgsql;
using Platform;

namespace Publications;

/// <summary>
/// News of other services become drafts, each message once. News of one cause are heard one after another; what comes before the
/// announcement that it changes waits in <c>early_news</c> and is heard right after it.
/// </summary>
public sealed class News(IServiceProvider services, Work work, TimeProvider clock)
{
    /// <summary>Starts the draft of a cause unless it stands there; then hears what had come too early.</summary>
    public Task Draft(ConsumeContext context, string cause, Func<Guid, DateTimeOffset, PublicationDrafted> draft) => Hear(context, cause, async (session, id, ct) =>
    {
        var stream = await session.Events.FetchForWriting<Publication>(id, ct);
        if (stream.Aggregate is not null)
        {
            return;
        }

        var now = clock.GetUtcNow();
        var drafted = draft(id, now);
        var state = PublicationFold.Evolve(null, drafted)!;
        List<object> facts = [drafted];
        foreach (var early in await Early(session, id, ct))
        {
            var more = early switch
            {
                PressEventRescheduled news => CauseDecider.Hear(state, news, now),
                PressEventCancelled news => CauseDecider.Hear(state, news, now),
                _ => throw new InvalidOperationException($"{early.GetType().Name} is not news that may come early."),
            };
            state = more.Aggregate(state, (p, fact) => PublicationFold.Evolve(p, fact)!);
            facts.AddRange(more);
        }

        stream.AppendMany(facts);
    });

    /// <summary>Changes the draft of a cause, or waits for it.</summary>
    public Task Change<TNews>(ConsumeContext<TNews> context, Guid pressEventId, long version, Func<Publication, TNews, DateTimeOffset, IReadOnlyList<object>> hear)
        where TNews : class => Hear(context, CauseDecider.CauseOf(pressEventId), async (session, id, ct) =>
    {
        var stream = await session.Events.FetchForWriting<Publication>(id, ct);
        if (stream.Aggregate is { } state)
        {
            stream.AppendMany(hear(state, context.Message, clock.GetUtcNow()));
            return;
        }

        // queued, not executed: a session with nothing to save would not commit
        session.QueueSqlCommand("insert into early_news (publication_id, version, type, news, came_at) values (?, ?, ?, ?::jsonb, ?) on conflict do nothing",
            id, version, typeof(TNews).Name, JsonSerializer.Serialize(context.Message, Json.Options), clock.GetUtcNow());
    });

    private async Task Hear(ConsumeContext context, string cause, Func<IDocumentSession, Guid, CancellationToken, Task> act)
    {
        var (message, ct) = (context.MessageId ?? throw new InvalidOperationException("A message without an id."), context.CancellationToken);
        work.Caller = Caller.Service("publications");
        work.CausedBy = message;
        var session = services.GetRequiredService<IDocumentSession>(); // opened only now: it says who acts
        if (!await session.Hear(message, "publications", clock.GetUtcNow(), ct))
        {
            return;
        }

        var id = CauseDecider.DraftIdOf(cause);
        await using var one = new NpgsqlCommand("select pg_advisory_xact_lock($1)") { Parameters = { new() { Value = CauseDecider.LockOf(id) } } };
        await session.ExecuteAsync(one, ct);
        await act(session, id, ct);
        await session.SaveChangesAsync(ct);
    }

    private static async Task<IReadOnlyList<object>> Early(IDocumentSession session, Guid id, CancellationToken ct)
    {
        await using var take = new NpgsqlCommand("with taken as (delete from early_news where publication_id = $1 returning *) select type, news::text from taken order by version")
        { Parameters = { new() { Value = id } } };
        List<object> news = [];
        await using var reader = await session.ExecuteReaderAsync(take, ct);
        while (await reader.ReadAsync(ct))
        {
            var type = reader.GetString(0) == nameof(PressEventRescheduled) ? typeof(PressEventRescheduled) : typeof(PressEventCancelled);
            news.Add(JsonSerializer.Deserialize(reader.GetString(1), type, Json.Options)!);
        }

        return news;
    }
}

/// <summary>An announced press event becomes one draft of its body.</summary>
public sealed class WhenPressEventAnnounced(News news) : IConsumer<PressEventAnnounced>
{
    public Task Consume(ConsumeContext<PressEventAnnounced> context) =>
        news.Draft(context, CauseDecider.CauseOf(context.Message.PressEventId), (id, now) => CauseDecider.Draft(id, context.Message, now));
}

/// <summary>Another time or hall: the draft follows, or is flagged.</summary>
public sealed class WhenPressEventRescheduled(News news) : IConsumer<PressEventRescheduled>
{
    public Task Consume(ConsumeContext<PressEventRescheduled> context) =>
        news.Change(context, context.Message.PressEventId, context.Message.Version, CauseDecider.Hear);
}

/// <summary>It will not take place: the draft is given up, or flagged.</summary>
public sealed class WhenPressEventCancelled(News news) : IConsumer<PressEventCancelled>
{
    public Task Consume(ConsumeContext<PressEventCancelled> context) =>
        news.Change(context, context.Message.PressEventId, context.Message.Version, CauseDecider.Hear);
}

/// <summary>An answer cleared for everybody becomes one draft of its holder.</summary>
public sealed class WhenAnswerDisclosed(News news) : IConsumer<AnswerDisclosed>
{
    public Task Consume(ConsumeContext<AnswerDisclosed> context) =>
        news.Draft(context, "disclosure:" + context.Message.DisclosureId, (id, now) => CauseDecider.Draft(id, context.Message, now));
}
