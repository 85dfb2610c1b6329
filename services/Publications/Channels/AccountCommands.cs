using Marten;
using Platform;

namespace Publications;

/// <summary>What the commands on one account share: its body's head or an admin, the version seen, decide, append, tell the replicas.</summary>
public sealed class AccountCommands(IDocumentSession session, SealedCredentials credentials, Work work, TimeProvider clock, IHostEnvironment environment)
{
    public static readonly string[] May = [Roles.Head, Roles.Admin];

    public async Task<AccountReply> Register(RegisterChannelAccount ask, CancellationToken ct)
    {
        work.Caller.Demand(May);
        var body = ask.Body ?? work.Caller.Body ?? throw Refused.Invalid("body-missing", "The token names no body; name it.", "body");
        _ = Holders.Find(body) ?? throw Refused.Invalid("holder-unknown", "body is a code of the list of holders.", "body");
        _ = MayFor(body) ? true : throw Refused.Forbidden("body-not-own", "You register accounts of your own body only.");
        Reachable(ask.Settings);
        var registered = AccountDecider.Register(ask, body, clock.GetUtcNow());
        if (await session.Events.FetchStreamStateAsync(registered.AccountId, ct) is not null)
        {
            throw Refused.Conflict("code-taken", "An account has or had this code.");
        }

        session.Events.StartStream<RegisteredAccount>(registered.AccountId, registered);
        KnownAccounts.Changed(session);
        await session.SaveChangesAsync(ct);
        return AccountReply.Of(RegisteredAccountFold.Evolve(null, registered)!, 1, clock.GetUtcNow());
    }

    public Task<AccountReply> Edit(string code, Seen seen, EditChannelAccount ask, CancellationToken ct)
    {
        Reachable(ask.Settings);
        return Decide(code, seen, a => AccountDecider.Decide(a, ask, clock.GetUtcNow()), _ => { }, ct);
    }

    public Task<AccountReply> SetCredentials(string code, Seen seen, SetChannelCredentials ask, CancellationToken ct) => Decide(code, seen,
        a => AccountDecider.Decide(a, ask, work.Caller.Id, clock.GetUtcNow()), a => credentials.Keep(session, a.Id, ask.Credentials!), ct);

    public Task<AccountReply> Close(string code, Seen seen, CloseChannelAccount ask, CancellationToken ct) => Decide(code, seen,
        a => AccountDecider.Decide(a, ask, work.Caller.Id, clock.GetUtcNow()), a => SealedCredentials.Destroy(session, a.Id), ct);

    private async Task<AccountReply> Decide(string code, Seen seen, Func<RegisteredAccount, IReadOnlyList<object>> decide, Action<RegisteredAccount> beside, CancellationToken ct)
    {
        work.Caller.Demand(May);
        var found = await session.Find<RegisteredAccount>(AccountDecider.IdOf(code), seen, a => MayFor(a.Body), RegisteredAccountFold.Evolve, ct);
        var facts = decide(found.State);
        if (facts.Count > 0)
        {
            beside(found.State);
            KnownAccounts.Changed(session);
        }

        var done = await found.Save(facts, ct);
        return AccountReply.Of(done.State, done.Version, clock.GetUtcNow());
    }

    private bool MayFor(string body) => work.Caller.ActsFor(body) || work.Caller.Is(Roles.Admin);

    /// <summary>Where a webhook may go is a matter of this host.</summary>
    private void Reachable(IReadOnlyDictionary<string, string>? settings)
    {
        if (settings?.GetValueOrDefault(ChannelKinds.Url) is { } url)
        {
            Subscriptions.Address(url, environment);
        }
    }
}

public static class AccountDoors
{
    public static void MapAccountCommand<TCommand>(this IEndpointRouteBuilder app, string command, string summary, Func<AccountCommands, string, Seen, TCommand, CancellationToken, Task<AccountReply>> handle) =>
        app.MapPost("/v1/channels/{code}/" + command, async (string code, Seen seen, TCommand ask, AccountCommands commands, HttpResponse reply, CancellationToken ct) =>
            await handle(commands, code, seen, ask, ct) is var done ? reply.Versioned(done, done.Version) : null)
        .ForRoles(AccountCommands.May).WithTags("Channels").Produces<AccountReply>().WithSummary(summary);
}
