using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Platform;

namespace Publications;

/// <summary>What a site or a webhook gets: <c>type</c> and <c>timestamp</c> after Standard Webhooks. Types: publication.released, .corrected, .withdrawn, .notice.</summary>
public sealed record SiteItem(string Type, DateTimeOffset Timestamp, SiteItemData Data);

/// <summary><paramref name="ExternalId"/>: which item of the receiver's a later call is about. <paramref name="Language"/>: kk or ru alone, null for both at once.</summary>
public sealed record SiteItemData(Guid PublicationId, Guid AttemptId, string Body, string Kind, Bilingual Title, Bilingual Text, DateTimeOffset DueAt, string? Language = null,
    IReadOnlyList<SiteMedia>? Media = null, bool AiMade = false, string? ExternalId = null)
{
    public static SiteItemData Of(Post post, string? externalId = null) => new(post.PublicationId, post.AttemptId, post.Body, post.Kind, post.Title, post.Text, post.DueAt, post.Language,
        [.. post.Media.Select(m => new SiteMedia(m.MediaId, m.Crop, m.Caption, m.Alt))], post.AiMade, externalId);
}

/// <summary>A picture or film by its id in the registry, where the receiver fetches its bytes.</summary>
public sealed record SiteMedia(Guid MediaId, Crop? Crop, Bilingual? Caption, Bilingual? Alt);

/// <summary>Signed calls (Standard Webhooks), for the site and for webhooks of others.</summary>
public sealed class SignedCalls(HttpClient http, TimeProvider clock)
{
    public const string Released = "publication.released", Corrected = "publication.corrected", Withdrawn = "publication.withdrawn", Notice = "publication.notice";
    private readonly ChannelDoor _door = new(http, clock);

    /// <param name="method">Of the request.</param>
    /// <param name="url">Where to.</param>
    /// <param name="signer">The secret shared with the receiver.</param>
    /// <param name="id">By which the receiver knows that it heard this already.</param>
    /// <param name="body">What is said, as JSON; null: nothing.</param>
    /// <param name="ct">Ends with the call's time.</param>
    public Task<ChannelAnswer> Send(HttpMethod method, Uri url, StandardWebhook signer, string id, object? body, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var bytes = body is null ? [] : JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), Json.Options);
        var request = new HttpRequestMessage(method, url);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", signer.Sign(id, now, bytes));
        return _door.Send(request, ct);
    }

    public SiteItem Item(string type, SiteItemData data) => new(type, clock.GetUtcNow(), data);
}
