using System.Security.Cryptography;
using System.Text;

namespace Platform;

/// <summary>Codes that open one thing's own door without a token: a keyed hash of its id, 100 bits, in Crockford's base 32 (no I, L, O, U). Derived, so replies repeat.</summary>
public static class KeyedCodes
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static string Code(this Sealing sealing, string purpose, Guid id)
    {
        var bits = new System.Numerics.BigInteger(sealing.Mac(purpose, id.ToByteArray()), isUnsigned: true);
        var code = new StringBuilder();
        for (var i = 0; i < 20; i++)
        {
            code.Append(i > 0 && i % 5 == 0 ? "-" : "").Append(Alphabet[(int)(bits % 32)]);
            bits /= 32;
        }

        return code.ToString();
    }

    /// <summary>Compared in constant time; letter case and hyphens do not count.</summary>
    public static bool Opens(this Sealing sealing, string purpose, Guid id, string code) =>
        CryptographicOperations.FixedTimeEquals(Plain(sealing.Code(purpose, id)), Plain(code.ToUpperInvariant()));

    private static byte[] Plain(string code) => Encoding.UTF8.GetBytes(code.Replace("-", "", StringComparison.Ordinal).Trim());
}
