using JasperFx.Events;
using Marten;
using Npgsql;
using Platform;

namespace HandingOver;

/// <summary>Settings of the worker, section <c>HandOver</c>. Times in seconds.</summary>
public sealed record HandOverOptions
{
    /// <summary>How long a call belongs to the worker that took it; longer than a call may last.</summary>
    public double LeaseSeconds { get; init; } = 60;
    public double TimeoutSeconds { get; init; } = 20;

    /// <summary>The longest pause between two calls for the same thing while the other service is away.</summary>
    public double MostWaitSeconds { get; init; } = 300;
}

/// <summary>Hears in the same transaction that a thing of its service is a request now; appends what that means to the thing, and saves nothing itself.</summary>
public interface IHandedOver
{
    Task Taken(IDocumentSession session, HandOverTaken taken, CancellationToken ct);
}

/// <summary>
/// Things of this service that become requests in Inquiries, whatever they are: the caller names kind and id and gives the form; it is stored here, and
/// the worker calls. One thing has one stream, whose id follows from kind and id, so that it can be asked for ever so often and becomes one request.
/// </summary>
public sealed class HandOvers(IDocumentSession session, Vault vault, ISubjectKeys keys, VaultRows rows, Sealing sealing, IEnumerable<IHandedOver> heard, TimeProvider clock)
{
    private const string FormKind = "form";

    private static readonly Guid Things = new("5d2ec1c8-9a53-5b0c-8f0d-7a2f3c1e6b44");

    public static Guid IdOf(string kind, Guid originId) => NamedId.Of(Things, $"{kind}:{originId}");

    /// <summary>Stores that it is to be handed over, and commits; the same again is already so.</summary>
    public async Task<(HandOver State, long Version)> Ask(string kind, Guid originId, string body, string holder, string form, CancellationToken ct)
    {
        var id = IdOf(kind, originId);
        var stream = await Alone(id, ct);
        var mac = Convert.ToBase64String(sealing.Mac("hand-over", id + form));
        if (HandOverDecider.IsSaid(stream.Aggregate, mac))
        {
            return (stream.Aggregate!, stream.CurrentVersion ?? 0);
        }

        var (key, now) = (await keys.Next(ct), clock.GetUtcNow());
        var asked = new HandOverAsked(id, kind, originId, body, holder, key.SubjectId, await vault.Keep(key, FormKind, form, ct), mac, now.InAlmaty());
        stream.AppendOne(asked);
        session.QueueSqlCommand("insert into hand_overs (hand_over_id, due_at) values (?, ?) on conflict (hand_over_id) do update set due_at = excluded.due_at, attempts = 0", id, now);
        await session.SaveChangesAsync(ct);
        return (HandOverDecider.Evolve(stream.Aggregate, asked)!, (stream.CurrentVersion ?? 0) + 1);
    }

    /// <summary>What the worker sends; null when there is nothing to send any more, or the personal data was blocked or erased.</summary>
    public async Task<(HandOver State, string? Form)?> Open(Guid id, CancellationToken ct) =>
        await session.AsOf<HandOver>(id, null, HandOverDecider.Evolve, ct) is { State: { } state }
            ? (state, state.State is HandOverState.Asked or HandOverState.OutcomeUnknown ? await vault.Open(state.Asked.SubjectId, state.Asked.FormId, ct) : null) : null;

    /// <summary>Keeps what came of it. Once it has come to its end the particulars go; the subject to be forgotten is given back for its key.</summary>
    public async Task<Guid?> End(Guid id, Func<HandOver, DateTimeOffset, IReadOnlyList<object>> decide, CancellationToken ct)
    {
        var stream = await Alone(id, ct);
        if (stream.Aggregate is not { } state)
        {
            return null;
        }

        var facts = decide(state, clock.GetUtcNow().InAlmaty());
        stream.AppendMany(facts);
        var ended = facts.Aggregate(state, (s, fact) => HandOverDecider.Evolve(s, fact)!).State is HandOverState.HandedOver or HandOverState.Refused;
        if (facts.OfType<HandOverTaken>().FirstOrDefault() is { } taken)
        {
            foreach (var one in heard)
            {
                await one.Taken(session, taken, ct);
            }
        }

        if (ended)
        {
            session.QueueSqlCommand("delete from hand_overs where hand_over_id = ?", id);
            await rows.Erase(state.Asked.SubjectId, ct);
        }

        if (ended || facts.Count > 0)
        {
            await session.SaveChangesAsync(ct);
        }

        return ended ? state.Asked.SubjectId : null;
    }

    /// <summary>The stream, with nobody else at it: a reply and the message of the same request may come at once.</summary>
    private async Task<IEventStream<HandOver>> Alone(Guid id, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        await using var one = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 6114))") { Parameters = { new() { Value = "hand-over:" + id } } };
        await session.ExecuteAsync(one, ct);
        return await session.Events.FetchForWriting<HandOver>(id, ct);
    }
}
