using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.Net.Http.Headers;

namespace Platform;

/// <summary>One entry of a public feed, in one language. <paramref name="At"/>: last changed; <paramref name="Published"/>: first seen, the same unless given; more terms by scheme.</summary>
public sealed record AtomEntry(string Id, string? Title, DateTimeOffset At, string Author, string Category, string? Text, DateTimeOffset? Published = null, string? Link = null,
    IReadOnlyList<(string Scheme, string Term)>? Terms = null);

/// <summary>A public Atom feed (RFC 4287): computed from what is stored alone, so that the same facts give the same bytes and the same ETag.</summary>
public static class AtomFeed
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom", Tombstones = "http://purl.org/atompub/tombstones/1.0";

    /// <param name="request">Whose address is the feed's own.</param>
    /// <param name="document">Makes the feed, given its own address.</param>
    public static IResult Reply(HttpRequest request, Func<string, XDocument> document)
    {
        var bytes = Bytes(document($"{request.Scheme}://{request.Host}{request.Path}"));
        return TypedResults.Bytes(bytes, "application/atom+xml; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\""));
    }

    public static XDocument Document(string id, string title, string language, string author, string self, IReadOnlyList<AtomEntry> entries) =>
        Document(id, title, language, author, self, entries.Count > 0 ? entries.Max(e => e.At) : DateTimeOffset.UnixEpoch, entries);

    /// <summary>Begin and end of a feed whose entries somebody keeps as bytes.</summary>
    public static (byte[] Head, byte[] Foot) Frame(string id, string title, string language, string author, string self, DateTimeOffset updated)
    {
        var (whole, foot) = (Bytes(Document(id, title, language, author, self, updated, [])), "</feed>"u8.ToArray());
        return (whole[..^foot.Length], foot);
    }

    /// <summary>One entry as bytes.</summary>
    public static byte[] Bytes(AtomEntry entry) => Encoding.UTF8.GetBytes(Entry(entry).ToString(SaveOptions.DisableFormatting));

    /// <summary>What stood in the feed and was taken out of it (RFC 6721).</summary>
    public static byte[] Tombstone(string id, DateTimeOffset when) => Encoding.UTF8.GetBytes(new XElement(Tombstones + "deleted-entry",
        new XAttribute(XNamespace.Xmlns + "at", Tombstones.NamespaceName), new XAttribute("ref", id), new XAttribute("when", Time(when))).ToString(SaveOptions.DisableFormatting));

    private static XDocument Document(string id, string title, string language, string author, string self, DateTimeOffset updated, IReadOnlyList<AtomEntry> entries) => new(new XElement(Atom + "feed",
        new XAttribute(XNamespace.Xml + "lang", language),
        new XElement(Atom + "id", id),
        new XElement(Atom + "title", title),
        new XElement(Atom + "updated", Time(updated)),
        new XElement(Atom + "author", new XElement(Atom + "name", author)),
        new XElement(Atom + "link", new XAttribute("rel", "self"), new XAttribute("type", "application/atom+xml"), new XAttribute("href", self)),
        entries.Select(Entry)));

    private static XElement Entry(AtomEntry e) => new(Atom + "entry",
        new XElement(Atom + "id", e.Id),
        new XElement(Atom + "title", Clean(e.Title)),
        new XElement(Atom + "published", Time(e.Published ?? e.At)),
        new XElement(Atom + "updated", Time(e.At)),
        new XElement(Atom + "author", new XElement(Atom + "name", e.Author)),
        e.Link is null ? null : new XElement(Atom + "link", new XAttribute("rel", "alternate"), new XAttribute("href", e.Link)),
        new XElement(Atom + "category", new XAttribute("term", e.Category)),
        (e.Terms ?? []).Select(t => new XElement(Atom + "category", new XAttribute("scheme", t.Scheme), new XAttribute("term", t.Term))),
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
