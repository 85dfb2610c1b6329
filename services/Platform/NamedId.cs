using System.Security.Cryptography;
using System.Text;

namespace Platform;

/// <summary>An id that follows from a name: a name-based UUID (RFC 9562, version 8 with SHA-256 as in its B.2).</summary>
public static class NamedId
{
    public static Guid Of(Guid space, string name)
    {
        var hash = SHA256.HashData([.. space.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)]).AsSpan(0, 16);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new(hash, bigEndian: true);
    }
}
