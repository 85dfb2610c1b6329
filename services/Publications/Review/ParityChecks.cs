namespace Publications;

/// <summary>Whether Kazakh and Russian say the same, as far as that can be told without understanding it. None of it blocks: an approver of each language reads it.</summary>
public static class ParityChecks
{
    private const string KazakhLetters = "әғқңөұүһіӘҒҚҢӨҰҮҺІ";

    /// <summary>A language may take this much more room than the other; shorter texts are not measured.</summary>
    private const double MostRatio = 1.8;
    private const int ShortText = 300, FewLetters = 40, FewWords = 3;

    public static IReadOnlyList<Finding> Of(Content content) =>
    [
        .. Missing(content),
        .. ContentWords.Pairs(content).SelectMany(pair => Pair(pair.Field, pair.Words.Kk, pair.Words.Ru)),
    ];

    /// <summary>What differs between two texts that should say the same; nothing while one of them is missing.</summary>
    public static IReadOnlyList<Finding> Pair(string field, string? kk, string? ru)
    {
        if (string.IsNullOrWhiteSpace(kk) || string.IsNullOrWhiteSpace(ru))
        {
            return [];
        }

        var (kazakh, russian) = (TextReading.Marks(kk), TextReading.Marks(ru));
        return
        [
            .. Twin(field, kk, ru),
            .. Letters(field, kk),
            .. Lengths(field, kk, ru),
            .. Differ(field, "links-differ", "A link", kazakh.Links, russian.Links),
            .. Differ(field, "dates-differ", "A date", kazakh.Dates, russian.Dates),
            .. Differ(field, "numbers-differ", "A number", kazakh.Numbers, russian.Numbers),
        ];
    }

    private static IEnumerable<Finding> Missing(Content content) => new[] { ("title", content.Title), ("text", content.Text) }
        .SelectMany(part => Languages.All.Where(l => string.IsNullOrWhiteSpace(part.Item2.In(l))).Select(language => (Field: part.Item1, Language: language)))
        .Select(gap => new Finding("language-missing", gap.Language == Languages.Kk ? "The Kazakh words are missing." : "The Russian words are missing.", $"{gap.Field}.{gap.Language}", LanguagePolicies.Of(content).Contains(gap.Language)));

    /// <summary>A name may be the same in both; a sentence is not.</summary>
    private static IEnumerable<Finding> Twin(string field, string kk, string ru)
    {
        if (Squeezed(kk) == Squeezed(ru) && kk.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Count(w => w.Any(char.IsLetter)) >= FewWords)
        {
            yield return new("untranslated", "Kazakh and Russian are the same words: one of them is not translated.", field, false);
        }
    }

    private static IEnumerable<Finding> Letters(string field, string kk)
    {
        if (kk.Count(c => c is >= '\u0400' and <= '\u04FF') >= FewLetters && !kk.Any(KazakhLetters.Contains))
        {
            yield return new("kazakh-letters-missing", "The Kazakh text has none of the letters that only Kazakh has: is it Kazakh?", field + ".kk", false);
        }
    }

    private static IEnumerable<Finding> Lengths(string field, string kk, string ru)
    {
        var (shorter, longer) = kk.Length < ru.Length ? (kk.Length, ru.Length) : (ru.Length, kk.Length);
        if (longer >= ShortText && longer > shorter * MostRatio)
        {
            yield return new("length-differs", $"One language has {longer} characters, the other {shorter}: is something left out?", field, false);
        }
    }

    private static IEnumerable<Finding> Differ(string field, string code, string what, IReadOnlySet<string> kk, IReadOnlySet<string> ru) =>
        kk.Except(ru).Order(StringComparer.Ordinal).Select(mark => new Finding(code, $"{what} stands only in Kazakh: {mark}", field + ".kk", false))
            .Concat(ru.Except(kk).Order(StringComparer.Ordinal).Select(mark => new Finding(code, $"{what} stands only in Russian: {mark}", field + ".ru", false)));

    private static string Squeezed(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
