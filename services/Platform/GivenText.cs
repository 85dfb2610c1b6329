namespace Platform;

/// <summary>A text as a caller gave it: blank is missing, and what a field cannot hold is refused by its name.</summary>
public static class GivenText
{
    public static string? Of(string? text, string field, int most) => string.IsNullOrWhiteSpace(text) ? null
        : text.Length > most ? throw Refused.Invalid("text-too-long", $"At most {most} characters.", field)
        : text.Contains('\0') ? throw Json.TextInvalid(field)
        : text.Trim();
}
