using JasperFx;
using JasperFx.Events;
using Marten;
using Marten.Events.Aggregation;
using Platform;

namespace Publications;

/// <summary>An account stored for lists; written in the transaction of its facts, rebuilt from them.</summary>
public sealed record ChannelAccountView(Guid Id, RegisteredAccount Now) : IRevisioned
{
    public int Version { get; set; }
    public string Code { get; init; } = Now.Code;
    public string Body { get; init; } = Now.Body;
    public string Kind { get; init; } = Now.Kind;
    public bool Closed { get; init; } = Now.ClosedAt is not null;
}

public sealed partial class ChannelAccountViews : SingleStreamProjection<ChannelAccountView, Guid>
{
    public ChannelAccountViews()
    {
        foreach (var fact in RegisteredAccountFold.Facts)
        {
            IncludeType(fact); // other streams have facts of their own
        }
    }

    public override ChannelAccountView? Evolve(ChannelAccountView? snapshot, Guid id, IEvent e) => new(id, RegisteredAccountFold.Evolve(snapshot?.Now, e.Data)!);
}

/// <summary>An account as its officials see it: <c>Open</c>, <c>CredentialsMissing</c>, <c>OutOfTerm</c> or <c>Closed</c>. Of credentials only the names that are set.</summary>
public sealed record AccountReply(Guid Id, long Version, string State, string Code, string Kind, string Body, IReadOnlyList<string> Languages, IReadOnlyDictionary<string, string> Settings,
    OfficialsTerm? Official, IReadOnlyList<string> CredentialsSet, DateTimeOffset? CredentialsSetAt, DateTimeOffset RegisteredAt, DateTimeOffset? ClosedAt)
{
    public const string Open = "Open", CredentialsMissing = "CredentialsMissing", OutOfTerm = "OutOfTerm", Closed = "Closed";

    /// <summary>What its channel can do; null where no adapter of the kind runs here.</summary>
    public ChannelCapabilities? Can { get; init; }

    public static AccountReply Of(RegisteredAccount a, long version, DateTimeOffset at) => new(a.Id, version, StateOf(a, KnownAccounts.Today(at)), a.Code, a.Kind, a.Body, a.Languages, a.Address,
        a.Official, a.Credentials, a.CredentialsSetAt, a.RegisteredAt, a.ClosedAt);

    private static string StateOf(RegisteredAccount a, DateOnly today) => a.ClosedAt is not null ? Closed
        : !ChannelKinds.Find(a.Kind).Secrets.All(a.Credentials.Contains) ? CredentialsMissing : a.IsOpen(today) ? Open : OutOfTerm;
}

public static class AccountReads
{
    public static readonly string[] May = [Roles.Head, Roles.Editor, Roles.Approver, Roles.Auditor, Roles.Admin];

    public static void MapAccountReads(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/channels").ForRoles(May).WithTags("Channels");
        doors.MapGet("/", (string? kind, string? body, bool? closed, string? cursor, int? limit, IQuerySession session, Work work, TimeProvider clock, IEnumerable<IChannel> adapters,
                CancellationToken ct) => session.List(work.Caller, kind, body, closed, cursor, Changes.Limit(limit), clock.GetUtcNow(), adapters, ct))
            .WithSummary("Accounts of the caller's body; auditors and admins: of all. site is always there beside them.");
        doors.MapGet("/{code}", async (string code, DateTimeOffset? asOf, IQuerySession session, Work work, TimeProvider clock, IEnumerable<IChannel> adapters, HttpResponse reply,
                CancellationToken ct) =>
            {
                var (state, version) = await session.Account(work.Caller, code, asOf, ct);
                return reply.Versioned(AccountReply.Of(state, version, asOf ?? clock.GetUtcNow()) with { Can = adapters.FirstOrDefault(a => a.Kind == state.Kind)?.Can }, version);
            })
            .Produces<AccountReply>().WithSummary("One account and what its channel can do; asOf shows it as it was recorded at that instant.");
        doors.MapGet("/{code}/history", async (string code, IQuerySession session, Work work, CancellationToken ct) =>
            {
                var (state, _) = await session.Account(work.Caller, code, null, ct);
                return new Page<HistoryEntry>([.. (await session.Events.FetchStreamAsync(state.Id, token: ct)).Select(HistoryEntry.Of)], null);
            })
            .WithSummary("Who registered, edited, gave credentials and closed it, and when.");
    }

    /// <summary>Of the caller's body, or one on which the caller speaks; for others it is unknown.</summary>
    public static async Task<(RegisteredAccount State, long Version)> Account(this IQuerySession session, Caller caller, string code, DateTimeOffset? asOf, CancellationToken ct) =>
        await session.AsOf<RegisteredAccount>(AccountDecider.IdOf(code), asOf, RegisteredAccountFold.Evolve, ct) is { } found && (caller.Sees(found.State.Body) || caller.Is(Roles.Admin) || found.State.Official.Own().Contains(caller.Id))
            ? found : throw Refused.Missing("account");

    private static async Task<Page<AccountReply>> List(this IQuerySession session, Caller caller, string? kind, string? body, bool? closed, string? cursor, int limit, DateTimeOffset now,
        IEnumerable<IChannel> adapters, CancellationToken ct)
    {
        var own = caller.Is(Roles.Auditor) || caller.Is(Roles.Admin) ? body : caller.Body ?? "";
        var (views, after) = (session.Query<ChannelAccountView>().AsQueryable(), Cursor.Parse(cursor)?.Id ?? Guid.Empty);
        views = own is null ? views : views.Where(a => a.Body == own);
        views = kind is null ? views : ChannelKinds.Find(kind) is { Name: var named } ? views.Where(a => a.Kind == named) : views;
        views = closed is not { } isClosed ? views : views.Where(a => a.Closed == isClosed);
        var items = await views.Where(a => a.Id > after).OrderBy(a => a.Id).Take(limit).ToListAsync(ct);
        return new([.. items.Select(a => AccountReply.Of(a.Now, a.Version, now) with { Can = adapters.FirstOrDefault(c => c.Kind == a.Kind)?.Can })],
            items.Count == limit ? new Cursor((long?)null, items[^1].Id).ToString() : null);
    }
}
