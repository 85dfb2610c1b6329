using Marten;

namespace Publications;

/// <summary>One picture of it: the registry's id, null where nobody knows it; <paramref name="Said"/>: not its bytes tell, but a person.</summary>
public sealed record UnplannedPicture(Guid? Id, bool Said);

/// <summary>What the checks of pictures of people and of rights find on a post that nobody released here; <paramref name="Media"/>: its pictures in order.</summary>
public sealed record UnplannedJudged(IReadOnlyList<UnplannedPicture> Media, IReadOnlyList<Finding> Findings)
{
    /// <summary>Codes of what speaks against it, each once.</summary>
    public IReadOnlyList<string> Blocking => [.. Findings.Where(f => f.Blocking).Select(f => f.Code).Distinct()];
}

/// <summary>
/// Numbers 6 and 7 of the rule book for what stands there already. Nobody says what kind it is, so its own words do: what condoles is judged as a condolence. Its words are
/// its captions; whoever may post on the account counts as its author.
/// </summary>
public static class UnplannedRules
{
    public const string PictureSaid = "picture-said";
    private static readonly string[] Condoling = ["көңіл айт", "қайғы", "соболезн", "скорб"];

    public static string KindOf(string text) => Condoling.Any(words => text.Contains(words, StringComparison.OrdinalIgnoreCase)) ? IdentityRules.Condolence : ContentRules.Empty.Kind;

    /// <summary>The pictures by their bytes; where these are unknown (most channels compress anew), what a person says they are, in order.</summary>
    public static IReadOnlyList<UnplannedPicture> Media(UnplannedPost post, IReadOnlyDictionary<string, Guid> byHash, IReadOnlyList<Guid>? said)
    {
        var left = new Queue<Guid>(said ?? []);
        return [.. post.MediaHashes.Select(hash => byHash.TryGetValue(hash, out var id) ? new UnplannedPicture(id, false) : left.TryDequeue(out var named) ? new(named, true) : new(null, false))];
    }

    /// <summary>As if it were ours. A picture that nobody knows has the post's own id, which is no picture's.</summary>
    public static Publication AsOurs(UnplannedPost post, IReadOnlyList<UnplannedPicture> media, Guid? subject, OfficialsTerm? official) => new(post.Id, post.Body,
        ContentRules.Empty with
        {
            Kind = KindOf(post.Text),
            Text = new(post.Text, post.Text),
            Channels = [post.Channel],
            SubjectPersonId = subject,
            Media = [.. media.Select(picture => new MediaUse(picture.Id ?? post.Id, null, new(post.Text, post.Text), null))],
        }, PublicationState.Released, post.PostedAt)
    { Authors = official.Own() };

    /// <summary>What a picture is one person says with a reason, and another one confirms.</summary>
    public static IReadOnlyList<Finding> Check(Publication asOurs, IReadOnlyList<UnplannedPicture> media, KnownFrame known, DateTimeOffset now) =>
    [
        .. IdentityRules.Check(asOurs, known), .. RightsRules.Check(asOurs, known.Media, now),
        .. media.Select((picture, i) => (picture.Said, i)).Where(p => p.Said).Select(p => new Finding(PictureSaid, "Not its bytes tell which picture of the registry it is, but one person.", $"media[{p.i}]", true)),
    ];
}

/// <summary>What these rules read.</summary>
public static class UnplannedChecks
{
    /// <summary>By what the registries know now: a picture that was brought to the registry since is known since.</summary>
    public static async Task<UnplannedJudged> Judge(this IQuerySession session, UnplannedPost post, Guid? subject, IReadOnlyList<Guid>? said, OfficialsTerm? official, DateTimeOffset now, CancellationToken ct)
    {
        var media = UnplannedRules.Media(post, await session.ByHash(post.Body, post.MediaHashes, ct), said);
        var asOurs = UnplannedRules.AsOurs(post, media, subject, official);
        return media.Count == 0 && subject is null && asOurs.Content.Kind != IdentityRules.Condolence ? new(media, [])
            : new(media, UnplannedRules.Check(asOurs, media, await session.Known(asOurs.Content, ct), now));
    }

    /// <summary>Pictures of the registry by SHA-256 (hex, small letters) of the file or of what of it goes out; the body's own before another's.</summary>
    private static async Task<IReadOnlyDictionary<string, Guid>> ByHash(this IQuerySession session, string body, IReadOnlyList<string> hashes, CancellationToken ct)
    {
        if (hashes.Count == 0)
        {
            return new Dictionary<string, Guid>();
        }

        var wanted = hashes.ToArray();
        var found = await session.Query<MediaView>().Where(m => m.Sha256.IsOneOf(wanted) || m.BareSha256!.IsOneOf(wanted)).ToListAsync(ct);
        return found.OrderBy(m => m.Body != body).ThenBy(m => m.Id).SelectMany(m => new[] { (Hash: m.Sha256, m.Id), (Hash: m.BareSha256 ?? "", m.Id) })
            .DistinctBy(m => m.Hash).ToDictionary(m => m.Hash, m => m.Id);
    }
}
