using Marten;
using SkiaSharp;

namespace Publications;

/// <summary>
/// Pictures and films of the registry as they go out: a picture that is cropped is cut here, so that what was approved out of the frame never leaves,
/// in its own pixels and without the labels (EXIF) of the original; whole ones go as they came.
/// </summary>
public sealed class RegistryMedia(IDocumentStore store, IFileStorage storage) : IMediaFiles, IKnownMedia
{
    private const int Quality = 92;

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

        var (type, content) = crop is null ? (media.MediaType, bytes.ToArray()) : Cut(bytes.ToArray(), crop, media.MediaType);
        return content is null ? null : new(type, $"{mediaId:N}.{type[(type.IndexOf('/') + 1)..]}", content.Length, _ => Task.FromResult<Stream>(new MemoryStream(content, writable: false)));
    }

    public async Task<Guid?> BySha256(string hash, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        return (await session.Query<MediaView>().Where(m => m.Sha256 == hash).OrderBy(m => m.Id).FirstOrDefaultAsync(ct))?.Id;
    }

    /// <summary>Null where the crop is not within the picture, or it is no picture: then nothing goes out.</summary>
    public static (string MediaType, byte[]? Bytes) Cut(byte[] original, Crop crop, string mediaType)
    {
        using var codec = SKCodec.Create(new MemoryStream(original, writable: false));
        using var whole = codec is null ? null : SKBitmap.Decode(codec);
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
