using Platform;

namespace Publications;

public static class AccountsOfBodies
{
    /// <summary>An account of this body, or the site that all share.</summary>
    public static async Task<ChannelAccount> Own(this IChannelAccounts accounts, string code, string body, CancellationToken ct) =>
        await accounts.Find(code, ct) is { } account && (account.Code == SiteChannel.Name || account.Body == body) ? account
            : throw Refused.Invalid("channel-unknown", "A channel is site, or the code of an account that the body has registered.", "channel");
}

/// <summary>Accounts and the adapters of their kinds, as one unit of work sees them: an account once found stays the same.</summary>
public sealed class ChannelBook(IChannelAccounts accounts, IEnumerable<IChannel> adapters)
{
    private readonly Dictionary<string, ChannelAccount?> _found = [];

    public async Task<ChannelAccount?> Find(string code, CancellationToken ct)
    {
        if (!_found.TryGetValue(code, out var account))
        {
            _found[code] = account = await accounts.Find(code, ct);
        }

        return account;
    }

    /// <summary>What <see cref="Find"/> found before; null when it was not asked, or found nothing.</summary>
    public ChannelAccount? Known(string code) => _found.GetValueOrDefault(code);

    public IChannel? Adapter(string kind) => adapters.FirstOrDefault(a => a.Kind == kind);
}
