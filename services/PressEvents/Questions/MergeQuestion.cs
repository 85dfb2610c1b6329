using Marten;
using Npgsql;
using Platform;

namespace PressEvents;

/// <summary>Merge a question into another of the same event that asks the same; whoever asked it gets that one's answer.</summary>
public sealed record MergeQuestion(Guid? Into);

/// <summary>Merges of one event go one after another, so that two at once make no circle.</summary>
public sealed class MergeQuestionHandler(IDocumentSession session, QuestionCommands commands, TimeProvider clock)
{
    public async Task<QuestionDone> Handle(Guid pressEventId, Guid id, Seen seen, MergeQuestion ask, CancellationToken ct)
    {
        var into = ask.Into is { } given && given != Guid.Empty ? given : throw Refused.Invalid("into-missing", "into is the id of the question that stays.", "into");
        await session.BeginTransactionAsync(ct);
        await using var one = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 6112))") { Parameters = { new() { Value = "merges:" + pressEventId } } };
        await session.ExecuteAsync(one, ct);
        var found = await commands.Find(pressEventId, id, seen, QuestionCommands.Moderators, ct);
        var links = await session.MergesOf(pressEventId, ct);
        var target = (await session.AsOf<Question>(Merges.Root(into, links), null, QuestionDecider.Evolve, ct))?.State ?? throw Refused.Missing(nameof(Question));
        var done = await found.Save(QuestionDecider.Merge(found.State, target, Merges.Root(id, links), clock.GetUtcNow().InAlmaty()), ct);
        return QuestionDone.Of(done.State, done.Version);
    }
}

/// <summary>Which question was merged into which.</summary>
public static class Merges
{
    /// <summary>The question that is left at the end of a chain; there are no circles, for each merge looks first.</summary>
    public static Guid Root(Guid id, IReadOnlyDictionary<Guid, Guid> links)
    {
        while (links.TryGetValue(id, out var next))
        {
            id = next;
        }

        return id;
    }

    /// <summary>How many questions ended in each that is left.</summary>
    public static IReadOnlyDictionary<Guid, int> Counts(IReadOnlyDictionary<Guid, Guid> links) =>
        links.Keys.GroupBy(id => Root(id, links)).ToDictionary(same => same.Key, same => same.Count());

    public static async Task<IReadOnlyDictionary<Guid, Guid>> MergesOf(this IQuerySession session, Guid pressEventId, CancellationToken ct) =>
        (await session.Query<QuestionView>().Where(q => q.PressEventId == pressEventId && q.MergedInto != null).Select(q => new MergeLink(q.Id, q.MergedInto!.Value)).ToListAsync(ct))
        .ToDictionary(link => link.Id, link => link.Into);
}

/// <summary>A question and the one it was merged into.</summary>
public sealed record MergeLink(Guid Id, Guid Into);

public static class MergeQuestionRest
{
    public static void MapMergeQuestion(this IEndpointRouteBuilder app) => app.MapPost(QuestionRest.Path + "/{questionId:guid}/merge",
        async (Guid id, Guid questionId, Seen seen, MergeQuestion ask, MergeQuestionHandler handler, HttpResponse reply, CancellationToken ct) =>
        {
            var done = await handler.Handle(id, questionId, seen, ask, ct);
            return reply.Versioned(done, done.Version);
        })
        .ForRoles(QuestionCommands.Moderators).WithTags(QuestionRest.Tag).Produces<QuestionDone>()
        .WithSummary("Merges it into another question of the event; one that was itself merged stands for where it ended.");
}
