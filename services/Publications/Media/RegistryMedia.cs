using Marten;
using SkiaSharp;

namespace Publications;

/// <summary>
/// Pictures and films of the registry as they go out: a picture that is cropped is cut here, upright, so that what was approved out of the frame never leaves;
/// whole ones keep their own pixels. Neither carries the labels (EXIF, the place where it was taken) of the original.
/// </summary>
public sealed class RegistryMedia(IDocumentStore store, IFileStorage storage) : IMediaFiles
{
    public const int Quality = 92;

    public async Task<MediaFile?> Read(Guid mediaId, Crop? crop, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        if ((await session.LoadAsync<MediaView>(mediaId, ct))?.Now is not { } media)
        {
            return null;
        }

        using var bytes = new MemoryStream(checked((int)media.Size));
        if (!await storage.Read(mediaId, (from, stop) => from.CopyToAsync(bytes, stop), ct))
        {
            return null;
        }

        var (type, content) = crop is null ? (media.MediaType, BareBytes.Of(bytes.ToArray(), media.MediaType)) : Cut(bytes.ToArray(), crop, media.MediaType);
        return content is null ? null : new(type, $"{mediaId:N}.{type[(type.IndexOf('/') + 1)..]}", content.Length, _ => Task.FromResult<Stream>(new MemoryStream(content, writable: false)));
    }

    /// <summary>Null where the crop is not within the picture, or it is no picture: then nothing goes out.</summary>
    public static (string MediaType, byte[]? Bytes) Cut(byte[] original, Crop crop, string mediaType)
    {
        using var whole = Upright.Decode(original);
        if (whole is null || crop.X + crop.Width > whole.Width || crop.Y + crop.Height > whole.Height)
        {
            return (mediaType, null);
        }

        using var part = new SKBitmap();
        var lossless = mediaType is "image/png" or "image/gif";
        return !whole.ExtractSubset(part, SKRectI.Create(crop.X, crop.Y, crop.Width, crop.Height)) ? (mediaType, null)
            : (lossless ? "image/png" : "image/jpeg", part.Encode(lossless ? SKEncodedImageFormat.Png : SKEncodedImageFormat.Jpeg, Quality).ToArray());
    }
}
