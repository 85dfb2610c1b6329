using Marten;
using Outgoing;
using Platform;

namespace PressEvents;

/// <summary>One recipient's notice of a statement, without address. <paramref name="Change"/>: released, corrected, withdrawn; <paramref name="DueAt"/> until it ends.</summary>
public sealed record StatementDelivery(Guid Id, string Role, string Change, string Kind, Guid Recipient, string State, DateTimeOffset QueuedAt, DateTimeOffset? DueAt, IReadOnlyList<NoticeAttempt> Attempts)
{
    public static StatementDelivery Of(NoticeLine line)
    {
        var words = line.What.Split('/');
        return new(line.Id, words[1], words[2], line.Kind, line.Recipient!.Value, line.State, line.QueuedAt.InAlmaty(), line.NextAt?.InAlmaty(), line.Attempts);
    }
}

public static class StatementReads
{
    /// <summary>Now, or as it was recorded at an instant; what is not for the caller is unknown.</summary>
    private static async Task<StatementView> OneStatement(this IQuerySession session, Caller caller, Guid id, DateTimeOffset? asOf, CancellationToken ct)
    {
        var then = id == Guid.Empty ? null : await session.AsOf<StatementView>(id, asOf, StatementViewFold.Evolve, ct);
        if (then is not { State: var view } || !(view.IsOpen || caller.SeesPlans(view.Body)))
        {
            throw Refused.Missing(nameof(Statement));
        }

        view.Version = (int)then.Value.Version;
        return view.Shown();
    }

    /// <summary>The released ones, newest first; with a token of the body, of scc or of an auditor also what is not released, first of all.</summary>
    private static async Task<Page<StatementView>> List(this IQuerySession session, Caller caller, string? body, string? kind, string? state, string? cursor, int limit, CancellationToken ct)
    {
        _ = body is null || Holders.Find(body) is not null ? true : throw Refused.Invalid("body-unknown", "body is a code of the list of holders.", "body");
        _ = state is null || Enum.GetNames<StatementState>().Contains(state) ? true : throw Refused.Invalid("state-unknown", "state is one of the states.", "state");
        _ = kind is null || Enum.GetNames<StatementKind>().Contains(kind) ? true : throw Refused.Invalid("kind-unknown", "kind is Statement or Notice.", "kind");
        var (own, views) = (caller.Body ?? "", session.Query<StatementView>().AsQueryable());
        views = caller.SeesAllPlans() ? views : views.Where(s => s.IsOpen || s.Body == own);
        views = body is null ? views : views.Where(s => s.Body == body);
        views = kind is null ? views : views.Where(s => s.Kind == kind);
        views = state is null ? views : views.Where(s => s.State == state);
        views = Cursor.Parse(cursor) is { Id: var last } ? views.Where(s => s.Id < last) : views;
        var items = await views.OrderByDescending(s => s.Id).Take(limit).ToListAsync(ct);
        return new([.. items.Select(s => s.Shown())], items.Count == limit ? new Cursor((long?)null, items[^1].Id).ToString() : null);
    }

    public static void MapStatementReads(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/statements").WithTags(StatementRest.Tag);
        doors.MapGet("/", (string? body, string? kind, string? state, string? cursor, int? limit, IQuerySession session, Work work, CancellationToken ct) =>
            session.List(work.Caller, body, kind, state, cursor, Changes.Limit(limit), ct)).WithSummary("Public from the release on; newest drafts first.");
        doors.MapGet("/{id:guid}", async (Guid id, string? asOf, IQuerySession session, Work work, HttpResponse reply, CancellationToken ct) =>
            await session.OneStatement(work.Caller, id, Times.AsOf(asOf, "asOf"), ct) is var view ? reply.Versioned(view, view.Version) : null)
            .Produces<StatementView>().WithSummary("One statement in kk and ru, with its corrections; asOf shows it as it was recorded at that instant.");
        doors.MapGet("/{id:guid}/history", async (Guid id, IQuerySession session, Work work, CancellationToken ct) =>
                await session.OneStatement(work.Caller, id, null, ct) is var view && work.Caller.SeesPlans(view.Body) ? await session.History(id, ct) : throw Refused.Missing(nameof(Statement)))
            .RequireAuthorization().WithSummary("For officials of its body, scc and auditors: who did what, when it was so and when it was recorded.");
        doors.MapGet("/{id:guid}/deliveries", async (Guid id, string? cursor, int? limit, IQuerySession session, NoticeLedger ledger, Work work, CancellationToken ct) =>
            {
                var view = await session.OneStatement(work.Caller, id, null, ct);
                _ = work.Caller.SeesPlans(view.Body) ? true : throw Refused.Missing(nameof(Statement));
                var most = Changes.Limit(limit);
                var lines = await ledger.Of(id, Cursor.Parse(cursor)?.Id ?? Guid.Empty, most, ct);
                return new Page<StatementDelivery>([.. lines.Select(StatementDelivery.Of)], lines.Count == most ? new Cursor((long?)null, lines[^1].Id).ToString() : null);
            })
            .ForRoles(Roles.Editor, Roles.Approver, Roles.Auditor).WithSummary("Who was told of it, try by try; no addresses.");
    }
}
