using Marten;

namespace Platform;

/// <summary>A stream state that belongs to a state body; for callers of another body it does not exist.</summary>
public interface IOfBody
{
    /// <summary>Holder code (holders.csv).</summary>
    string Body { get; }
}

public static class Deciding
{
    /// <summary>
    /// The one way in: fetch for writing, Missing before Stale, decide, append, save. Returns the new version.
    /// <paramref name="decide"/> gets the state and returns facts; none means "already so".
    /// </summary>
    /// <param name="may">Whether the caller may act on it; else it is unknown to them.</param>
    public static async Task<(T State, long Version)> Decide<T>(this IDocumentSession session, Guid id, Seen seen, Func<T, bool> may,
        Func<T, IReadOnlyList<object>> decide, Func<T, object, T> evolve, CancellationToken ct) where T : class
    {
        var stream = await session.Events.FetchForWriting<T>(id, ct);
        if (stream.Aggregate is not { } state || !may(state))
        {
            throw Refused.Missing(typeof(T).Name);
        }

        var version = stream.CurrentVersion ?? 0;
        if (seen is { Version: null, Any: false })
        {
            throw Refused.VersionRequired();
        }

        if (seen.Version is { } saw && saw != version)
        {
            throw Refused.Stale(version);
        }

        var facts = decide(state);
        if (facts.Count > 0)
        {
            stream.AppendMany(facts);
            await session.SaveChangesAsync(ct);
        }

        return (facts.Aggregate(state, evolve), version + facts.Count);
    }
}
