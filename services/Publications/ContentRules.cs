using Platform;

namespace Publications;

/// <summary>What content may be; rules are checked by hand so that errors name the field and the rule.</summary>
public static class ContentRules
{
    public const int LongestTitle = 500, LongestText = 50_000;

    public static readonly string[] Kinds = ["News", "Announcement", "Statement", "Apology", "Condolence", "Congratulation", "Award", "Clarification", "Crisis", "InquiryAnswer"];

    public static readonly Content Empty = new("News", new(null, null), new(null, null), [SiteChannel.Name], null, "PT1H", OnMiss.Hold);

    /// <summary>The content with what was given in place of what was there; null leaves a part as it is, an empty string empties it.</summary>
    public static Content Checked(Content before, string? kind, Bilingual? title, Bilingual? text, IReadOnlyList<string>? channels, DateTimeOffset? wantedAt,
        string? maxLateness, string? onMiss)
    {
        if (kind is not null && !Kinds.Contains(kind))
        {
            throw Refused.Invalid("kind-invalid", $"kind is one of: {string.Join(", ", Kinds)}.", "kind");
        }

        if (onMiss is not null && !OnMiss.All.Contains(onMiss))
        {
            throw Refused.Invalid("on-miss-invalid", "onMiss is hold, publish or drop.", "onMiss");
        }

        return new(kind ?? before.Kind, Words(before.Title, title, "title", LongestTitle), Words(before.Text, text, "text", LongestText),
            Channels(channels) ?? before.Channels, Time(wantedAt) ?? before.WantedAt, Duration(maxLateness) ?? before.MaxLateness, onMiss ?? before.OnMiss);
    }

    /// <summary>Title and text stand there in each of these languages.</summary>
    public static void Complete(Content content, IEnumerable<string> languages)
    {
        var missing = languages.SelectMany(l => new[] { ("title." + l, content.Title.In(l)), ("text." + l, content.Text.In(l)) })
            .Where(part => string.IsNullOrWhiteSpace(part.Item2)).Select(part => part.Item1).ToArray();
        if (missing.Length > 0)
        {
            throw new RefusedException(RefusalKind.Conflict, "language-missing", "It goes out in Kazakh and Russian; words are missing.",
                missing.ToDictionary(field => field, _ => new[] { "missing" }));
        }
    }

    private static Bilingual Words(Bilingual before, Bilingual? given, string field, int longest)
    {
        if (Languages.All.FirstOrDefault(l => given?.In(l)?.Length > longest) is { } language)
        {
            throw Refused.Invalid("words-too-long", $"At most {longest} characters.", $"{field}.{language}");
        }

        return given is null ? before : new(Side(before.Kk, given.Kk), Side(before.Ru, given.Ru));
    }

    private static string? Side(string? before, string? given) => given switch
    {
        null => before,
        _ when string.IsNullOrWhiteSpace(given) => null,
        _ => given.Trim(),
    };

    private static IReadOnlyList<string>? Channels(IReadOnlyList<string>? given) => given switch
    {
        null => null,
        [] => throw Refused.Invalid("channels-missing", "Name a channel at least.", "channels"),
        _ when given.Any(c => c != SiteChannel.Name) => throw Refused.Invalid("channel-unknown", $"A channel is one of: {SiteChannel.Name}.", "channels"),
        _ => [.. given.Distinct().Order(StringComparer.Ordinal)],
    };

    private static DateTimeOffset? Time(DateTimeOffset? given) => given is { Year: < 2000 or > 2100 }
        ? throw Refused.Invalid("wanted-at-invalid", "wantedAt is an instant of this century.", "wantedAt") : given;

    private static string? Duration(string? given) => given is null ? null
        : Lateness.Normal(given) ?? throw Refused.Invalid("max-lateness-invalid", "maxLateness is an ISO 8601 duration of at most 30 days, such as PT1H.", "maxLateness");
}
