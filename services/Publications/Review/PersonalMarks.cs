using System.Text.RegularExpressions;

namespace Publications;

/// <summary>What looks like somebody's personal data in a text for everybody. <paramref name="Kind"/>: iin, phone, email; <paramref name="Value"/> is never repeated in words or logs.</summary>
public sealed record PersonalMark(string Kind, string Value);

/// <summary>Finds identity numbers, mobile numbers and e-mail addresses; those of state bodies (<c>.gov.kz</c>, town lines) are public.</summary>
public static partial class PersonalMarks
{
    private static readonly int[][] Weights = [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]];

    public static IReadOnlyList<PersonalMark> In(string text) =>
    [
        .. TwelveDigits().Matches(text).Select(m => Digits(m.Value)).Where(IsIin).Select(iin => new PersonalMark("iin", iin)),
        .. Mobile().Matches(text).Select(m => new PersonalMark("phone", Digits(m.Value)[^10..])),
        .. Email().Matches(text).Where(m => !IsOfState(m.Value)).Select(m => new PersonalMark("email", m.Value.ToLowerInvariant())),
    ];

    /// <summary>The form under which an allowed contact is compared: ten digits of a phone, lower case of an address.</summary>
    public static string Normal(string contact) => contact.Contains('@', StringComparison.Ordinal) ? contact.Trim().ToLowerInvariant()
        : Digits(contact) is { Length: >= 10 } digits ? digits[^10..] : Digits(contact);

    /// <summary>A birth date in front and a check digit behind: BINs and other long numbers are not personal.</summary>
    private static bool IsIin(string digits)
    {
        var (month, day) = (int.Parse(digits[2..4], System.Globalization.CultureInfo.InvariantCulture), int.Parse(digits[4..6], System.Globalization.CultureInfo.InvariantCulture));
        var check = Weights.Select(round => round.Select((weight, place) => weight * (digits[place] - '0')).Sum() % 11).FirstOrDefault(rest => rest != 10, 10);
        return month is >= 1 and <= 12 && day is >= 1 and <= 31 && digits[6] is >= '1' and <= '6' && check == digits[11] - '0';
    }

    private static bool IsOfState(string email) => email.EndsWith(".gov.kz", StringComparison.OrdinalIgnoreCase) || email.EndsWith("@gov.kz", StringComparison.OrdinalIgnoreCase);

    private static string Digits(string text) => new([.. text.Where(char.IsAsciiDigit)]);

    [GeneratedRegex(@"(?<!\d)\d(?:[ \u00A0\-]?\d){11}(?!\d)")]
    private static partial Regex TwelveDigits();

    // mobile codes of the numbering plan: 70x, 747, 77x
    [GeneratedRegex(@"(?<!\d)(?:\+?7|8)[\s\u00A0\-()]*7[\s\-()]*(?:0|4(?=[\s\-()]*7)|7)(?:[\s\u00A0\-()]*\d){8}(?!\d)")]
    private static partial Regex Mobile();

    [GeneratedRegex(@"[\p{L}\p{N}._%+\-]+@[\p{L}\p{N}\-]+(?:\.[\p{L}\p{N}\-]+)+")]
    private static partial Regex Email();
}
