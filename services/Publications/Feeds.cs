using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Marten;
using Microsoft.Net.Http.Headers;
using Platform;

namespace Publications;

/// <summary>Public Atom feeds (RFC 4287), one per language: the fifty publications released last, whole, newest first.</summary>
public static class Feeds
{
    private const int Entries = 50;
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

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
        var bytes = Bytes(Document(language, $"{request.Scheme}://{request.Host}{request.Path}", [.. released.Select(v => v.Now)]));
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\"");
        return TypedResults.Bytes(bytes, "application/atom+xml; charset=utf-8", entityTag: tag);
    }

    public static XDocument Document(string language, string self, IReadOnlyList<Publication> released) => new(new XElement(Atom + "feed",
        new XAttribute(XNamespace.Xml + "lang", language),
        new XElement(Atom + "id", "urn:platform:publications:" + language),
        new XElement(Atom + "title", language == Languages.Kk ? "Мемлекеттік органдардың жарияланымдары" : "Публикации государственных органов"),
        new XElement(Atom + "updated", Time(released.Max(p => p.ReleasedAt) ?? DateTimeOffset.UnixEpoch)),
        new XElement(Atom + "author", new XElement(Atom + "name", Holders.Find(Holders.CentralCommunications) is { } scc ? Name(scc, language) : "")),
        new XElement(Atom + "link", new XAttribute("rel", "self"), new XAttribute("type", "application/atom+xml"), new XAttribute("href", self)),
        released.Select(p => Entry(p, language))));

    private static XElement Entry(Publication p, string language) => new(Atom + "entry",
        new XElement(Atom + "id", "urn:uuid:" + p.Id),
        new XElement(Atom + "title", Clean(p.Content.Title.In(language))),
        new XElement(Atom + "published", Time(p.ReleasedAt!.Value)),
        new XElement(Atom + "updated", Time(p.ReleasedAt!.Value)),
        new XElement(Atom + "author", new XElement(Atom + "name", Holders.Find(p.Body) is { } body ? Name(body, language) : p.Body)),
        new XElement(Atom + "category", new XAttribute("term", p.Content.Kind)),
        new XElement(Atom + "content", new XAttribute("type", "text"), Clean(p.Content.Text.In(language))));

    private static string Name(Holder holder, string language) => language == Languages.Kk ? holder.NameKk : holder.NameRu;
    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>XML 1.0 has no place for most control characters, which JSON let in.</summary>
    private static string Clean(string? text)
    {
        var clean = new StringBuilder();
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            clean.Append(rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString());
        }

        return clean.ToString();
    }

    private static byte[] Bytes(XDocument document)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new() { Encoding = new UTF8Encoding(false) }))
        {
            document.Save(writer);
        }

        return stream.ToArray();
    }
}
