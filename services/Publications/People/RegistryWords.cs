using System.Text.RegularExpressions;
using Platform;

namespace Publications;

/// <summary>Words that commands on people and media bring: trimmed, bounded, refused by field.</summary>
public static partial class RegistryWords
{
    /// <summary>Null when nothing was said.</summary>
    public static string? Text(string? text, string field, int longest) => text switch
    {
        _ when string.IsNullOrWhiteSpace(text) => null,
        _ when text.Contains('\0') => throw Json.TextInvalid(field),
        _ when text.Trim().Length > longest => throw Refused.Invalid("words-too-long", $"At most {longest} characters.", field),
        _ => text.Trim(),
    };

    public static string Need(string? text, string field, int longest, string code, string words) => Text(text, field, longest) ?? throw Refused.Invalid(code, words, field);

    /// <summary>Both languages, blanks between words counted once.</summary>
    public static Bilingual Name(Bilingual? name, string field) => new(Side(name?.Kk, field + ".kk"), Side(name?.Ru, field + ".ru"));

    private static string Side(string? name, string field) => Blanks().Replace(Need(name, field, 300, "name-missing", "Names are given in kk and ru."), " ");

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
