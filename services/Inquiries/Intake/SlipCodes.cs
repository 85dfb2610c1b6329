using System.Text;
using Platform;

namespace Inquiries;

/// <summary>Codes for the citizen's door: HMAC of the request's id, 100 bits, in Crockford's base 32 (no I, L, O, U).</summary>
public sealed class SlipCodes(Sealing sealing)
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public string For(Guid inquiryId)
    {
        var bits = new System.Numerics.BigInteger(sealing.Mac("slip", inquiryId.ToByteArray()), isUnsigned: true);
        var code = new StringBuilder();
        for (var i = 0; i < 20; i++)
        {
            code.Append(i > 0 && i % 5 == 0 ? "-" : "").Append(Alphabet[(int)(bits % 32)]);
            bits /= 32;
        }

        return code.ToString();
    }

    /// <summary>Compared in constant time; letter case and hyphens do not count.</summary>
    public bool Opens(Guid inquiryId, string code) => System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(
        Plain(For(inquiryId)), Plain(code.ToUpperInvariant()));

    private static byte[] Plain(string code) => Encoding.UTF8.GetBytes(code.Replace("-", "", StringComparison.Ordinal).Trim());
}
