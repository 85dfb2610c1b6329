using Marten;
using Platform;

namespace Publications;

/// <summary>A clock of a mandatory statement that has not stopped: Running or Overdue.</summary>
public sealed record OpenClock(Guid CrisisId, string Body, string Topic, Bilingual Title, DateTimeOffset Since, CrisisClock Clock);

public static class CrisisReads
{
    private static readonly string[] May = [Roles.Editor, Roles.Approver, Roles.Head, Roles.Auditor, Roles.Admin];

    public static bool ActsForOrAll(this Caller caller, string body) => caller.ActsFor(body) || caller.ActsEverywhere();

    /// <summary>Officials see their own body's plans and crises; auditors, administrators and the Central Communications Service all.</summary>
    private static bool SeesCrises(this Caller caller, string body) => caller.Sees(body) || caller.ActsEverywhere();

    private static bool SeesAllCrises(this Caller caller) => caller.ActsEverywhere() || caller.Is(Roles.Auditor);

    private static async Task<Page<CrisisPlanReply>> Plans(this IQuerySession session, Caller caller, string? body, string? cursor, int limit, CancellationToken ct)
    {
        var (all, own) = (caller.SeesAllCrises(), caller.Body ?? "");
        var views = session.Query<CrisisPlanView>().Where(v => all || v.Body == own);
        views = body is null ? views : views.Where(v => v.Body == body);
        views = Cursor.Parse(cursor) is { Id: var last } ? views.Where(v => v.Id < last) : views;
        var items = await views.OrderByDescending(v => v.Id).Take(limit).ToListAsync(ct);
        return new([.. items.Select(v => CrisisPlanReply.Of(v.Now, v.Version))], items.Count == limit ? new Cursor((long?)null, items[^1].Id).ToString() : null);
    }

    private static IQueryable<CrisisView> Crises(this IQuerySession session, Caller caller, string? cursor)
    {
        var (all, own) = (caller.SeesAllCrises(), caller.Body ?? "");
        var views = session.Query<CrisisView>().Where(v => all || v.Body == own);
        return Cursor.Parse(cursor) is { Id: var last } ? views.Where(v => v.Id < last) : views;
    }

    private static async Task<Page<CrisisReply>> List(this IQuerySession session, CrisisPublications publications, Caller caller, bool? open, string? cursor, int limit, CancellationToken ct)
    {
        var views = session.Crises(caller, cursor);
        views = open is not { } only ? views : views.Where(v => v.IsOpen == only);
        List<CrisisReply> replies = [];
        foreach (var view in await views.OrderByDescending(v => v.Id).Take(limit).ToListAsync(ct))
        {
            replies.Add(await publications.Reply(session, view.Now, view.Version, null, ct));
        }

        return new(replies, replies.Count == limit ? new Cursor((long?)null, replies[^1].Id).ToString() : null);
    }

    /// <summary>What an open crisis owes. A page holds the clocks of as many crises as were looked at, so it may be shorter than the limit.</summary>
    private static async Task<Page<OpenClock>> Clocks(this IQuerySession session, CrisisPublications publications, Caller caller, bool? overdue, string? cursor, int limit, DateTimeOffset now, CancellationToken ct)
    {
        var views = await session.Crises(caller, cursor).Where(v => v.IsOpen && v.StatementDueAt != null).OrderByDescending(v => v.Id).Take(limit).ToListAsync(ct);
        List<OpenClock> clocks = [];
        foreach (var view in views)
        {
            var clock = CrisisClock.Of(view.Now, await publications.Of(session, view.Now, null, ct), now)!;
            if (clock.StoppedAt is null && (overdue ?? clock.State == CrisisClock.Overdue) == (clock.State == CrisisClock.Overdue))
            {
                clocks.Add(new(view.Id, view.Body, view.Now.Start.Topic, view.Now.Start.Title, view.Now.Start.Since, clock));
            }
        }

        return new(clocks, views.Count == limit ? new Cursor((long?)null, views[^1].Id).ToString() : null);
    }

