using System.Text.RegularExpressions;

namespace Publications;

/// <summary>What stands on an account since a time; <paramref name="Complete"/>: all of it, so that what is not there is not there.</summary>
public sealed record Standing(IReadOnlyList<FoundPost> Posts, bool Complete)
{
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(2);

    /// <summary>From when on a channel is asked: clocks differ, and some channels tell whole seconds.</summary>
    public static DateTimeOffset From(DateTimeOffset since) => since - Slack;

    /// <summary>By its words, for these channels know nothing of attempts; of several the first. Null: the channel did not answer.</summary>
    public static Outcome Find(Standing? standing, string text, DateTimeOffset since)
    {
        if (standing is null)
        {
            return new Outcome.Unknown("read-back-failed");
        }

        var found = standing.Posts.Where(p => p.PostedAt >= From(since) && Words(p.Text) == Words(text)).MinBy(p => p.PostedAt);
        return found is not null ? new Outcome.Accepted(found.ExternalId, "read-back") : standing.Complete ? new Outcome.NotFound() : new Outcome.Unknown("read-back-partial");
    }

    /// <summary>Channels change blanks and line ends as they like.</summary>
    private static string Words(string text) => Regex.Replace(text.Normalize(), @"\s+", " ").Trim();
}
