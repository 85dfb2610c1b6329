using System.Text.RegularExpressions;
using PhoneNumbers;

namespace Inquiries;

/// <summary>Whether what a form gives as identity and contact can be what it claims to be; nothing is looked up.</summary>
public static partial class Identifiers
{
    // irregular by RFC 5646, 2.1: the grammar does not make them, the registry keeps them; the regular ones fit the grammar
    static readonly HashSet<string> Grandfathered = new(StringComparer.OrdinalIgnoreCase)
    {
        "en-GB-oed", "i-ami", "i-bnn", "i-default", "i-enochian", "i-hak", "i-klingon", "i-lux", "i-mingo", "i-navajo", "i-pwn", "i-tao",
        "i-tay", "i-tsu", "sgn-BE-FR", "sgn-BE-NL", "sgn-CH-DE",
    };

    /// <summary>
    /// +7 and ten digits that the numbering plan knows, as E.164; else null. Spaces, hyphens and brackets are forgiven; a leading 8,
    /// a bare 7 or 00 is not, for the form asks for +7 and a guess could be another's number.
    /// </summary>
    public static string? NormalPhone(string? phone)
    {
        var bare = phone is null ? "" : Punctuation().Replace(phone, "");
        if (!PlusSevenAndTen().IsMatch(bare)) return null;
        var plan = PhoneNumberUtil.GetInstance();
        return plan.IsValidNumber(plan.Parse(bare, null)) ? bare : null;
    }

    /// <summary>Well-formed by RFC 5646; whether the registry knows the subtags is not asked.</summary>
    public static bool IsLanguageTag(string? tag) => tag is not null && (LanguageTag().IsMatch(tag) || Grandfathered.Contains(tag));

    /// <summary>Something on both sides of an @, and no space: whether it can be reached only a letter can tell.</summary>
    public static bool IsEmail(string? email) => email is not null && Email().IsMatch(email.Trim());

    [GeneratedRegex(@"[ \u00A0()\-\u2010\u2011\u2013]")]
    private static partial Regex Punctuation();

    [GeneratedRegex(@"\A\+7[0-9]{10}\z")]
    private static partial Regex PlusSevenAndTen();

    [GeneratedRegex(@"\A[^\s@]+@[^\s@]+\z")]
    private static partial Regex Email();

    // no IgnoreCase: it would let in the Kelvin sign for k
    [GeneratedRegex("""
        \A(?: (?: [A-Za-z]{2,3} (?:-[A-Za-z]{3}){0,3} | [A-Za-z]{4,8} )         # language, extended language
              (?: -[A-Za-z]{4} )? (?: -(?: [A-Za-z]{2} | [0-9]{3} ) )?          # script, region
              (?: -(?: [A-Za-z0-9]{5,8} | [0-9][A-Za-z0-9]{3} ) )*              # variants
              (?: -[0-9A-WY-Za-wy-z] (?:-[A-Za-z0-9]{2,8})+ )*                  # extensions
              (?: -[Xx] (?:-[A-Za-z0-9]{1,8})+ )?                               # private use
            | [Xx] (?:-[A-Za-z0-9]{1,8})+ )\z
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex LanguageTag();
}
