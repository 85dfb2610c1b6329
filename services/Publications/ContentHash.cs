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
/// <c>text</c> are that language's (null when missing); <c>wantedAt</c> is UTC with seven decimals and Z, or null. With media, a subject, an embargo, a
/// policy of languages, tags, a label of AI, a wall clock's time or, for a correction, its notice, <c>v</c> is 2 and these stand there too, each only when given:
/// <c>aiMade, embargo, languagePolicy, media[{alt, caption, crop{height, width, x, y}, mediaId}], notice, subjectPersonId, tags, wantedWall{local, zone}</c>.
/// </summary>
public static class ContentHash
{
    public static string Of(string body, Content content, string language, Bilingual? notice = null) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(body, content, language, notice))));

    public static string Canonical(string body, Content content, string language, Bilingual? notice = null)
    {
        SortedDictionary<string, string> members = new(StringComparer.Ordinal)
        {
            ["body"] = Quoted(body),
            ["channels"] = Array(content.Channels.Select(Quoted)),
            ["kind"] = Quoted(content.Kind),
            ["language"] = Quoted(language),
            ["maxLateness"] = Quoted(content.MaxLateness),
            ["onMiss"] = Quoted(content.OnMiss),
            ["text"] = Quoted(content.Text.In(language)),
            ["title"] = Quoted(content.Title.In(language)),
            ["wantedAt"] = Quoted(Time(content.WantedAt)),
        };
        var version1 = members.Count;
        Add(members, content, language, notice);
        members["v"] = members.Count == version1 ? "1" : "2";
        return Object(members);
    }

    private static void Add(SortedDictionary<string, string> members, Content content, string language, Bilingual? notice)
    {
        void Given(string name, string? json)
        {
            if (json is not null)
            {
                members[name] = json;
            }
        }

        Given("aiMade", content.AiMade == true ? "true" : null);
        Given("embargo", content.Embargo is null ? null : Quoted(Time(content.Embargo)));
        Given("languagePolicy", LanguagePolicies.IsKkFirst(content) ? Quoted(content.LanguagePolicy) : null);
        Given("media", content.Media is { Count: > 0 } media ? Array(media.Select(m => Media(m, language))) : null);
        Given("notice", notice is null ? null : Quoted(notice.In(language)));
        Given("subjectPersonId", content.SubjectPersonId is { } subject ? Quoted(subject.ToString()) : null);
        Given("tags", content.Tags is { Count: > 0 } tags ? Array(tags.Select(Quoted)) : null);
        Given("wantedWall", content.WantedWall is not { } wall ? null : Object(new(StringComparer.Ordinal) { ["local"] = Quoted(wall.Local), ["zone"] = Quoted(wall.Zone) }));
    }

    private static string Media(MediaUse use, string language) => Object(new(StringComparer.Ordinal)
    {
        ["alt"] = Quoted(use.Alt?.In(language)),
        ["caption"] = Quoted(use.Caption?.In(language)),
        ["crop"] = use.Crop is not { } crop ? "null"
            : Object(new(StringComparer.Ordinal) { ["height"] = Number(crop.Height), ["width"] = Number(crop.Width), ["x"] = Number(crop.X), ["y"] = Number(crop.Y) }),
        ["mediaId"] = Quoted(use.MediaId.ToString()),
    });

    private static string Object(SortedDictionary<string, string> members) => "{" + string.Join(',', members.Select(m => $"{Quoted(m.Key)}:{m.Value}")) + "}";
    private static string Array(IEnumerable<string> items) => "[" + string.Join(',', items) + "]";
    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
    private static string? Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

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
