using Marten;
using Npgsql;
using Platform;

namespace Publications;

/// <summary>What came of an attempt. <paramref name="Settle"/>: how long after it became unknown "not found" is not yet believed.</summary>
public sealed record AttemptOutcome(Guid PublicationId, Guid AttemptId, Outcome Outcome, TimeSpan Settle);

/// <summary>Stores the second halves of the ledger's lines; what comes while one is being stored goes together in the next transaction.</summary>
public sealed class DeliveryLedger(IDocumentStore store, NpgsqlDataSource database, TimeProvider clock, ILogger<DeliveryLedger> log) : CommitGroups<AttemptOutcome, Publication>(database, log)
{
    protected override async Task<Publication?[]> Commit(IReadOnlyList<AttemptOutcome> group)
    {
        await using var session = store.IdentitySession();
        session.LastModifiedBy = ReleaseDecider.Service;
        await session.BeginTransactionAsync(default);
        var (locked, leftOut) = await session.Locked("select id, version from mt_streams where id = any($1) order by id for update", [group.Select(ended => ended.PublicationId).Distinct().ToArray()], default);
        if (leftOut.Count > 0)
        {
            throw new InvalidOperationException("A publication's view is behind its stream, or cannot be read.");
        }

        var states = locked.ToDictionary(p => p.State.Id, p => p.State);
        var facts = group.SelectMany(ended => Facts(ended, states)).ToLookup(fact => fact.Of, fact => fact.Fact);
        foreach (var publication in locked)
        {
            session.Append(publication, [.. facts[publication.State.Id]]);
        }

        if (facts.Count > 0)
        {
            await session.SaveChangesAsync();
        }

        return [.. group.Select(ended => states[ended.PublicationId])];
    }

    private IEnumerable<(Guid Of, object Fact)> Facts(AttemptOutcome ended, Dictionary<Guid, Publication> states)
    {
        var facts = ReleaseDecider.Decide(states[ended.PublicationId], ended.AttemptId, ended.Outcome, ended.Settle, clock.GetUtcNow());
        states[ended.PublicationId] = facts.Aggregate(states[ended.PublicationId], (p, fact) => PublicationFold.Evolve(p, fact)!);
        return facts.Select(fact => (ended.PublicationId, fact));
    }
}
