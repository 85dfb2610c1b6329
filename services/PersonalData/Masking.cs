using System.Text.RegularExpressions;

namespace PersonalData;

/// <summary>
/// Words that should not become public. <paramref name="Start"/> and <paramref name="Length"/> count UTF-16 code units; <paramref name="Kind"/> is iin-bin, phone,
/// email, name or postal-address; <paramref name="Field"/> says what the vault knows it as, null when it only looks like personal data.
/// </summary>
public sealed record MaskingSpan(int Start, int Length, string Kind, string? Field);

/// <summary>Something that the vault knows of a person: by the name of its field, of one of the kinds of <see cref="Masking"/>.</summary>
public sealed record KnownParticular(string Field, string Kind, string Value);

/// <summary>What stands in a text that the vault knows of its author, or that looks like anybody's personal data. The rule reads the vault, not a person; an official decides.</summary>
public static partial class Masking
{
    public const string IinBin = "iin-bin", Phone = "phone", Email = "email", Name = "name", PostalAddress = "postal-address";

    /// <summary>Every span to look at, in order; where two overlap, the longer.</summary>
    public static IReadOnlyList<MaskingSpan> Suggest(IReadOnlyList<KnownParticular> known, string text)
    {
        List<MaskingSpan> found = [];
        found.AddRange(TwelveDigits().Matches(text).Where(m => IinOrBin.Is(Digits(m.Value)) || Known(known, IinBin, Digits(m.Value), Digits) is not null)
            .Select(m => new MaskingSpan(m.Index, m.Length, IinBin, Known(known, IinBin, Digits(m.Value), Digits))));
        found.AddRange(PhoneNumber().Matches(text).Select(m => new MaskingSpan(m.Index, m.Length, Phone, Known(known, Phone, LastTen(m.Value), LastTen))));
        found.AddRange(EmailAddress().Matches(text).Select(m => new MaskingSpan(m.Index, m.Length, Email, Known(known, Email, m.Value.ToUpperInvariant(), v => v.Trim().ToUpperInvariant()))));
        found.AddRange(Matches(known, Name, text, NamePattern.Of));
        found.AddRange(Matches(known, PostalAddress, text, AddressPattern));
        return Apart(found);
    }

    public static string Digits(string text) => new([.. text.Where(char.IsAsciiDigit)]);

    private static List<MaskingSpan> Apart(List<MaskingSpan> found)
    {
        List<MaskingSpan> apart = [];
        foreach (var span in found.OrderByDescending(s => s.Length).ThenBy(s => s.Start).ThenBy(s => s.Field is null))
        {
            if (!apart.Any(other => span.Start < other.Start + other.Length && other.Start < span.Start + span.Length))
            {
                apart.Add(span);
            }
        }

        return [.. apart.OrderBy(s => s.Start)];
    }

    private static IEnumerable<MaskingSpan> Matches(IReadOnlyList<KnownParticular> known, string kind, string text, Func<string, string?> pattern) =>
        known.Where(particular => particular.Kind == kind).SelectMany(particular => pattern(particular.Value) is { } regex
            ? Regex.Matches(text, regex, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(2)).Select(m => new MaskingSpan(m.Index, m.Length, kind, particular.Field)) : []);

    private static string? Known(IReadOnlyList<KnownParticular> known, string kind, string found, Func<string, string> plain) =>
        known.FirstOrDefault(particular => particular.Kind == kind && plain(particular.Value) is { Length: > 0 } value && value == found)?.Field;

    /// <summary>The address with any white space and commas between its words; a street alone, without its house, is public.</summary>
    private static string? AddressPattern(string address)
    {
        var words = Words().Matches(address).Select(m => m.Value).ToList();
        return words.Count < 2 ? null : @"(?<![\p{L}\p{N}])" + string.Join(@"[\s,.;]+", words.Select(Regex.Escape)) + @"(?![\p{L}\p{N}])";
    }

    private static string LastTen(string text) => Digits(text) is { Length: >= 10 } digits ? digits[^10..] : "";

    [GeneratedRegex(@"(?<!\d)\d(?:[ \u00A0\-]?\d){11}(?!\d)")]
    private static partial Regex TwelveDigits();

    [GeneratedRegex(@"(?<!\d)(?:\+?7|8)[\s\-()]*(?:\d[\s\-()]*){9}\d(?!\d)")]
    private static partial Regex PhoneNumber();

    [GeneratedRegex(@"[\p{L}\p{N}._%+\-]+@[\p{L}\p{N}\-]+(?:\.[\p{L}\p{N}\-]+)+")]
    private static partial Regex EmailAddress();

    [GeneratedRegex(@"[\p{L}\p{N}/\-]+")]
    private static partial Regex Words();
}
