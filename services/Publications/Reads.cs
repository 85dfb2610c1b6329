using Marten;
using Platform;

namespace Publications;

/// <summary>Filters of the list; all optional. <paramref name="From"/> and <paramref name="To"/> bound its place in time (released, else due, else wanted, else drafted).</summary>
public sealed record PublicationFilter(string? State, string? Channel, DateTimeOffset? From, DateTimeOffset? To, bool? OutcomeUnknown,
    bool? ApprovalOwed = null, bool? FollowUpOpen = null)
{
    public IQueryable<PublicationView> On(IQueryable<PublicationView> views)
    {
        if (State is not null && !Enum.GetNames<PublicationState>().Contains(State))
        {
            throw Refused.Invalid("state-invalid", $"state is one of: {string.Join(", ", Enum.GetNames<PublicationState>())}.", "state");
        }

        views = State is null ? views : views.Where(v => v.State == State);
        views = Channel is null ? views : views.Where(v => v.Channels.Contains(Channel));
        views = From?.ToUniversalTime() is not { } from ? views : views.Where(v => v.At >= from);
        views = To?.ToUniversalTime() is not { } to ? views : views.Where(v => v.At < to);
        views = OutcomeUnknown is not { } unknown ? views : views.Where(v => v.OutcomeUnknown == unknown);
        views = ApprovalOwed is not { } owed ? views : views.Where(v => v.ApprovalOwed == owed);
        return FollowUpOpen is not { } open ? views : views.Where(v => v.FollowUpOpen == open);
    }
}

/// <summary>One line of the delivery ledger as shown: state Started, Accepted, Rejected or OutcomeUnknown; purpose null publishes, else edit, delete, reply.</summary>
public sealed record DeliveryReply(Guid AttemptId, string Channel, int Number, AttemptState State, DateTimeOffset StartedAt, DateTimeOffset? EndedAt,
    string? ExternalId, string? KnownFrom, string? Reason, int? Status, int ReadBacks, DateTimeOffset? NextLookAt, string? Language, string? Purpose, long? Epoch);

/// <summary>A version of the content: who made it, when it was recorded, the hashes, and the approvals given to exactly it.</summary>
public sealed record VersionReply(long Version, string? By, DateTimeOffset RecordedAt, Content Content, ContentHashes ContentHash, IReadOnlyList<Approval> Approvals);

public static class PublicationReads
{
    private static readonly string[] OutOfTheHouse = [nameof(PublicationState.Released), nameof(PublicationState.Corrected), nameof(PublicationState.Withdrawn)];

    /// <summary>What everybody may see at this moment, judged by the clock and not by whether anything ran.</summary>
    public static IQueryable<PublicationView> Public(this IQueryable<PublicationView> views, DateTimeOffset now)
    {
        var at = now.ToUniversalTime();
        return views.Where(v => v.State.IsOneOf(OutOfTheHouse) && (v.Embargo == null || v.Embargo <= at));
    }

    private static bool Official(Caller caller) => caller.Is(Roles.Editor) || caller.Is(Roles.Approver) || caller.Is(Roles.Auditor);

    /// <summary>Officials: their own body's (auditors all); everybody else: what is released. Newest first.</summary>
    public static async Task<Page<PublicationReply>> List(this IQuerySession session, Caller caller, PublicationFilter filter, string? cursor, int limit, DateTimeOffset now, CancellationToken ct)
    {
        var views = filter.On(session.Query<PublicationView>());
        var official = Official(caller);
        if (!official)
        {
            views = views.Public(now);
        }
        else if (!caller.Is(Roles.Auditor))
        {
            var body = caller.Body ?? "";
            views = views.Where(v => v.Body == body);
        }

        if (Cursor.Parse(cursor) is { } after)
        {
            var (at, id) = (after.At, after.Id);
            views = views.Where(v => v.At < at || (v.At == at && v.Id < id));
        }

        var items = await views.OrderByDescending(v => v.At).ThenByDescending(v => v.Id).Take(limit).ToListAsync(ct);
        return new([.. items.Select(v => Shown(caller, v.Now, v.Version, now)!)], items.Count == limit ? new Cursor(items[^1].At, items[^1].Id).ToString() : null);
    }

    /// <summary>
    /// One publication, now or as it stood at an instant; for the public only while it was released, and by a clock that nobody sets: an instant ahead ends no embargo.
    /// Words that were taken back since are told to officials alone.
    /// </summary>
    public static async Task<PublicationReply> One(this IQuerySession session, Caller caller, Guid id, DateTimeOffset? asOf, DateTimeOffset now, CancellationToken ct)
    {
        var (state, version) = await session.State(id, asOf, ct);
        var shown = Shown(caller, state, version, asOf < now ? asOf.Value : now) ?? throw Refused.Missing(nameof(Publication));
        return asOf is null || Reads(caller, state) || (await session.State(id, null, ct)).State.State != PublicationState.Withdrawn ? shown : shown.WithoutWords();
    }

