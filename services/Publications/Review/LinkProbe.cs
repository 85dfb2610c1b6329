using System.Net;
using System.Net.Sockets;

namespace Publications;

/// <summary>How links are looked at.</summary>
public sealed record LinkOptions
{
    /// <summary>Also private, loopback and link-local addresses; development only.</summary>
    public bool AllowPrivate { get; init; }

    /// <summary>For one link with all its redirects.</summary>
    public double TimeoutSeconds { get; init; } = 10;

    /// <summary>Until a link that answered is asked again; one that did not is asked four times as often.</summary>
    public double AgainHours { get; init; } = 12;
}

/// <summary>What a look at a link brought. <paramref name="Outcome"/>: answers, dead, silent (no connection, no such host, too slow), unsafe. <paramref name="CheckedAt"/> null: not looked at yet.</summary>
public sealed record LinkSeen(string Url, string? Outcome, int? Status, DateTimeOffset? CheckedAt)
{
    public const string Answers = "answers", Dead = "dead", Silent = "silent", Unsafe = "unsafe";
}

/// <summary>Asks a link whether it is there: one GET, of which only the head is read. Names are resolved here and only public addresses are connected to, on every redirect anew.</summary>
public sealed class LinkProbe : IDisposable
{
    private const int MostRedirects = 5;
    private readonly LinkOptions _options;
    private readonly HttpClient _http;

    public LinkProbe(LinkOptions options)
    {
        _options = options;
        _http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false, // a proxy would resolve names where we cannot see to which addresses
            ConnectCallback = Connect,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5),
        })
        { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (compatible; state-publications link check)");
    }

    /// <summary>The outcome and, where there was an answer, its status.</summary>
    public async Task<(string Outcome, int? Status)> Ask(string url, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(_options.TimeoutSeconds));
        try
        {
            return await Follow(url, limit.Token);
        }
        catch (HttpRequestException fault) when (fault.InnerException is NotPublicException)
        {
            return (LinkSeen.Unsafe, null);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException || (fault is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return (LinkSeen.Silent, null);
        }
    }

    private async Task<(string, int?)> Follow(string url, CancellationToken ct)
    {
        var at = Address(url, null);
        for (var hops = 0; at is not null; hops++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, at);
            using var reply = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            var status = (int)reply.StatusCode;
            if (status is not (301 or 302 or 303 or 307 or 308) || reply.Headers.Location is not { } next)
            {
                return (Judged(status), status);
            }

            if (hops == MostRedirects)
            {
                return (LinkSeen.Dead, status);
            }

            at = Address(next.ToString(), at);
        }

        return (LinkSeen.Unsafe, null);
    }

    /// <summary>Whoever asks for a login or counts robots is there.</summary>
    private static string Judged(int status) => status is < 400 or 401 or 403 or 405 or 429 ? LinkSeen.Answers : LinkSeen.Dead;

    /// <summary>A web address without a password in it; null for anything else.</summary>
    public static Uri? Address(string url, Uri? from) => (from is null ? Uri.TryCreate(url, UriKind.Absolute, out var at) : Uri.TryCreate(from, url, out at))
        && at.Scheme is "http" or "https" && at.UserInfo.Length == 0 ? at : null;

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, ct);
        var open = _options.AllowPrivate ? addresses : [.. addresses.Where(PublicAddress.Is)];
        if (open.Length == 0)
        {
            throw new NotPublicException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(open, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => _http.Dispose();

    private sealed class NotPublicException : IOException;
}
