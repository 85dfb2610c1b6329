using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Inquiries;

/// <summary>
/// The hash chain of one stream. Link n is the SHA-256 of six lines (LF between them, UTF-8): the name of this rule, link n-1 in lower-case hex (64 zeros
/// before the first), the stream's id, the version, the fact's stored name, its stored data (<see cref="Canonical"/>). No hash is stored inside a fact: a
/// chain is recomputed from the store. When it was recorded is not known before the commit and so is not in the link; the daily root holds it.
/// </summary>
public static class Chain
{
    public const string Rule = "platform-link-1";

    public static readonly string Start = new('0', 64);

    public static string Link(string previous, Guid stream, long version, string fact, JsonElement data) =>
        Hash(string.Join('\n', Rule, previous, stream.ToString("D"), version.ToString(CultureInfo.InvariantCulture), fact, Canonical.Text(data)));

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
