using System.Collections.Concurrent;
using System.Text.Json;

namespace Publications;

/// <summary>Access tokens of an hour for the refresh tokens that accounts have (OAuth 2.0), kept until shortly before they end.</summary>
public sealed class YouTubeTokens(HttpClient http, YouTubeOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(1);
    private static readonly string[] Limits = ["quotaExceeded", "rateLimitExceeded", "userRateLimitExceeded", "uploadLimitExceeded", "dailyLimitExceeded"];
    private readonly ConcurrentDictionary<string, (string Token, string For, DateTimeOffset Until)> _kept = [];
    private readonly ChannelDoor _door = new(http, clock);

    public async Task<(string? Token, Outcome? Failed)> Of(ChannelAccount account, CancellationToken ct)
    {
        var refresh = account.Settings[ChannelKinds.RefreshToken];
        if (_kept.TryGetValue(account.Code, out var kept) && kept.For == refresh && kept.Until > clock.GetUtcNow())
        {
            return (kept.Token, null);
        }

        var answer = await _door.Send(new HttpRequestMessage(HttpMethod.Post, options.TokenUrl)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "refresh_token",
                ["client_id"] = account.Settings[ChannelKinds.ClientId],
                ["client_secret"] = account.Settings[ChannelKinds.ClientSecret],
                ["refresh_token"] = refresh,
            }),
        }, true, ct);
        if (answer.Failed is not null || answer.Text("access_token") is not { } token)
        {
            return (null, answer.Failed is Outcome.Refused ? new Outcome.Refused(401) : answer.Failed ?? new Outcome.Unavailable(null));
        }

        _kept[account.Code] = (token, refresh, clock.GetUtcNow().AddSeconds(answer.Body.TryGetProperty("expires_in", out var seconds) && seconds.TryGetDouble(out var s) ? s : 0) - Before);
        return (token, null);
    }

    public bool Forget(ChannelAccount account) => _kept.TryRemove(account.Code, out var _);

    /// <summary>Google's errors: reasons of quota come with 403, and 401 is a token that ended early; nothing was taken then.</summary>
    public static Outcome? Judge(int status, JsonElement body) => status == 401 ? new Outcome.Unavailable(401)
        : status == 403 && body.ValueKind == JsonValueKind.Object && body.TryGetProperty("error", out var error) && error.Items("errors").Any(e => Limits.Contains(e.Text("reason")))
            ? new Outcome.Unavailable(403) : null;
}
