using System.Security.Cryptography;
using System.Text;

namespace Platform;

/// <summary>Ids made from names, so that whoever knows the name finds the one thing of it (RFC 9562, version 8: SHA-256 of space and name).</summary>
public static class NamedId
{
    public static Guid Of(Guid space, string name)
    {
        var hash = SHA256.HashData([.. space.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)]).AsSpan(0, 16);
        (hash[6], hash[8]) = ((byte)(hash[6] & 0x0F | 0x80), (byte)(hash[8] & 0x3F | 0x80));
        return new(hash, bigEndian: true);
    }
}
