namespace Publications;

/// <summary>One text of a publication: its field as the doors name it (<c>text.kk</c>, <c>media[0].alt.ru</c>), its language, its words.</summary>
public sealed record ContentWord(string Field, string Language, string Words);

public static class ContentWords
{
    /// <summary>Every text that goes out, in the order of the content; what is missing is left out.</summary>
    public static IReadOnlyList<ContentWord> Of(Content content) => [.. Pairs(content)
        .SelectMany(pair => Languages.All.Select(language => new ContentWord($"{pair.Field}.{language}", language, pair.Words.In(language) ?? "")))
        .Where(w => !string.IsNullOrWhiteSpace(w.Words))];

    /// <summary>The same as pairs of Kazakh and Russian.</summary>
    public static IEnumerable<(string Field, Bilingual Words)> Pairs(Content content) =>
    [
        ("title", content.Title),
        ("text", content.Text),
        .. (content.Media ?? []).SelectMany((media, i) => new (string Field, Bilingual? Words)[] { ($"media[{i}].caption", media.Caption), ($"media[{i}].alt", media.Alt) })
            .Where(pair => pair.Words is not null).Select(pair => (pair.Field, pair.Words!)),
    ];
}
