using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Inquiries;

/// <summary>What a scanner says of a file; <see cref="Unsaid"/> when it did not get to it.</summary>
public abstract record ScanResult
{
    public sealed record Clean : ScanResult;
    public sealed record Infected(string Threat) : ScanResult;
    public sealed record Unsaid : ScanResult;
}

/// <summary>clamd's INSTREAM over TCP: chunks with their length before them, an empty one at the end, one line as the answer.</summary>
public sealed class Clamd(string host, int port, TimeSpan limit)
{
    public static Clamd? From(AttachmentOptions options) => string.IsNullOrWhiteSpace(options.Clamd) ? null
        : options.Clamd.Split(':') is [var host, var port] && int.TryParse(port, out var number) ? new(host, number, TimeSpan.FromSeconds(options.ScanTimeoutSeconds))
        : throw new InvalidOperationException("Attachments:Clamd is host:port.");

    public async Task<ScanResult> Scan(Func<Stream, CancellationToken, Task> content, CancellationToken ct)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct);
        ending.CancelAfter(limit);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(host, port, ending.Token);
            await using var stream = client.GetStream();
            await stream.WriteAsync("zINSTREAM\0"u8.ToArray(), ending.Token);
            await content(new Chunks(stream), ending.Token);
            await stream.WriteAsync(new byte[4], ending.Token);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            return Read((await reader.ReadToEndAsync(ending.Token)).TrimEnd('\0', '\n'));
        }
        catch (Exception fault) when (fault is SocketException or IOException || (fault is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return new ScanResult.Unsaid();
        }
    }

    /// <summary><c>stream: OK</c>, <c>stream: NAME FOUND</c>; anything else (a size limit, an error) is no verdict.</summary>
    public static ScanResult Read(string line) => line switch
    {
        "stream: OK" => new ScanResult.Clean(),
        _ when line.StartsWith("stream: ", StringComparison.Ordinal) && line.EndsWith(" FOUND", StringComparison.Ordinal) => new ScanResult.Infected(Plain(line[8..^6])),
        _ => new ScanResult.Unsaid(),
    };

    /// <summary>The scanner's name for it goes into a fact: signs of such names only.</summary>
    private static string Plain(string threat) => new([.. threat.Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '/').Take(100)]);

    private sealed class Chunks(Stream inner) : Stream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (buffer.Length > 0)
            {
                var length = new byte[4];
                BinaryPrimitives.WriteInt32BigEndian(length, buffer.Length);
                await inner.WriteAsync(length, cancellationToken);
                await inner.WriteAsync(buffer, cancellationToken);
            }
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() => inner.Flush();
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
