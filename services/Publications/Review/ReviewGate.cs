using Marten;

namespace Publications;

/// <summary>What the registry of media says of pictures in use.</summary>
public interface IMediaMarks
{
    /// <summary>By their ids; those that it does not know are left out.</summary>
    Task<IReadOnlyDictionary<Guid, MediaMark>> Of(IQuerySession session, IReadOnlyCollection<Guid> mediaIds, CancellationToken ct);
}

/// <summary>Without a registry nothing is known of any picture.</summary>
public sealed class UnmarkedMedia : IMediaMarks
{
    public Task<IReadOnlyDictionary<Guid, MediaMark>> Of(IQuerySession session, IReadOnlyCollection<Guid> mediaIds, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<Guid, MediaMark>>(new Dictionary<Guid, MediaMark>());
}

/// <summary>
/// The sensitive checks, of which those that block keep a publication from being armed and from going out: restricted words, personal identifiers, a machine's
/// work without its label, a child in trouble who can be recognised. What only wants a look stands in the list of checks, not here.
/// </summary>
public sealed class ReviewGate(RestrictedWords words, IMediaMarks marks) : IReleaseGate
{
    public async Task<IReadOnlyList<Finding>> Check(IQuerySession session, Publication publication, DateTimeOffset now, CancellationToken ct) =>
        [.. (await Sensitive(session, publication.ToCome(), now, ct)).Where(f => f.Blocking)];

    /// <summary>All of them, also those that do not block.</summary>
    public async Task<IReadOnlyList<Finding>> Sensitive(IQuerySession session, Content content, DateTimeOffset now, CancellationToken ct)
    {
        var list = await words.Now(session, ct);
        var media = await marks.Of(session, [.. (content.Media ?? []).Select(m => m.MediaId).Distinct()], ct);
        return [.. SensitiveChecks.Restricted(content, list), .. SensitiveChecks.Personal(content, list), .. SensitiveChecks.AiLabel(content, media), .. SensitiveChecks.Minors(content, media, now)];
    }
}
