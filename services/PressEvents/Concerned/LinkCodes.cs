using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Platform;

namespace PressEvents;

/// <summary>What a link is for; a code of one purpose opens no door of another.</summary>
public enum LinkPurpose { Invitation, ConfirmSubscription, EndSubscription }

/// <summary>
/// Codes of links in letters: the instant at which they end and a keyed hash (100 bits) over purpose, thing, its event and that instant. They
/// are made anew when needed and kept nowhere; what was used or revoked is refused by the state of the thing, not by the code.
/// </summary>
public sealed class LinkCodes(Sealing sealing)
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public string For(LinkPurpose purpose, Guid about, Guid id, DateTimeOffset until)
    {
        var end = until.ToUnixTimeSeconds();
        return $"{end.ToString("x", CultureInfo.InvariantCulture)}-{Mac(purpose, about, id, end)}";
    }

    /// <summary>404 for a code that is not of this thing and purpose, 409 <c>link-expired</c> for one that was.</summary>
    public void Check(LinkPurpose purpose, Guid about, Guid id, string? code, string header, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(code))
        {
            throw Refused.Invalid("code-missing", $"Give the code of the link in the header {header}.", header);
        }

        if (code.Trim().Split('-') is not [var hex, var mac] || !long.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var end)
            || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Mac(purpose, about, id, end)), Encoding.UTF8.GetBytes(mac.ToUpperInvariant())))
        {
            throw Refused.Missing("link");
        }

        if (end < now.ToUnixTimeSeconds())
        {
            throw Refused.Conflict("link-expired", "The link has ended; a new one comes with the next letter, or ask who invited you.");
        }
    }

    private string Mac(LinkPurpose purpose, Guid about, Guid id, long end)
    {
        var bits = new System.Numerics.BigInteger(sealing.Mac("link:" + purpose, string.Create(CultureInfo.InvariantCulture, $"{about}|{id}|{end}")), isUnsigned: true);
        return string.Create(20, bits, (code, left) =>
        {
            for (var i = 0; i < code.Length; i++)
            {
                (left, var digit) = System.Numerics.BigInteger.DivRem(left, 32);
                code[i] = Alphabet[(int)digit];
            }
        });
    }
}
