namespace Publications;

/// <summary>What looks like somebody's personal data in a text for everybody. <paramref name="Kind"/>: iin, phone, email; <paramref name="Value"/> is never repeated in words or logs.</summary>
public sealed record PersonalMark(string Kind, string Value);

/// <summary>Identity numbers, mobile numbers and e-mail addresses of people, out of what <see cref="Masking"/> suggests; BINs, town lines and addresses of state bodies (<c>.gov.kz</c>) are public.</summary>
public static class PersonalMarks
{
    public static IReadOnlyList<PersonalMark> In(string text) =>
        [.. Masking.Suggest([], text).Select(span => Of(span.Kind, text.Substring(span.Start, span.Length))).OfType<PersonalMark>()];

    /// <summary>The form under which an allowed contact is compared: ten digits of a phone, lower case of an address.</summary>
    public static string Normal(string contact) => contact.Contains('@', StringComparison.Ordinal) ? contact.Trim().ToLowerInvariant()
        : Masking.Digits(contact) is { Length: >= 10 } digits ? digits[^10..] : Masking.Digits(contact);

    private static PersonalMark? Of(string kind, string found) => kind switch
    {
        Masking.IinBin when Masking.Digits(found) is var digits && IsPersons(digits) => new("iin", digits),
        Masking.Phone when Normal(found) is var number && IsMobile(number) => new("phone", number),
        Masking.Email when !IsOfState(found) => new("email", Normal(found)),
        _ => null,
    };

    /// <summary>A birth date in front, then century and sex: a BIN has neither.</summary>
    private static bool IsPersons(string digits) => int.Parse(digits[2..4], System.Globalization.CultureInfo.InvariantCulture) is >= 1 and <= 12
        && int.Parse(digits[4..6], System.Globalization.CultureInfo.InvariantCulture) is >= 1 and <= 31 && digits[6] is >= '1' and <= '6';

    /// <summary>Mobile codes of the numbering plan: 70x, 747, 77x.</summary>
    private static bool IsMobile(string number) => number.StartsWith("70", StringComparison.Ordinal) || number.StartsWith("77", StringComparison.Ordinal) || number.StartsWith("747", StringComparison.Ordinal);

    private static bool IsOfState(string email) => email.EndsWith(".gov.kz", StringComparison.OrdinalIgnoreCase) || email.EndsWith("@gov.kz", StringComparison.OrdinalIgnoreCase);
}
