using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Xml;

namespace Specs;

/// <summary>Signs a SOAP envelope as a SHEP sender does (X.509 token, exclusive c14n), rightly or as a test wants it wrong.</summary>
public sealed class WsSigning
{
    public enum What { All, NotTheBody, NotTheTimestamp }

    private const string Soap = "http://schemas.xmlsoap.org/soap/envelope/";
    private const string Wss = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-";
    private const string Secext = Wss + "wssecurity-secext-1.0.xsd", Utility = Wss + "wssecurity-utility-1.0.xsd";
    private const string Ecdsa = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";

    public DateTimeOffset? Created { get; set; }
    public What Cover { get; set; }
    public string? Reference { get; set; }
    public string? SignatureMethod { get; set; }
    public string DigestMethod { get; set; } = SignedXml.XmlDsigSHA256Url;
    public Transform? Transform { get; set; }

    public static XmlDocument Sign(string envelope, X509Certificate2 certificate, Action<WsSigning>? how = null)
    {
        var signing = new WsSigning();
        how?.Invoke(signing);
        return signing.Make(envelope, certificate);
    }

    private XmlDocument Make(string envelope, X509Certificate2 certificate)
    {
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        document.LoadXml(envelope);
        var root = document.DocumentElement!;
        var body = root.ChildNodes.OfType<XmlElement>().Single(e => e.LocalName == "Body");
        var header = (XmlElement)root.PrependChild(document.CreateElement("soap", "Header", Soap))!;
        var security = (XmlElement)header.AppendChild(document.CreateElement("wsse", "Security", Secext))!;
        var token = (XmlElement)security.AppendChild(document.CreateElement("wsse", "BinarySecurityToken", Secext))!;
        token.SetAttribute("ValueType", Wss + "x509-token-profile-1.0#X509v3");
        token.InnerText = Convert.ToBase64String(certificate.RawData);
        Id(token, "token");
        Id(body, "body");
        List<string> covered = Cover == What.NotTheBody ? ["#token"] : [Reference ?? "#body"];
        if (Created is { } created)
        {
            var timestamp = (XmlElement)security.AppendChild(document.CreateElement("wsu", "Timestamp", Utility))!;
            Id(timestamp, "time");
            timestamp.AppendChild(document.CreateElement("wsu", "Created", Utility))!.InnerText = Text(created);
            timestamp.AppendChild(document.CreateElement("wsu", "Expires", Utility))!.InnerText = Text(created.AddMinutes(5));
            covered.AddRange(Cover == What.NotTheTimestamp ? [] : ["#time"]);
        }

        security.AppendChild(Signature(document, certificate, covered));
        return document;
    }

    private XmlElement Signature(XmlDocument document, X509Certificate2 certificate, IEnumerable<string> covered)
    {
        var ec = certificate.GetECDsaPrivateKey();
        using AsymmetricAlgorithm key = (AsymmetricAlgorithm?)ec ?? certificate.GetRSAPrivateKey()!;
        var signed = new ById(document) { SigningKey = key };
        signed.SignedInfo!.CanonicalizationMethod = SignedXml.XmlDsigExcC14NTransformUrl;
        signed.SignedInfo.SignatureMethod = SignatureMethod ?? (ec is null ? SignedXml.XmlDsigRSASHA256Url : Ecdsa);
        foreach (var uri in covered)
        {
            var reference = new Reference(uri) { DigestMethod = DigestMethod };
            reference.AddTransform(Transform ?? new XmlDsigExcC14NTransform());
            signed.AddReference(reference);
        }

        var pointer = document.CreateElement("wsse", "SecurityTokenReference", Secext);
        ((XmlElement)pointer.AppendChild(document.CreateElement("wsse", "Reference", Secext))!).SetAttribute("URI", "#token");
        signed.KeyInfo.AddClause(new KeyInfoNode(pointer));
        signed.ComputeSignature();
        return (XmlElement)document.ImportNode(signed.GetXml(), true);
    }

    private static void Id(XmlElement element, string id) => element.SetAttributeNode(With(element.OwnerDocument.CreateAttribute("wsu", "Id", Utility), id));

    private static XmlAttribute With(XmlAttribute attribute, string value)
    {
        attribute.Value = value;
        return attribute;
    }

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private sealed class ById(XmlDocument document) : SignedXml(document)
    {
        public override XmlElement? GetIdElement(XmlDocument? document, string idValue) =>
            document?.SelectNodes("//*")!.OfType<XmlElement>().FirstOrDefault(e => e.GetAttribute("Id", Utility) == idValue);
    }
}
