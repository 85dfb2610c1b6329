using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Xml;
using Platform;

namespace Inquiries;

/// <summary>Who may hand in without a token: a sender's id and its certificate, by SHA-256 thumbprint (hexadecimal) or as a file.</summary>
public sealed record ShepOptions
{
    public IReadOnlyDictionary<string, ShepSender> Senders { get; init; } = new Dictionary<string, ShepSender>();
}

public sealed record ShepSender
{
    public string? Thumbprint { get; init; }
    public string? CertificateFile { get; init; }

    public string Sha256 => (Thumbprint ?? (CertificateFile is { } file ? X509CertificateLoader.LoadCertificateFromFile(file).GetCertHashString(HashAlgorithmName.SHA256)
        : throw new InvalidOperationException("A SHEP sender needs Thumbprint or CertificateFile."))).Replace(":", "", StringComparison.Ordinal).ToUpperInvariant();
}

/// <summary>
/// The WS-Security signature of an envelope (X.509 token, exclusive c14n). Strict: one Security, one token, one signature; ids unique; only named algorithms;
/// a Reference covers the very Body that is processed, found by its place and not by its id; a Timestamp that stands there is signed and fresh. A repeat is
/// harmless: the messageId makes it the same message.
/// </summary>
public sealed class ShepSignature(ShepOptions options, TimeProvider clock)
{
    private const string ExcC14n = SignedXml.XmlDsigExcC14NTransformUrl, Sha256 = SignedXml.XmlDsigSHA256Url;
    private const string X509 = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3";
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);
    private readonly Dictionary<string, string> _thumbprints = options.Senders.ToDictionary(s => s.Key, s => s.Value.Sha256);

    static ShepSignature() => CryptoConfig.AddAlgorithm(typeof(EcdsaSha256), EcdsaSha256.Url);

    /// <summary>The registered sender that signed this; null when it is not signed at all; refused when the signature does not hold.</summary>
    public string? Verify(ShepEnvelope envelope)
    {
        if (envelope.Root.Child("Header", ShepXml.Soap)?.Child("Security", ShepXml.Security) is not { } security)
        {
            return null;
        }

        try
        {
            return Holds(envelope, security) ? envelope.SenderId : throw Bad();
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException or XmlException or NullReferenceException or ArgumentException)
        {
            throw Bad(); // what a library makes of a malformed signature
        }
    }

    private bool Holds(ShepEnvelope envelope, XmlElement security)
    {
        var (token, signature) = (security.Child("BinarySecurityToken", ShepXml.Security), security.Child("Signature", ShepXml.Signature));
        if (token is null || signature is null || token.GetAttribute("ValueType") != X509 || envelope.SenderId is null || Ids(envelope.Root) is not { } ids)
        {
            return false;
        }

        using var certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(token.InnerText.Trim()));
        var signed = new ById(envelope.Root.OwnerDocument, ids);
        signed.LoadXml(signature);
        return IsRegistered(envelope.SenderId, certificate) && PointsTo(signature, token) && Algorithms(signed) && Covers(signed, ids, envelope.Body, security)
            && Fresh(security.Child("Timestamp", ShepXml.Utility)) && Check(signed, certificate);
    }

    private bool IsRegistered(string sender, X509Certificate2 certificate) => _thumbprints.TryGetValue(sender, out var thumbprint)
        && CryptographicOperations.FixedTimeEquals(Convert.FromHexString(thumbprint), certificate.GetCertHash(HashAlgorithmName.SHA256))
        && clock.GetUtcNow() is var now && certificate.NotBefore.ToUniversalTime() <= now.UtcDateTime && now.UtcDateTime <= certificate.NotAfter.ToUniversalTime();

    /// <summary>The key of the signature is the token beside it, and nothing else that a key could be taken from.</summary>
    private static bool PointsTo(XmlElement signature, XmlElement token) => signature.Child("KeyInfo", ShepXml.Signature)?.Children().ToList() is
        [{ LocalName: "SecurityTokenReference" } reference] && reference.Child("Reference", ShepXml.Security)?.GetAttribute("URI") == "#" + IdOf(token) && IdOf(token) is not null;

    private static bool Algorithms(SignedXml signed) => signed.SignedInfo is { } info && info.CanonicalizationMethod == ExcC14n
        && info.SignatureMethod is SignedXml.XmlDsigRSASHA256Url or EcdsaSha256.Url && info.References.Count is >= 1 and <= 4
        && info.References.Cast<Reference>().All(r => r.DigestMethod == Sha256 && r.Uri is ['#', ..] && r.TransformChain.Count == 1 && r.TransformChain[0].Algorithm == ExcC14n);

    /// <summary>One reference is the Body of this envelope itself, all others are parts of this Security; a Timestamp is among them.</summary>
    private static bool Covers(SignedXml signed, Dictionary<string, XmlElement> ids, XmlElement body, XmlElement security)
    {
        var covered = signed.SignedInfo!.References.Cast<Reference>().Select(r => ids.GetValueOrDefault(r.Uri![1..])).ToList();
        return covered.Count(e => e == body) == 1 && covered.All(e => e is not null && (e == body || e.ParentNode == security))
            && (security.Child("Timestamp", ShepXml.Utility) is not { } timestamp || covered.Contains(timestamp));
    }

    private bool Fresh(XmlElement? timestamp) => timestamp is null || (Time(timestamp, "Created") is { } created && created <= clock.GetUtcNow() + Skew
        && (Time(timestamp, "Expires") ?? created + Skew) >= clock.GetUtcNow());

    private static DateTimeOffset? Time(XmlElement timestamp, string name) =>
        DateTimeOffset.TryParse(timestamp.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static bool Check(SignedXml signed, X509Certificate2 certificate)
    {
        using AsymmetricAlgorithm? key = signed.SignedInfo!.SignatureMethod == EcdsaSha256.Url ? certificate.GetECDsaPublicKey() : certificate.GetRSAPublicKey();
        return key is not null && signed.CheckSignature(key);
    }

    /// <summary>Every element by its id; null when an id stands twice.</summary>
    private static Dictionary<string, XmlElement>? Ids(XmlElement root)
    {
        Dictionary<string, XmlElement> ids = [];
        foreach (var element in root.SelectNodes("descendant-or-self::*")!.Cast<XmlElement>())
        {
            foreach (var id in element.Attributes.Cast<XmlAttribute>().Where(a => a.LocalName.Equals("Id", StringComparison.OrdinalIgnoreCase) && a.NamespaceURI is "" or ShepXml.Utility))
            {
                if (!ids.TryAdd(id.Value, element))
                {
                    return null;
                }
            }
        }

        return ids;
    }

    private static string? IdOf(XmlElement element) => element.GetAttribute("Id", ShepXml.Utility) is { Length: > 0 } id ? id : null;

    private static RefusedException Bad() => new(RefusalKind.Unauthenticated, "signature-invalid", "The signature of the envelope does not hold, or its sender is not registered with this certificate.");

    private sealed class ById(XmlDocument document, Dictionary<string, XmlElement> ids) : SignedXml(document)
    {
        public override XmlElement? GetIdElement(XmlDocument? document, string idValue) => ids.GetValueOrDefault(idValue);
    }
}

