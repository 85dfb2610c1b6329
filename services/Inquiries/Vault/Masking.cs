using System.Text.Json;
using System.Text.RegularExpressions;
using Platform;

namespace Inquiries;

/// <summary>
/// Words that should not become public. <paramref name="Start"/> and <paramref name="Length"/> count UTF-16 code units; <paramref name="Kind"/> is iin-bin, phone,
/// email, name or postal-address; <paramref name="Field"/> is the field of the form they come from, null when they only look like personal data.
/// </summary>
public sealed record MaskingSpan(int Start, int Length, string Kind, string? Field);

/// <summary>What stands in a text that the vault knows of the asker, or that looks like anybody's personal data. The officer decides; only the asker's own is refused.</summary>
public static partial class Masking
{
    /// <summary>What must be gone before words become public. A first name alone names nobody.</summary>
    private static readonly string[] Refusing = ["applicant.iin", "applicant.bin", "applicant.surname", "applicant.signer.surname", "contacts.email", "contacts.phone", "contacts.postalAddress"];

    private static readonly string[] Names = ["applicant.surname", "applicant.name", "applicant.patronymic", "applicant.signer.surname", "applicant.signer.name", "applicant.signer.patronymic"];

    /// <summary>The last look before words become public: what the vault knows of the asker must not stand in them.</summary>
    public static void Check(JsonElement form, IReadOnlyList<string?> words)
    {
        var all = string.Join("\n", words);
        var digits = Digits(all);
        var found = Suggest(form, all).Select(s => s.Field)
            .Concat(Refusing.Where(path => Digits(At(form, path) ?? "") is { Length: >= 10 } number && digits.Contains(number, StringComparison.Ordinal)));
        var errors = found.OfType<string>().Distinct().Where(path => Refusing.Contains(path) && !(path == "applicant.surname" && IsLegalEntity(form)))
            .ToDictionary(path => path, _ => new[] { "still stands in the words; mask it" });
        if (errors.Count > 0)
        {
            throw new RefusedException(RefusalKind.Invalid, "personal-data-left", "The words still hold personal data of the asker.", errors);
        }
    }

    /// <summary>Every span to look at, in order; where two overlap, the longer.</summary>
    public static IReadOnlyList<MaskingSpan> Suggest(JsonElement form, string text)
    {
        List<MaskingSpan> found = [];
        found.AddRange(TwelveDigits().Matches(text).Where(m => Identifiers.IsIinOrBin(Digits(m.Value)) || Known(form, Digits(m.Value), Digits, "applicant.iin", "applicant.bin") is not null)
            .Select(m => new MaskingSpan(m.Index, m.Length, "iin-bin", Known(form, Digits(m.Value), Digits, "applicant.iin", "applicant.bin"))));
        found.AddRange(Phone().Matches(text).Select(m => new MaskingSpan(m.Index, m.Length, "phone", Known(form, LastTen(m.Value), LastTen, "contacts.phone"))));
        found.AddRange(Email().Matches(text).Select(m => new MaskingSpan(m.Index, m.Length, "email", Known(form, m.Value.ToUpperInvariant(), v => v.Trim().ToUpperInvariant(), "contacts.email"))));
        if (!IsLegalEntity(form))
        {
            found.AddRange(Names.Take(3).SelectMany(path => Matches(form, path, text, "name", NamePattern.Of)));
        }

        found.AddRange(Names.Skip(3).SelectMany(path => Matches(form, path, text, "name", NamePattern.Of)));
        found.AddRange(Matches(form, "contacts.postalAddress", text, "postal-address", AddressPattern));
        return Apart(found);
    }

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

    private static IEnumerable<MaskingSpan> Matches(JsonElement form, string path, string text, string kind, Func<string, string?> pattern) =>
        At(form, path) is { } value && pattern(value) is { } regex
            ? Regex.Matches(text, regex, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(2)).Select(m => new MaskingSpan(m.Index, m.Length, kind, path)) : [];

    private static string? Known(JsonElement form, string found, Func<string, string> plain, params string[] paths) =>
        paths.FirstOrDefault(path => At(form, path) is { } value && plain(value) is { Length: > 0 } known && known == found);

    /// <summary>The address with any white space and commas between its words; a street alone, without its house, is public.</summary>
    private static string? AddressPattern(string address)
    {
        var words = Words().Matches(address).Select(m => m.Value).ToList();
        return words.Count < 2 ? null : @"(?<![\p{L}\p{N}])" + string.Join(@"[\s,.;]+", words.Select(Regex.Escape)) + @"(?![\p{L}\p{N}])";
    }

    private static bool IsLegalEntity(JsonElement form) => At(form, "applicant.kind") == Applicant.LegalEntity;

    private static string Digits(string text) => new([.. text.Where(char.IsAsciiDigit)]);

    private static string LastTen(string text) => Digits(text) is { Length: >= 10 } digits ? digits[^10..] : "";

    private static string? At(JsonElement form, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (form.ValueKind != JsonValueKind.Object || !form.TryGetProperty(name, out form))
            {
                return null;
            }
        }

        return form.ValueKind == JsonValueKind.String && form.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
    }

    [GeneratedRegex(@"(?<!\d)\d(?:[ \u00A0\-]?\d){11}(?!\d)")]
    private static partial Regex TwelveDigits();

    [GeneratedRegex(@"(?<!\d)(?:\+?7|8)[\s\-()]*(?:\d[\s\-()]*){9}\d(?!\d)")]
    private static partial Regex Phone();

    [GeneratedRegex(@"[\p{L}\p{N}._%+\-]+@[\p{L}\p{N}\-]+(?:\.[\p{L}\p{N}\-]+)+")]
    private static partial Regex Email();

    [GeneratedRegex(@"[\p{L}\p{N}/\-]+")]
    private static partial Regex Words();
}
