using System.Text.Json.Nodes;
using System.Xml;
using Platform;

namespace Inquiries;

/// <summary>
/// A SendMessage of SHEP, taken apart: its Body element is the very one that a signature must cover. <paramref name="AsText"/>: the data came as an
/// escaped XML string, and the reply goes back so too.
/// </summary>
public sealed record ShepEnvelope(XmlElement Root, XmlElement Body, string MessageId, string? CorrelationId, string? SessionId, string? SenderId, XmlElement Data, bool AsText, XmlElement Info)
{
    public static ShepEnvelope Read(ReadOnlyMemory<byte> bytes)
    {
        var root = ShepXml.Read(bytes).DocumentElement!;
        if (root is not { LocalName: "Envelope", NamespaceURI: ShepXml.Soap })
        {
            throw ShepXml.Invalid("Envelope");
        }

        var body = root.Child("Body", ShepXml.Soap) ?? throw ShepXml.Invalid("Body");
        var message = body.Children().Take(2).ToList() is [{ LocalName: "SendMessage", NamespaceURI: ShepXml.Channel } only] ? only : throw ShepXml.Invalid("SendMessage");
        var request = message.Child("request") ?? throw ShepXml.Invalid("request");
        var info = request.Child("requestInfo") ?? throw ShepXml.Invalid("requestInfo");
        var data = request.Child("requestData")?.Child("data") ?? throw ShepXml.Invalid("requestData.data");
        var asText = !data.Children().Any();
        return new(root, body, info.Text("messageId") ?? throw ShepXml.Invalid("requestInfo.messageId"), info.Text("correlationId"), info.Text("sessionId"),
            info.Child("sender").Text("senderId"), asText ? ShepXml.Read(data.InnerText.Trim(), "requestData.data").DocumentElement! : data, asText, info);
    }

    /// <summary>The same form that the other doors take. What the data says of itself goes by the elements' names; the message's id and date are the envelope's.</summary>
    public byte[] ToForm()
    {
        var form = Object(Data);
        form["messageId"] = MessageId;
        form["form"] = "information-request";
        foreach (var (member, element) in new[] { ("sentAt", "messageDate"), ("serviceId", "serviceId") })
        {
            if (Info.Text(element) is { } text)
            {
                form[member] = text;
            }
        }

        return System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(form, Json.Options);
    }

    private static JsonObject Object(XmlElement element)
    {
        JsonObject members = [];
        foreach (var attribute in element.Attributes.Cast<XmlAttribute>().Where(a => a.NamespaceURI.Length == 0 && a.Name != "xmlns"))
        {
            members[attribute.Name] = attribute.Value.Trim();
        }

        foreach (var child in element.Children())
        {
            if (!members.TryAdd(child.LocalName, Value(child)))
            {
                throw ShepXml.Invalid("requestData.data");
            }
        }

        return members;
    }

    private static JsonNode? Value(XmlElement element) => element switch
    {
        { LocalName: "attachments" } => new JsonArray([.. element.Children().Select(Object)]),
        _ when element.Children().Any() || element.LocalName is "applicant" or "contacts" or "signature" or "signer" => Object(element),
        _ => JsonValue.Create(element.InnerText.Trim()),
    };
}
