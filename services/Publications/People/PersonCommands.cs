using Marten;
using Npgsql;
using Platform;

namespace Publications;

/// <summary>A person as officials see it. <paramref name="State"/>: Living, DeathRecorded (not confirmed) or Dead.</summary>
public sealed record PersonReply(Guid Id, long Version, string State, string Body, Bilingual Name, int BirthYear, Death? Death, IReadOnlyList<Guid> Portraits)
{
    public static PersonReply Of(RegisteredPerson state, long version) => new(state.Id, version, state.State, state.Body, state.Name, state.BirthYear, state.Death, state.Portraits);
}

/// <summary>What the commands on people share: role, body, version seen, decide, append, save. The registry is one for all bodies.</summary>
public sealed class PersonCommands(IDocumentSession session, Work work, TimeProvider clock)
{
    /// <summary>Who says and confirms that somebody died, of whichever body.</summary>
    public static readonly string[] Witnesses = [Roles.Editor, Roles.Approver];

    public async Task<PersonReply> Register(RegisterPerson ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Editor);
        var now = clock.GetUtcNow();
        var registered = PersonDecider.Register(Guid.CreateVersion7(now), work.Caller.OwnBody(ask.Body), ask, work.Caller.Id, now);
        await NoTwin(registered.PersonId, registered.Name, ask.IsAnother, ct);
        session.Events.StartStream<RegisteredPerson>(registered.PersonId, registered);
        await session.SaveChangesAsync(ct);
        return PersonReply.Of(PersonDecider.Evolve(null, registered)!, 1);
    }

    public async Task<PersonReply> Edit(Guid id, Seen seen, EditPerson ask, CancellationToken ct)
    {
        var found = await Find(id, seen, [Roles.Editor], ct);
        Own(found.State);
        var facts = PersonDecider.Decide(found.State, ask, work.Caller.Id, clock.GetUtcNow());
        if (facts is [PersonEdited edited])
        {
            await NoTwin(id, edited.Name, ask.IsAnother, ct);
        }

        return await Saved(found, facts, ct);
    }

    /// <summary>Of the body that entered the person, or of the Central Communications Service.</summary>
    public async Task<PersonReply> OwnDecide(Guid id, Seen seen, Func<RegisteredPerson, string, DateTimeOffset, IReadOnlyList<object>> decide, CancellationToken ct)
    {
        var found = await Find(id, seen, [Roles.Editor], ct);
        Own(found.State);
        return await Saved(found, decide(found.State, work.Caller.Id, clock.GetUtcNow()), ct);
    }

    public async Task<PersonReply> Decide(Guid id, Seen seen, Func<RegisteredPerson, string, DateTimeOffset, IReadOnlyList<object>> decide, CancellationToken ct)
    {
        var found = await Find(id, seen, Witnesses, ct);
        return await Saved(found, decide(found.State, work.Caller.Id, clock.GetUtcNow()), ct);
    }

    private Task<Found<RegisteredPerson>> Find(Guid id, Seen seen, string[] roles, CancellationToken ct)
    {
        work.Caller.Demand(roles);
        return session.Find<RegisteredPerson>(id, seen, _ => true, PersonDecider.Evolve, ct);
    }

    private static async Task<PersonReply> Saved(Found<RegisteredPerson> found, IReadOnlyList<object> facts, CancellationToken ct)
    {
        var done = await found.Save(facts, ct);
        return PersonReply.Of(done.State, done.Version);
    }

    private void Own(RegisteredPerson person)
    {
        if (!work.Caller.ActsFor(person.Body) && !work.Caller.ActsFor(Holders.CentralCommunications))
        {
            throw Refused.Forbidden("body-not-own", "The body that entered a person changes it, or the Central Communications Service.");
        }
    }

    /// <summary>People of like names are shown before another is made; those who enter like names at once wait for each other.</summary>
    private async Task NoTwin(Guid id, Bilingual name, bool? isAnother, CancellationToken ct)
    {
        if (isAnother is true)
        {
            return;
        }

        var keys = LikeNames.Keys(name);
        await session.BeginTransactionAsync(ct);
        foreach (var key in keys)
        {
            await using var one = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 5106))") { Parameters = { new() { Value = "person:" + key } } };
            await session.ExecuteAsync(one, ct);
        }

        var (kk, ru) = (keys[0], keys[^1]);
        var like = await session.Query<PersonView>().Where(p => p.Id != id && (p.Keys.Contains(kk) || p.Keys.Contains(ru))).OrderBy(p => p.BirthYear).Take(50).ToListAsync(ct);
        if (like.Count > 0)
        {
            throw Refused.Conflict("person-like", "There is somebody of that name; look at the birth years, and say isAnother if it is another person.",
                new Dictionary<string, object?> { ["like"] = like.Select(p => PersonReply.Of(p.Now, p.Version)).ToArray() });
        }
    }
}

/// <summary>The manners of a command on a person at the REST door.</summary>
public static class PersonRest
{
    public const string Path = "/v1/people", Tag = "People";

    public static void MapPersonCommand<TCommand>(this IEndpointRouteBuilder app, string command, string summary, string[] roles,
        Func<PersonCommands, Guid, Seen, TCommand, CancellationToken, Task<PersonReply>> handle) where TCommand : class =>
        app.MapPost($"{Path}/{{id:guid}}/{command}", async (Guid id, Seen seen, TCommand ask, PersonCommands commands, HttpResponse reply, CancellationToken ct) =>
        {
            var done = await handle(commands, id, seen, ask, ct);
            return reply.Versioned(done, done.Version);
        })
        .ForRoles(roles).WithTags(Tag).Produces<PersonReply>().WithSummary(summary);
}
