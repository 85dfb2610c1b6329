using Marten;
using Platform;

namespace Publications;

/// <summary>Filters of the list; all optional. <paramref name="From"/> and <paramref name="To"/> bound its place in time (released, else due, else wanted, else drafted).</summary>
public sealed record PublicationFilter(string? State, string? Channel, DateTimeOffset? From, DateTimeOffset? To, bool? OutcomeUnknown)
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
        return OutcomeUnknown is not { } unknown ? views : views.Where(v => v.OutcomeUnknown == unknown);
    }
}

/// <summary>One line of the delivery ledger as shown: state Started, Accepted, Rejected or OutcomeUnknown.</summary>
public sealed record DeliveryReply(Guid AttemptId, string Channel, int Number, AttemptState State, DateTimeOffset StartedAt, DateTimeOffset? EndedAt,
    string? ExternalId, string? KnownFrom, string? Reason, int? Status, int ReadBacks, DateTimeOffset? NextLookAt);

/// <summary>A version of the content: who made it, when it was recorded, the hashes, and the approvals given to exactly it.</summary>
public sealed record VersionReply(long Version, string? By, DateTimeOffset RecordedAt, Content Content, ContentHashes ContentHash, IReadOnlyList<Approval> Approvals);

public static class PublicationReads
{
    private static bool Official(Caller caller) => caller.Is(Roles.Editor) || caller.Is(Roles.Approver) || caller.Is(Roles.Auditor);

    /// <summary>Officials: their own body's (auditors all); everybody else: what is released. Newest first.</summary>
    public static async Task<Page<PublicationReply>> List(this IQuerySession session, Caller caller, PublicationFilter filter, string? cursor, int limit, CancellationToken ct)
    {
        var views = filter.On(session.Query<PublicationView>());
        var official = Official(caller);
        if (!official)
        {
            views = views.Where(v => v.State == nameof(PublicationState.Released));
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
        return new([.. items.Select(v => Shown(caller, v.Now, v.Version)!)], items.Count == limit ? new Cursor(items[^1].At, items[^1].Id).ToString() : null);
    }

    /// <summary>One publication, now or as it stood at an instant; for the public only while it was released.</summary>
    public static async Task<PublicationReply> One(this IQuerySession session, Caller caller, Guid id, DateTimeOffset? asOf, CancellationToken ct)
    {
        var (state, version) = await session.State(id, asOf, ct);
        return Shown(caller, state, version) ?? throw Refused.Missing(nameof(Publication));
    }

    /// <summary>The whole state, for officials who may see it.</summary>
    public static async Task<Publication> Internal(this IQuerySession session, Caller caller, Guid id, CancellationToken ct)
    {
        caller.Demand(Roles.Editor, Roles.Approver, Roles.Auditor);
        var (state, _) = await session.State(id, null, ct);
        return caller.Sees(state.Body) ? state : throw Refused.Missing(nameof(Publication));
    }

    private static PublicationReply? Shown(Caller caller, Publication state, long version) =>
        Official(caller) && caller.Sees(state.Body) ? PublicationReply.Full(state, version)
        : state.State == PublicationState.Released ? PublicationReply.Public(state, version) : null;

    private static async Task<(Publication, long)> State(this IQuerySession session, Guid id, DateTimeOffset? asOf, CancellationToken ct)
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
        doors.MapGet("/", ([AsParameters] PublicationFilter filter, string? cursor, int? limit, IQuerySession session, Work work, CancellationToken ct) =>
                session.List(work.Caller, filter, cursor, Changes.Limit(limit), ct))
            .WithSummary("Newest first. Editors and approvers: their own body's; auditors: all; without a token: what is released.");
        doors.MapGet("/{id:guid}", async (Guid id, DateTimeOffset? asOf, IQuerySession session, Work work, HttpResponse reply, CancellationToken ct) =>
            {
                var shown = await session.One(work.Caller, id, asOf, ct);
                return reply.Versioned(shown, shown.Version);
            })
            .Produces<PublicationReply>().WithSummary("One publication with its content hashes; asOf shows it as it was recorded at that instant.");
        doors.MapGet("/{id:guid}/deliveries", async (Guid id, IQuerySession session, Work work, CancellationToken ct) =>
            {
                var publication = await session.Internal(work.Caller, id, ct);
                return new Page<DeliveryReply>([.. publication.Attempts.Select(a => new DeliveryReply(a.AttemptId, a.Channel, a.Number, a.State, a.StartedAt,
                    a.EndedAt, a.ExternalId, a.KnownFrom, a.Reason, a.Status, a.ReadBacks, a.NextLookAt))], null);
            })
            .ForRoles(Roles.Editor, Roles.Approver, Roles.Auditor).WithSummary("The ledger of calls to channels, in order.");
        doors.MapGet("/{id:guid}/versions", Versions).ForRoles(Roles.Editor, Roles.Approver, Roles.Auditor)
            .WithSummary("Every version of the content, with the approvals given to it.");
    }

    private static async Task<Page<VersionReply>> Versions(Guid id, IQuerySession session, Work work, CancellationToken ct)
    {
        var publication = await session.Internal(work.Caller, id, ct);
        List<VersionReply> versions = [];
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
            else if (e.Data is PublicationApproved approved)
            {
                versions[^1] = versions[^1] with { Approvals = [.. versions[^1].Approvals, new(approved.Language, approved.ContentHash, approved.By, approved.At)] };
            }

            VersionReply Of(Content content) => new(e.Version, e.UserName, e.Timestamp, content,
                new(ContentHash.Of(publication.Body, content, Languages.Kk), ContentHash.Of(publication.Body, content, Languages.Ru)), []);
        }

        return new(versions, null);
    }
}
