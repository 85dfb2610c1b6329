using System.Text;
using System.Text.RegularExpressions;

namespace PersonalData;

/// <summary>
/// A name as it may stand in a text: with Russian and Kazakh endings, in both spellings (Қалиев, Калиев), in any letter case. Short names
/// take the endings of cases only, so that "Ким" is neither in "какими" nor in "кимоно".
/// </summary>
public static class NamePattern
{
    private const string RussianEndings = "а|я|у|ю|ы|и|е|ом|ем|ём|ой|ей|ою|ею|ии|ию|ий|ия|ью|ь|й|ым|им|ых|их|ыми|ими|ого|его|ому|ему|ая|ую|яя|юю|ам|ям|ами|ями|ах|ях|ов|ев|ёв";
    private const string KazakhPlural = "лар|лер|дар|дер|тар|тер";
    private const string KazakhPossessive = "ы|і|сы|сі|ым|ім|ың|ің";
    private const string KazakhCase = "ның|нің|дың|дің|тың|тің|ға|ге|қа|ке|на|не|ны|ні|ды|ді|ты|ті|н|да|де|та|те|нда|нде|дан|ден|тан|тен|нан|нен|мен|бен|пен";
    private static readonly string[] Letters = ["кқ", "аә", "гғ", "нң", "оө", "уұү", "иі", "хһ", "её"];

    /// <summary>The regular expression (case is ignored by the caller); null for what is no word of at least two letters.</summary>
    public static string? Of(string name)
    {
        var plain = name.Trim().ToLowerInvariant();
        if (plain.Count(char.IsLetter) < 2)
        {
            return null;
        }

        var kazakh = plain.Length < 4 ? $"(?:{KazakhCase})?" : $"(?:{KazakhPlural})?(?:{KazakhPossessive})?(?:{KazakhCase})?";
        return $@"(?<![\p{{L}}\p{{N}}])(?:{string.Join('|', Stems(plain).Select(s => $"{Spelled(s.Stem)}{s.Endings}"))}|{Spelled(plain)}{kazakh})(?![\p{{L}}\p{{N}}])";
    }

    /// <summary>The full name with its endings, and without its own last vowel or sign with other ones; a fleeting vowel (Павел, Павла) may go.</summary>
    private static IEnumerable<(string Stem, string Endings)> Stems(string name)
    {
        yield return (name, $"(?:{RussianEndings})?");
        if (name.Length >= 4 && "аяйьоеиыэ".Contains(name[^1], StringComparison.Ordinal))
        {
            yield return (name[..^1], $"(?:{RussianEndings})");
        }

        if (name.Length >= 5 && "еёо".Contains(name[^2], StringComparison.Ordinal) && !"аяйьоеёиыуюэ".Contains(name[^1], StringComparison.Ordinal))
        {
            yield return (name[..^2] + name[^1], $"(?:{RussianEndings})");
        }
    }

    /// <summary>Each letter with its twin of the other language; the last consonant may be voiced before a Kazakh vowel (Серік, Серігі).</summary>
    private static string Spelled(string words)
    {
        var pattern = new StringBuilder();
        foreach (var (letter, i) in words.Select((c, i) => (c, i)))
        {
            var twins = Letters.FirstOrDefault(t => t.Contains(letter, StringComparison.Ordinal));
            var voiced = i == words.Length - 1 ? letter switch { 'к' or 'қ' => "гғ", 'п' => "б", _ => "" } : "";
            pattern.Append(char.IsWhiteSpace(letter) ? @"\s+" : twins is null && voiced.Length == 0 ? Regex.Escape(letter.ToString()) : $"[{twins ?? letter.ToString()}{voiced}]");
        }

        return pattern.ToString();
    }
}
