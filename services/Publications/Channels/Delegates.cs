using Marten;
using Platform;

namespace Publications;

/// <summary>Who speaks on an official's account: the official, by the caller's id that the account names, and delegates. Nobody is refused for not being one; it is shown.</summary>
public static class Delegates
{
    public const string NotOne = "not-a-delegate";

    /// <summary>The callers whom the account names.</summary>
    public static IReadOnlyList<string> Own(this OfficialsTerm? official) => official is null ? [] : [.. official.Delegates, .. official.CallerId is { } id ? [id] : Array.Empty<string>()];

    /// <summary>The caller speaks for this official, within the term.</summary>
    public static bool Names(this OfficialsTerm? official, string caller, DateTimeOffset at) => official is not null && official.Own().Contains(caller)
        && KnownAccounts.Today(at) is var day && official.From <= day && !(official.To < day);

    /// <summary>Whether one of these people speaks on the account; null: it is no official's, or names nobody.</summary>
    public static bool? Among(this OfficialsTerm? official, IEnumerable<string?> people, DateTimeOffset at) => official.Own().Count == 0 ? null : people.Any(p => p is not null && official.Names(p, at));

    /// <summary>Everybody whose words, settings, order or approval a publication carries.</summary>
    public static IEnumerable<string> People(Publication p) => p.Authors.Concat(p.Approvals.Select(a => a.By)).Concat(p.Emergency is { } emergency ? [emergency.By] : [])
        .Concat(p.Proposed is { } proposed ? proposed.Approvals.Select(a => a.By).Append(proposed.By) : []);

    /// <summary>For each account of an official to which a publication goes without the official's or a delegate's hand in it.</summary>
    public static IReadOnlyList<Finding> Check(Publication publication, IEnumerable<RegisteredAccount> accounts, DateTimeOffset now) => [.. accounts
        .Where(a => a.Official.Among(People(publication), now) == false)
        .Select(a => new Finding(NotOne, $"{a.Code} is an official's account, and neither the official nor a delegate wrote or approved it.", "channels", false))];

    /// <summary>The caller speaks on this account.</summary>
    public static async Task<bool> Speaks(this IQuerySession session, Caller caller, string code, DateTimeOffset at, CancellationToken ct) =>
        (await session.Accounts([code], ct)).GetValueOrDefault(code)?.Official.Names(caller.Id, at) == true;

    /// <summary>Registered accounts by their codes, whatever their state.</summary>
    public static async Task<IReadOnlyDictionary<string, RegisteredAccount>> Accounts(this IQuerySession session, IEnumerable<string> codes, CancellationToken ct)
    {
        Guid[] ids = [.. codes.Where(c => c != SiteChannel.Name).Distinct().Select(AccountDecider.IdOf)];
        return ids.Length == 0 ? new Dictionary<string, RegisteredAccount>() : (await session.LoadManyAsync<ChannelAccountView>(ct, ids)).ToDictionary(a => a.Code, a => a.Now);
    }
}
