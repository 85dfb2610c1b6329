using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Platform;

namespace Publications;

/// <summary>Whether a call comes from the account's channel; each kind says so in its own way. Without a secret nothing does.</summary>
public static class InboxSignatures
{
    /// <summary>How far the sender's clock may be off; older calls may be somebody's copies.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public static bool IsFrom(InboxAccount account, IHeaderDictionary headers, ReadOnlySpan<byte> body, DateTimeOffset now) => account switch
    {
        { Secret: null or "" } => false,
        { Kind: "facebook" or "instagram" } => Same(headers["X-Hub-Signature-256"], "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(account.Secret), body))),
        { Kind: "telegram" } => Same(headers["X-Telegram-Bot-Api-Secret-Token"], account.Secret),
        _ => Standard(account.Secret, headers, body, now),
    };

    /// <summary>Meta's question at subscription, answered by its challenge; null when the token is not this account's.</summary>
    public static string? Challenge(InboxAccount account, string? mode, string? token, string? challenge) =>
        account is { Kind: "facebook" or "instagram", VerifyToken: { Length: > 0 } expected } && mode == "subscribe" && Same(token, expected)
        && challenge is { Length: > 0 and <= 200 } && challenge.All(char.IsAsciiLetterOrDigit) ? challenge : null;

    /// <summary>Standard Webhooks: one of the signatures given, over id, timestamp and body.</summary>
    private static bool Standard(string secret, IHeaderDictionary headers, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (headers["webhook-id"] is not [{ Length: > 0 } id] || !long.TryParse(headers["webhook-timestamp"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds() || (now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > Tolerance)
        {
            return false;
        }

        var expected = new StandardWebhook(secret).Sign(id, DateTimeOffset.FromUnixTimeSeconds(seconds), body);
        return headers["webhook-signature"].ToString().Split(' ').Any(given => Same(given, expected));
    }

    private static bool Same(string? given, string expected) => given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}
