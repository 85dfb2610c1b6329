using System.Globalization;
using System.Text;

namespace Publications;

/// <summary>When two names are alike: the same words in any order, whatever their case, marks and hyphens, and whether Kazakh letters were typed or the Russian ones next to them.</summary>
public static class LikeNames
{
    private const string Kazakh = "әғқңөұүһіё", Russian = "агкноуухие";

    /// <summary>The words of a name, folded.</summary>
    public static IReadOnlyList<string> Words(string? name)
    {
        var folded = new StringBuilder();
        foreach (var c in (name ?? "").Normalize(NormalizationForm.FormC).ToLower(CultureInfo.InvariantCulture))
        {
            var at = Kazakh.IndexOf(c, StringComparison.Ordinal);
            folded.Append(at >= 0 ? Russian[at] : char.IsLetterOrDigit(c) ? c : ' ');
        }

        return folded.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>One key for all spellings of a name that are alike.</summary>
    public static string Key(string? name) => string.Join(' ', Words(name).Order(StringComparer.Ordinal));

    /// <summary>The keys of both languages; two people are of like names when they share one.</summary>
    public static IReadOnlyList<string> Keys(Bilingual name) => [.. new[] { Key(name.Kk), Key(name.Ru) }.Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The words of both languages, to be looked for.</summary>
    public static IReadOnlyList<string> Words(Bilingual name) => [.. Words(name.Kk).Concat(Words(name.Ru)).Distinct().Order(StringComparer.Ordinal)];
}
