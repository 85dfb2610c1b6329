using Marten;
using Platform;

namespace Publications;

/// <summary>A picture or film as its body's officials see it. <paramref name="State"/>: Unidentified, Asserted, Confirmed or Disputed.</summary>
public sealed record MediaReply(Guid Id, long Version, string State, string Body, string Sha256, string MediaType, long Size, int? Width, int? Height, string? FileName,
    string? Credit, string? Category, DateTimeOffset? LeaseUntil, IReadOnlyList<Depiction> Depictions, int OpenDisputes, DateTimeOffset UploadedAt)
{
    public static MediaReply Of(MediaItem m, long version) => new(m.Id, version, StateOf(m), m.Body, m.Sha256, m.MediaType, m.Size, m.Width, m.Height, m.FileName,
        m.Rights.Credit, m.Rights.Category, m.Rights.LeaseUntil, m.Depictions, m.Disputes.Count(d => d.Outcome is null), m.UploadedAt)
    { Labels = m.Labels };

    /// <summary>What its file says of itself: evidence, never truth.</summary>
    public FileLabels? Labels { get; init; }

    private static string StateOf(MediaItem media) => media.Disputes.Any(d => d.Outcome is null) ? "Disputed"
        : MediaDecider.Confirmed(media) is not null ? "Confirmed" : media.Depictions.Any(d => !d.Withdrawn) ? "Asserted" : "Unidentified";
}

/// <summary>What the commands on one picture share: role, own body, version seen, decide, append, save.</summary>
public sealed class MediaCommands(IDocumentSession session, Work work, TimeProvider clock)
{
    public static readonly string[] Witnesses = [Roles.Editor, Roles.Approver];

    public async Task<MediaReply> Decide(Guid id, Seen seen, string[] roles, Func<MediaItem, string, DateTimeOffset, IReadOnlyList<object>> decide, CancellationToken ct)
    {
        var found = await Find(id, seen, roles, m => work.Caller.ActsFor(m.Body), ct);
        return await Saved(found, decide(found.State, work.Caller.Id, clock.GetUtcNow()), ct);
    }

    public async Task<(bool IsNew, MediaReply Media, Guid DepictionId)> Depict(Guid id, Seen seen, AssertDepiction ask, CancellationToken ct)
    {
        var found = await Find(id, seen, Witnesses, m => work.Caller.ActsFor(m.Body), ct);
        var depictionId = Guid.CreateVersion7();
        var facts = MediaDecider.Decide(found.State, depictionId, ask, work.Caller.Id, clock.GetUtcNow());
        if (facts is not [DepictionAsserted asserted])
        {
            // said before: that one's id
            var again = found.State.Depictions.Last(d => !d.Withdrawn && d.AssertedBy == work.Caller.Id && d.Evidence == ask.Evidence!.Trim());
            return (false, await Saved(found, [], ct), again.Id);
        }

        await Known(asserted.Persons, ct);
        return (true, await Saved(found, facts, ct), depictionId);
    }

    public async Task<MediaReply> Confirm(Guid id, Guid depictionId, Seen seen, CancellationToken ct)
    {
        var found = await Find(id, seen, Witnesses, m => work.Caller.ActsFor(m.Body), ct);
        Guid[] shown = [.. found.State.Depictions.Where(d => d.Id == depictionId).SelectMany(d => d.Persons).Select(p => p.PersonId)];
        var people = shown.Length == 0 ? [] : await session.LoadManyAsync<PersonView>(ct, shown);
        var since = people.Count == 0 ? (DateTimeOffset?)null : people.Max(p => p.Now.KnownSince);
        return await Saved(found, MediaDecider.Confirm(found.State, depictionId, since, work.Caller.Id, clock.GetUtcNow()), ct);
    }

    /// <summary>Small bodies may have nobody without a part in it: the Central Communications Service decides for them.</summary>
    public async Task<MediaReply> Resolve(Guid id, Guid disputeId, Seen seen, ResolveDispute ask, CancellationToken ct)
    {
        var found = await Find(id, seen, Witnesses, m => work.Caller.ActsFor(m.Body) || work.Caller.ActsFor(Holders.CentralCommunications), ct);
        return await Saved(found, MediaDecider.Decide(found.State, disputeId, ask, work.Caller.Id, clock.GetUtcNow()), ct);
    }

    private Task<Found<MediaItem>> Find(Guid id, Seen seen, string[] roles, Func<MediaItem, bool> may, CancellationToken ct)
    {
        work.Caller.Demand(roles);
        return session.Find<MediaItem>(id, seen, may, MediaFold.Evolve, ct);
    }

    private async Task Known(IReadOnlyList<ShownPerson> persons, CancellationToken ct)
    {
        Guid[] ids = [.. persons.Select(p => p.PersonId)];
        var known = ids.Length == 0 ? [] : (await session.LoadManyAsync<PersonView>(ct, ids)).Select(p => p.Id).ToHashSet();
        if (Array.FindIndex(ids, id => !known.Contains(id)) is >= 0 and var i)
        {
            throw Refused.Invalid("person-unknown", "A person is named by the id of the registry.", $"persons[{i}].personId");
        }
    }

    private static async Task<MediaReply> Saved(Found<MediaItem> found, IReadOnlyList<object> facts, CancellationToken ct)
    {
        var done = await found.Save(facts, ct);
        return MediaReply.Of(done.State, done.Version);
    }
}

/// <summary>The manners of a command on a picture at the REST door.</summary>
public static class MediaRest
{
    public const string Path = "/v1/media", Tag = "Media";

    /// <summary>Depictions do not contradict each other: a version is checked only where one is given.</summary>
    public static Seen IfGiven(this Seen seen) => seen.Version is null ? Seen.Whatever : seen;
}
