namespace Publications;

/// <summary>A picture or film as it goes out: cropped, and without what its file says of itself. <paramref name="Length"/> in bytes.</summary>
public sealed record MediaFile(string MediaType, string Name, long Length, Func<CancellationToken, Task<Stream>> Open)
{
    public bool IsFilm => MediaType.StartsWith("video/", StringComparison.Ordinal);
}

/// <summary>The bytes behind a registry's id. Null: there is no such file, or it may not go out.</summary>
public interface IMediaFiles
{
    Task<MediaFile?> Read(Guid mediaId, Crop? crop, CancellationToken ct);
}

public static class PostFiles
{
    /// <summary>All of them, or why not: certain, for nothing has been sent.</summary>
    public static async Task<(IReadOnlyList<MediaFile> Files, Outcome? Failed)> Of(this IMediaFiles files, IReadOnlyList<PostMedia> media, CancellationToken ct)
    {
        List<MediaFile> found = [];
        try
        {
            foreach (var one in media)
            {
                if (await files.Read(one.MediaId, one.Crop, ct) is not { } file)
                {
                    return ([], new Outcome.Refused(404));
                }

                found.Add(file);
            }
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException or OperationCanceledException or Npgsql.NpgsqlException)
        {
            return ([], new Outcome.Unavailable(null));
        }

        return (found, null);
    }
}
