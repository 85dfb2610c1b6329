using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dev;

/// <summary>A mail server for development: takes letters and keeps them, or is busy, refuses, or loses its answer after a letter was handed over.</summary>
public sealed class SmtpSimulator : IAsyncDisposable
{
    public enum Ways { Take, Busy, Refuse, LoseAnswer }

    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _accepting;

    public SmtpSimulator(IPAddress address, int port)
    {
        _listener = new(address, port);
        _listener.Start();
        _accepting = Accept();
    }

    public Ways Behaves { get; set; }

    /// <summary>Every letter that was handed over, as it came, also those whose answer was lost.</summary>
    public ConcurrentQueue<string> Letters { get; } = new();

    /// <summary><c>smtp-simulator</c>, with SIMULATOR_PORT and SIMULATOR_LISTEN (127.0.0.1).</summary>
    public static async Task<int> Run()
    {
        var port = int.Parse(Environment.GetEnvironmentVariable("SIMULATOR_PORT") ?? "2525", CultureInfo.InvariantCulture);
        await using var simulator = new SmtpSimulator(IPAddress.Parse(Environment.GetEnvironmentVariable("SIMULATOR_LISTEN") ?? "127.0.0.1"), port);
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
            using var reader = new StreamReader(stream, Encoding.UTF8);
            await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 simulator");
            while (await reader.ReadLineAsync() is { } line && await Answer(line, reader, writer) is { } answer)
            {
                await writer.WriteLineAsync(answer);
                if (answer.StartsWith("221", StringComparison.Ordinal))
                {
                    return;
                }
            }
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            // the other side left
        }
    }

    /// <summary>The answer to a line; null ends the connection without one.</summary>
    private async Task<string?> Answer(string line, StreamReader reader, StreamWriter writer)
    {
        switch (line.Split(' ', ':')[0].ToUpperInvariant())
        {
            case "RCPT" when Behaves == Ways.Refuse: return "550 5.1.1 no such mailbox";
            case "RCPT" when Behaves == Ways.Busy: return "451 4.3.2 later";
            case "QUIT": return "221 bye";
            case "DATA":
                await writer.WriteLineAsync("354 go on");
                return await Letter(reader) && Behaves != Ways.LoseAnswer ? "250 taken" : null;
            case "EHLO" or "HELO" or "MAIL" or "RCPT" or "RSET" or "NOOP": return "250 ok";
            default: return "500 unknown";
        }
    }

    private async Task<bool> Letter(StreamReader reader)
    {
        var letter = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line == ".")
            {
                Letters.Enqueue(letter.ToString());
                return true;
            }

            letter.AppendLine(line.StartsWith("..", StringComparison.Ordinal) ? line[1..] : line);
        }

        return false;
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _accepting;
        _ending.Dispose();
    }
}
