using Marten;
using Platform;

namespace PressEvents;

/// <summary>The manners that acts on a proposal share, and the reads, which are for everybody.</summary>
public static class ProposalRest
{
    public const string Path = "/v1/press-events/{id:guid}/proposals", Tag = "Proposals";

    public static void MapProposalCommand<TCommand>(this IEndpointRouteBuilder app, string command, string summary, Func<Proposal, TCommand, DateTimeOffset, IReadOnlyList<object>> decide,
        params string[] roles) where TCommand : class =>
        app.MapPost($"{Path}/{{proposalId:guid}}/{command}", async (Guid id, Guid proposalId, Seen seen, TCommand ask, IDocumentSession session, Catalogue catalogue, Work work, TimeProvider clock,
            HttpResponse reply, CancellationToken ct) =>
        {
            work.Caller.Demand(roles);
            var done = await session.Decide<Proposal>(proposalId, seen, p => p.Made.PressEventId == id && work.Caller.PlansFor(p.Body), ProposalDecider.Evolve,
                state => decide(state, ask, clock.GetUtcNow().InAlmaty()), ct);
            return reply.Versioned(ProposalDone.Of(done.State, done.Version, catalogue.Calendar), done.Version);
        })
        .ForRoles(roles).WithTags(Tag).Produces<ProposalDone>().WithSummary(summary);

    public static void MapProposalReads(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/proposals", (string? undecided, string? body, string? cursor, int? limit, IQuerySession session, Catalogue catalogue, Work work, TimeProvider clock, CancellationToken ct) =>
                List(session, work.Caller, Undecided(session.Query<ProposalView>(), undecided, body, catalogue.Calendar, clock.GetUtcNow()), cursor, limit, catalogue.Calendar, clock.GetUtcNow(), ct))
            .WithTags(Tag).WithSummary("Public: proposals of all events, oldest first; undecided=overdue are those without a decision by their day, counted at reading; undecided=all those that wait.");
        var doors = app.MapGroup(Path).WithTags(Tag);
        doors.MapGet("/", async (Guid id, string? cursor, int? limit, IQuerySession session, Catalogue catalogue, Work work, TimeProvider clock, CancellationToken ct) =>
            {
                await session.One(work.Caller, id, null, ct);
                return await List(session, work.Caller, session.Query<ProposalView>().Where(p => p.PressEventId == id), cursor, limit, catalogue.Calendar, clock.GetUtcNow(), ct);
            })
            .WithSummary("Public: the proposals made on an event, each with the decision about it.");
        doors.MapGet("/{proposalId:guid}", async (Guid id, Guid proposalId, string? asOf, IQuerySession session, Catalogue catalogue, Work work, TimeProvider clock, HttpResponse reply, CancellationToken ct) =>
            {
                await session.One(work.Caller, id, null, ct);
                var shown = ProposalShown.Of(await One(session, id, proposalId, Times.AsOf(asOf, "asOf"), ct), catalogue.Calendar, clock.GetUtcNow());
                return reply.Versioned(shown, shown.Version);
            })
            .Produces<ProposalShown>().WithSummary("One proposal; asOf shows it as it was recorded at that instant.");
        doors.MapGet("/{proposalId:guid}/history", async (Guid id, Guid proposalId, IQuerySession session, Work work, CancellationToken ct) =>
            {
                await ForDesk(session, work.Caller, id, proposalId, ct);
                return (await session.Events.FetchStreamAsync(proposalId, token: ct)).Select(e => HistoryEntry.Of(e) with { RecordedAt = e.Timestamp.InAlmaty() }).ToList();
            })
            .RequireAuthorization().WithSummary("For officials of the event's body, scc and auditors: who did what, when it was so and when it was recorded.");
        doors.MapGet("/{proposalId:guid}/words", async (Guid id, Guid proposalId, string? reason, IQuerySession session, Vault vault, Work work, HttpResponse reply, CancellationToken ct) =>
            {
                var proposal = await ForDesk(session, work.Caller, id, proposalId, ct);
                reply.Headers.CacheControl = "no-store";
                return await CitizensWords.Read(vault, proposal.SubjectId, proposal.AskerId, reason, ct);
            })
            .ForRoles(QuestionCommands.Answerers).WithSummary("What the citizen wrote; read with a reason, which the vault keeps.");
    }

    private static IQueryable<ProposalView> Undecided(IQueryable<ProposalView> proposals, string? undecided, string? body, WorkingCalendar calendar, DateTimeOffset now)
    {
        _ = body is null || Holders.Find(body) is not null ? true : throw Refused.Invalid("body-unknown", "body is a code of the list of holders.", "body");
        var cutoff = ProposalTerm.Cutoff(Registration.AlmatyDate(now), calendar);
        proposals = body is null ? proposals : proposals.Where(p => p.Body == body);
        return undecided switch
        {
            null => proposals,
            "all" => proposals.Where(p => !p.IsDecided),
            "overdue" => proposals.Where(p => !p.IsDecided && p.RegisteredOn <= cutoff),
            _ => throw Refused.Invalid("undecided-unknown", "undecided is overdue or all.", "undecided"),
        };
    }

    private static async Task<Page<ProposalShown>> List(IQuerySession session, Caller caller, IQueryable<ProposalView> proposals, string? cursor, int? limit, WorkingCalendar calendar, DateTimeOffset now, CancellationToken ct)
    {
        if (Cursor.Parse(cursor) is { } last)
        {
            var (day, id) = (last.Day ?? DateOnly.MinValue, last.Id);
            proposals = proposals.Where(p => p.RegisteredOn > day || (p.RegisteredOn == day && p.Id > id));
        }

        var most = Changes.Limit(limit);
        var found = await proposals.OrderBy(p => p.RegisteredOn).ThenBy(p => p.Id).Take(most).ToListAsync(ct);
        // an event may have been taken out of the public's sight since
        var open = (await session.LoadManyAsync<PressEventView>(ct, [.. found.Select(p => p.PressEventId).Distinct()])).Where(e => e.IsFor(caller)).Select(e => e.Id).ToHashSet();
        return new([.. found.Where(p => open.Contains(p.PressEventId)).Select(p => ProposalShown.Of(p, calendar, now))], found.Count == most ? new Cursor(found[^1].RegisteredOn, found[^1].Id).ToString() : null);
    }

    private static async Task<ProposalView> One(IQuerySession session, Guid pressEventId, Guid id, DateTimeOffset? asOf, CancellationToken ct)
    {
        var view = asOf is null && id != Guid.Empty ? await session.LoadAsync<ProposalView>(id, ct) : null;
        if (asOf is not null && id != Guid.Empty && await session.AsOf<ProposalView>(id, asOf, ProposalViewFold.Evolve, ct) is { } then)
        {
            view = then.State;
            view.Version = (int)then.Version;
        }

        return view?.PressEventId == pressEventId ? view : throw Refused.Missing(nameof(Proposal));
    }

    private static async Task<ProposalView> ForDesk(IQuerySession session, Caller caller, Guid pressEventId, Guid id, CancellationToken ct) =>
        await One(session, pressEventId, id, null, ct) is var found && caller.SeesPlans(found.Body) ? found : throw Refused.Missing(nameof(Proposal));
}
