using JasperFx.Events;
using Marten.Events.Aggregation;
using Platform;

namespace Publications;

// The facts about one account on a channel. Their stored shape is for ever. No credential is in any of them, only its name.

/// <summary>Whose account an official's is: <paramref name="PersonId"/> of the registry of people, the post, days (in Almaty) of the term, and the callers' ids of delegates.</summary>
public sealed record OfficialsTerm(Guid? PersonId, Bilingual Post, DateOnly From, DateOnly? To, IReadOnlyList<string> Delegates)
{
    /// <summary>The official's own id as a caller; null: the official does not come to these doors.</summary>
    public string? CallerId { get; init; }
}

/// <summary>A body, or an official of it, publishes by this account; <paramref name="Address"/> is what everybody can see of it.</summary>
public sealed record ChannelAccountRegistered(Guid AccountId, string Code, string Kind, string Body, IReadOnlyList<string> Languages, IReadOnlyDictionary<string, string> Address,
    OfficialsTerm? Official, DateTimeOffset At);

/// <summary>The account is now this.</summary>
public sealed record ChannelAccountEdited(Guid AccountId, IReadOnlyList<string> Languages, IReadOnlyDictionary<string, string> Address, OfficialsTerm? Official, DateTimeOffset At);

/// <summary>Credentials of these names were set; their values lie sealed beside the facts.</summary>
public sealed record ChannelCredentialsSet(Guid AccountId, IReadOnlyList<string> Names, string By, DateTimeOffset At);

/// <summary>Nothing goes out by it any more; its credentials are destroyed. Final.</summary>
public sealed record ChannelAccountClosed(Guid AccountId, string? Reason, string By, DateTimeOffset At);

/// <summary>One account as its facts leave it.</summary>
public sealed record RegisteredAccount(Guid Id, string Code, string Kind, string Body, IReadOnlyList<string> Languages, IReadOnlyDictionary<string, string> Address) : IOfBody
{
    public OfficialsTerm? Official { get; init; }

    /// <summary>Names of the credentials that are set.</summary>
    public IReadOnlyList<string> Credentials { get; init; } = [];
    public DateTimeOffset? CredentialsSetAt { get; init; }
    public DateTimeOffset RegisteredAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Something can go out by it on this day: it is not closed, has its credentials, and its official is in office.</summary>
    public bool IsOpen(DateOnly today) => ClosedAt is null && ChannelKinds.Find(Kind).Secrets.All(Credentials.Contains)
        && (Official is null || (Official.From <= today && !(Official.To < today)));
}

public static class RegisteredAccountFold
{
    public static readonly Type[] Facts = [typeof(ChannelAccountRegistered), typeof(ChannelAccountEdited), typeof(ChannelCredentialsSet), typeof(ChannelAccountClosed)];

    public static RegisteredAccount? Evolve(RegisteredAccount? state, object fact) => fact switch
    {
        ChannelAccountRegistered e => new(e.AccountId, e.Code, e.Kind, e.Body, e.Languages, e.Address) { Official = e.Official, RegisteredAt = e.At },
        ChannelAccountEdited e => state! with { Languages = e.Languages, Address = e.Address, Official = e.Official },
        ChannelCredentialsSet e => state! with { Credentials = e.Names, CredentialsSetAt = e.At },
        ChannelAccountClosed e => state! with { ClosedAt = e.At, Credentials = [] },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about an account."),
    };
}

/// <summary>Marten's side of the fold; live, nothing stored.</summary>
public sealed partial class RegisteredAccountLive : SingleStreamProjection<RegisteredAccount, Guid>
{
    public override RegisteredAccount? Evolve(RegisteredAccount? snapshot, Guid id, IEvent e) => RegisteredAccountFold.Evolve(snapshot, e.Data);
}
