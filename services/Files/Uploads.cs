using System.Buffers;

namespace Files;

/// <summary>Files that come in by a request's body: how large they may be, and how what is larger is refused.</summary>
public static class Uploads
{
    public const long MostBytes = 25 * 1024 * 1024;

    public static RefusedException TooLarge() => Refused.TooLarge("A file holds 25 MiB at most.");

    /// <summary>
    /// What is too large is refused with words: whoever did not ask first (Expect) reads no answer while sending, so the rest is read and thrown away,
    /// up to a bound; behind it the connection ends.
    /// </summary>
    public static async Task<T> Receive<T>(this HttpRequest request, Func<Stream, Task<T>> handle, CancellationToken ct)
    {
        try
        {
            return request.ContentLength > MostBytes ? throw TooLarge() : await handle(request.Body);
        }
        catch (RefusedException refused) when (refused.Kind == RefusalKind.TooLarge)
        {
            if (request.Headers.Expect.Count == 0)
            {
                await Drain(request.Body, ct);
            }

            request.HttpContext.Response.Headers.Connection = "close";
            throw;
        }
    }

    private static async Task Drain(Stream body, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            var left = 4 * MostBytes;
            for (int read; left > 0 && (read = await body.ReadAsync(buffer, ct)) > 0; left -= read)
            {
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
