namespace Publications;

/// <summary>What a kind of channel can do; what it cannot is planned for before anything is sent. Lengths in UTF-16 units; 0 media: it takes none.</summary>
public sealed record ChannelCapabilities(bool Edit, bool Delete, bool Reply, bool IdempotencyKey, bool ReadBack, int LongestText, int MostMedia)
{
    /// <summary>How long after it was posted it can still be deleted; null: for ever.</summary>
    public TimeSpan? DeleteWithin { get; init; }

    /// <summary>How long after it was posted it can still be edited; null: for ever.</summary>
    public TimeSpan? EditWithin { get; init; }

    /// <summary>It takes nothing without a picture or film.</summary>
    public bool NeedsMedia { get; init; }

    /// <summary>What a text beside pictures may have, where that is less; UTF-16 units.</summary>
    public int? LongestBesideMedia { get; init; }
}

/// <summary>A registered account of a body or of an official, as an adapter needs it. <paramref name="Settings"/> holds its address and, opened for the call, its credentials.</summary>
public sealed record ChannelAccount(string Code, string Kind, string Body, IReadOnlyList<string> Languages, IReadOnlyDictionary<string, string> Settings);

/// <summary>A picture or film with the post: bytes by its registry id, and the words of the languages that go out.</summary>
public sealed record PostMedia(Guid MediaId, string MediaType, Crop? Crop, Bilingual? Caption, Bilingual? Alt);

/// <summary>What goes out by one call. <paramref name="Language"/>: kk or ru alone, null for both in one post; words that do not go out are null.</summary>
public sealed record Post(Guid PublicationId, Guid AttemptId, string Body, string Kind, string? Language, Bilingual Title, Bilingual Text, IReadOnlyList<PostMedia> Media,
    bool AiMade, DateTimeOffset DueAt);

/// <summary>What stands on an account, as the channel shows it. Hashes are SHA-256, hex, where the channel gives the bytes.</summary>
public sealed record FoundPost(string ExternalId, DateTimeOffset PostedAt, string Text, IReadOnlyList<string> MediaHashes);

/// <summary>
/// One kind of channel. Every call is made once and never repeated by itself; what is not certain is <see cref="Outcome.Unknown"/>. It takes no
/// longer than <see cref="LongestCall"/>, and no exception but cancellation leaves it.
/// </summary>
public interface IChannel
{
    /// <summary>site, telegram, facebook, instagram, youtube, email, webhook.</summary>
    string Kind { get; }

    ChannelCapabilities Can { get; }

    /// <summary>How long after an unknown outcome a "not found" is not yet believed: the call may still be at work on the other side.</summary>
    TimeSpan Settle { get; }

    TimeSpan LongestCall { get; }

    Task<Outcome> Publish(ChannelAccount account, Post post, CancellationToken ct);

    /// <summary>Does the channel hold what this attempt brought? By the attempt's id where it knows it, else by its words among what was posted since then.</summary>
    Task<Outcome> ReadBack(ChannelAccount account, Post post, DateTimeOffset since, CancellationToken ct);

    Task<Outcome> Edit(ChannelAccount account, string externalId, Post post, CancellationToken ct);

    Task<Outcome> Delete(ChannelAccount account, string externalId, Guid attemptId, CancellationToken ct);

    /// <summary>A reply under what stands there: a notice of correction, or an answer to whoever wrote.</summary>
    Task<Outcome> Reply(ChannelAccount account, string externalId, Post post, CancellationToken ct);

    /// <summary>What stands on the account since then, newest first; null when the channel did not answer.</summary>
    Task<IReadOnlyList<FoundPost>?> Posted(ChannelAccount account, DateTimeOffset since, CancellationToken ct);
}

/// <summary>The accounts that publications name in <c>channels</c>; <c>site</c> is always there.</summary>
public interface IChannelAccounts
{
    /// <summary>Null when there is none by this code, or it is closed.</summary>
    Task<ChannelAccount?> Find(string code, CancellationToken ct);
}

/// <summary>The account that is there by configuration and not by registration.</summary>
public static class ConfiguredAccounts
{
    public static readonly ChannelAccount Site = new(SiteChannel.Name, SiteChannel.Name, Holders.CentralCommunications, Publications.Languages.All, new Dictionary<string, string>());
}
