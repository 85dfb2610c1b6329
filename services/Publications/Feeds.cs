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

    private static async Task<IResult> Feed(string language, HttpRequest request, IQuerySession session, CancellationToken ct)
    {
        if (!Languages.All.Contains(language))
        {
            throw Refused.Missing("feed");
        }

        var released = await session.Query<PublicationView>().Where(v => v.State == nameof(PublicationState.Released))
            .OrderByDescending(v => v.At).ThenByDescending(v => v.Id).Take(Entries).ToListAsync(ct);
        return AtomFeed.Reply(request, self => Document(language, self, [.. released.Select(v => v.Now)]));
    }

    public static XDocument Document(string language, string self, IReadOnlyList<Publication> released) => AtomFeed.Document("urn:platform:publications:" + language,
        language == Languages.Kk ? "Мемлекеттік органдардың жарияланымдары" : "Публикации государственных органов", language, Name(Holders.CentralCommunications, language), self,
        [.. released.Select(p => Entry(p, language))]);

    private static AtomEntry Entry(Publication p, string language) => new("urn:uuid:" + p.Id, p.Content.Title.In(language), p.ReleasedAt!.Value, Name(p.Body, language), p.Content.Kind, p.Content.Text.In(language));

    private static string Name(string body, string language) => Holders.Find(body) is { } holder ? language == Languages.Kk ? holder.NameKk : holder.NameRu : body;
}