    /// <summary>The whole state, for officials who may see it.</summary>
    public static async Task<Publication> Internal(this IQuerySession session, Caller caller, Guid id, CancellationToken ct)
    {
        caller.Demand(Roles.Editor, Roles.Approver, Roles.Auditor);
        var (state, _) = await session.State(id, null, ct);
        return caller.Sees(state.Body) ? state : throw Refused.Missing(nameof(Publication));
    }

    private static PublicationReply? Shown(Caller caller, Publication state, long version, DateTimeOffset at) =>
        Reads(caller, state) ? PublicationReply.Full(state, version)
        : state.IsPublic(at) ? PublicationReply.Public(state, version) : null;

    private static bool Reads(Caller caller, Publication state) => Official(caller) && caller.Sees(state.Body);

    private static async Task<(Publication State, long Version)> State(this IQuerySession session, Guid id, DateTimeOffset? asOf, CancellationToken ct)
    {
        if (asOf is not null)
        {
            return await session.AsOf<Publication>(id, asOf, PublicationFold.Evolve, ct) ?? throw Refused.Missing(nameof(Publication));
        }

        return await session.LoadAsync<PublicationView>(id, ct) is { } view ? (view.Now, view.Version) : throw Refused.Missing(nameof(Publication));
    }
}

public static class ReadsRest
{
    public static void MapReads(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/publications").WithTags("Reads");
        doors.MapGet("/", ([AsParameters] PublicationFilter filter, string? cursor, int? limit, IQuerySession session, Work work, TimeProvider clock, CancellationToken ct) =>
                session.List(work.Caller, filter, cursor, Changes.Limit(limit), clock.GetUtcNow(), ct))
            .WithSummary("Newest first. Editors and approvers: their own body's; auditors: all; without a token: what is released.");
        doors.MapGet("/{id:guid}", async (Guid id, DateTimeOffset? asOf, IQuerySession session, Work work, TimeProvider clock, HttpResponse reply, CancellationToken ct) =>
            {
                var shown = await session.One(work.Caller, id, asOf, clock.GetUtcNow(), ct);
                return reply.Versioned(shown, shown.Version);
            })
            .Produces<PublicationReply>().WithSummary("One publication with its content hashes; asOf shows it as it was recorded at that instant.");
        doors.MapGet("/debts", (string? cursor, int? limit, IQuerySession session, Work work, TimeProvider clock, CancellationToken ct) =>
                session.List(work.Caller, new(null, null, null, null, null, ApprovalOwed: true), cursor, Changes.Limit(limit), clock.GetUtcNow(), ct))
            .ForRoles(Roles.Editor, Roles.Approver, Roles.Auditor).WithSummary("What one person let out in an emergency and no second one has approved yet.");
        doors.MapGet("/{id:guid}/deliveries", async (Guid id, IQuerySession session, Work work, CancellationToken ct) =>
            {
                var publication = await session.Internal(work.Caller, id, ct);
                return new Page<DeliveryReply>([.. publication.Attempts.Select(a => new DeliveryReply(a.AttemptId, a.Channel, a.Number, a.State, a.StartedAt,
                    a.EndedAt, a.ExternalId, a.KnownFrom, a.Reason, a.Status, a.ReadBacks, a.NextLookAt, a.Language, a.Purpose, a.Epoch))], null);
            })
            .ForRoles(Roles.Editor, Roles.Approver, Roles.Auditor).WithSummary("The ledger of calls to channels, in order.");
        doors.MapGet("/{id:guid}/versions", Versions).ForRoles(Roles.Editor, Roles.Approver, Roles.Auditor)
            .WithSummary("Every version of the content, with the approvals given to it.");
    }

    private static async Task<Page<VersionReply>> Versions(Guid id, IQuerySession session, Work work, CancellationToken ct)
    {
        var publication = await session.Internal(work.Caller, id, ct);
        List<VersionReply> versions = [];
        List<Approval> correction = [];
        foreach (var e in await session.Events.FetchStreamAsync(id, token: ct))
        {
            if ((e.Data as PublicationDrafted)?.Content is { } drafted)
            {
                versions.Add(Of(drafted));
            }
            else if (e.Data is PublicationEdited edited)
            {
                versions.Add(Of(edited.Content));
            }
            else if (e.Data is PublicationCorrected corrected)
            {
                versions.Add(Of(corrected.Content, corrected.Notice) with { Approvals = [.. correction] });
            }
            else if (e.Data is CorrectionProposed)
            {
                correction.Clear();
            }
            else if (e.Data is CorrectionApproved one)
            {
                correction.Add(new(one.Language, one.ContentHash, one.By, one.At));
            }
            else if (e.Data is PublicationApproved approved)
            {
                versions[^1] = versions[^1] with { Approvals = [.. versions[^1].Approvals, new(approved.Language, approved.ContentHash, approved.By, approved.At)] };
            }

            VersionReply Of(Content content, Bilingual? notice = null) => new(e.Version, e.UserName, e.Timestamp, content,
                new(ContentHash.Of(publication.Body, content, Languages.Kk, notice), ContentHash.Of(publication.Body, content, Languages.Ru, notice)), []);
        }

        return new(versions, null);
    }
}
