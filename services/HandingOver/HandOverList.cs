using Marten;
using Platform;

namespace HandingOver;

/// <summary>Hand-overs that need a look: <c>GET /v1/hand-overs</c>.</summary>
public static class HandOverList
{
    public static void MapHandOvers(this IEndpointRouteBuilder app) => app.MapGet("/v1/hand-overs",
        async (string? state, string? cursor, int? limit, IQuerySession session, Work work, CancellationToken ct) =>
        {
            _ = state is null || Enum.GetNames<HandOverState>().Contains(state) ? true : throw Refused.Invalid("state-unknown", "state is one of the states.", "state");
            var (most, body) = (Changes.Limit(limit), work.Caller.Body ?? "");
            IQueryable<HandOverView> views = session.Query<HandOverView>();
            views = work.Caller.ActsFor(Holders.CentralCommunications) || work.Caller.Is(Roles.Auditor) ? views : views.Where(h => h.Body == body);
            views = state is null ? views : views.Where(h => h.State == state);
            if (Cursor.Parse(cursor) is { } last)
            {
                var (at, id) = (last.At, last.Id);
                views = views.Where(h => h.AskedAt > at || (h.AskedAt == at && h.Id > id));
            }

            var found = await views.OrderBy(h => h.AskedAt).ThenBy(h => h.Id).Take(most).ToListAsync(ct);
            return new Page<HandOverView>([.. found.Select(h => h.Shown())], found.Count == most ? new Cursor(found[^1].AskedAt, found[^1].Id).ToString() : null);
        })
        .ForRoles(Roles.Moderator, Roles.Editor, Roles.Auditor).WithTags("Hand-overs").WithSummary("What the caller's body handed over, oldest first; state=Refused or OutcomeUnknown is what needs a look.");
}
