using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Platform;

/// <summary>A Standard Webhooks secret (<c>whsec_</c> and base64): signs and verifies <c>id.timestamp.body</c> with HMAC-SHA256.</summary>
public sealed class StandardWebhook
{
    private const string Prefix = "whsec_";
    private readonly byte[] _key;

    public StandardWebhook(string secret)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal))
        {
            throw new FormatException("A webhook secret begins with whsec_.");
        }

        _key = Convert.FromBase64String(secret[Prefix.Length..]);
        // the standard: 24 to 64 bytes
        if (_key.Length is < 24 or > 64)
        {
            throw new FormatException("A webhook secret has 24 to 64 bytes.");
        }
    }

    public string Sign(string id, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        mac.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}.")));
        mac.AppendData(body);
        return "v1," + Convert.ToBase64String(mac.GetHashAndReset());
    }
}
