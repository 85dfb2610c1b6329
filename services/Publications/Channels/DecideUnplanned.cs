using Marten;
using Platform;

namespace Publications;

/// <summary>
/// Decide about an unplanned post: <c>adopt</c>, <c>report</c>, or <c>ignore</c> with a reason. What the checks of pictures and rights find keeps it from being adopted, unless one person gives a reason
/// and another one says adopt as well; so does it where a person says what a picture is. <paramref name="SubjectPersonId"/>: whom it is about; <paramref name="Media"/>: what the pictures are that the registry does not know by their bytes, in order.
/// </summary>
public sealed record DecideUnplanned(string Decision, string? Reason, Guid? SubjectPersonId = null, IReadOnlyList<Guid>? Media = null);

/// <summary>An adoption that waits for a second person; <paramref name="Findings"/> are the codes that it is asked in spite of.</summary>
public sealed record UnplannedAdoption(string By, string Reason, IReadOnlyList<string> Findings, DateTimeOffset At);

/// <summary>An unplanned post as its officials see it; state Found or Decided. <see cref="Findings"/> by what the registries know now.</summary>
public sealed record UnplannedReply(Guid Id, long Version, string State, string Channel, string ExternalId, DateTimeOffset PostedAt, string Text, IReadOnlyList<string> MediaHashes,
    IReadOnlyList<Guid> KnownMedia, DateTimeOffset FoundAt, string? Decision, string? Reason, string? DecidedBy, DateTimeOffset? DecidedAt)
{
    public IReadOnlyList<CheckShown> Findings { get; init; } = [];

    /// <summary>Codes of what spoke against it when it was decided, else when it was found.</summary>
    public IReadOnlyList<string> FindingsThen { get; init; } = [];
    public Guid? SubjectPersonId { get; init; }
    public UnplannedAdoption? Adoption { get; init; }

    /// <summary>Who asked for an adoption in spite of findings; <see cref="DecidedBy"/> is the second person.</summary>
    public string? AskedBy { get; init; }

    /// <summary>The official or a delegate had a part in the decision; null: none yet, or the account names nobody.</summary>
    public bool? ByOfficial { get; init; }

    public static UnplannedReply Of(UnplannedPost p, long version, UnplannedJudged judged, OfficialsTerm? official) => new(p.Id, version, p.Decision is null ? "Found" : "Decided", p.Channel, p.ExternalId, p.PostedAt,
        p.Text, p.MediaHashes, [.. p.KnownMedia.Concat(judged.Media.Select(m => m.Id).OfType<Guid>()).Distinct()], p.FoundAt, p.Decision, p.Reason, p.DecidedBy, p.DecidedAt)
    {
        Findings = [.. judged.Findings.Select(CheckShown.Of)],
        FindingsThen = p.Findings,
        SubjectPersonId = p.SubjectPersonId,
        Adoption = p.Asked is { } a ? new(a.By, a.Reason, a.Findings, a.At) : null,
        AskedBy = p.AskedBy,
        ByOfficial = p.DecidedAt is { } at ? official.Among([p.DecidedBy, p.AskedBy], at) : null,
    };
}

public sealed class DecideUnplannedHandler(IDocumentSession session, Work work, TimeProvider clock)
{
    public static readonly string[] May = [Roles.Head, Roles.Editor];

    /// <summary>Whoever acts for the body, or speaks on the account.</summary>
    public async Task<UnplannedReply> Handle(string code, Guid id, Seen seen, DecideUnplanned ask, CancellationToken ct)
    {
        work.Caller.Demand(May);
        var (official, now) = ((await session.Accounts([code], ct)).GetValueOrDefault(code)?.Official, clock.GetUtcNow());
        var found = await session.Find<UnplannedPost>(id, seen, p => p.Channel == code && (work.Caller.ActsFor(p.Body) || official.Names(work.Caller.Id, now)), UnplannedDecider.Evolve, ct);
        var (post, asked) = (found.State, found.State.Asked);
        var judged = await session.Judge(post, ask.SubjectPersonId ?? asked?.SubjectPersonId ?? post.SubjectPersonId, ask.Media ?? asked?.Media ?? post.Media, official, now, ct);
        var done = await found.Save(UnplannedDecider.Decide(post, ask, judged.Findings, official.Own(), work.Caller.Id, now), ct);
        return UnplannedReply.Of(done.State, done.Version, judged, official);
    }
}

