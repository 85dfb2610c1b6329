using Marten;

namespace Publications;

/// <summary>
/// The sensitive checks, of which those that block keep a publication from being armed and from going out: restricted words, personal identifiers, a machine's
/// work without its label, a child in trouble who can be recognised. What only wants a look stands in the list of checks, not here.
/// </summary>
public sealed class ReviewGate(RestrictedWords words) : IReleaseGate
{
    // one unit of work has one list
    private RestrictedList? _list;

    public async Task<IReadOnlyList<Finding>> Check(IQuerySession session, Publication publication, DateTimeOffset now, CancellationToken ct) =>
        [.. (await Sensitive(session, publication.ToCome(), now, ct)).Where(f => f.Blocking)];

    /// <summary>All of them, also those that do not block.</summary>
    public async Task<IReadOnlyList<Finding>> Sensitive(IQuerySession session, Content content, DateTimeOffset now, CancellationToken ct)
    {
        var list = _list ??= await words.Now(session, ct);
        return [.. SensitiveChecks.Restricted(content, list), .. SensitiveChecks.Personal(content, list), .. SensitiveChecks.AiLabel(content), .. SensitiveChecks.Minors(content, await Born(session, content, ct), now)];
    }

    /// <summary>Everybody whom anybody says to be in a picture, confirmed or not: a child is rather seen too often.</summary>
    private static async Task<IReadOnlyDictionary<Guid, IReadOnlyList<int>>> Born(IQuerySession session, Content content, CancellationToken ct)
    {
        var persons = (await session.Media(content, ct)).ToDictionary(m => m.Key, m => m.Value.Depictions.Where(d => !d.Withdrawn).SelectMany(d => d.Persons).Select(p => p.PersonId).ToHashSet());
        Guid[] ids = [.. persons.Values.SelectMany(p => p).Distinct()];
        var years = ids.Length == 0 ? [] : (await session.LoadManyAsync<PersonView>(ct, ids)).ToDictionary(p => p.Id, p => p.BirthYear);
        return persons.ToDictionary(m => m.Key, m => (IReadOnlyList<int>)[.. m.Value.Where(years.ContainsKey).Select(p => years[p])]);
    }
}
