using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Dev;

/// <summary>
/// A certification authority made at start, for development: certificates as Kazakhstan's has them (IIN in SERIALNUMBER, BIN in OU, the user of the key as
/// extended key usages), with RSA instead of GOST. What it signs is real CMS.
/// </summary>
public sealed class TestAuthority : IDisposable
{
    /// <summary>The users of keys by the National Certification Authority's object identifiers.</summary>
    public static readonly IReadOnlyDictionary<string, string> KeyUsers = new Dictionary<string, string>
    {
        ["INDIVIDUAL"] = "1.2.398.3.3.4.1.1",
        ["ORGANIZATION"] = "1.2.398.3.3.4.1.2",
        ["CEO"] = "1.2.398.3.3.4.1.2.1",
        ["CAN_SIGN"] = "1.2.398.3.3.4.1.2.2",
        ["EMPLOYEE"] = "1.2.398.3.3.4.1.2.5",
    };

    private readonly ConcurrentDictionary<string, bool> _revoked = new();
    private readonly X509Certificate2 _root;

    public TestAuthority()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=ТЕСТОВЫЙ УЦ, C=KZ", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-5), DateTimeOffset.UtcNow.AddYears(5));
    }

    public X509Certificate2 Issue(string iin, string? bin, DateTimeOffset? notAfter, params string[] keyUsers)
    {
        using var key = RSA.Create(2048);
        var subject = $"CN=ТЕСТОВ ТЕСТ, SERIALNUMBER=IIN{iin}, C=KZ" + (bin is null ? "" : $", O=ТОО ТЕСТ, OU=BIN{bin}");
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. keyUsers.Select(u => new Oid(KeyUsers[u]))], false));
        var end = notAfter ?? DateTimeOffset.UtcNow.AddYears(1);
        using var issued = request.Create(_root, end.AddYears(-1).AddDays(-1), end, RandomNumberGenerator.GetBytes(16));
        return issued.CopyWithPrivateKey(key);
    }

    public void Revoke(X509Certificate2 certificate) => _revoked[certificate.SerialNumber] = true;

    public bool IsRevoked(X509Certificate2 certificate) => _revoked.ContainsKey(certificate.SerialNumber);

    /// <summary>The chain ends at this authority, and the certificate is of this day.</summary>
    public bool Issued(X509Certificate2 certificate)
    {
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
        chain.ChainPolicy.CustomTrustStore.Add(_root);
        return chain.Build(certificate);
    }

    /// <summary>Detached CMS over the bytes, with the signer's certificate in it; base64.</summary>
    public static string Sign(X509Certificate2 certificate, byte[] bytes, bool detached = true)
    {
        var cms = new SignedCms(new ContentInfo(bytes), detached);
        cms.ComputeSignature(new CmsSigner(certificate) { IncludeOption = X509IncludeOption.EndCertOnly, DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1") });
        return Convert.ToBase64String(cms.Encode());
    }

    public void Dispose() => _root.Dispose();
}
