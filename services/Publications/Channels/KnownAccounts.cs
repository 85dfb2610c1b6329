using System.Collections.Frozen;
using Marten;
using Npgsql;
using Platform;

namespace Publications;

/// <summary>
/// The accounts in memory, in every replica, with their credentials opened; a NOTIFY that goes out with each change has them read again,
/// and what is not known is looked up, for it may be a moment old.
/// </summary>
public sealed class KnownAccounts(IDocumentStore store, NpgsqlDataSource database, SealedCredentials credentials, TimeProvider clock, ILogger<KnownAccounts> log) : BackgroundService, IChannelAccounts
{
    public const string Channel = "channel_accounts";
    private sealed record Known(RegisteredAccount Account, ChannelAccount Opened);

    private FrozenDictionary<string, Known>? _known;

    public async Task<ChannelAccount?> Find(string code, CancellationToken ct)
    {
        if (code == SiteChannel.Name)
        {
            return ConfiguredAccounts.Site;
        }

        var known = _known ?? await Refresh(ct);
        if (!known.TryGetValue(code, out var found) || !found.Account.IsOpen(Today(clock.GetUtcNow())))
        {
            found = await Look(code, ct);
        }

        return found is not null && found.Account.IsOpen(Today(clock.GetUtcNow())) ? found.Opened : null;
    }

    /// <summary>Everything that is open now.</summary>
    public async Task<IReadOnlyList<(RegisteredAccount Account, ChannelAccount Opened)>> Open(CancellationToken ct) =>
        [.. (await Refresh(ct)).Values.Where(k => k.Account.IsOpen(Today(clock.GetUtcNow()))).Select(k => (k.Account, k.Opened))];

    public static DateOnly Today(DateTimeOffset now) => Registration.AlmatyDate(now).ToDateOnly();

    /// <summary>With the change's own transaction, so that every replica hears of it once it stands.</summary>
    public static void Changed(IDocumentSession session) => session.QueueSqlCommand("notify " + Channel);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Listening.Keep(database, Channel, Refresh, log, stoppingToken);

    private async Task<FrozenDictionary<string, Known>> Refresh(CancellationToken ct)
    {
        await using var session = store.QuerySession();
        var accounts = await session.Query<ChannelAccountView>().Where(a => !a.Closed).ToListAsync(ct);
        var opened = await credentials.Open(database, null, ct);
        return _known = accounts.ToFrozenDictionary(a => a.Code, a => new Known(a.Now, For(a.Now, opened.GetValueOrDefault(a.Id))));
    }

    private async Task<Known?> Look(string code, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<ChannelAccountView>(AccountDecider.IdOf(code), ct) is { Closed: false } view
            ? new(view.Now, For(view.Now, (await credentials.Open(database, view.Id, ct)).GetValueOrDefault(view.Id))) : null;
    }

    private static ChannelAccount For(RegisteredAccount account, IReadOnlyDictionary<string, string>? secrets) => new(account.Code, account.Kind, account.Body, account.Languages,
        account.Address.Concat(secrets ?? new Dictionary<string, string>()).ToDictionary());
}
