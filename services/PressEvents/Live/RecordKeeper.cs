using JasperFx.Events;
using Marten;
using Marten.Events.Aggregation;
using Npgsql;
using Platform;

namespace PressEvents;

/// <summary>Marten's side of the fold; live, nothing stored.</summary>
public sealed partial class PressRecordFold : SingleStreamProjection<PressRecord, Guid>
{
    public override PressRecord? Evolve(PressRecord? snapshot, Guid id, IEvent e) => RecordDecider.Evolve(snapshot, e.Data);
}

/// <summary>The reply to a command on segments and materials. <paramref name="Version"/>: the record's, which all of them share; <paramref name="State"/>: of the segment or material.</summary>
public sealed record RecordDone(Guid Id, long Version, string State);

/// <summary>
/// The one way into an event's record: its commands wait for each other, for segments and transcripts bear on each other; the sealed words, the facts and
/// what may be shown are one transaction.
/// </summary>
public sealed class RecordKeeper(IDocumentSession session, LiveWords sealedWords, Catalogue catalogue, Work work, TimeProvider clock)
{
    /// <summary>What a command leads to: facts, and words that they point to.</summary>
    public sealed record Change(IReadOnlyList<object> Facts, Guid WordsId = default, string? Words = null);

    public async Task<(PressRecord State, long Version, bool IsNew)> Decide(Guid pressEventId, Seen seen, Func<PressRecord, PressEventView, DateTimeOffset, Change> decide, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Editor);
        var of = await session.Planned(work.Caller, pressEventId, ct);
        await Alone(session, pressEventId, ct);
        var now = clock.GetUtcNow().InAlmaty();
        var (stream, opened) = (PressRecord.StreamOf(pressEventId), RecordDecider.Open(of, catalogue, now));
        var found = await session.AsOf<PressRecord>(stream, null, RecordDecider.Evolve, ct);
        var (state, version) = found ?? (RecordDecider.Evolve(null, opened)!, 0);
        seen.Check(version);
        var change = decide(state, of, now);
        if (change.Facts.Count == 0)
        {
            return (state, version, false);
        }

        var facts = found is null ? [opened, .. change.Facts] : change.Facts;
        await Keep(pressEventId, change, ct);
        _ = found is null ? session.Events.StartStream<PressRecord>(stream, facts) : session.Events.Append(stream, version + facts.Count, facts);
        state = change.Facts.Aggregate(state, (s, fact) => RecordDecider.Evolve(s, fact)!);
        session.Store(PublicRecord.Of(state, await sealedWords.Open(session, pressEventId, ct)));
        await session.SaveChangesAsync(ct);
        return (state, version + facts.Count, true);
    }

    /// <summary>Whoever works on one record has it for himself until the transaction's end.</summary>
    public static async Task Alone(IDocumentSession session, Guid pressEventId, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        await using var wait = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 6112))") { Parameters = { new() { Value = "record:" + pressEventId } } };
        await session.ExecuteAsync(wait, ct);
    }

    private async Task Keep(Guid pressEventId, Change change, CancellationToken ct)
    {
        if (change.Words is { } words)
        {
            await sealedWords.Keep(session, pressEventId, change.WordsId, words, ct);
        }
    }
}
