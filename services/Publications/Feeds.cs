using System.Text;
using System.Xml.Linq;
using Marten;
using Platform;

namespace Publications;

/// <summary>Public Atom feeds, one per language: the fifty publications released last, whole, newest first.</summary>
public static class Feeds
{
    private const int Entries = 50;

    public static void MapFeeds(this IEndpointRouteBuilder app) => app.MapGet("/feeds/publications.{language}.atom", Feed).WithTags("Feeds")
        .WithSummary("Released publications in Kazakh (kk) or Russian (ru) as Atom; ETag and If-None-Match.");

    private static async Task<IResult> Feed(string language, HttpRequest request, IQuerySession session, TimeProvider clock, CancellationToken ct)
    {
        if (!Languages.All.Contains(language))
        {
            throw Refused.Missing("feed");
        }

        var released = await session.Query<PublicationView>().Public(clock.GetUtcNow()).OrderByDescending(v => v.At).ThenByDescending(v => v.Id).Take(Entries).ToListAsync(ct);
        return AtomFeed.Reply(request, self => Document(language, self, [.. released.Select(v => v.Now)]));
    }

    /// <summary>What was withdrawn stands there as a tombstone (RFC 6721); what is not out in this language does not stand there.</summary>
    public static XDocument Document(string language, string self, IReadOnlyList<Publication> released)
    {
        var shown = released.Where(p => p.ReleasedLanguages.Contains(language)).ToList();
        var document = AtomFeed.Document("urn:platform:publications:" + language,
            language == Languages.Kk ? "Мемлекеттік органдардың жарияланымдары" : "Публикации государственных органов", language, Name(Holders.CentralCommunications, language), self,
            [.. shown.Where(p => p.IsOut).Select(p => Entry(p, language))]);
        document.Root!.Add(shown.Where(p => !p.IsOut).Select(p => XElement.Parse(Encoding.UTF8.GetString(AtomFeed.Tombstone("urn:uuid:" + p.Id, p.ChangedAt!.Value)))));
        return document;
    }

    private static AtomEntry Entry(Publication p, string language) => new("urn:uuid:" + p.Id, p.Content.Title.In(language), p.ChangedAt ?? p.ReleasedAt!.Value, Name(p.Body, language), p.Content.Kind,
        Text(p, language), p.ReleasedAt);

    /// <summary>A correction says so before the words.</summary>
    private static string? Text(Publication p, string language) => p.Notice is { } notice ? $"{notice.In(language)}\n\n{p.Content.Text.In(language)}" : p.Content.Text.In(language);

    public static string Name(string body, string language) => Holders.Find(body) is { } holder ? language == Languages.Kk ? holder.NameKk : holder.NameRu : body;
}
