using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Publications;

public static class Languages
{
    public const string Kk = "kk", Ru = "ru";
    public static readonly string[] All = [Kk, Ru];

    public static string? In(this Bilingual words, string language) => language == Kk ? words.Kk : words.Ru;
}

/// <summary>
/// What an approval of one language is bound to: SHA-256, lower-case hex, of the UTF-8 bytes of this JSON in its canonical form
/// (RFC 8785: members sorted, no white space, shortest escapes):
/// <c>{"body","channels":[…],"kind","language","maxLateness","onMiss","text","title","v":1,"wantedAt"}</c>. <c>title</c> and
/// <c>text</c> are that language's (null when missing); <c>wantedAt</c> is UTC with seven decimals and Z, or null.
/// </summary>
public static class ContentHash
{
    public static string Of(string body, Content content, string language) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(body, content, language))));

    public static string Canonical(string body, Content content, string language)
    {
        var json = new StringBuilder("{\"body\":").Append(Quoted(body))
            .Append(",\"channels\":[").AppendJoin(',', content.Channels.Select(Quoted)).Append(']')
            .Append(",\"kind\":").Append(Quoted(content.Kind))
            .Append(",\"language\":").Append(Quoted(language))
            .Append(",\"maxLateness\":").Append(Quoted(content.MaxLateness))
            .Append(",\"onMiss\":").Append(Quoted(content.OnMiss))
            .Append(",\"text\":").Append(Quoted(content.Text.In(language)))
            .Append(",\"title\":").Append(Quoted(content.Title.In(language)))
            .Append(",\"v\":1,\"wantedAt\":")
            .Append(Quoted(content.WantedAt?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture)));
        return json.Append('}').ToString();
    }

    /// <summary>RFC 8785, 3.2.2.2: the two-letter escapes where JSON has them, \u00xx for other control characters, all else as it is.</summary>
    private static string Quoted(string? text)
    {
        if (text is null)
        {
            return "null";
        }

        var quoted = new StringBuilder("\"", text.Length + 2);
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
