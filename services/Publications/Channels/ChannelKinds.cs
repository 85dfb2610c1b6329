using System.Text.RegularExpressions;
using Platform;

namespace Publications;

/// <summary>What an account of a kind is told by: <paramref name="Address"/> for everybody to see, <paramref name="Secrets"/> for the call alone.</summary>
public sealed record ChannelKind(string Name, IReadOnlyList<string> Address, IReadOnlyList<string> Secrets, IReadOnlyDictionary<string, Func<string, bool>> Rules)
{
    /// <summary>What may be left out: how long an answer to what people write may take, and what proves that they wrote by this channel.</summary>
    public IReadOnlyList<string> AddressToo { get; init; } = [];
    public IReadOnlyList<string> SecretsToo { get; init; } = [];

    public bool Takes(string setting, string value) => Rules[setting](value);
}

/// <summary>The kinds of accounts. A name that is no address of its kind is refused, so that no secret lands among what is shown.</summary>
public static partial class ChannelKinds
{
    public const string Telegram = "telegram", Facebook = "facebook", Instagram = "instagram", YouTube = "youtube", Email = "email", Webhook = "webhook", Atom = "atom";

    public const string Chat = "chat", Page = "page", User = "user", Channel = "channel", Uploads = "uploads", Url = "url", Token = "token", ClientId = "clientId",
        ClientSecret = "clientSecret", RefreshToken = "refreshToken", List = "list", Secret = "secret",
        InboxSecret = "inboxSecret", InboxVerifyToken = "inboxVerifyToken", InboxWorkingDays = "inboxWorkingDays", InboxHours = "inboxHours";

    private static readonly Dictionary<string, Func<string, bool>> Forms = new()
    {
        [Chat] = v => ChatForm().IsMatch(v),
        [Page] = v => Digits().IsMatch(v),
        [User] = v => Digits().IsMatch(v),
        [Channel] = v => Word().IsMatch(v),
        [Uploads] = v => Word().IsMatch(v),
        // where it may go is asked at the door, which knows whether this is development
        [Url] = v => Uri.TryCreate(v, UriKind.Absolute, out _),
        [Token] = v => v.Length is > 0 and <= 1000 && v.All(c => c is > ' ' and < '\u007f'),
        [ClientId] = v => Word().IsMatch(v),
        [ClientSecret] = v => Word().IsMatch(v),
        [RefreshToken] = v => v.Length is > 0 and <= 1000 && v.All(c => c is > ' ' and < '\u007f'),
        [List] = v => v.Length <= 254 && MimeKit.MailboxAddress.TryParse(v, out var mailbox) && mailbox.Domain.Length > 0 && mailbox.Address == v,
        [Secret] = IsWebhookSecret,
        [InboxSecret] = v => v.Length is >= 8 and <= 1000 && v.All(c => c is > ' ' and < '\u007f'),
        [InboxVerifyToken] = v => v.Length is >= 8 and <= 1000 && v.All(c => c is > ' ' and < '\u007f'),
        [InboxWorkingDays] = v => int.TryParse(v, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= 30,
        [InboxHours] = v => int.TryParse(v, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var hours) && hours is >= 1 and <= 240,
    };

    public static readonly IReadOnlyList<ChannelKind> All =
    [
        Written(Kind(Telegram, [Chat], [Token]), [InboxSecret]),
        Written(Kind(Facebook, [Page], [Token]), [InboxSecret, InboxVerifyToken]),
        Written(Kind(Instagram, [User], [Token]), [InboxSecret, InboxVerifyToken]),
        Kind(YouTube, [Channel, Uploads], [ClientId, ClientSecret, RefreshToken]),
        Kind(Email, [], [List]),
        Written(Kind(Webhook, [Url], [Secret]), []),
        Kind(Atom, [], []),
    ];

    public static ChannelKind Find(string? name) => All.FirstOrDefault(k => k.Name == name)
        ?? throw Refused.Invalid("kind-invalid", $"kind is one of: {string.Join(", ", All.Select(k => k.Name))}.", "kind");

    private static ChannelKind Kind(string name, string[] address, string[] secrets) => new(name, address, secrets, Forms.Where(f => address.Contains(f.Key) || secrets.Contains(f.Key)).ToDictionary());

    /// <summary>A kind by which people write back.</summary>
    private static ChannelKind Written(ChannelKind kind, string[] secrets) => kind with
    {
        AddressToo = [InboxWorkingDays, InboxHours],
        SecretsToo = secrets,
        Rules = kind.Rules.Concat(Forms.Where(f => f.Key is InboxWorkingDays or InboxHours || secrets.Contains(f.Key))).ToDictionary(),
    };

    private static bool IsWebhookSecret(string value)
    {
        try
        {
            _ = new StandardWebhook(value);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^(@[A-Za-z]\w{3,31}|-?\d{1,20})$", RegexOptions.ECMAScript)]
    private static partial Regex ChatForm();

    [GeneratedRegex(@"^\d{1,30}$", RegexOptions.ECMAScript)]
    private static partial Regex Digits();

    [GeneratedRegex(@"^[\w.\-]{1,200}$", RegexOptions.ECMAScript)]
    private static partial Regex Word();
}
