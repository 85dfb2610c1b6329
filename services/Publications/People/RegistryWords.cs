using System.Text.RegularExpressions;
using Platform;

namespace Publications;

/// <summary>Words that the doors of people and media take beside <see cref="GivenWords"/>.</summary>
public static partial class RegistryWords
{
    /// <summary>For words of an address or a form, which no parser of JSON has looked at.</summary>
    public static string? Text(string? text, string field, int most) => text?.Contains('\0') == true ? throw Json.TextInvalid(field) : GivenWords.Optional(text, field, most);

    /// <summary>Both languages, blanks between words counted once.</summary>
    public static Bilingual Name(Bilingual? name, string field)
    {
        var both = GivenWords.Both(name, field, 300);
        return new(Blanks().Replace(both.Kk!, " "), Blanks().Replace(both.Ru!, " "));
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}

/// <summary>For which body a thing of the registries is entered.</summary>
public static class RegistryBodies
{
    /// <summary>The one named, else the caller's; always the caller's own.</summary>
    public static string OwnBody(this Caller caller, string? asked)
    {
        var body = asked ?? caller.Body ?? throw Refused.Invalid("body-missing", "The token names no body; name it.", "body");
        return Holders.Find(body) is null ? throw Refused.Invalid("holder-unknown", "body is a code of the list of holders.", "body")
            : caller.ActsFor(body) ? body : throw Refused.Forbidden("body-not-own", "You enter things for your own body only.");
    }
}
