using System.Buffers.Binary;

namespace Publications;

/// <summary>What the first bytes of a file say that it is, whatever its name or sender says: type, and size in pixels (none for films).</summary>
public sealed record MediaHead(string Type, int? Width, int? Height)
{
    public const string Jpeg = "image/jpeg", Png = "image/png", Webp = "image/webp", Gif = "image/gif", Mp4 = "video/mp4";

    private static readonly string[] Mp4Brands = ["isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "MSNV", "dash"];

    /// <summary>Null when it is none of the types that are taken, or no whole head of one. The stream is read from its beginning and can seek.</summary>
    public static MediaHead? Read(Stream file)
    {
        var h = new byte[32];
        file.Position = 0;
        if (file.ReadAtLeast(h, h.Length, throwOnEndOfStream: false) < h.Length)
        {
            return null;
        }

        var start = h.AsSpan();

        return start.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
            ? start[12..16].SequenceEqual("IHDR"u8) ? Sized(Png, BinaryPrimitives.ReadInt32BigEndian(h.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(h.AsSpan(20))) : null
            : start.StartsWith("GIF87a"u8) || start.StartsWith("GIF89a"u8) ? Sized(Gif, BinaryPrimitives.ReadUInt16LittleEndian(h.AsSpan(6)), BinaryPrimitives.ReadUInt16LittleEndian(h.AsSpan(8)))
            : start.StartsWith("RIFF"u8) && start[8..12].SequenceEqual("WEBP"u8) ? OfWebp(h)
            : start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? OfJpeg(file)
            : start[4..8].SequenceEqual("ftyp"u8) && Mp4Brands.Contains(System.Text.Encoding.Latin1.GetString(start[8..12])) ? new(Mp4, null, null) : null;
    }

    private static MediaHead? OfWebp(byte[] h) => System.Text.Encoding.Latin1.GetString(h, 12, 4) switch
    {
        "VP8 " => Sized(Webp, BinaryPrimitives.ReadUInt16LittleEndian(h.AsSpan(26)) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(h.AsSpan(28)) & 0x3FFF),
        "VP8L" when h[20] == 0x2F && BinaryPrimitives.ReadUInt32LittleEndian(h.AsSpan(21)) is var bits => Sized(Webp, (int)(bits & 0x3FFF) + 1, (int)(bits >> 14 & 0x3FFF) + 1),
        "VP8X" => Sized(Webp, 1 + (h[24] | h[25] << 8 | h[26] << 16), 1 + (h[27] | h[28] << 8 | h[29] << 16)),
        _ => null,
    };

    /// <summary>From segment to segment until the one that begins a frame.</summary>
    private static MediaHead? OfJpeg(Stream file)
    {
        var segment = new byte[9];
        for (file.Position = 2; file.ReadAtLeast(segment, segment.Length, throwOnEndOfStream: false) == segment.Length && segment[0] == 0xFF;)
        {
            if (segment[1] == 0xFF)
            {
                file.Position -= segment.Length - 1; // a byte that only fills
                continue;
            }

            if (segment[1] is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return Sized(Jpeg, BinaryPrimitives.ReadUInt16BigEndian(segment.AsSpan(7)), BinaryPrimitives.ReadUInt16BigEndian(segment.AsSpan(5)));
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(segment.AsSpan(2));
            if (length < 2 || segment[1] is 0xD9 or 0xDA)
            {
                return null;
            }

            file.Position += length + 2 - segment.Length;
        }

        return null;
    }

    private static MediaHead? Sized(string type, int width, int height) => width > 0 && height > 0 ? new(type, width, height) : null;
}
