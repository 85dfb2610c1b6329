using System.Text.RegularExpressions;

namespace Publications;

/// <summary>What has to be the same in both languages, taken out of a text in a form that can be compared.</summary>
public sealed record TextMarks(IReadOnlySet<string> Links, IReadOnlySet<string> Dates, IReadOnlySet<string> Numbers)
{
    public static readonly TextMarks None = new(new HashSet<string>(), new HashSet<string>(), new HashSet<string>());
}

/// <summary>Reads links, dates and numbers out of Kazakh and Russian text.</summary>
public static partial class TextReading
{
    // stems: both languages put endings behind them
    private static readonly string[] Months =
    [
        "қаңтар|январ", "ақпан|феврал", "наурыз|март", "сәуір|апрел", "мамыр|ма[йяею](?!\\p{L}{2})", "маусым|июн", "шілде|июл", "тамыз|август", "қыркүйек|сентябр",
        "қазан|октябр", "қараша|ноябр", "желтоқсан|декабр",
    ];

    private static readonly Regex WordDate = new(
        @"(?:(?<year>\d{4})\s*(?:жыл\p{L}*|ж\.)?\s*)?(?<!\d)(?<day>\d{1,2})(?:-?\p{L}{1,3})?\s*-?\s*(?:" + string.Join('|', Months.Select((m, i) => $"(?<m{i + 1}>{m})")) + @")\p{L}*(?:\s+(?<after>\d{4})(?!\d))?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Compiled | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(2));

    /// <summary>Every link as written, without the sentence's marks behind it.</summary>
    public static IReadOnlyList<string> Links(string? text) => text is null ? []
        : [.. Link().Matches(text).Select(m => m.Value.TrimEnd('.', ',', ';', ':', '!', '?', '…', '*', '_')).Select(Balanced).Distinct()];

    public static TextMarks Marks(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return TextMarks.None;
        }

        var links = Links(text).Select(WithoutLanguage).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var rest = Link().Replace(text, " ");
        HashSet<string> dates = [];
        rest = WordDate.Replace(rest, m => Take(dates, Said(m)));
        rest = NumericDate().Replace(rest, m => Take(dates, Numeric(m)));
        return new(links, dates, Number().Matches(rest).Select(m => Plain(m.Value)).ToHashSet());
    }

    private static string Take(HashSet<string> dates, string date)
    {
        dates.Add(date);
        return " ";
    }

    private static string Said(Match m)
    {
        var year = m.Groups["year"].Success ? m.Groups["year"].Value : m.Groups["after"].Value;
        return Date(year, Enumerable.Range(1, 12).First(i => m.Groups["m" + i].Success), m.Groups["day"].Value);
    }

    private static string Numeric(Match m) => Date(m.Groups["year"].Value, int.Parse(m.Groups["month"].Value, System.Globalization.CultureInfo.InvariantCulture), m.Groups["day"].Value);

    /// <summary>As ISO 8601 has it; a date without a year is one of any year.</summary>
    private static string Date(string year, int month, string day) => $"{(year.Length == 0 ? "-" : year)}-{month:00}-{day.PadLeft(2, '0')}";

    /// <summary>A number by its digits: thousands may stand apart, the decimal comma is a point.</summary>
    private static string Plain(string number) => Apart().Replace(number, "").Replace(',', '.');

    /// <summary>A site has a page for each language; which one is linked is no difference.</summary>
    private static string WithoutLanguage(string link) => LanguageOfLink().Replace(link, m => m.Groups["before"].Value + "*").TrimEnd('/');

    /// <summary>A bracket behind a link belongs to the sentence unless one opens inside it.</summary>
    private static string Balanced(string link) => link.EndsWith(')') && !link.Contains('(', StringComparison.Ordinal) ? link.TrimEnd(')', '.', ',') : link;

    [GeneratedRegex(@"https?://[^\s<>""«»“”]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<![\d.])(?:(?<day>0?[1-9]|[12]\d|3[01])\.(?<month>0?[1-9]|1[0-2])\.(?<year>\d{4})|(?<year>\d{4})-(?<month>0[1-9]|1[0-2])-(?<day>\d{2}))(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex NumericDate();

    [GeneratedRegex(@"\d{1,2}:\d{2}|(?:\d{1,3}(?:[ \u00A0\u202F]\d{3})+(?!\d)|\d+)(?:[.,]\d+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"[ \u00A0\u202F]")]
    private static partial Regex Apart();

    [GeneratedRegex(@"(?<before>[?&](?:lang|language|locale|l)=|/)(?:kk|kz|kaz|ru|rus)(?=[/?&#]|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex LanguageOfLink();
}
