using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dev;

/// <summary>clamd for development: speaks PING and INSTREAM over TCP and finds the EICAR test string, wherever it stands in a file.</summary>
public sealed class ClamdSimulator : IAsyncDisposable
{
    /// <summary>The test string that every scanner takes for a virus, in two halves, so that none stops at this file.</summary>
    public static readonly byte[] Eicar = Encoding.ASCII.GetBytes(@"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*");
    private const int MostBytes = 100 * 1024 * 1024;

    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _accepting;

    /// <summary>How many files were looked at.</summary>
    public int Scanned => _scanned.Count;
    private readonly ConcurrentQueue<int> _scanned = new();

    public ClamdSimulator(IPAddress address, int port)
    {
        _listener = new(address, port);
        _listener.Start();
        _accepting = Accept();
    }

    /// <summary><c>clamd-simulator</c>, with SIMULATOR_PORT and SIMULATOR_LISTEN (127.0.0.1).</summary>
    public static async Task<int> Run()
    {
        var port = int.Parse(Environment.GetEnvironmentVariable("SIMULATOR_PORT") ?? "3310", CultureInfo.InvariantCulture);
        await using var simulator = new ClamdSimulator(IPAddress.Parse(Environment.GetEnvironmentVariable("SIMULATOR_LISTEN") ?? "127.0.0.1"), port);
        await simulator._accepting;
        return 0;
    }

    private async Task Accept()
    {
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                _ = Serve(await _listener.AcceptTcpClientAsync(_ending.Token));
            }
            catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task Serve(TcpClient client)
    {
        using var _ = client;
        try
        {
            await using var stream = client.GetStream();
            var answer = await Command(stream) switch
            {
                "PING" => "PONG",
                "INSTREAM" => await Scan(stream),
                _ => "UNKNOWN COMMAND",
            };
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer + "\0"));
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            // the other side left
        }
    }

    private static async Task<string> Command(NetworkStream stream)
    {
        var (one, words) = (new byte[1], new StringBuilder());
        while (await stream.ReadAsync(one) == 1 && one[0] is not (0 or (byte)'\n') && words.Length < 100)
        {
            words.Append((char)one[0]);
        }

        return words.ToString().TrimStart('z', 'n');
    }

    private async Task<string> Scan(NetworkStream stream)
    {
        var (length, all) = (new byte[4], new MemoryStream());
        while (true)
        {
            await stream.ReadExactlyAsync(length);
            var next = BinaryPrimitives.ReadInt32BigEndian(length);
            if (next == 0)
            {
                break;
            }

            if (next < 0 || all.Length + next > MostBytes)
            {
                return "INSTREAM size limit exceeded. ERROR";
            }

            var chunk = new byte[next];
            await stream.ReadExactlyAsync(chunk);
            all.Write(chunk);
        }

        _scanned.Enqueue((int)all.Length);
        return all.ToArray().AsSpan().IndexOf(Eicar) >= 0 ? "stream: Eicar-Test-Signature FOUND" : "stream: OK";
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _accepting;
        _ending.Dispose();
    }
}
