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

/// <summary>
/// The channel <c>site</c>: signed calls to <c>items</c> (POST), <c>items/{id}</c> (PUT, DELETE), <c>items/{id}/notices</c> (POST), and a
/// read-back by attempt (<c>items/{attemptId}</c>, GET). The site shows what we bring it and nothing else, so nothing unplanned stands there.
/// </summary>
public sealed class SiteChannel(HttpClient http, SiteOptions options, TimeProvider clock) : IChannel
{
    public const string Name = "site";
    private readonly StandardWebhook _secret = new(options.Secret);
    private readonly SignedCalls _calls = new(http, clock);

    public string Kind => Name;
    public ChannelCapabilities Can { get; } = new(Edit: true, Delete: true, Reply: true, IdempotencyKey: true, ReadBack: true, LongestText: int.MaxValue, MostMedia: 20);
    public TimeSpan Settle => TimeSpan.FromSeconds(options.SettleSeconds);
    public TimeSpan LongestCall => TimeSpan.FromSeconds(options.TimeoutSeconds);

    public async Task<Outcome> Publish(ChannelAccount account, Post post, CancellationToken ct) =>
        (await Send(HttpMethod.Post, "items", post.AttemptId, _calls.Item(SignedCalls.Released, SiteItemData.Of(post)), ct)).Accepted("id");

    public async Task<Outcome> ReadBack(ChannelAccount account, Post post, DateTimeOffset since, CancellationToken ct)
    {
        var answer = await Send(HttpMethod.Get, "items/" + post.AttemptId, post.AttemptId, null, ct);
        return answer switch
        {
            { Failed: Outcome.Refused { Status: 404 } } => new Outcome.NotFound(),
            { Failed: null } when answer.Text("id") is { } id => new Outcome.Accepted(id, "read-back"),
            _ => new Outcome.Unknown("read-back-failed"),
        };
    }

    public async Task<Outcome> Edit(ChannelAccount account, string externalId, Post post, CancellationToken ct) =>
        (await Send(HttpMethod.Put, Path(externalId), post.AttemptId, _calls.Item(SignedCalls.Corrected, SiteItemData.Of(post, externalId)), ct)).Done(externalId);

    public async Task<Outcome> Delete(ChannelAccount account, string externalId, Guid attemptId, CancellationToken ct) =>
        (await Send(HttpMethod.Delete, Path(externalId), attemptId, null, ct)).Done(externalId);

    public async Task<Outcome> Reply(ChannelAccount account, string externalId, Post post, CancellationToken ct) =>
        (await Send(HttpMethod.Post, Path(externalId) + "/notices", post.AttemptId, _calls.Item(SignedCalls.Notice, SiteItemData.Of(post, externalId)), ct)).Accepted("id");

    public Task<IReadOnlyList<FoundPost>?> Posted(ChannelAccount account, DateTimeOffset since, CancellationToken ct) => Task.FromResult<IReadOnlyList<FoundPost>?>([]);

    private static string Path(string externalId) => "items/" + Uri.EscapeDataString(externalId);

    private async Task<ChannelAnswer> Send(HttpMethod method, string path, Guid id, object? body, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(LongestCall);
        return await _calls.Send(method, new Uri(options.Url, path), _secret, id.ToString(), body, limit.Token);
    }
}
