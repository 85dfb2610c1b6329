using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Serialization;

namespace Platform;

/// <summary>
/// The token by which this service calls its peers in its own name, role <c>service</c>: in production from the issuer's token endpoint (OAuth
/// 2.0 client credentials, RFC 6749 4.4), in development signed with this machine's key. Kept until shortly before it ends.
/// </summary>
public sealed class PeerTokens(string service, AuthOptions auth, PlatformOptions options, HttpClient issuer, TimeProvider clock) : IDisposable
{
    private const int DevelopmentSeconds = 300;
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim _one = new(1, 1);
    private (string Token, DateTimeOffset Until)? _held;

    private sealed record Issued([property: JsonPropertyName("access_token")] string AccessToken, [property: JsonPropertyName("expires_in")] int ExpiresIn);

    /// <summary>Whether there is a way to get one; said at start, not at the first call.</summary>
    public static AuthOptions Checked(AuthOptions auth) =>
        auth.Authority is null || (auth.TokenUrl is not null && !string.IsNullOrWhiteSpace(auth.ClientId) && !string.IsNullOrWhiteSpace(auth.ClientSecret)) ? auth
            : throw new InvalidOperationException("A peer is to be called, and Auth:TokenUrl, Auth:ClientId, Auth:ClientSecret are not all set.");

    public async Task<string> Get(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            if (_held is not { } held || held.Until <= clock.GetUtcNow())
            {
                var fresh = auth.TokenUrl is null
                    ? new(Identity.DevelopmentToken(options.SecretsFolder, Caller.Service(service).Id, [Roles.Service], null, DevelopmentSeconds), DevelopmentSeconds)
                    : await Ask(auth.TokenUrl, ct);
                _held = held = (fresh.AccessToken, clock.GetUtcNow().AddSeconds(fresh.ExpiresIn) - Early);
            }

            return held.Token;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>A peer did not take it: the next call gets another one.</summary>
    public void Forget() => _held = null;

    private async Task<Issued> Ask(Uri url, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("audience", auth.Audience)]),
            Headers =
            {
                Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(
                    $"{Uri.EscapeDataString(auth.ClientId!)}:{Uri.EscapeDataString(auth.ClientSecret!)}"))),
            },
        };
        using var reply = await issuer.SendAsync(request, ct);
        reply.EnsureSuccessStatusCode();
        return (await reply.Content.ReadFromJsonAsync<Issued>(ct))!;
    }

    public void Dispose() => _one.Dispose();
}
