using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.Formats.Iptc;
using MetadataExtractor.Formats.Xmp;
using SkiaSharp;

namespace Publications;

/// <summary>
/// What a file says of itself (EXIF, IPTC, XMP): evidence, never truth. As it stands there, at most 300 characters each; <paramref name="CreatedAt"/> in the camera's own time and
/// form. Where it was taken is not kept.
/// </summary>
public sealed record FileLabels(string? Artist, string? Credit, string? Copyright, string? CreatedAt)
{
    private const int Longest = 300;

    /// <summary>Null where the file says nothing of these, or nothing that can be read.</summary>
    public static FileLabels? Read(byte[] file)
    {
        try
        {
            var found = ImageMetadataReader.ReadMetadata(new MemoryStream(file, writable: false));
            var xmp = found.OfType<XmpDirectory>().SelectMany(x => x.GetXmpProperties()).GroupBy(p => p.Key).ToDictionary(p => p.Key, p => p.First().Value);
            string? In<T>(int tag) where T : MetadataExtractor.Directory => Words(found.OfType<T>().Select(d => d.GetString(tag)).FirstOrDefault(words => !string.IsNullOrWhiteSpace(words)));
            string? Xmp(string name) => Words(xmp.GetValueOrDefault(name));
            var labels = new FileLabels(
                In<ExifIfd0Directory>(ExifDirectoryBase.TagArtist) ?? In<IptcDirectory>(IptcDirectory.TagByLine) ?? Xmp("dc:creator[1]"),
                In<IptcDirectory>(IptcDirectory.TagCredit) ?? Xmp("photoshop:Credit"),
                In<ExifIfd0Directory>(ExifDirectoryBase.TagCopyright) ?? In<IptcDirectory>(IptcDirectory.TagCopyrightNotice) ?? Xmp("dc:rights[1]"),
                In<ExifSubIfdDirectory>(ExifDirectoryBase.TagDateTimeOriginal) ?? In<ExifIfd0Directory>(ExifDirectoryBase.TagDateTime) ?? Xmp("xmp:CreateDate") ?? Xmp("photoshop:DateCreated"));
            return labels == new FileLabels(null, null, null, null) ? null : labels;
        }
        catch (Exception fault) when (fault is ImageProcessingException or IOException or ArgumentException or InvalidOperationException or FormatException or IndexOutOfRangeException or OverflowException)
        {
            return null; // labels that cannot be read keep no picture out
        }
    }

    private static string? Words(string? said) => said is not null && new string([.. said.Where(c => !char.IsControl(c) && !char.IsSurrogate(c))]).Trim() is { Length: > 0 } words ? Fitted.Shorten(words, Longest) : null;
}

/// <summary>How a picture is to be turned to stand as it was seen: all that is known of its frame (size, crops, regions of people) is in pixels of the upright picture.</summary>
public static class Upright
{
    /// <summary>What the file's orientation tag says; upright for what has none, and for films.</summary>
    public static SKEncodedOrigin Of(byte[] file)
    {
        using var codec = SKCodec.Create(new MemoryStream(file, writable: false));
        return codec?.EncodedOrigin ?? SKEncodedOrigin.TopLeft;
    }

    /// <summary>Width and height change places.</summary>
    public static bool LiesOnItsSide(SKEncodedOrigin origin) => origin >= SKEncodedOrigin.LeftTop;

    /// <summary>Null where it is no picture.</summary>
    public static SKBitmap? Decode(byte[] file)
    {
        using var codec = SKCodec.Create(new MemoryStream(file, writable: false));
        var stored = codec is null ? null : SKBitmap.Decode(codec);
        return stored is null || codec!.EncodedOrigin is SKEncodedOrigin.TopLeft or SKEncodedOrigin.Default ? stored : Turned(stored, codec.EncodedOrigin);
    }

    private static SKBitmap Turned(SKBitmap stored, SKEncodedOrigin origin)
    {
        using var _ = stored;
        var (w, h) = (stored.Width, stored.Height);
        var turned = new SKBitmap(LiesOnItsSide(origin) ? stored.Info.WithSize(h, w) : stored.Info);
        using var canvas = new SKCanvas(turned);
        canvas.SetMatrix(origin switch
        {
            SKEncodedOrigin.TopRight => new(-1, 0, w, 0, 1, 0, 0, 0, 1),
            SKEncodedOrigin.BottomRight => new(-1, 0, w, 0, -1, h, 0, 0, 1),
            SKEncodedOrigin.BottomLeft => new(1, 0, 0, 0, -1, h, 0, 0, 1),
            SKEncodedOrigin.LeftTop => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightTop => new(0, -1, h, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightBottom => new(0, -1, h, -1, 0, w, 0, 0, 1),
            SKEncodedOrigin.LeftBottom => new(0, 1, 0, -1, 0, w, 0, 0, 1),
            _ => throw new ArgumentOutOfRangeException(nameof(origin), origin, null),
        });
        canvas.DrawBitmap(stored, 0, 0, SKSamplingOptions.Default);
        return turned;
    }
}
