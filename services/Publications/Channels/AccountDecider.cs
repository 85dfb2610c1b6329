using System.Text.RegularExpressions;
using Platform;

namespace Publications;

/// <summary>The rules about accounts: values in, values out.</summary>
public static partial class AccountDecider
{
    private const int LongestPost = 300, MostDelegates = 50;
    private static readonly Guid Space = new("6f0c1b7e-27a4-4c1f-9f0f-3b1e6c7d2a10");

    /// <summary>One stream per code, so that a code is nobody else's for ever.</summary>
    public static Guid IdOf(string code) => NamedId.Of(Space, code);

    public static ChannelAccountRegistered Register(RegisterChannelAccount ask, string body, DateTimeOffset now)
    {
        if (ask.Code is not { } code || !CodeForm().IsMatch(code) || code == SiteChannel.Name)
        {
            throw Refused.Invalid("code-invalid", "code is 3 to 60 small letters, digits and hyphens, and not site.", "code");
        }

        var kind = ChannelKinds.Find(ask.Kind);
        return new(IdOf(code), code, kind.Name, body, Spoken(ask.Languages) ?? Languages.All, Given(kind, kind.Address, kind.AddressToo, ask.Settings, "settings"), Checked(ask.Official), now);
    }

    /// <summary>What is not named stays.</summary>
    public static IReadOnlyList<object> Decide(RegisteredAccount state, EditChannelAccount ask, DateTimeOffset now)
    {
        var kind = ChannelKinds.Find(Open(state).Kind);
        var edited = new ChannelAccountEdited(state.Id, Spoken(ask.Languages) ?? state.Languages, ask.Settings is null ? state.Address : Given(kind, kind.Address, kind.AddressToo, ask.Settings, "settings"),
            Checked(ask.Official) ?? state.Official, now);
        var same = edited.Languages.SequenceEqual(state.Languages) && edited.Address.OrderBy(p => p.Key).SequenceEqual(state.Address.OrderBy(p => p.Key))
            && Same(edited.Official, state.Official);
        return same ? [] : [edited];
    }

    /// <summary>Set every time anew: nobody can tell whether a secret is the one that was there.</summary>
    public static IReadOnlyList<object> Decide(RegisteredAccount state, SetChannelCredentials ask, string by, DateTimeOffset now)
    {
        var kind = ChannelKinds.Find(Open(state).Kind);
        return kind.Secrets.Count == 0 ? throw Refused.Conflict("credentials-none", "An account of this kind has no credentials.")
            : [new ChannelCredentialsSet(state.Id, [.. Given(kind, kind.Secrets, kind.SecretsToo, ask.Credentials, "credentials").Keys.Order(StringComparer.Ordinal)], by, now)];
    }

    public static IReadOnlyList<object> Decide(RegisteredAccount state, CloseChannelAccount ask, string by, DateTimeOffset now)
    {
        if (ask.Reason?.Length > 1000)
        {
            throw Refused.Invalid("words-too-long", "At most 1000 characters.", "reason");
        }

        return state.ClosedAt is not null ? [] : [new ChannelAccountClosed(state.Id, ask.Reason, by, now)];
    }

    private static RegisteredAccount Open(RegisteredAccount state) => state.ClosedAt is null ? state : throw Refused.Conflict("account-closed", "The account is closed.");

    private static IReadOnlyList<string>? Spoken(IReadOnlyList<string>? given) => given is null ? null
        : given.Count > 0 && given.All(Languages.All.Contains) ? [.. Languages.All.Where(given.Contains)]
        : throw Refused.Invalid("language-invalid", "languages are kk, ru or both.", "languages");

    /// <summary>The names of the kind, those of <paramref name="too"/> if they are wanted, each in its form. What was given is never repeated: it may be a secret.</summary>
    private static Dictionary<string, string> Given(ChannelKind kind, IReadOnlyList<string> names, IReadOnlyList<string> too, IReadOnlyDictionary<string, string>? given, string field)
    {
        IReadOnlyList<string> said = [.. names, .. too.Where(n => given?.ContainsKey(n) == true)];
        var wrong = (given ?? new Dictionary<string, string>()).Keys.Except(said).Any() ? $"{field} of {kind.Name} are: {string.Join(", ", names.Concat(too))}."
            : names.FirstOrDefault(n => given?.ContainsKey(n) != true) is { } missing ? $"{missing} is missing."
            : said.FirstOrDefault(n => !kind.Takes(n, given![n])) is { } malformed ? $"{malformed} is not of its form." : null;
        return wrong is null ? said.ToDictionary(n => n, n => given![n]) : throw Refused.Invalid(field + "-invalid", wrong, field);
    }

    private static OfficialsTerm? Checked(OfficialsTerm? given)
    {
        if (given is null)
        {
            return null;
        }

        var (post, delegates) = (given.Post, given.Delegates);
        _ = string.IsNullOrWhiteSpace(post.Kk) || string.IsNullOrWhiteSpace(post.Ru) ? throw Refused.Invalid("language-missing", "The post is given in kk and ru.", "official.post") : true;
        _ = post.Kk.Length > LongestPost || post.Ru.Length > LongestPost ? throw Refused.Invalid("words-too-long", $"At most {LongestPost} characters.", "official.post") : true;
        _ = given.CallerId is { Length: 0 or > 200 } ? throw Refused.Invalid("caller-invalid", "callerId is the id of a caller.", "official.callerId") : true;
        _ = given.To < given.From ? throw Refused.Invalid("term-invalid", "A term ends after it began.", "official.to") : true;
        return delegates.Count <= MostDelegates && delegates.All(d => d.Length is > 0 and <= 200) ? given with { Delegates = [.. delegates.Distinct()] }
            : throw Refused.Invalid("delegates-invalid", $"At most {MostDelegates} ids of callers.", "official.delegates");
    }

    private static bool Same(OfficialsTerm? a, OfficialsTerm? b) => a is null || b is null ? a is null && b is null
        : (a.PersonId, a.Post, a.From, a.To, a.CallerId) == (b.PersonId, b.Post, b.From, b.To, b.CallerId) && a.Delegates.SequenceEqual(b.Delegates);

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,58}[a-z0-9]$")]
    private static partial Regex CodeForm();
}
