using System.Text.RegularExpressions;
using Platform;

namespace Publications;

/// <summary>What content may be; rules are checked by hand so that errors name the field and the rule.</summary>
public static partial class ContentRules
{
    public const int LongestTitle = 500, LongestText = 50_000;

    public static readonly string[] Kinds = ["News", "Announcement", "Statement", "Apology", "Condolence", "Congratulation", "Award", "Clarification", "Crisis", "InquiryAnswer"];

    /// <summary>Kinds that are about a person.</summary>
    public static readonly string[] AboutPersons = ["Condolence", "Congratulation", "Award"];

    public static readonly Content Empty = new("News", new(null, null), new(null, null), [SiteChannel.Name], null, "PT1H", OnMiss.Hold);

    /// <summary>The content with what was given in place of what was there; null leaves a part as it is, an empty string empties it, <c>clear</c> takes a part away.</summary>
    public static Content Checked(Content before, IContentParts given)
    {
        OneOf(given.Kind, Kinds, "kind-invalid", "kind");
        OneOf(given.OnMiss, OnMiss.All, "on-miss-invalid", "onMiss");
        OneOf(given.LanguagePolicy, LanguagePolicies.All, "language-policy-invalid", "languagePolicy");
        var (wantedAt, wall) = Wanted(given);
        var content = Cleared(before, given.Clear) with
        {
            Kind = given.Kind ?? before.Kind,
            Title = Words(before.Title, given.Title, "title", LongestTitle),
            Text = Words(before.Text, given.Text, "text", LongestText),
            Channels = Channels(given.Channels) ?? before.Channels,
            MaxLateness = Duration(given.MaxLateness) ?? before.MaxLateness,
            OnMiss = given.OnMiss ?? before.OnMiss,
        };
        content = wantedAt is null ? content : content with { WantedAt = wantedAt, WantedWall = wall };
        content = content with
        {
            LanguagePolicy = given.LanguagePolicy switch { null => content.LanguagePolicy, LanguagePolicies.Both => null, var policy => policy },
            Media = given.Media is null ? content.Media : MediaRules.Checked(given.Media),
            SubjectPersonId = given.SubjectPersonId ?? content.SubjectPersonId,
            Embargo = Time(given.Embargo, "embargo") ?? content.Embargo,
            Tags = given.Tags is null ? content.Tags : Tags(given.Tags),
            AiMade = given.AiMade is null ? content.AiMade : given.AiMade == true ? true : null,
        };
        return content.WantedAt < content.Embargo
            ? throw PublicationDecider.Embargoed(content) : content;
    }

    /// <summary>Channels that nobody registered, or that belong to another body.</summary>
    public static void ChannelsKnown(Content content, string body, Func<string, ChannelAccount?> account)
    {
        if (content.Channels.FirstOrDefault(c => account(c) is not { } found || (found.Code != SiteChannel.Name && found.Body != body)) is not null)
        {
            throw Refused.Invalid("channel-unknown", "A channel is site, or the code of an account that the body has registered.", "channels");
        }

        if (LanguagePolicies.IsKkFirst(content) && content.Channels.Any(c => account(c)!.Languages.Count < Languages.All.Length))
        {
            throw Refused.Invalid("channel-language", "Kazakh first and Russian after it goes to accounts of both languages.", "languagePolicy");
        }
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
        _ when given.Any(c => !Code().IsMatch(c)) => throw Refused.Invalid("channel-unknown", "A channel is site, or the code of an account that the body has registered.", "channels"),
        _ => [.. given.Distinct().Order(StringComparer.Ordinal)],
    };

    private static IReadOnlyList<string> Tags(IReadOnlyList<string> given) => given.Count <= 20 && given.All(t => Tag().IsMatch(t)) ? [.. given.Distinct().Order(StringComparer.Ordinal)]
        : throw Refused.Invalid("tags-invalid", "At most 20 tags of letters, digits, colon, dot and hyphen, of at most 60 characters.", "tags");

    private static (DateTimeOffset?, WallTime?) Wanted(IContentParts given)
    {
        if (given.WantedLocal is null && given.Zone is null)
        {
            return (Time(given.WantedAt, "wantedAt"), null);
        }

        var (at, wall) = WallClock.Said(given.WantedLocal, given.Zone);
        return given.WantedAt is { } said && said != at
            ? throw Refused.Invalid("wanted-at-invalid", "wantedAt is another instant than wantedLocal in that zone.", "wantedAt") : (Time(at, "wantedLocal"), wall);
    }

    private static Content Cleared(Content content, IReadOnlyList<string>? parts) => (parts ?? []).Aggregate(content, (c, part) => part switch
    {
        "wantedAt" => c with { WantedAt = null, WantedWall = null },
        "embargo" => c with { Embargo = null },
        "subjectPersonId" => c with { SubjectPersonId = null },
        _ => throw Refused.Invalid("clear-invalid", "clear names wantedAt, embargo or subjectPersonId.", "clear"),
    });

    private static void OneOf(string? given, string[] known, string code, string field)
    {
        if (given is not null && !known.Contains(given))
        {
            throw Refused.Invalid(code, $"{field} is one of: {string.Join(", ", known)}.", field);
        }
    }

    private static DateTimeOffset? Time(DateTimeOffset? given, string field) => given is { Year: < 2000 or > 2100 }
        ? throw Refused.Invalid(field == "embargo" ? "embargo-invalid" : "wanted-at-invalid", $"{field} is an instant of this century.", field) : given;

    private static string? Duration(string? given) => given is null ? null
        : Lateness.Normal(given) ?? throw Refused.Invalid("max-lateness-invalid", "maxLateness is an ISO 8601 duration of at most 30 days, such as PT1H.", "maxLateness");

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{1,59}\z")]
    private static partial Regex Code();

    [GeneratedRegex(@"^[\p{L}\p{Nd}][\p{L}\p{Nd}:.\-]{0,59}\z")]
    private static partial Regex Tag();
}
