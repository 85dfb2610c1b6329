using Marten;
using Platform;

namespace PressEvents;

/// <summary>Enter a spokesperson of a body: name and post in kk and ru, e-mail and language (kk or ru) for invitations; the e-mail goes to the vault.</summary>
public sealed record RegisterSpokesperson(string? Body, Bilingual? Name, Bilingual? Post, string? Email, string? Language);

/// <summary>What is not named stays; an e-mail comes with its language.</summary>
public sealed record ReviseSpokesperson(Bilingual? Name, Bilingual? Post, string? Email, string? Language);

/// <summary>The reply to a command: where the spokesperson stands now.</summary>
public sealed record SpokespersonDone(Guid Id, long Version, string State)
{
    public static SpokespersonDone Of(Spokesperson state, long version) => new(state.Id, version, state.Retired ? SpokespersonView.Retired : SpokespersonView.Active);
}

public sealed class SpokespersonHandler(IDocumentSession session, Vault vault, VaultRows rows, ISubjectKeys keys, Work work, TimeProvider clock)
{
    public async Task<SpokespersonDone> Register(RegisterSpokesperson ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Editor);
        var contact = Addresses.ByMail(ask.Email, ask.Language);
        var id = Guid.CreateVersion7();
        var key = await keys.Next(ct);
        var registered = SpokespersonDecider.Register(id, ask, key.SubjectId, Guid.Empty, clock.GetUtcNow().InAlmaty());
        Own(registered.Body);
        registered = registered with { ContactId = await vault.Keep(key, contact, ct) };
        session.Events.StartStream<Spokesperson>(id, registered);
        await session.SaveChangesAsync(ct);
        return SpokespersonDone.Of(SpokespersonDecider.Evolve(null, registered)!, 1);
    }

    /// <summary>A former address is destroyed: what nobody is reached by is kept nowhere.</summary>
    public async Task<SpokespersonDone> Revise(Guid id, Seen seen, ReviseSpokesperson ask, CancellationToken ct)
    {
        var found = await Find(id, seen, ct);
        var contact = ask.Email is null ? null : Addresses.ByMail(ask.Email, ask.Language);
        var facts = SpokespersonDecider.Decide(found.State, ask, contact is null ? null : Guid.CreateVersion7(), clock.GetUtcNow().InAlmaty());
        if (contact is not null && facts is [SpokespersonRevised revised])
        {
            await vault.Keep(found.State.SubjectId, revised.ContactId, Contact.Kind, System.Text.Json.JsonSerializer.Serialize(contact, Json.Options), ct);
            await rows.Destroy(found.State.ContactId, ct);
        }

        var done = await found.Save(facts, ct);
        return SpokespersonDone.Of(done.State, done.Version);
    }

    public async Task<SpokespersonDone> Retire(Guid id, Seen seen, CancellationToken ct)
    {
        var found = await Find(id, seen, ct);
        var done = await found.Save(SpokespersonDecider.Retire(found.State, clock.GetUtcNow().InAlmaty()), ct);
        return SpokespersonDone.Of(done.State, done.Version);
    }

    private Task<Found<Spokesperson>> Find(Guid id, Seen seen, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Editor);
        return session.Find<Spokesperson>(id, seen, s => work.Caller.PlansFor(s.Body), SpokespersonDecider.Evolve, ct);
    }

    private void Own(string body)
    {
        if (!work.Caller.PlansFor(body))
        {
            throw Refused.Forbidden("body-forbidden", "Only the Central Communications Service enters spokespersons of other bodies.");
        }
    }
}

public static class SpokespersonRest
{
    public static void MapSpokespersons(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/speakers").WithTags("Speakers");
        doors.MapPost("/", async (RegisterSpokesperson ask, SpokespersonHandler handler, HttpResponse reply, CancellationToken ct) =>
            {
                var done = await handler.Register(ask, ct);
                reply.Headers.Location = $"/v1/speakers/{done.Id}";
                return reply.Versioned(done, done.Version, StatusCodes.Status201Created);
            })
            .ForRoles(Roles.Editor).Produces<SpokespersonDone>(StatusCodes.Status201Created).WithSummary("Enters a spokesperson of the caller's body (scc: of any body).");
        doors.MapPost("/{id:guid}/revise", async (Guid id, Seen seen, ReviseSpokesperson ask, SpokespersonHandler handler, HttpResponse reply, CancellationToken ct) =>
            await handler.Revise(id, seen, ask, ct) is var done ? reply.Versioned(done, done.Version) : null)
            .ForRoles(Roles.Editor).Produces<SpokespersonDone>().WithSummary("Another name, post or address.");
        doors.MapPost("/{id:guid}/retire", async (Guid id, Seen seen, SpokespersonHandler handler, HttpResponse reply, CancellationToken ct) =>
            await handler.Retire(id, seen, ct) is var done ? reply.Versioned(done, done.Version) : null)
            .ForRoles(Roles.Editor).Produces<SpokespersonDone>().WithSummary("Speaks for the body no more.");
        doors.MapGet("/", async (string? body, string? state, string? cursor, int? limit, IQuerySession session, CancellationToken ct) =>
            await session.List(body, state, cursor, Changes.Limit(limit), ct)).WithSummary("Public: who speaks for which body.");
        doors.MapGet("/{id:guid}", async (Guid id, string? asOf, IQuerySession session, HttpResponse reply, CancellationToken ct) =>
            {
                var then = await session.AsOf<SpokespersonView>(id == Guid.Empty ? throw Refused.Missing("speaker") : id, Times.AsOf(asOf, "asOf"), SpokespersonViewFold.Evolve, ct)
                    ?? throw Refused.Missing("speaker");
                then.State.Version = (int)then.Version;
                return reply.Versioned(then.State, then.Version);
            })
            .Produces<SpokespersonView>().WithSummary("One spokesperson; asOf shows it as it was recorded at that instant.");
    }

    private static async Task<Page<SpokespersonView>> List(this IQuerySession session, string? body, string? state, string? cursor, int limit, CancellationToken ct)
    {
        _ = state is null or SpokespersonView.Active or SpokespersonView.Retired ? true : throw Refused.Invalid("state-unknown", "state is Active or Retired.", "state");
        _ = body is null || Holders.Find(body) is not null ? true : throw Refused.Invalid("body-unknown", "body is a code of the list of holders.", "body");
        var (views, after) = (session.Query<SpokespersonView>().AsQueryable(), Cursor.Parse(cursor)?.Id ?? Guid.Empty);
        views = body is null ? views : views.Where(s => s.Body == body);
        views = state is null ? views : views.Where(s => s.State == state);
        var items = await views.Where(s => s.Id > after).OrderBy(s => s.Id).Take(limit).ToListAsync(ct);
        return new(items, items.Count == limit ? new Cursor((long?)null, items[^1].Id).ToString() : null);
    }
}
