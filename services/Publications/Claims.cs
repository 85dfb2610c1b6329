using System.Diagnostics.Metrics;
using Marten;
using Npgsql;
using Platform;

namespace Publications;

/// <summary>A claimed item: the attempt this worker may make, or the one it may ask about.</summary>
public sealed record Claimed(Publication Publication, Attempt Attempt, DateTimeOffset LeaseUntil);

/// <summary>The due table: rows of the view that have a wake time.</summary>
public sealed class Claims(IDocumentStore store, NpgsqlDataSource database, IServiceScopeFactory scopes, IHalts halts, ReleaseOptions options, TimeProvider clock)
{
    public const string Meter = "Platform";
    private static readonly Histogram<double> LateBy = new Meter(Meter).CreateHistogram<double>("publications.release.lateness", "ms", "From due time to claim.");

    public async Task<DateTimeOffset?> NextWake(CancellationToken ct)
    {
        await using var command = database.CreateCommand("select min(wake_at) from mt_doc_publicationview where wake_at is not null");
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) && !await reader.IsDBNullAsync(0, ct) ? reader.GetFieldValue<DateTimeOffset>(0) : null;
    }

    /// <summary>
    /// One transaction: the streams are locked (the first lock any command takes too, so nothing can lock the other way round), what
    /// another worker holds is skipped, the rules look at the state under the lock, and what they start is stored before anything is sent.
    /// What cannot be read, or a rule stumbles over, is left alone and told, so that it keeps back nothing but itself.
    /// </summary>
    public async Task<(IReadOnlyList<Claimed> Items, IReadOnlyList<(Guid PublicationId, string Why)> LeftAlone)> Next(int most, CancellationToken ct)
    {
        await using var session = store.IdentitySession();
        session.LastModifiedBy = ReleaseDecider.Service;
        await session.BeginTransactionAsync(ct);
        var (due, unread) = await session.Locked("""
            select s.id, s.version from mt_doc_publicationview d join mt_streams s on s.id = d.id
            where d.wake_at <= $1 order by d.wake_at limit $2 for update of s skip locked
            """, [clock.GetUtcNow(), most], ct);
        var leftAlone = unread.Select(id => (id, "its view is behind or cannot be read")).ToList();
        if (due.Count == 0)
        {
            return ([], leftAlone);
        }

        await using var scope = scopes.CreateAsyncScope();
        var circumstances = new Circumstances(session, await halts.Read(session, ct), scope.ServiceProvider);
        List<Claimed> claimed = [];
        var changed = false;
        foreach (var publication in due)
        {
            try
            {
                var (more, facts) = await Claim(publication, circumstances, ct);
                session.Append(publication, facts);
                claimed.AddRange(more);
                changed |= facts.Count > 0;
            }
            catch (Exception fault) when (Store.Postgres(fault) is null && fault is not OperationCanceledException)
            {
                leftAlone.Add((publication.State.Id, fault.GetType().Name + " " + Fault.Where(fault)));
            }
        }

        if (changed)
        {
            await session.SaveChangesAsync(ct);
        }

        return (claimed, leftAlone);
    }

    private async Task<(IEnumerable<Claimed>, IReadOnlyList<object> Facts)> Claim(LockedPublication locked, Circumstances circumstances, CancellationToken ct)
    {
        var (before, now) = (locked.State, clock.GetUtcNow());
        var context = await circumstances.Of(before, now, ct);
        var lease = now + circumstances.Lease(before, TimeSpan.FromSeconds(options.LeaseSeconds));
        var facts = ReleaseDecider.Claim(before, Guid.CreateVersion7, lease, now, context);
        if (facts.OfType<PublicationReleaseStarted>().Any())
        {
            LateBy.Record((now - before.DueAt!.Value).TotalMilliseconds);
        }

        var state = facts.Aggregate(before, (p, fact) => PublicationFold.Evolve(p, fact)!);
        return (Started(facts).Select(attemptId => new Claimed(state, state.Attempts.Single(a => a.AttemptId == attemptId), lease)), facts);
    }

    /// <summary>Attempts to make or to ask about; one that a halt has ended in the same breath is neither.</summary>
    private static IEnumerable<Guid> Started(IReadOnlyList<object> facts) => facts.OfType<DeliveryAttemptStarted>().Select(f => f.AttemptId)
        .Except(facts.OfType<DeliveryRejected>().Select(f => f.AttemptId)).Concat(facts.OfType<DeliveryReadBackStarted>().Select(f => f.AttemptId));
}

/// <summary>What a claim's transaction knows: halts by the epoch it read, accounts, and what the gates find at this moment.</summary>
public sealed class Circumstances(IDocumentSession session, HaltsNow halts, IServiceProvider services)
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);
    private readonly ChannelBook _channels = services.GetRequiredService<ChannelBook>();
    private readonly HaltReach _reach = services.GetRequiredService<HaltReach>();

    /// <summary>Halts are judged here for each channel, by the same epoch.</summary>
    private readonly IReadOnlyList<IReleaseGate> _gates = [.. services.GetServices<IReleaseGate>().Where(gate => gate is not HaltCheck)];

    /// <summary>A claim holds longer than a call to any of its channels takes; asked after <see cref="Of"/>.</summary>
    public TimeSpan Lease(Publication publication, TimeSpan least) => publication.Content.Channels.Select(code => _channels.Known(code) is { } account ? _channels.Adapter(account.Kind) : null)
        .Select(adapter => (adapter?.LongestCall ?? TimeSpan.Zero) + Margin).Append(least).Max();

    public async Task<ClaimContext> Of(Publication publication, DateTimeOffset now, CancellationToken ct)
    {
        var stops = (await _reach.Of(session, publication, ct)).ToDictionary(scope => scope.Channel, scope =>
            _channels.Known(scope.Channel) is not { } account || _channels.Adapter(account.Kind) is null ? "channel-closed" : halts.Stops(scope) is not null ? "halted"
            // its time lay in a halt that is over: by itself it goes out there no more
            : publication is { State: PublicationState.Scheduled, DueAt: { } due } && halts.Passed(scope, due) is not null ? "halted" : null);

        var findings = publication.State == PublicationState.Scheduled ? await _gates.Check(session, publication, now, ct) : [];
        return new(halts.Epoch, code => stops.GetValueOrDefault(code), findings);
    }
}

public static class HaltScopes
{
    public static HaltScope Of(Publication publication, ChannelAccount account) => new(publication.Body, account.Code, account.Kind, publication.Content.Tags ?? [],
        publication.Content.SubjectPersonId is { } subject ? [subject] : []);
}
