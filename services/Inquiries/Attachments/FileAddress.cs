using Grpc.Core;
using Inquiries.V1;
using Microsoft.AspNetCore.Http.Features;
using Platform;

namespace Inquiries;

/// <summary>What address and headers say of a file.</summary>
internal static class FileAddress
{
    /// <summary>The name as it was sent, decoded once: the server leaves %2F in its path, and decoding that again would take apart a name that holds a percent sign.</summary>
    public static string Name(HttpContext http, string routed)
    {
        var target = http.Features.Get<IHttpRequestFeature>()?.RawTarget;
        return string.IsNullOrEmpty(target) ? routed : Uri.UnescapeDataString(target.Split('?')[0].Split('/')[^1]);
    }

    /// <summary><c>X-Content-SHA256</c> (hexadecimal), <c>Content-Digest</c> (RFC 9530) or <c>Digest</c> (RFC 3230): the SHA-256 that the sender claims, if any.</summary>
    public static byte[]? Sha256(IHeaderDictionary headers)
    {
        if (headers["X-Content-SHA256"].ToString() is { Length: > 0 } hex)
        {
            return Hex.Read(hex) ?? throw DigestInvalid("X-Content-SHA256");
        }

        foreach (var header in new[] { "Content-Digest", "Digest" })
        {
            var part = headers[header].ToString().Split(',').Select(p => p.Trim()).FirstOrDefault(p => p.StartsWith("sha-256=", StringComparison.OrdinalIgnoreCase));
            if (part is not null)
            {
                var digest = new byte[32];
                return Convert.TryFromBase64String(part["sha-256=".Length..].Trim(':'), digest, out var length) && length == 32 ? digest : throw DigestInvalid(header);
            }
        }

        return null;
    }

    public static RefusedException DigestInvalid(string field) => Refused.Invalid("digest-invalid", "It is no SHA-256.", field);
}

/// <summary>The data of a client's stream of chunks as a stream of bytes; the first chunk was read already.</summary>
internal sealed class ChunkStream(ReadOnlyMemory<byte> first, IAsyncStreamReader<FileChunk> chunks) : Stream
{
    private ReadOnlyMemory<byte> _left = first;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_left.Length == 0)
        {
            if (!await chunks.MoveNext(cancellationToken))
            {
                return 0;
            }

            _left = chunks.Current.Data.Memory;
        }

        var taken = Math.Min(buffer.Length, _left.Length);
        _left[..taken].CopyTo(buffer);
        _left = _left[taken..];
        return taken;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override void Flush() => throw new NotSupportedException();
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
