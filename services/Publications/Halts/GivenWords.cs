using Platform;

namespace Publications;

/// <summary>Words that officials give with their acts; blank is missing, what is too long is refused by field.</summary>
public static class GivenWords
{
    public static string? Optional(string? text, string field, int most) => string.IsNullOrWhiteSpace(text) ? null
        : text.Trim() is { } trimmed && trimmed.Length <= most ? trimmed : throw Refused.Invalid("words-too-long", $"At most {most} characters.", field);

    /// <summary>Refuses what is missing with the field's own code, such as <c>reason-missing</c>.</summary>
    public static string Needed(string? text, string field, int most) =>
        Optional(text, field, most) ?? throw Refused.Invalid(field + "-missing", $"Give a {field}.", field);

    /// <summary>Both languages, or <c>language-missing</c> naming the side that is not there.</summary>
    public static Bilingual Both(Bilingual? words, string field, int most)
    {
        var given = new Bilingual(Optional(words?.Kk, field + ".kk", most), Optional(words?.Ru, field + ".ru", most));
        return given.IsComplete ? given : throw new RefusedException(RefusalKind.Invalid, "language-missing", "Give it in Kazakh and Russian.",
            Languages.All.Where(l => given.In(l) is null).ToDictionary(l => $"{field}.{l}", _ => new[] { "missing" }));
    }
}