public static class UnplannedDoors
{
    public static void MapUnplanned(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/channels/{code}/unplanned").WithTags("Channels");
        doors.MapPost("/{id:guid}/decide", async (string code, Guid id, Seen seen, DecideUnplanned ask, DecideUnplannedHandler handler, HttpResponse reply, CancellationToken ct) =>
                await handler.Handle(code, id, seen, ask, ct) is var done ? reply.Versioned(done, done.Version) : null)
            .ForRoles(DecideUnplannedHandler.May).Produces<UnplannedReply>().WithSummary("Decides about a post that nobody released here; adopt is judged by the checks of pictures and rights, and in spite of them takes a reason and two people.");
        doors.MapGet("/", async (string code, bool? decided, string? cursor, int? limit, IQuerySession session, Work work, TimeProvider clock, CancellationToken ct) =>
            {
                var (account, _) = await session.Account(work.Caller, code, null, ct);
                return await session.Unplanned(account, decided, cursor, Changes.Limit(limit), clock.GetUtcNow(), ct);
            })
            .ForRoles(AccountReads.May).WithSummary("Posts that stand on the account and that no release explains, newest first, with what the checks find on them.");
        doors.MapGet("/{id:guid}", async (string code, Guid id, DateTimeOffset? asOf, IQuerySession session, Work work, TimeProvider clock, HttpResponse reply, CancellationToken ct) =>
            {
                var (account, _) = await session.Account(work.Caller, code, null, ct);
                var found = id == Guid.Empty ? null : await session.AsOf<UnplannedPost>(id, asOf, UnplannedDecider.Evolve, ct);
                return found is { State: var state, Version: var version } && state.Channel == code ? reply.Versioned(await session.Shown(state, version, account, clock.GetUtcNow(), ct), version)
                    : throw Refused.Missing("unplanned post");
            })
            .ForRoles(AccountReads.May).Produces<UnplannedReply>().WithSummary("One of them; asOf shows it as it was recorded at that instant, with what the checks find now.");
    }

    private static async Task<UnplannedReply> Shown(this IQuerySession session, UnplannedPost post, long version, RegisteredAccount account, DateTimeOffset now, CancellationToken ct) => UnplannedReply.Of(post, version,
        await session.Judge(post, post.Asked?.SubjectPersonId ?? post.SubjectPersonId, post.Asked?.Media ?? post.Media, account.Official, now, ct), account.Official);

    private static async Task<Page<UnplannedReply>> Unplanned(this IQuerySession session, RegisteredAccount account, bool? decided, string? cursor, int limit, DateTimeOffset now, CancellationToken ct)
    {
        var code = account.Code;
        var views = session.Query<UnplannedView>().Where(v => v.Channel == code);
        views = decided is not { } wanted ? views : views.Where(v => v.Decided == wanted);
        if (Cursor.Parse(cursor) is { } after)
        {
            var (at, id) = (after.At, after.Id);
            views = views.Where(v => v.PostedAt < at || (v.PostedAt == at && v.Id < id));
        }

        var items = await views.OrderByDescending(v => v.PostedAt).ThenByDescending(v => v.Id).Take(limit).ToListAsync(ct);
        List<UnplannedReply> shown = [];
        foreach (var item in items)
        {
            shown.Add(await session.Shown(item.Now, item.Version, account, now, ct));
        }

        return new(shown, items.Count == limit ? new Cursor(items[^1].PostedAt, items[^1].Id).ToString() : null);
    }
}
