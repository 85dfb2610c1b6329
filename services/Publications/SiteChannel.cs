using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Platform;

namespace Publications;

/// <summary>Where the site takes publications, and the secret it shares with us (<c>whsec_…</c>).</summary>
public sealed record SiteOptions
{
    public required Uri Url { get; init; }
    public required string Secret { get; init; }
    public double TimeoutSeconds { get; init; } = 10;

    /// <summary>How long after an unknown outcome a "not found" is not yet believed: the call may still be at work on the other side.</summary>
    public double SettleSeconds { get; init; } = 30;
}

/// <summary>What the site gets: both languages at once. <c>type</c> and <c>timestamp</c> after Standard Webhooks.</summary>
public sealed record SiteItem(string Type, DateTimeOffset Timestamp, SiteItemData Data);

public sealed record SiteItemData(Guid PublicationId, Guid AttemptId, string Body, string Kind, Bilingual Title, Bilingual Text, DateTimeOffset DueAt);

/// <summary>The channel <c>site</c>: a signed webhook (Standard Webhooks), and a read-back by attempt.</summary>
public sealed class SiteChannel(HttpClient http, SiteOptions options, TimeProvider clock) : IChannel
{
    public string Kind => Name;
    public ChannelCapabilities Can { get; } = new(false, false, false, true, true, int.MaxValue, 0);
    public TimeSpan LongestCall => TimeSpan.FromSeconds(options.TimeoutSeconds);
    public Task<Outcome> Edit(ChannelAccount account, string externalId, Post post, CancellationToken ct) => Task.FromResult<Outcome>(new Outcome.Refused(501));
    public Task<Outcome> Delete(ChannelAccount account, string externalId, Guid attemptId, CancellationToken ct) => Task.FromResult<Outcome>(new Outcome.Refused(501));
    public Task<Outcome> Reply(ChannelAccount account, string externalId, Post post, CancellationToken ct) => Task.FromResult<Outcome>(new Outcome.Refused(501));
    public Task<IReadOnlyList<FoundPost>?> Posted(ChannelAccount account, DateTimeOffset since, CancellationToken ct) => Task.FromResult<IReadOnlyList<FoundPost>?>([]);

    public const string Name = "site";
    private readonly StandardWebhook _webhook = new(options.Secret);

    public TimeSpan Settle => TimeSpan.FromSeconds(options.SettleSeconds);

    /// <summary>One call; never repeated by itself. What is not certain is Unknown.</summary>
    public async Task<Outcome> Publish(ChannelAccount account, Post post, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var item = new SiteItem("publication.released", now, new(post.PublicationId, post.AttemptId, post.Body, post.Kind,
            post.Title, post.Text, post.DueAt));
        var body = JsonSerializer.SerializeToUtf8Bytes(item, Json.Options);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.Url, "items")) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        Sign(request, post.AttemptId.ToString(), now, body);
        return await Call(request, async response => (int)response.StatusCode switch
        {
            >= 200 and < 300 => await ExternalId(response, ct) is { } id ? new Outcome.Accepted(id, "answer") : new Outcome.Unknown("answer-unreadable"),
            408 or 425 or 429 or 503 => new Outcome.Unavailable((int)response.StatusCode),
            >= 500 => new Outcome.Unknown("status-" + ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture)),
            var status => new Outcome.Refused(status),
        }, ct);
    }

    /// <summary>Does the site hold what this attempt brought?</summary>
    public async Task<Outcome> ReadBack(ChannelAccount account, Post post, DateTimeOffset since, CancellationToken ct)
    {
        var attemptId = post.AttemptId;
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(options.Url, "items/" + attemptId));
        Sign(request, attemptId.ToString(), clock.GetUtcNow(), []);
        var outcome = await Call(request, async response => response.StatusCode switch
        {
            HttpStatusCode.OK => await ExternalId(response, ct) is { } id ? new Outcome.Accepted(id, "read-back") : new Outcome.Unknown("read-back-failed"),
            HttpStatusCode.NotFound => new Outcome.NotFound(),
            _ => new Outcome.Unknown("read-back-failed"),
        }, ct);
        return outcome is Outcome.Unavailable or Outcome.Unknown ? new Outcome.Unknown("read-back-failed") : outcome;
    }

    private void Sign(HttpRequestMessage request, string id, DateTimeOffset now, byte[] body)
    {
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", _webhook.Sign(id, now, body));
    }

    private async Task<Outcome> Call(HttpRequestMessage request, Func<HttpResponseMessage, Task<Outcome>> read, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(options.TimeoutSeconds));
        try
        {
            using var response = await http.SendAsync(request, limit.Token);
            return await read(response);
        }
        catch (HttpRequestException fault) when (fault.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError)
        {
            return new Outcome.Unavailable(null); // nothing was sent
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new Outcome.Unknown("timeout");
        }
        catch (HttpRequestException)
        {
            return new Outcome.Unknown("answer-lost");
        }
    }

    private static async Task<string?> ExternalId(HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(ct), cancellationToken: ct);
            return body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String
                ? id.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
