using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.Net.Http.Headers;

namespace Platform;

/// <summary>One entry of a public feed, in one language.</summary>
public sealed record AtomEntry(string Id, string? Title, DateTimeOffset At, string Author, string Category, string? Text);

/// <summary>A public Atom feed (RFC 4287): computed from what is stored alone, so that the same facts give the same bytes and the same ETag.</summary>
public static class AtomFeed
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    /// <param name="request">Whose address is the feed's own.</param>
    /// <param name="document">Makes the feed, given its own address.</param>
    public static IResult Reply(HttpRequest request, Func<string, XDocument> document)
    {
        var bytes = Bytes(document($"{request.Scheme}://{request.Host}{request.Path}"));
        return TypedResults.Bytes(bytes, "application/atom+xml; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\""));
    }

    public static XDocument Document(string id, string title, string language, string author, string self, IReadOnlyList<AtomEntry> entries) => new(new XElement(Atom + "feed",
        new XAttribute(XNamespace.Xml + "lang", language),
        new XElement(Atom + "id", id),
        new XElement(Atom + "title", title),
        new XElement(Atom + "updated", Time(entries.Count > 0 ? entries.Max(e => e.At) : DateTimeOffset.UnixEpoch)),
        new XElement(Atom + "author", new XElement(Atom + "name", author)),
        new XElement(Atom + "link", new XAttribute("rel", "self"), new XAttribute("type", "application/atom+xml"), new XAttribute("href", self)),
        entries.Select(Entry)));

    private static XElement Entry(AtomEntry e) => new(Atom + "entry",
        new XElement(Atom + "id", e.Id),
        new XElement(Atom + "title", Clean(e.Title)),
        new XElement(Atom + "published", Time(e.At)),
        new XElement(Atom + "updated", Time(e.At)),
        new XElement(Atom + "author", new XElement(Atom + "name", e.Author)),
        new XElement(Atom + "category", new XAttribute("term", e.Category)),
        new XElement(Atom + "content", new XAttribute("type", "text"), Clean(e.Text)));

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
