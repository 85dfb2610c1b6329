using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using Platform;

namespace Inquiries;

/// <summary>The answers of the SOAP door. They are made of what is stored alone, so that the same message again gets the same bytes.</summary>
public static class ShepReply
{
    private static readonly XNamespace Soap = ShepXml.Soap, Channel = ShepXml.Channel, Ours = ShepXml.Ours, Xsi = "http://www.w3.org/2001/XMLSchema-instance";

    /// <summary>SHEP's code for a message that was processed.</summary>
    private const string Processed = "SCSS001";

    public static byte[] Of(ShepEnvelope asked, FormReply reply)
    {
        var members = Members((JsonObject)JsonSerializer.SerializeToNode(reply, Json.Options)!).ToList();
        var data = asked.AsText
            ? new XElement("data", new XElement("informationRequestReply", members).ToString(SaveOptions.DisableFormatting))
            : new XElement("data", new XAttribute(XNamespace.Xmlns + "xsi", Xsi), new XAttribute(XNamespace.Xmlns + "ati", Ours), new XAttribute(Xsi + "type", "ati:informationRequestReply"), members);
        var info = new XElement("responseInfo", new XElement("messageId", reply.InquiryId), new XElement("correlationId", asked.CorrelationId ?? asked.MessageId),
            new XElement("responseDate", reply.ReceivedAt.ToString("O", CultureInfo.InvariantCulture)),
            new XElement("status", new XElement("code", Processed), new XElement("message", reply.Outcome)),
            asked.SessionId is { } session ? new XElement("sessionId", session) : null);
        return Envelope(new XElement(Channel + "SendMessageResponse", new XAttribute(XNamespace.Xmlns + "ns", Channel),
            new XElement("response", info, new XElement("responseData", data))));
    }

    /// <summary>A refusal as SOAP says it: our code and the fields in the detail; whose fault it is in the faultcode.</summary>
    public static byte[] Fault(RefusedException? refused) => Envelope(new XElement(Soap + "Fault",
        new XElement("faultcode", refused is null ? "soap:Server" : "soap:Client"), new XElement("faultstring", refused?.Message ?? "internal"),
        new XElement("detail", new XElement(Ours + "error", new XElement(Ours + "code", refused?.Code ?? "internal"),
            (refused?.Errors.Keys ?? []).Select(field => new XElement(Ours + "field", field))))));

    private static byte[] Envelope(XElement inBody)
    {
        var envelope = new XElement(Soap + "Envelope", new XAttribute(XNamespace.Xmlns + "soap", Soap), new XElement(Soap + "Body", inBody));
        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, new() { Encoding = new UTF8Encoding(false), CheckCharacters = true }))
        {
            envelope.WriteTo(writer);
        }

        return bytes.ToArray();
    }

    /// <summary>A member an element, a list an element of one each (<c>defects/defect</c>), nothing for what is null.</summary>
    private static IEnumerable<XElement> Members(JsonObject members) => members.Where(m => m.Value is not null).Select(m => m.Value switch
    {
        JsonObject inner => new XElement(m.Key, Members(inner)),
        JsonArray items => new XElement(m.Key, items.Select(i => i is JsonObject inner ? new XElement(m.Key.TrimEnd('s'), Members(inner)) : new XElement(m.Key.TrimEnd('s'), i?.ToString()))),
        var value => new XElement(m.Key, value!.ToString()),
    });
}
