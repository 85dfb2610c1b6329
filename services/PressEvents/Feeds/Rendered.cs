using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace PressEvents;

/// <summary>A feed as it goes out: its bytes in pieces that are shared with the feed before it (what did not change is not copied), a strong tag over them, and the time of the last change in it.</summary>
public sealed record Rendered(IReadOnlyList<byte[]> Pieces, long Length, string ContentType, string ETag, DateTimeOffset LastModified)
{
    public static Rendered Of(byte[] bytes, string contentType, DateTimeOffset lastModified) => Of([bytes], contentType, lastModified);

    public static Rendered Of(IReadOnlyList<byte[]> pieces, string contentType, DateTimeOffset lastModified)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var length = 0L;
        foreach (var piece in pieces)
        {
            hash.AppendData(piece);
            length += piece.Length;
        }

        return new(pieces, length, contentType, $"\"{Convert.ToHexStringLower(hash.GetHashAndReset()[..16])}\"", lastModified);
    }
}

/// <summary>
/// The reply: 304 to whoever has these bytes. By the tag alone: a date in whole seconds cannot tell two changes of one second, so it is told and asked after by nobody.
/// </summary>
public sealed class FeedResult(Rendered feed) : IResult
{
    private const int Batch = 256 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, reply) = (httpContext.Request, httpContext.Response);
        reply.Headers.ETag = feed.ETag;
        reply.Headers.LastModified = feed.LastModified.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);
        reply.Headers.CacheControl = "public, no-cache"; // ask again each time: a cancelling must not wait
        if (Has(request.Headers.IfNoneMatch, feed.ETag))
        {
            reply.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        reply.ContentType = feed.ContentType;
        reply.ContentLength = feed.Length;
        if (!HttpMethods.IsHead(request.Method))
        {
            await Write(reply.BodyWriter, httpContext.RequestAborted);
        }
    }

    private async Task Write(PipeWriter body, CancellationToken ct)
    {
        var waiting = 0;
        foreach (var piece in feed.Pieces)
        {
            body.Write(piece);
            if ((waiting += piece.Length) >= Batch)
            {
                await body.FlushAsync(ct);
                waiting = 0;
            }
        }

        await body.FlushAsync(ct);
    }

    private static bool Has(Microsoft.Extensions.Primitives.StringValues seen, string tag) => seen.Count > 0 && (seen == tag
        || (EntityTagHeaderValue.TryParseList(seen, out var tags) && tags.Any(t => t.Tag == "*" || t.Tag == tag)));
}
