using System.Buffers.Binary;
using System.Text;
using SkiaSharp;

namespace Publications;

/// <summary>
/// A file as everybody may have it: its picture untouched, and nothing of what it says of itself (EXIF with the place where it was taken and a small picture of the whole, XMP,
/// IPTC, comments); of that only how it is turned stays. What is no whole file of its type stays as it is from there on.
/// </summary>
public static class BareBytes
{
    public static byte[] Of(byte[] file, string mediaType) => mediaType switch
    {
        MediaHead.Jpeg => Jpeg(file, Upright.Of(file)),
        MediaHead.Png => Upright.Of(file) is SKEncodedOrigin.TopLeft ? Png(file) : Anew(file, SKEncodedImageFormat.Png),
        MediaHead.Webp => Upright.Of(file) is SKEncodedOrigin.TopLeft ? Webp(file) : Anew(file, SKEncodedImageFormat.Webp),
        MediaHead.Gif => Gif(file),
        MediaHead.Mp4 => Mp4(file),
        _ => throw new ArgumentOutOfRangeException(nameof(mediaType), mediaType, null),
    };

    private static byte[] Anew(byte[] file, SKEncodedImageFormat format)
    {
        using var upright = Upright.Decode(file);
        return upright is null ? file : upright.Encode(format, RegistryMedia.Quality).ToArray();
    }

    private static byte[] Jpeg(byte[] b, SKEncodedOrigin origin)
    {
        var (bare, at) = (new MemoryStream(b.Length), 2);
        bare.Write(b, 0, 2);
        // an EXIF of this one tag
        bare.Write(origin is SKEncodedOrigin.TopLeft ? [] : [0xFF, 0xE1, 0, 34, .. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)origin, 0, 0, 0, 0, 0, 0]);
        while (at + 4 <= b.Length && b[at] == 0xFF)
        {
            if (b[at + 1] == 0xFF)
            {
                at++; // a byte that only fills
                continue;
            }

            var length = 2 + BinaryPrimitives.ReadUInt16BigEndian(b.AsSpan(at + 2));
            var end = b[at + 1] == 0xDA ? EndOfScan(b, at + length) : at + length;
            if (b[at + 1] == 0xD9 || length < 4 || end > b.Length)
            {
                break;
            }

            bare.Write(Stays(b[at + 1], b.AsSpan(at + 4, length - 4)) ? b.AsSpan(at, end - at) : []);
            at = end;
        }

        // what comes after the end (other pictures, what phones add) is no part of it
        bare.Write(at + 2 <= b.Length && b[at] == 0xFF && b[at + 1] == 0xD9 ? b.AsSpan(at, 2) : b.AsSpan(at));
        return bare.ToArray();
    }

    private static int EndOfScan(byte[] b, int at)
    {
        while (at + 1 < b.Length && !(b[at] == 0xFF && b[at + 1] is not (0 or 0xFF or (>= 0xD0 and <= 0xD7))))
        {
            at++;
        }

        return at + 1 < b.Length ? at : b.Length;
    }

    /// <summary>Of the segments of applications those that a picture is drawn by.</summary>
    private static bool Stays(byte marker, ReadOnlySpan<byte> said) => marker switch
    {
        0xE0 => said.StartsWith("JFIF\0"u8),
        0xE2 => said.StartsWith("ICC_PROFILE\0"u8),
        0xEE => said.StartsWith("Adobe"u8),
        0xFE or (>= 0xE0 and <= 0xEF) => false,
        _ => true,
    };

    private static byte[] Png(byte[] b)
    {
        var (bare, at) = (new MemoryStream(b.Length), 8);
        bare.Write(b, 0, 8);
        while (at + 12 <= b.Length && BinaryPrimitives.ReadUInt32BigEndian(b.AsSpan(at)) is var size && size <= b.Length - at - 12)
        {
            var (name, end) = (Name(b, at + 4), at + 12 + (int)size);
            bare.Write(name is "eXIf" or "tEXt" or "zTXt" or "iTXt" or "tIME" ? [] : b.AsSpan(at, end - at));
            at = name == "IEND" ? b.Length : end;
        }

        bare.Write(b.AsSpan(at));
        return bare.ToArray();
    }

    private static byte[] Webp(byte[] b)
    {
        var (bare, at) = (new MemoryStream(b.Length), 12);
        bare.Write(b, 0, 12);
        while (at + 8 <= b.Length && BinaryPrimitives.ReadUInt32LittleEndian(b.AsSpan(at + 4)) is var size && size <= b.Length - at - 8)
        {
            var (name, end) = (Name(b, at), Math.Min(b.Length, at + 8 + (int)size + (int)(size & 1)));
            var chunk = name is "EXIF" or "XMP " ? [] : b[at..end];
            if (name == "VP8X" && size >= 1)
            {
                chunk[8] &= 0xFF ^ 0x0C; // it has neither any more
            }

            bare.Write(chunk);
            at = end;
        }

        bare.Write(b.AsSpan(at));
        var whole = bare.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(whole.AsSpan(4), whole.Length - 8);
        return whole;
    }

    private static byte[] Gif(byte[] b)
    {
        var at = 13 + Colours(b[10]);
        var bare = new MemoryStream(b.Length);
        bare.Write(b, 0, Math.Min(at, b.Length));
        while (at + 14 <= b.Length && b[at] is 0x21 or 0x2C)
        {
            var end = EndOfBlocks(b, b[at] == 0x21 ? at + 2 : at + 11 + Colours(b[at + 9]));
            // comments, and of applications' blocks all but the one that says how often it plays
            var goes = b[at] == 0x21 && (b[at + 1] == 0xFE || (b[at + 1] == 0xFF && !b.AsSpan(at + 3).StartsWith("NETSCAPE2.0"u8)));
            bare.Write(goes ? [] : b.AsSpan(at, end - at));
            at = end;
        }

        bare.Write(at < b.Length ? b.AsSpan(at) : []);
        return bare.ToArray();
    }

    private static int Colours(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);

    private static int EndOfBlocks(byte[] b, int at)
    {
        while (at < b.Length && b[at] > 0)
        {
            at += 1 + b[at];
        }

        return Math.Min(at + 1, b.Length);
    }

    /// <summary>In their place and size, for the film's tables point at bytes by their place: what its boxes say of it becomes free room.</summary>
    private static byte[] Mp4(byte[] file)
    {
        var b = (byte[])file.Clone();
        Boxes(b, 0, b.Length);
        return b;
    }

    private static void Boxes(byte[] b, long at, long until)
    {
        while (at + 8 <= until)
        {
            var (size, head) = (BinaryPrimitives.ReadUInt32BigEndian(b.AsSpan((int)at)), 8L);
            var length = size switch { 0 => until - at, 1 when at + 16 <= until => BinaryPrimitives.ReadInt64BigEndian(b.AsSpan((int)at + 8)), _ => size };
            head = size == 1 ? 16 : head;
            if (length < head || length > until - at)
            {
                return;
            }

            var name = Name(b, (int)at + 4);
            if (name is "udta" or "meta" or "uuid")
            {
                "free"u8.CopyTo(b.AsSpan((int)at + 4));
                b.AsSpan((int)(at + head), (int)(length - head)).Clear();
            }
            else if (name is "moov" or "trak")
            {
                Boxes(b, at + head, at + length);
            }

            at += length;
        }
    }

    private static string Name(byte[] b, int at) => Encoding.Latin1.GetString(b, at, 4);
}
