using System.Security.Cryptography;
using System.Text;

namespace PressEvents;

/// <summary>Ids of streams that stand beside another thing: the same thing gives the same id, so two who begin one meet in it.</summary>
public static class DerivedId
{
    public static Guid Of(string purpose, params object[] of) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{purpose}\n{string.Join('\n', of)}"))).AsSpan(0, 16));
}
