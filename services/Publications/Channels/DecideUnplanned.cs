using Marten;
using Platform;

namespace Publications;

/// <summary>Decide about an unplanned post: <c>adopt</c>, <c>report</c>, or <c>ignore</c> with a reason.</summary>
public sealed record DecideUnplanned(string Decision, string? Reason);

/// <summary>An unplanned post as its officials see it; state Found or Decided.</summary>
public sealed record UnplannedReply(Guid Id, long Version, string State, string Channel, string ExternalId, DateTimeOffset PostedAt, string Text, IReadOnlyList<string> MediaHashes,
    IReadOnlyList<Guid> KnownMedia, DateTimeOffset FoundAt, string? Decision, string? Reason, string? DecidedBy, DateTimeOffset? DecidedAt)
{
    public static UnplannedReply Of(UnplannedPost p, long version) => new(p.Id, version, p.Decision is null ? "Found" : "Decided", p.Channel, p.ExternalId, p.PostedAt, p.Text, p.MediaHashes,
        p.KnownMedia, p.FoundAt, p.Decision, p.Reason, p.DecidedBy, p.DecidedAt);
}

public sealed class DecideUnplannedHandler(IDocumentSession session, Work work, TimeProvider clock)
{
    public static readonly string[] May = [Roles.Head, Roles.Editor];

    public async Task<UnplannedReply> Handle(string code, Guid id, Seen seen, DecideUnplanned ask, CancellationToken ct)
    {
        work.Caller.Demand(May);
        var done = await session.Decide<UnplannedPost>(id, seen, p => p.Channel == code && work.Caller.ActsFor(p.Body), UnplannedDecider.Evolve,
            p => UnplannedDecider.Decide(p, ask, work.Caller.Id, clock.GetUtcNow()), ct);
        return UnplannedReply.Of(done.State, done.Version);
    }
}

public static class UnplannedDoors
{
    public static void MapUnplanned(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/channels/{code}/unplanned").WithTags("Channels");
        doors.MapPost("/{id:guid}/decide", async (string code, Guid id, Seen seen, DecideUnplanned ask, DecideUnplannedHandler handler, HttpResponse reply, CancellationToken ct) =>
                await handler.Handle(code, id, seen, ask, ct) is var done ? reply.Versioned(done, done.Version) : null)
            .ForRoles(DecideUnplannedHandler.May).Produces<UnplannedReply>().WithSummary("Decides about a post that nobody released here.");
        doors.MapGet("/", async (string code, bool? decided, string? cursor, int? limit, IQuerySession session, Work work, CancellationToken ct) =>
            {
                await session.Account(work.Caller, code, null, ct);
                return await session.Unplanned(code, decided, cursor, Changes.Limit(limit), ct);
            })
            .ForRoles(AccountReads.May).WithSummary("Posts that stand on the account and that no release explains, newest first.");
        doors.MapGet("/{id:guid}", async (string code, Guid id, DateTimeOffset? asOf, IQuerySession session, Work work, HttpResponse reply, CancellationToken ct) =>
            {
                await session.Account(work.Caller, code, null, ct);
                var found = id == Guid.Empty ? null : await session.AsOf<UnplannedPost>(id, asOf, UnplannedDecider.Evolve, ct);
                return found is { State: var state, Version: var version } && state.Channel == code ? reply.Versioned(UnplannedReply.Of(state, version), version) : throw Refused.Missing("unplanned post");
            })
            .ForRoles(AccountReads.May).Produces<UnplannedReply>().WithSummary("One of them; asOf shows it as it was recorded at that instant.");
    }

    private static async Task<Page<UnplannedReply>> Unplanned(this IQuerySession session, string code, bool? decided, string? cursor, int limit, CancellationToken ct)
    {
        var views = session.Query<UnplannedView>().Where(v => v.Channel == code);
        views = decided is not { } wanted ? views : views.Where(v => v.Decided == wanted);
        if (Cursor.Parse(cursor) is { } after)
        {
            var (at, id) = (after.At, after.Id);
            views = views.Where(v => v.PostedAt < at || (v.PostedAt == at && v.Id < id));
        }

        var items = await views.OrderByDescending(v => v.PostedAt).ThenByDescending(v => v.Id).Take(limit).ToListAsync(ct);
        return new([.. items.Select(v => UnplannedReply.Of(v.Now, v.Version))], items.Count == limit ? new Cursor(items[^1].PostedAt, items[^1].Id).ToString() : null);
    }
}
