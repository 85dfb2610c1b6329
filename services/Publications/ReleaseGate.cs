using Marten;
using Platform;

namespace Publications;

/// <summary>One thing that a check found. <paramref name="Code"/> is stable; a blocking one keeps the publication from being armed and from going out.</summary>
public sealed record Finding(string Code, string Text, string? Field, bool Blocking);

/// <summary>
/// A rule about going out that needs more than the publication itself: identity of pictures, rights, links. Asked when it is armed, when it is released at once,
/// and again in the transaction of the claim. Reads only, quickly, and nothing outside the database.
/// </summary>
public interface IReleaseGate
{
    Task<IReadOnlyList<Finding>> Check(IQuerySession session, Publication publication, DateTimeOffset now, CancellationToken ct);
}

public static class ReleaseGates
{
    /// <summary>All findings of all gates, in the order of registration.</summary>
    public static async Task<IReadOnlyList<Finding>> Check(this IEnumerable<IReleaseGate> gates, IQuerySession session, Publication publication, DateTimeOffset now, CancellationToken ct)
    {
        List<Finding> found = [];
        foreach (var gate in gates)
        {
            found.AddRange(await gate.Check(session, publication, now, ct));
        }

        return found;
    }

    /// <summary>The first blocking one refuses, with its code; all blocking ones stand in <c>errors</c> by field.</summary>
    public static void Demand(this IReadOnlyList<Finding> findings)
    {
        var blocking = findings.Where(f => f.Blocking).ToArray();
        if (blocking.Length > 0)
        {
            throw new RefusedException(RefusalKind.Conflict, blocking[0].Code, blocking[0].Text,
                blocking.GroupBy(f => f.Field ?? "publication").ToDictionary(g => g.Key, g => g.Select(f => f.Code + ": " + f.Text).ToArray()));
        }
    }
}

/// <summary>Where a halt may reach a publication: its body, the account's code, the kind of channel, its tags, and the people it shows or is about.</summary>
public sealed record HaltScope(string Body, string Channel, string ChannelKind, IReadOnlyList<string> Tags, IReadOnlyList<Guid> Persons);

/// <summary>The kill switch as the releaser uses it.</summary>
public interface IHalts
{
    /// <summary>Within the claim's transaction: the epoch that it carries, and whether a halt stops this scope now.</summary>
    Task<HaltsNow> Read(IQuerySession session, CancellationToken ct);

    /// <summary>
    /// Held around each call to a channel: while it is held no halt begins, and once one has begun nothing of its scope enters. Null: halted since the claim,
    /// nothing may be sent.
    /// </summary>
    Task<IAsyncDisposable?> Enter(HaltScope scope, CancellationToken ct);
}

/// <summary>The halts of a moment. <paramref name="Stops"/>: the id of the halt that stops a scope, or null.</summary>
public sealed record HaltsNow(long Epoch, Func<HaltScope, Guid?> Stops)
{
    /// <summary>The id of the lifted halt in which a due time of this scope lay, or null: such an item is missed (<c>halted</c>) though nothing stops it now.</summary>
    public Func<HaltScope, DateTimeOffset, Guid?> Passed { get; init; } = (_, _) => null;
}
