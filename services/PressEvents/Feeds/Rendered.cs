using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace PressEvents;

/// <summary>A feed as it goes out: bytes, a strong tag over them, and the time of the last change in it.</summary>
public sealed record Rendered(byte[] Bytes, string ContentType, string ETag, DateTimeOffset LastModified)
{
    public static Rendered Of(byte[] bytes, string contentType, DateTimeOffset lastModified) =>
        new(bytes, contentType, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes)[..16])}\"", lastModified);

    /// <summary>Pieces that are kept, one after the other.</summary>
    public static Rendered Of(IReadOnlyList<byte[]> pieces, string contentType, DateTimeOffset lastModified)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(pieces.Sum(p => p.Length));
        var at = 0;
        foreach (var piece in pieces)
        {
            piece.CopyTo(bytes, at);
            at += piece.Length;
        }

        return Of(bytes, contentType, lastModified);
    }
}

/// <summary>
/// The reply: 304 to whoever has these bytes. By the tag alone: a date in whole seconds cannot tell two changes of one second, so it is told and asked after by nobody.
/// </summary>
public sealed class FeedResult(Rendered feed) : IResult
{
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
        reply.ContentLength = feed.Bytes.Length;
        if (!HttpMethods.IsHead(request.Method))
        {
            await reply.Body.WriteAsync(feed.Bytes, httpContext.RequestAborted);
        }
    }

    private static bool Has(Microsoft.Extensions.Primitives.StringValues seen, string tag) => seen.Count > 0 && (seen == tag
        || (EntityTagHeaderValue.TryParseList(seen, out var tags) && tags.Any(t => t.Tag == "*" || t.Tag == tag)));
}
