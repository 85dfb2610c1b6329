using Marten;

namespace Publications;

/// <summary>Number 6 of the rule book at the releaser's door: what it reads for <see cref="IdentityRules"/>.</summary>
public sealed class IdentityGate : IReleaseGate
{
    public async Task<IReadOnlyList<Finding>> Check(IQuerySession session, Publication publication, DateTimeOffset now, CancellationToken ct) =>
        publication.Content is { Media: null or { Count: 0 }, SubjectPersonId: null } && !ContentRules.AboutPersons.Contains(publication.Content.Kind)
            ? [] : IdentityRules.Check(publication, await session.Known(publication.Content, ct));
}

/// <summary>Number 7: what it reads for <see cref="RightsRules"/>.</summary>
public sealed class RightsGate : IReleaseGate
{
    public async Task<IReadOnlyList<Finding>> Check(IQuerySession session, Publication publication, DateTimeOffset now, CancellationToken ct) =>
        publication.Content.Media is null or { Count: 0 } ? [] : RightsRules.Check(publication, await session.Media(publication.Content, ct), now);
}

public static class KnownFrames
{
    public static async Task<KnownFrame> Known(this IQuerySession session, Content content, CancellationToken ct)
    {
        var media = await session.Media(content, ct);
        Guid[] persons = [.. media.Values.SelectMany(m => m.Depictions).SelectMany(d => d.Persons).Select(p => p.PersonId).Append(content.SubjectPersonId ?? Guid.Empty).Distinct().Where(p => p != Guid.Empty)];
        var people = persons.Length == 0 ? [] : await session.LoadManyAsync<PersonView>(ct, persons);
        var halting = await session.Query<MediaView>().Where(m => m.Halting).ToListAsync(ct);
        return new(media, people.ToDictionary(p => p.Id, p => p.Now), halting.SelectMany(m => MediaView.Halted(m.Now)).ToHashSet());
    }

    public static async Task<IReadOnlyDictionary<Guid, MediaItem>> Media(this IQuerySession session, Content content, CancellationToken ct)
    {
        Guid[] ids = [.. (content.Media ?? []).Select(use => use.MediaId).Distinct()];
        return ids.Length == 0 ? new Dictionary<Guid, MediaItem>() : (await session.LoadManyAsync<MediaView>(ct, ids)).ToDictionary(m => m.Id, m => m.Now);
    }
}

/// <summary>Who is in pictures, for whoever stops what shows a person.</summary>
public static class Depicted
{
    /// <summary>Everybody whom anybody says to be in one of these, confirmed or not: a halt had rather stop too much.</summary>
    public static async Task<IReadOnlyList<Guid>> PersonsIn(IQuerySession session, IReadOnlyList<Guid> mediaIds, CancellationToken ct) => mediaIds.Count == 0 ? []
        : [.. (await session.LoadManyAsync<MediaView>(ct, [.. mediaIds.Distinct()])).SelectMany(m => m.Persons).Distinct()];
}
