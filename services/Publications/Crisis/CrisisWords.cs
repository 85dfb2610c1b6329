using System.Text.RegularExpressions;
using Platform;

namespace Publications;

/// <summary>Placeholders in prepared words: <c>{place}</c>, the same ones in Kazakh and Russian, each filled in both languages.</summary>
public static partial class CrisisWords
{
    private const int LongestValue = 500;

    /// <summary>The names in both languages; a brace that is no placeholder, or one that only one language has, is refused.</summary>
    public static IReadOnlyList<string> Parse(Bilingual words, string field)
    {
        var (kk, ru) = (Names(words.Kk!, field + ".kk"), Names(words.Ru!, field + ".ru"));
        var onesided = kk.Except(ru).Select(n => (n, field + ".ru")).Concat(ru.Except(kk).Select(n => (n, field + ".kk"))).ToArray();
        return onesided is [var (name, where), ..] ? throw Refused.Invalid("placeholder-one-sided", $"{{{name}}} stands in the other language only.", where) : kk;
    }

    /// <summary>All values that the templates need, and none that they do not.</summary>
    public static IReadOnlyDictionary<string, Bilingual> Values(IEnumerable<CrisisTemplate> templates, IReadOnlyDictionary<string, Bilingual?>? given)
    {
        var names = NamesOf(templates);
        if ((given?.Keys ?? []).FirstOrDefault(n => !names.Contains(n)) is { } unknown)
        {
            throw Refused.Invalid("placeholder-unknown", "No template has such a placeholder.", "values." + unknown);
        }

        var missing = names.SelectMany(n => Languages.All.Where(l => string.IsNullOrWhiteSpace(given?.GetValueOrDefault(n)?.In(l))).Select(l => $"values.{n}.{l}")).ToArray();
        return missing.Length > 0
            ? throw new RefusedException(RefusalKind.Invalid, "placeholder-missing", "Every placeholder is filled in Kazakh and Russian.", missing.ToDictionary(f => f, _ => new[] { "missing" }))
            : names.ToDictionary(n => n, n => GivenWords.Both(given![n], "values." + n, LongestValue));
    }

    /// <summary>For a rehearsal: what is not given stands there by its name.</summary>
    public static IReadOnlyDictionary<string, Bilingual> OrNames(IEnumerable<CrisisTemplate> templates, IReadOnlyDictionary<string, Bilingual?>? given) =>
        Values(templates, NamesOf(templates).Union(given?.Keys ?? []).ToDictionary(n => n, n => given?.GetValueOrDefault(n) ?? new Bilingual($"[{n}]", $"[{n}]")).AsReadOnly()!);

    public static Bilingual Fill(Bilingual words, IReadOnlyDictionary<string, Bilingual> values)
    {
        string Filled(string text, string language) => Placeholder().Replace(text, m => values[m.Groups[1].Value].In(language)!);
        return new(Filled(words.Kk!, Languages.Kk), Filled(words.Ru!, Languages.Ru));
    }

    private static HashSet<string> NamesOf(IEnumerable<CrisisTemplate> templates) =>
        templates.SelectMany(t => Parse(t.Title, "title").Concat(Parse(t.Text, "text"))).ToHashSet();

    private static string[] Names(string text, string field) => Placeholder().Replace(text, "").AsSpan().IndexOfAny('{', '}') >= 0
        ? throw Refused.Invalid("placeholder-invalid", "A placeholder is a word of small Latin letters in braces, such as {place}.", field)
        : [.. Placeholder().Matches(text).Select(m => m.Groups[1].Value).Distinct()];

    [GeneratedRegex(@"\{([a-z][a-zA-Z0-9]{0,39})\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
