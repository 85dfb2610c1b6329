using Marten;
using Platform;

namespace Publications;

public static class PersonReads
{
    public static readonly string[] Readers = [Roles.Editor, Roles.Approver, Roles.Auditor];

    public static void MapPersonReads(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup(PersonRest.Path).WithTags(PersonRest.Tag).ForRoles(Readers);
        doors.MapGet("/", (string? name, int? birthYear, string? cursor, int? limit, IQuerySession session, CancellationToken ct) =>
                session.People(name, birthYear, cursor, Changes.Limit(limit), ct))
            .WithSummary("The registry of people, one for all bodies; name: words of a name in kk or ru, which show all of like names with their years.");
        doors.MapGet("/{id:guid}", async (Guid id, DateTimeOffset? asOf, IQuerySession session, HttpResponse reply, CancellationToken ct) =>
            {
                var (person, version) = await session.AsOf<RegisteredPerson>(id == Guid.Empty ? throw Refused.Missing(nameof(RegisteredPerson)) : id, asOf, PersonDecider.Evolve, ct) ?? throw Refused.Missing(nameof(RegisteredPerson));
                return reply.Versioned(PersonReply.Of(person, version), version);
            })
            .Produces<PersonReply>().WithSummary("One person; asOf shows it as it was recorded at that instant.");
        doors.MapGet("/{id:guid}/history", async (Guid id, IQuerySession session, CancellationToken ct) =>
            {
                _ = await session.LoadAsync<PersonView>(id, ct) ?? throw Refused.Missing(nameof(RegisteredPerson));
                return (await session.Events.FetchStreamAsync(id, token: ct)).Select(HistoryEntry.Of).ToList();
            })
            .WithSummary("Who said what of this person, and who confirmed it.");
    }

    private static async Task<Page<PersonReply>> People(this IQuerySession session, string? name, int? birthYear, string? cursor, int limit, CancellationToken ct)
    {
        var (people, after) = (session.Query<PersonView>().AsQueryable(), Cursor.Parse(cursor)?.Id ?? Guid.Empty);
        foreach (var word in LikeNames.Words(RegistryWords.Text(name, "name", 300)))
        {
            people = people.Where(p => p.Words.Contains(word));
        }

        people = birthYear is { } year ? people.Where(p => p.BirthYear == year) : people;
        var items = await people.Where(p => p.Id > after).OrderBy(p => p.Id).Take(limit).ToListAsync(ct);
        return new([.. items.Select(p => PersonReply.Of(p.Now, p.Version))], items.Count == limit ? new Cursor((long?)null, items[^1].Id).ToString() : null);
    }
}
