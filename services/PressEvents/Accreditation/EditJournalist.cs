using Marten;
using Platform;

namespace PressEvents;

/// <summary>
/// Particulars, documents, category, outlet and language as they are to be. What an approval rests on makes it lapse, in this transaction; the language alone does not.
/// </summary>
public sealed class EditJournalistHandler(IDocumentSession session, JournalistItems items, Owners owners, Work work, TimeProvider clock)
{
    public async Task<JournalistDone> Handle(Guid id, Seen seen, DescribeJournalist ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Journalist, Roles.Accreditor);
        var own = await owners.JournalistOf(work.Caller, ct);
        await owners.Alone(id, ct);
        var found = await session.Find<Journalist>(id, seen, j => work.Caller.IsAccreditor() || j.Id == own, Journalists.Evolve, ct);
        var state = found.State;
        var category = Journalists.Category(ask.Category, ask.OutletId, await session.Outlet(ask.OutletId, ct));
        var (language, person, given) = (Journalists.Language(ask.Language), JournalistParticulars.Checked(ask.Person), JournalistItems.Checked(ask.Documents));
        var (item, documents, now) = (await items.Edited(state, person, ct), await items.Edited(state, given, ct), clock.GetUtcNow().InAlmaty());
        var facts = Journalists.Edit(state, category, ask.OutletId, language, item, documents, now);
        IReadOnlyList<Guid> lapsed = facts.OfType<JournalistDocumentsEdited>().Any() ? await Lapse(id, now, ct) : [];
        var done = await found.Save(facts, ct);
        return new(id, done.Version, "Registered", done.State.Category, done.State.OutletId, lapsed);
    }

    private async Task<IReadOnlyList<Guid>> Lapse(Guid journalistId, DateTimeOffset now, CancellationToken ct)
    {
        var granted = nameof(AccreditationState.Granted);
        List<Guid> lapsed = [];
        foreach (var one in await session.Query<Accreditation>().Where(a => a.JournalistId == journalistId && a.State == granted).ToListAsync(ct))
        {
            var stream = await session.Events.FetchForWriting<Accreditation>(one.Id, ct);
            var facts = AccreditationDecider.Lapse(stream.Aggregate!, now);
            stream.AppendMany(facts);
            lapsed.AddRange(facts.Select(_ => one.Id));
        }

        return lapsed;
    }
}

public static class EditJournalistRest
{
    public static void MapEditJournalist(this IEndpointRouteBuilder app) => app.MapPost("/v1/journalists/{id:guid}/edit",
        async (Guid id, Seen seen, DescribeJournalist ask, EditJournalistHandler handler, HttpResponse reply, CancellationToken ct) =>
        {
            var done = await handler.Handle(id, seen, ask, ct);
            return reply.Versioned(done, done.Version);
        })
        .ForRoles(Roles.Journalist, Roles.Accreditor).WithTags("Accreditation").Produces<JournalistDone>()
        .WithSummary("Edits one's record; accreditations that stand lapse when anything but the language is edited.");
}
