using Marten;
using Platform;

namespace Publications;

/// <summary>
/// The publications of a crisis: those it was started with, and whatever carries its tag. They are read from the publications' own view each time, so the clock of the
/// mandatory statement is a function of facts and no copy of it can lag behind.
/// </summary>
public sealed class CrisisPublications(TimeProvider clock)
{
    /// <summary>Now, or as they were recorded at an instant; in the order of drafting.</summary>
    public async Task<IReadOnlyList<Publication>> Of(IQuerySession session, Crisis crisis, DateTimeOffset? asOf, CancellationToken ct)
    {
        // the condition of the index in crisis.sql, word for word
        var tagged = await session.QueryAsync<PublicationView>(
            "where d.data #>> '{now,content,tags}' like '%\"crisis:%' and d.data #> '{now,content,tags}' @> to_jsonb(?::text)", ct, HaltRules.CrisisTag(crisis.Id));
        var started = crisis.Start.Publications.Select(p => p.PublicationId).Except(tagged.Select(v => v.Id)).ToArray();
        var views = tagged.Concat(await session.LoadManyAsync<PublicationView>(ct, started)).OrderBy(v => v.Now.DraftedAt).ThenBy(v => v.Id).ToList();
        if (asOf is null)
        {
            return [.. views.Select(v => v.Now)];
        }

        List<Publication> then = [];
        foreach (var view in views)
        {
            if (await session.AsOf<Publication>(view.Id, asOf, PublicationFold.Evolve, ct) is { } stood)
            {
                then.Add(stood.State);
            }
        }

        return then;
    }

    public async Task<CrisisReply> Reply(IQuerySession session, Crisis crisis, long version, DateTimeOffset? asOf, CancellationToken ct) =>
        CrisisReply.Of(crisis, version, await Of(session, crisis, asOf, ct), asOf ?? clock.GetUtcNow());
}

/// <summary>What the doors of publications ask of crises.</summary>
public static class CrisisPeople
{
    /// <summary>Content takes on a crisis's tag only as <see cref="CrisisDecider.Enter"/> has it; one that it carries it keeps, also when the crisis is over.</summary>
    public static async Task EnterCrises(this IQuerySession session, Content before, Content content, string body, string by, CancellationToken ct)
    {
        foreach (var tag in CrisisDecider.TagsOf(content).Except(CrisisDecider.TagsOf(before)))
        {
            CrisisDecider.Enter(CrisisDecider.IdOf(tag) is { } id ? (await session.LoadAsync<CrisisView>(id, ct))?.Now : null, body, by);
        }
    }

    /// <summary>What belongs to a crisis is approved by those whom its plan names.</summary>
    public static async Task ApproveInCrises(this IQuerySession session, Publication publication, string by, CancellationToken ct)
    {
        foreach (var view in await session.LoadManyAsync<CrisisView>(ct, CrisisDecider.CrisesOf(publication)))
        {
            CrisisPlanRules.Demand(view.Now.Start.Roles, CrisisPlanRules.Approves, by);
        }
    }
}
