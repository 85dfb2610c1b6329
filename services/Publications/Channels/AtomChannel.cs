namespace Publications;

/// <summary>Our own feeds, which are computed from the facts: what is released stands there at once, under our own address, and follows corrections by itself.</summary>
public sealed class AtomChannel(Uri publicAddress) : IChannel
{
    public string Kind => ChannelKinds.Atom;
    public ChannelCapabilities Can { get; } = new(Edit: true, Delete: true, Reply: true, IdempotencyKey: true, ReadBack: true, LongestText: int.MaxValue, MostMedia: 20);
    public TimeSpan Settle => TimeSpan.Zero;
    public TimeSpan LongestCall => TimeSpan.FromSeconds(1);

    public Task<Outcome> Publish(ChannelAccount account, Post post, CancellationToken ct) => Stands(new Uri(publicAddress, $"v1/publications/{post.PublicationId}").AbsoluteUri, "answer");
    public Task<Outcome> ReadBack(ChannelAccount account, Post post, DateTimeOffset since, CancellationToken ct) => Stands(new Uri(publicAddress, $"v1/publications/{post.PublicationId}").AbsoluteUri, "read-back");
    public Task<Outcome> Edit(ChannelAccount account, string externalId, Post post, CancellationToken ct) => Stands(externalId, "answer");
    public Task<Outcome> Delete(ChannelAccount account, string externalId, Guid attemptId, CancellationToken ct) => Stands(externalId, "answer");
    public Task<Outcome> Reply(ChannelAccount account, string externalId, Post post, CancellationToken ct) => Stands(externalId, "answer");
    public Task<IReadOnlyList<FoundPost>?> Posted(ChannelAccount account, DateTimeOffset since, CancellationToken ct) => Task.FromResult<IReadOnlyList<FoundPost>?>([]);

    private static Task<Outcome> Stands(string id, string from) => Task.FromResult<Outcome>(new Outcome.Accepted(id, from));
}