/// <summary>ecdsa-sha256 of XML signatures, which .NET knows and does not register.</summary>
public sealed class EcdsaSha256 : SignatureDescription
{
    public const string Url = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";

    public EcdsaSha256() => KeyAlgorithm = typeof(ECDsa).AssemblyQualifiedName;

    public override HashAlgorithm CreateDigest() => SHA256.Create();

    public override AsymmetricSignatureDeformatter CreateDeformatter(AsymmetricAlgorithm key) => new Verifier((ECDsa)key);

    public override AsymmetricSignatureFormatter CreateFormatter(AsymmetricAlgorithm key) => new Signer((ECDsa)key);

    private sealed class Verifier(ECDsa key) : AsymmetricSignatureDeformatter
    {
        public override void SetKey(AsymmetricAlgorithm key) => throw new NotSupportedException();
        public override void SetHashAlgorithm(string strName) => ArgumentNullException.ThrowIfNull(strName); // the description's own
        public override bool VerifySignature(byte[] rgbHash, byte[] rgbSignature) => key.VerifyHash(rgbHash, rgbSignature);
    }

    private sealed class Signer(ECDsa key) : AsymmetricSignatureFormatter
    {
        public override void SetKey(AsymmetricAlgorithm key) => throw new NotSupportedException();
        public override void SetHashAlgorithm(string strName) => ArgumentNullException.ThrowIfNull(strName); // the description's own
        public override byte[] CreateSignature(byte[] rgbHash) => key.SignHash(rgbHash);
    }
}