    /// <summary>One crisis as it stands or stood, for those who may see it.</summary>
    private static async Task<(Crisis State, long Version)> Crisis(this IQuerySession session, Caller caller, Guid id, DateTimeOffset? asOf, CancellationToken ct) =>
        (id == Guid.Empty ? null : await session.AsOf<Crisis>(id, asOf, CrisisDecider.Evolve, ct)) is { } then && caller.SeesCrises(then.State.Body) ? then : throw Refused.Missing(nameof(Publications.Crisis));

    private static async Task<CrisisPlanReply> Plan(this IQuerySession session, Caller caller, Guid id, DateTimeOffset? asOf, CancellationToken ct) =>
        (id == Guid.Empty ? null : await session.AsOf<CrisisPlan>(id, asOf, CrisisPlanDecider.Evolve, ct)) is { } then && caller.SeesCrises(then.State.Body)
            ? CrisisPlanReply.Of(then.State, then.Version) : throw Refused.Missing(nameof(CrisisPlan));

    public static void MapCrisisReads(this IEndpointRouteBuilder app)
    {
        var plans = app.MapGroup("/v1/crisis-plans").WithTags(CrisisRest.Tag);
        plans.MapGet("/", (string? body, string? cursor, int? limit, IQuerySession session, Work work, CancellationToken ct) => session.Plans(work.Caller, body, cursor, Changes.Limit(limit), ct))
            .ForRoles(May).WithSummary("The own body's plans; auditors and scc: all.");
        plans.MapGet("/{id:guid}", async (Guid id, DateTimeOffset? asOf, IQuerySession session, Work work, HttpResponse reply, CancellationToken ct) =>
                await session.Plan(work.Caller, id, asOf, ct) is var plan ? reply.Versioned(plan, plan.Version) : null)
            .ForRoles(May).Produces<CrisisPlanReply>().WithSummary("One plan with its edition in force and its last rehearsal; asOf shows it as it was recorded at that instant.");
        plans.MapGet("/{id:guid}/history", async (Guid id, IQuerySession session, Work work, CancellationToken ct) => await session.Plan(work.Caller, id, null, ct) is var plan
                ? new Page<HistoryEntry>([.. (await session.Events.FetchStreamAsync(plan.Id, token: ct)).Select(HistoryEntry.Of)], null) : null)
            .ForRoles(May).WithSummary("Every edition, approval and rehearsal, with reports.");

        var crises = app.MapGroup("/v1/crises").WithTags(CrisisRest.Tag);
        crises.MapGet("/", (bool? open, string? cursor, int? limit, IQuerySession session, CrisisPublications publications, Work work, CancellationToken ct) =>
            session.List(publications, work.Caller, open, cursor, Changes.Limit(limit), ct)).ForRoles(May).WithSummary("Newest first, with what their publications wait for and which approvals are owed.");
        crises.MapGet("/clocks", (bool? overdue, string? cursor, int? limit, IQuerySession session, CrisisPublications publications, Work work, TimeProvider clock, CancellationToken ct) =>
            session.Clocks(publications, work.Caller, overdue, cursor, Changes.Limit(limit), clock.GetUtcNow(), ct)).ForRoles(May).WithSummary("Mandatory statements of open crises that are not out: running and overdue.");
        crises.MapGet("/{id:guid}", async (Guid id, DateTimeOffset? asOf, IQuerySession session, CrisisPublications publications, Work work, HttpResponse reply, CancellationToken ct) =>
            {
                var (crisis, version) = await session.Crisis(work.Caller, id, asOf, ct);
                return reply.Versioned(await publications.Reply(session, crisis, version, asOf, ct), version);
            })
            .ForRoles(May).Produces<CrisisReply>().WithSummary("One crisis with its clock and publications; asOf shows it as it was recorded at that instant.");
        crises.MapGet("/{id:guid}/timeline", async (Guid id, DateTimeOffset? asOf, IQuerySession session, CrisisPublications publications, Work work, CancellationToken ct) =>
            {
                var (crisis, _) = await session.Crisis(work.Caller, id, asOf, ct);
                return await Timeline.Of(session, crisis, await publications.Of(session, crisis, asOf, ct), asOf, ct);
            })
            .ForRoles(May).Produces<Page<TimelineEntry>>().WithSummary("What happened, in order: the crisis, its halt, its publications drafted, approved by whom, released on which channel.");
    }
}
