using System.Text;
using System.Xml;
using Platform;

namespace Inquiries;

/// <summary>XML from outside: no DTD, nothing fetched, nothing expanded, and bounds that are checked before anything is built.</summary>
public static class ShepXml
{
    public const string Soap = "http://schemas.xmlsoap.org/soap/envelope/";
    public const string Channel = "http://bip.bee.kz/SyncChannel/v10/Types";
    public const string Security = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    public const string Utility = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    public const string Signature = "http://www.w3.org/2000/09/xmldsig#";
    public const string Ours = "urn:platform:ati:v1";
    public const int MostBytes = 16 * 1024 * 1024;
    private const int MostDepth = 40, MostNodes = 100_000, MostAttributes = 64;

    private static XmlReaderSettings Settings => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MostBytes,
        MaxCharactersFromEntities = 1,
        CloseInput = true,
        IgnoreProcessingInstructions = false,
    };

    public static bool LooksLikeXml(ReadOnlySpan<byte> bytes) => (bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes).TrimStart(" \t\r\n"u8).StartsWith("<"u8);

    public static XmlDocument Read(ReadOnlyMemory<byte> bytes) => Read(() => XmlReader.Create(new MemoryStream(bytes.ToArray(), writable: false), Settings), "body");

    public static XmlDocument Read(string text, string field) => Read(() => XmlReader.Create(new StringReader(text), Settings), field);

    /// <summary>Walked once without being built, so that neither depth nor number can hurt what builds and signs trees; then built, white space and all, as signatures need it.</summary>
    private static XmlDocument Read(Func<XmlReader> open, string field)
    {
        try
        {
            using (var walk = open())
            {
                for (var nodes = 0; walk.Read(); nodes++)
                {
                    if (walk.Depth > MostDepth || nodes > MostNodes || walk.AttributeCount > MostAttributes || walk.NodeType is XmlNodeType.ProcessingInstruction or XmlNodeType.EntityReference)
                    {
                        throw Invalid(field);
                    }
                }
            }

            using var reader = open();
            var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
            document.Load(reader);
            return document;
        }
        catch (Exception fault) when (fault is XmlException or DecoderFallbackException or ArgumentException)
        {
            throw Invalid(field);
        }
    }

    public static RefusedException Invalid(string field) => Refused.Invalid("envelope-invalid", "It does not parse as the SOAP 1.1 envelope that this door takes.", field);

    public static IEnumerable<XmlElement> Children(this XmlElement parent) => parent.ChildNodes.OfType<XmlElement>();

    /// <summary>The one child of this name; null when there is none, refused when there are several.</summary>
    public static XmlElement? Child(this XmlElement parent, string name, string? space = null)
    {
        var found = parent.Children().Where(e => e.LocalName == name && (space is null || e.NamespaceURI == space)).Take(2).ToList();
        return found.Count > 1 ? throw Invalid(name) : found.FirstOrDefault();
    }

    public static string? Text(this XmlElement? parent, string name) => parent?.Child(name)?.InnerText.Trim() is { Length: > 0 } text ? text : null;
}
