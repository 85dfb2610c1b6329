using JasperFx.Events;

namespace Platform;

/// <summary>A stream state that belongs to a state body; for callers of another body it does not exist.</summary>
public interface IOfBody
{
    /// <summary>Holder code (holders.csv).</summary>
    string Body { get; }
}

/// <summary>What a command leads to: the new state and version.</summary>
public sealed record Decided<T>(T State, long Version, IReadOnlyList<object> Facts);

/// <summary>A stream fetched for writing, its version checked: decide on <see cref="State"/>, then <see cref="Save"/>.</summary>
public sealed class Found<T>(IDocumentSession session, IEventStream<T> stream, Func<T?, object, T?> evolve) where T : class
{
    public T State => stream.Aggregate!;

    /// <summary>Appends and commits, with whatever else the session holds; no facts means "already so" and commits nothing.</summary>
    public async Task<Decided<T>> Save(IReadOnlyList<object> facts, CancellationToken ct)
    {
        var version = stream.CurrentVersion ?? 0;
        if (facts.Count > 0)
        {
            stream.AppendMany(facts);
            await session.SaveChangesAsync(ct);
        }

        return new(facts.Aggregate(State, (state, fact) => evolve(state, fact)!), version + facts.Count, facts);
    }
}

/// <summary>The one way in, for both doors.</summary>
public static class Deciding
{
    /// <summary>Fetch for writing: Missing (unknown, or not the caller's) before VersionRequired before Stale.</summary>
    public static async Task<Found<T>> Find<T>(this IDocumentSession session, Guid id, Seen seen, Func<T, bool> may, Func<T?, object, T?> evolve,
        CancellationToken ct) where T : class
    {
        // the store takes no empty id, not even to look for it
        var stream = await session.Events.FetchForWriting<T>(id != Guid.Empty ? id : throw Refused.Missing(typeof(T).Name), ct);
        if (stream.Aggregate is not { } state || !may(state))
        {
            throw Refused.Missing(typeof(T).Name);
        }

        seen.Check(stream.CurrentVersion ?? 0);
        return new(session, stream, evolve);
    }

    /// <summary>Whether the caller saw what is there: VersionRequired before Stale.</summary>
    public static void Check(this Seen seen, long current)
    {
        if (seen is { Version: null, Any: false })
        {
            throw Refused.VersionRequired();
        }

        if (seen.Version is { } saw && saw != current)
        {
            throw Refused.Stale(current);
        }
    }

    /// <summary>Find, decide, append, save. <paramref name="decide"/> gets the state and returns facts; none means "already so".</summary>
    public static async Task<Decided<T>> Decide<T>(this IDocumentSession session, Guid id, Seen seen, Func<T, bool> may, Func<T?, object, T?> evolve,
        Func<T, IReadOnlyList<object>> decide, CancellationToken ct) where T : class
    {
        var found = await session.Find(id, seen, may, evolve, ct);
        return await found.Save(decide(found.State), ct);
    }

    /// <summary>
    /// The state as it stood at an instant, and its version: the prefix of the stream by the running maximum of recording times
    /// (clocks of replicas may differ by a little; versions do not). Null when nothing was there yet.
    /// </summary>
    public static async Task<(T State, long Version)?> AsOf<T>(this IQuerySession session, Guid id, DateTimeOffset? asOf, Func<T?, object, T?> evolve,
        CancellationToken ct) where T : class
    {
        T? state = null;
        var version = 0L;
        var latest = DateTimeOffset.MinValue;
        foreach (var e in await session.Events.FetchStreamAsync(id, token: ct))
        {
            latest = e.Timestamp > latest ? e.Timestamp : latest;
            if (latest > asOf)
            {
                break;
            }

            (state, version) = (evolve(state, e.Data), e.Version);
        }

        return state is null ? null : (state, version);
    }
}
