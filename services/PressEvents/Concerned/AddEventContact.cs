using Marten;
using Platform;

namespace PressEvents;

/// <summary>Tell somebody who works at the event of its changes. <paramref name="Role"/>: technician, interpreter, host; <paramref name="Language"/>: kk or ru. The e-mail goes to the vault.</summary>
public sealed record AddEventContact(string? Role, string? Email, string? Language);

/// <summary>The reply: the contact and the subject under which the vault has its address.</summary>
public sealed record EventContactDone(Guid Id, long Version, string State, string Role, Guid SubjectId)
{
    public static EventContactDone Of(EventContact state, long version) => new(state.Id, version, state.Removed ? "Removed" : "Active", state.Role, state.SubjectId);
}

public sealed class EventContactHandler(IDocumentSession session, Vault vault, VaultRows rows, ISubjectKeys keys, Work work, TimeProvider clock)
{
    public async Task<EventContactDone> Add(Guid pressEventId, AddEventContact ask, CancellationToken ct)
    {
        var view = await session.Planned(work.Caller, pressEventId, ct);
        var (role, contact) = (EventContactDecider.Role(ask.Role), Addresses.ByMail(ask.Email, ask.Language));
        var key = await keys.Next(ct);
        await vault.Keep(key, contact, ct);
        var added = new EventContactAdded(Guid.CreateVersion7(), view.Id, view.Body, role, key.SubjectId, clock.GetUtcNow().InAlmaty());
        session.Events.StartStream<EventContact>(added.ContactId, added);
        await session.SaveChangesAsync(ct);
        return EventContactDone.Of(EventContactDecider.Evolve(null, added)!, 1);
    }

    /// <summary>What nobody is reached by is kept nowhere: the address goes in the same transaction.</summary>
    public async Task<EventContactDone> Remove(Guid pressEventId, Guid id, Seen seen, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Editor);
        var found = await session.Find<EventContact>(id, seen, c => c.PressEventId == pressEventId && work.Caller.PlansFor(c.Body), EventContactDecider.Evolve, ct);
        var facts = EventContactDecider.Remove(found.State, clock.GetUtcNow().InAlmaty());
        if (facts.Count > 0)
        {
            await rows.Erase(found.State.SubjectId, ct);
        }

        var done = await found.Save(facts, ct);
        return EventContactDone.Of(done.State, done.Version);
    }
}

public static class EventContactRest
{
    public static void MapEventContacts(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/press-events/{id:guid}/contacts").ForRoles(Roles.Editor).WithTags("Concerned");
        doors.MapPost("/", async (Guid id, AddEventContact ask, EventContactHandler handler, HttpResponse reply, CancellationToken ct) =>
            {
                var done = await handler.Add(id, ask, ct);
                reply.Headers.Location = $"/v1/press-events/{id}/contacts/{done.Id}";
                return reply.Versioned(done, done.Version, StatusCodes.Status201Created);
            })
            .Produces<EventContactDone>(StatusCodes.Status201Created).WithSummary("Somebody who works at the event and is told of its changes.");
        doors.MapPost("/{contactId:guid}/remove", async (Guid id, Guid contactId, Seen seen, EventContactHandler handler, HttpResponse reply, CancellationToken ct) =>
            await handler.Remove(id, contactId, seen, ct) is var done ? reply.Versioned(done, done.Version) : null)
            .Produces<EventContactDone>().WithSummary("Is told no more.");
        doors.MapGet("/", async (Guid id, IQuerySession session, Work work, CancellationToken ct) =>
            {
                await session.Planned(work.Caller, id, ct);
                return new Page<EventContactView>(await session.Query<EventContactView>().Where(c => c.PressEventId == id && !c.Removed).OrderBy(c => c.Id).Take(200).ToListAsync(ct), null);
            })
            .WithSummary("Who works at the event and is told of its changes; no addresses.");
    }
}
