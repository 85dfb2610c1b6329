using Marten;
using Platform;

namespace Publications;

public static class HaltReads
{
    private static readonly string[] May = [Roles.Editor, Roles.Approver, Roles.Head, Roles.Auditor, Roles.Admin];

    /// <summary>Officials see what may stop them: everybody's halts and their own body's; those who act for all, and auditors, see all.</summary>
    public static bool SeenBy(this Halt halt, Caller caller) => halt.Within is null || caller.Sees(halt.Within) || caller.ActsEverywhere();

    private static async Task<Page<HaltReply>> List(this IQuerySession session, Caller caller, bool? active, string? cursor, int limit, CancellationToken ct)
    {
        var views = session.Query<HaltView>().AsQueryable();
        if (!caller.ActsEverywhere() && !caller.Is(Roles.Auditor))
        {
            var body = caller.Body ?? "";
            views = views.Where(v => v.Within == null || v.Within == body);
        }

        views = active is not { } only ? views : views.Where(v => v.IsActive == only);
        if (Cursor.Parse(cursor) is { } after)
        {
            var (at, id) = (after.At, after.Id);
            views = views.Where(v => v.PlacedAt < at || (v.PlacedAt == at && v.Id < id));
        }

        var items = await views.OrderByDescending(v => v.PlacedAt).ThenByDescending(v => v.Id).Take(limit).ToListAsync(ct);
        return new([.. items.Select(v => HaltReply.Of(v.Now, v.Version))], items.Count == limit ? new Cursor(items[^1].PlacedAt, items[^1].Id).ToString() : null);
    }

    private static async Task<(Halt Halt, HaltReply Shown)> OneHalt(this IQuerySession session, Caller caller, Guid id, DateTimeOffset? asOf, CancellationToken ct) =>
        id != Guid.Empty && await session.AsOf<Halt>(id, asOf, HaltDecider.Evolve, ct) is { } then && then.State.SeenBy(caller)
            ? (then.State, HaltReply.Of(then.State, then.Version)) : throw Refused.Missing(nameof(Halt));

    public static void MapHaltReads(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/halts").WithTags(PlaceHaltRest.Tag);
        doors.MapGet("/", (bool? active, string? cursor, int? limit, IQuerySession session, Work work, CancellationToken ct) =>
                session.List(work.Caller, active, cursor, Changes.Limit(limit), ct))
            .ForRoles(May).WithSummary("Newest first: everybody's and the own body's; active=true only those that hold.");
        doors.MapGet("/{id:guid}", async (Guid id, DateTimeOffset? asOf, IQuerySession session, SendLocks sends, Work work, HttpResponse reply, CancellationToken ct) =>
            {
                var (halt, shown) = await session.OneHalt(work.Caller, id, asOf, ct);
                shown = asOf is null && halt.LiftedAt is null ? shown with { UnderWay = await sends.UnderWay(halt, ct) } : shown;
                return reply.Versioned(shown, shown.Version);
            })
            .ForRoles(May).Produces<HaltReply>().WithSummary("One halt; asOf shows it as it was recorded at that instant.");
        doors.MapGet("/{id:guid}/history", async (Guid id, IQuerySession session, Work work, CancellationToken ct) =>
            {
                await session.OneHalt(work.Caller, id, null, ct);
                return new Page<HistoryEntry>([.. (await session.Events.FetchStreamAsync(id, token: ct)).Select(HistoryEntry.Of)], null);
            })
            .ForRoles(May).WithSummary("Who placed and lifted it, when it was so and when it was recorded.");
    }
}
