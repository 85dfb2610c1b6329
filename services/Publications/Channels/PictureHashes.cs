using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Publications;

/// <summary>
/// SHA-256 of pictures as a channel shows them, each fetched once. Channels compress anew what they are given, so a hash names the channel's
/// own copy; it equals that of our file only where the channel keeps the bytes.
/// </summary>
public sealed class PictureHashes(HttpClient http, TimeSpan limit)
{
    private const int Most = 10_000, Largest = 20 * 1024 * 1024;
    private readonly ConcurrentDictionary<string, string> _known = [];

    /// <param name="key">The picture's place on the channel, which stays when its address changes.</param>
    /// <param name="address">Where the channel has it; only https, or the channel's own host.</param>
    /// <param name="channel">The address that the channel is reached by.</param>
    /// <param name="ct">Ends with the reading.</param>
    public async Task<string?> Of(string key, string? address, Uri channel, CancellationToken ct)
    {
        if (_known.TryGetValue(key, out var known))
        {
            return known;
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || (url.Scheme != "https" && url.Authority != channel.Authority))
        {
            return null;
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct);
        ending.CancelAfter(limit);
        try
        {
            using var reply = await http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, ending.Token);
            if (!reply.IsSuccessStatusCode || reply.Content.Headers.ContentLength > Largest)
            {
                return null;
            }

            await using var bytes = await reply.Content.ReadAsStreamAsync(ending.Token);
            var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes, ending.Token));
            if (_known.Count < Most)
            {
                _known[key] = hash;
            }

            return hash;
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
        {
            return null;
        }
    }
}
