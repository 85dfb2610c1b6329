using Marten;
using Platform;

namespace PressEvents;

/// <summary>
/// Become known to the accreditors: a journalist for himself, or an accreditor from a paper. Category Staff, Freelancer, Blogger or Foreign; outletId is optional for
/// freelancers and bloggers; language (kk, ru) of what he is told; documents by kind. Edited by the same, all of it; documents that are not named stay.
/// </summary>
public sealed record DescribeJournalist(string? Category = null, Guid? OutletId = null, string? Language = null, JournalistParticulars? Person = null, IReadOnlyList<DocumentAsk?>? Documents = null)
{
    public DescribeJournalist() : this(Category: null) { }
}

/// <summary>The reply: where the record stands, without personal data.</summary>
public sealed record JournalistDone(Guid Id, long Version, string State, string Category, Guid? OutletId, IReadOnlyList<Guid> Lapsed);

public sealed class RegisterJournalistHandler(IDocumentSession session, ISubjectKeys keys, Vault vault, JournalistItems items, Owners owners, Work work, TimeProvider clock)
{
    public async Task<JournalistDone> Handle(DescribeJournalist ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Journalist, Roles.Accreditor);
        if (!work.Caller.Is(Roles.Journalist))
        {
            work.Caller.DemandAccreditor();
        }

        var category = Journalists.Category(ask.Category, ask.OutletId, await session.Outlet(ask.OutletId, ct));
        var (language, person, documents) = (Journalists.Language(ask.Language), JournalistParticulars.Checked(ask.Person), JournalistItems.Checked(ask.Documents));
        var (id, key) = (Guid.CreateVersion7(), await keys.Next(ct));
        await owners.Take(id, key.SubjectId, work.Caller, ct);
        var item = await vault.Keep(key, JournalistItems.Person, JournalistItems.Text(person), ct);
        var kept = await items.Keep(key, documents, ct);
        session.Events.StartStream<Journalist>(id, new JournalistRegistered(id, key.SubjectId, category, ask.OutletId, language, item, kept, clock.GetUtcNow().InAlmaty()));
        await session.SaveChangesAsync(ct);
        return new(id, 1, "Registered", category, ask.OutletId, []);
    }
}

public static class RegisterJournalistRest
{
    public static void MapRegisterJournalist(this IEndpointRouteBuilder app) => app.MapPost("/v1/journalists",
        async (DescribeJournalist ask, RegisterJournalistHandler handler, HttpResponse reply, CancellationToken ct) =>
        {
            var done = await handler.Handle(ask, ct);
            reply.Headers.Location = $"/v1/journalists/{done.Id}";
            return reply.Versioned(done, done.Version, StatusCodes.Status201Created);
        })
        .ForRoles(Roles.Journalist, Roles.Accreditor).WithTags("Accreditation").Produces<JournalistDone>(StatusCodes.Status201Created)
        .WithSummary("A journalist registers, or an accreditor enters one; names, addresses and documents go to the vault.");

    /// <summary>An outlet for the rules; null when there is none of this id.</summary>
    public static async Task<Outlet?> Outlet(this IQuerySession session, Guid? id, CancellationToken ct) => id is { } some && some != Guid.Empty ? await session.LoadAsync<Outlet>(some, ct) : null;
}
