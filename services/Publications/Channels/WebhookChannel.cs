using Platform;

namespace Publications;

/// <summary>
/// A webhook of anybody's (Standard Webhooks). Its id is that of the publication and language, however often it is tried: a receiver drops what
/// it heard already, which is its duty by the standard. So after an unknown outcome it is simply said again; there is no reading back.
/// </summary>
public sealed class WebhookChannel(HttpClient http, ChannelOptions options, TimeProvider clock) : IChannel
{
    private readonly SignedCalls _calls = new(http, clock);

    public string Kind => ChannelKinds.Webhook;
    public ChannelCapabilities Can { get; } = new(Edit: true, Delete: true, Reply: true, IdempotencyKey: true, ReadBack: false, LongestText: int.MaxValue, MostMedia: 20);
    public TimeSpan Settle => options.Settle;
    public TimeSpan LongestCall => options.LongestCall;

    public Task<Outcome> Publish(ChannelAccount account, Post post, CancellationToken ct) => Say(account, SignedCalls.Released, Key(post), SiteItemData.Of(post), Key(post), ct);

    /// <summary>"Not there" here says "say it again": under the same id that harms nothing.</summary>
    public Task<Outcome> ReadBack(ChannelAccount account, Post post, DateTimeOffset since, CancellationToken ct) => Task.FromResult<Outcome>(new Outcome.NotFound());

    public Task<Outcome> Edit(ChannelAccount account, string externalId, Post post, CancellationToken ct) =>
        Say(account, SignedCalls.Corrected, post.AttemptId.ToString(), SiteItemData.Of(post, externalId), externalId, ct);

    public Task<Outcome> Delete(ChannelAccount account, string externalId, Guid attemptId, CancellationToken ct) =>
        Say(account, SignedCalls.Withdrawn, attemptId.ToString(), new { externalId, attemptId }, externalId, ct);

    public Task<Outcome> Reply(ChannelAccount account, string externalId, Post post, CancellationToken ct) =>
        Say(account, SignedCalls.Notice, post.AttemptId.ToString(), SiteItemData.Of(post, externalId), post.AttemptId.ToString(), ct);

    public Task<IReadOnlyList<FoundPost>?> Posted(ChannelAccount account, DateTimeOffset since, CancellationToken ct) => Task.FromResult<IReadOnlyList<FoundPost>?>(null);

    private static string Key(Post post) => post.PublicationId + (post.Language is null ? "" : "-" + post.Language);

    /// <summary>Any 2xx has taken it; the receiver's own id counts where it tells one.</summary>
    private async Task<Outcome> Say(ChannelAccount account, string type, string id, object data, string otherwise, CancellationToken ct)
    {
        using var limit = options.Limit(ct);
        var answer = await _calls.Send(HttpMethod.Post, new Uri(account.Settings[ChannelKinds.Url]), new StandardWebhook(account.Settings[ChannelKinds.Secret]), id,
            new { type, timestamp = clock.GetUtcNow(), data }, limit.Token);
        return answer.Failed ?? new Outcome.Accepted(type == SignedCalls.Released && answer.Text("id") is { Length: > 0 and <= 200 } theirs ? theirs : otherwise, "answer");
    }
}
