using Marten;
using Platform;

namespace PressEvents;

/// <summary>Grant what was applied for: a permanent one for a year, a temporary one for its event.</summary>
public sealed record GrantAccreditation;

/// <summary>Refuse for a reason of the closed list; words beside it go to the vault.</summary>
public sealed record RefuseAccreditation(string? Reason = null, string? Words = null)
{
    public RefuseAccreditation() : this(Reason: null) { }
}

/// <summary>The acts of accreditors on an application, one journalist's one after another.</summary>
public sealed class DecideAccreditationHandler(IDocumentSession session, Vault vault, Owners owners, Catalogue catalogue, Work work, TimeProvider clock)
{
    public async Task<AccreditationShown> Grant(Guid id, Seen seen, CancellationToken ct)
    {
        work.Caller.DemandAccreditor();
        var (found, journalist) = await session.Application(owners, id, seen, _ => true, ct);
        var now = clock.GetUtcNow().InAlmaty();
        var facts = AccreditationDecider.Grant(found.State, journalist, await session.StartOf(found.State, ct), work.Caller.Name, catalogue.Calendar, now);
        var done = await found.Save(facts, ct);
        return AccreditationShown.Of(done.State, done.Version, now);
    }

    public async Task<AccreditationShown> Refuse(Guid id, Seen seen, RefuseAccreditation ask, CancellationToken ct)
    {
        work.Caller.DemandAccreditor();
        var (found, journalist) = await session.Application(owners, id, seen, _ => true, ct);
        var (now, words) = (clock.GetUtcNow().InAlmaty(), Filing.Text(ask.Words, "words", 2000));
        Guid? wordsId = words is null ? null : Guid.CreateVersion7();
        var facts = AccreditationDecider.Refuse(found.State, ask, wordsId, work.Caller.Name, work.Caller.Id, catalogue.Calendar, now);
        if (facts.Count > 0 && wordsId is { } item)
        {
            await vault.Keep(journalist.SubjectId, item, "refusal", words!, ct);
        }

        var done = await found.Save(facts, ct);
        return AccreditationShown.Of(done.State, done.Version, now);
    }
}

/// <summary>The manners that the commands on an application share.</summary>
public static class DecideAccreditationRest
{
    public static void MapDecideAccreditation(this IEndpointRouteBuilder app)
    {
        app.MapAccreditationCommand<GrantAccreditation, DecideAccreditationHandler>("grant", "Grants it; a permanent one for a year, to the day.", (h, id, seen, _, ct) => h.Grant(id, seen, ct), Roles.Accreditor);
        app.MapAccreditationCommand<RefuseAccreditation, DecideAccreditationHandler>("refuse", "Refuses it for a reason of the closed list; the reply says how and until when that is appealed.",
            (h, id, seen, ask, ct) => h.Refuse(id, seen, ask, ct), Roles.Accreditor);
    }

    public static void MapAccreditationCommand<TAsk, THandler>(this IEndpointRouteBuilder app, string command, string summary,
        Func<THandler, Guid, Seen, TAsk, CancellationToken, Task<AccreditationShown>> handle, params string[] roles) where TAsk : class, new() where THandler : notnull =>
        app.MapPost("/v1/accreditations/{id:guid}/" + command, async (Guid id, Seen seen, TAsk? ask, THandler handler, HttpResponse reply, CancellationToken ct) =>
        {
            var done = await handle(handler, id, seen, ask ?? new(), ct);
            return reply.Versioned(done, done.Version);
        })
        .ForRoles(roles).WithTags("Accreditation").Produces<AccreditationShown>().WithSummary(summary);

    /// <summary>An application fetched for writing with its journalist, nobody else at work on anything of his.</summary>
    public static async Task<(Found<Accreditation> Found, Journalist Journalist)> Application(this IDocumentSession session, Owners owners, Guid id, Seen seen, Func<Accreditation, bool> may, CancellationToken ct)
    {
        var known = id == Guid.Empty ? null : await session.LoadAsync<Accreditation>(id, ct);
        if (known is not null)
        {
            await owners.Alone(known.JournalistId, ct);
        }

        var found = await session.Find(id, seen, may, Accreditations.Evolve, ct);
        return (found, (await session.LoadAsync<Journalist>(found.State.JournalistId, ct))!);
    }

    /// <summary>When the event of a temporary accreditation begins, as it is planned now.</summary>
    public static async Task<DateTimeOffset?> StartOf(this IDocumentSession session, Accreditation state, CancellationToken ct) =>
        state.PressEventId is { } id ? (await session.LoadAsync<PressEventView>(id, ct))?.Start : null;
}
