using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Publications;

/// <summary>Where a kind of channel is reached and how long its calls may take. Another address than the real one is for tests and for proxies.</summary>
public record ChannelOptions
{
    public required Uri Url { get; init; }

    /// <summary>Of a whole call, all its steps together; less than the releaser's lease.</summary>
    public double TimeoutSeconds { get; init; } = 20;

    /// <summary>How long after an unknown outcome a "not found" is not yet believed.</summary>
    public double SettleSeconds { get; init; } = 120;

    /// <summary>Where the public sees it, for reading back what the interface does not tell.</summary>
    public Uri? Preview { get; init; }

    public TimeSpan LongestCall => TimeSpan.FromSeconds(TimeoutSeconds);
    public TimeSpan Settle => TimeSpan.FromSeconds(SettleSeconds);

    public CancellationTokenSource Limit(CancellationToken ct)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(LongestCall);
        return limit;
    }
}

/// <summary>What a channel answered; <paramref name="Failed"/> null: it took the call, and <paramref name="Body"/> is what it said (undefined where that was no JSON).</summary>
public sealed record ChannelAnswer(JsonElement Body, Outcome? Failed, HttpResponseHeaders? Headers)
{
    public static ChannelAnswer Of(Outcome failed) => new(default, failed, null);

    public string? Text(string member) => Body.Text(member);

    /// <summary>Accepted under the id that the answer names, or what else came of it.</summary>
    public Outcome Accepted(string member) => Failed ?? (Text(member) is { Length: > 0 } id ? new Outcome.Accepted(id, "answer") : new Outcome.Unknown("answer-unreadable"));

    /// <summary>For what is done to something that stands there: it may be gone.</summary>
    public Outcome Done(string externalId) => Failed switch
    {
        null => new Outcome.Accepted(externalId, "answer"),
        Outcome.Refused { Status: 404 or 410 } => new Outcome.NotFound(),
        _ => Failed,
    };
}

/// <summary>
/// One HTTP exchange with a channel, never repeated by itself; nothing is thrown. <paramref name="judge"/> reads a channel's own error
/// body (status, body) where it says more than the status. Requests are logged nowhere: some carry a secret in their address.
/// </summary>
public sealed class ChannelDoor(HttpClient http, TimeProvider clock, Func<int, JsonElement, Outcome?>? judge = null)
{
    /// <param name="request">The one request.</param>
    /// <param name="preparing">Nothing stands on the account after it, whatever came of it: what is unknown may be begun anew.</param>
    /// <param name="ct">Ends with the whole call's time.</param>
    public async Task<ChannelAnswer> Send(HttpRequestMessage request, bool preparing, CancellationToken ct)
    {
        var answer = await Send(request, ct);
        return preparing && answer.Failed is Outcome.Unknown ? ChannelAnswer.Of(new Outcome.Unavailable(null)) : answer;
    }

    public async Task<ChannelAnswer> Send(HttpRequestMessage request, CancellationToken ct)
    {
        using var _ = request;
        try
        {
            using var reply = await http.SendAsync(request, ct);
            var body = Read(await reply.Content.ReadAsByteArrayAsync(ct));
            return new(body, reply.IsSuccessStatusCode ? null : Failure(reply, body), reply.Headers);
        }
        catch (OperationCanceledException)
        {
            return ChannelAnswer.Of(new Outcome.Unknown("timeout"));
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return ChannelAnswer.Of(Lost(fault as HttpRequestException));
        }
    }

    /// <summary>Without a connection nothing was sent; else the answer was lost.</summary>
    public static Outcome Lost(HttpRequestException? fault) => fault?.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
        ? new Outcome.Unavailable(null) : new Outcome.Unknown("answer-lost");

    private Outcome Failure(HttpResponseMessage reply, JsonElement body)
    {
        var outcome = judge?.Invoke((int)reply.StatusCode, body) ?? ByStatus((int)reply.StatusCode);
        return outcome is Outcome.Unavailable { RetryAt: null } unavailable ? unavailable with { RetryAt = RetryAt(reply.Headers.RetryAfter) } : outcome;
    }

    /// <summary>408, 425, 429 and 503 say that it was not taken; other 5xx say nothing.</summary>
    public static Outcome ByStatus(int status) => status switch
    {
        408 or 425 or 429 or 503 => new Outcome.Unavailable(status),
        >= 500 => new Outcome.Unknown("status-" + status.ToString(CultureInfo.InvariantCulture)),
        _ => new Outcome.Refused(status),
    };

    private DateTimeOffset? RetryAt(RetryConditionHeaderValue? given) => given?.Date ?? (given?.Delta is { } delta ? clock.GetUtcNow() + delta : null);

    private static JsonElement Read(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }
}

public static class JsonReading
{
    /// <summary>A member that is text or a number, as text; members within members by dots.</summary>
    public static string? Text(this JsonElement element, string path)
    {
        foreach (var member in path.Split('.'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(member, out element))
            {
                return null;
            }
        }

        return element.ValueKind switch { JsonValueKind.String => element.GetString(), JsonValueKind.Number => element.GetRawText(), _ => null };
    }

    public static IEnumerable<JsonElement> Items(this JsonElement element, string member) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(member, out var items) && items.ValueKind == JsonValueKind.Array ? items.EnumerateArray() : [];

    /// <summary>RFC 3339, or with an offset without a colon, as some write it.</summary>
    public static DateTimeOffset? Instant(this JsonElement element, string member) =>
        DateTimeOffset.TryParse(element.Text(member), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
