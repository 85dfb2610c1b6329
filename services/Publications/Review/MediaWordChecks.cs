namespace Publications;

/// <summary>A picture or film says in each language what it is: a caption for who sees, an alternative text for who does not.</summary>
public static class MediaWordChecks
{
    public static IEnumerable<Finding> Of(Content content) => (content.Media ?? []).SelectMany((media, i) => Languages.All.SelectMany(language => new[]
    {
        Missing(media.Caption, language, "caption-missing", "A caption is missing.", $"media[{i}].caption"),
        Missing(media.Alt, language, "alt-missing", "A text for those who cannot see it is missing.", $"media[{i}].alt"),
    })).OfType<Finding>();

    private static Finding? Missing(Bilingual? words, string language, string code, string text, string field) =>
        string.IsNullOrWhiteSpace(words?.In(language)) ? new(code, text, $"{field}.{language}", false) : null;
}
