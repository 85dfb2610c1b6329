using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Marten;
using Npgsql;
using Platform;
using Publications.V1;

namespace Publications;

/// <summary>Report what the caller's body published by itself: where, when, and its title in kk, ru or both.</summary>
public sealed record ReportPublished(string? Url, DateTimeOffset? PublishedAt, Bilingual? Title)
{
    /// <summary>The registered account of the body on which it stands, or site; then it counts for that channel's cadence.</summary>
    public string? Channel { get; init; }
}

/// <summary>Something published elsewhere, as shown; times with Almaty's offset.</summary>
public sealed record PublishedReply(Guid Id, long Version, string Body, string Url, Bilingual Title, DateTimeOffset PublishedAt, string? Channel)
{
    public static PublishedReply Of(LocalPublication p, long version) => new(p.Id, version, p.Body, p.Url, p.Title, p.PublishedAt.InAlmaty(), p.Channel);
}

/// <summary>One address of one body is one stream, whatever it is said again.</summary>
public sealed class ReportPublishedHandler(IDocumentSession session, IQuerySession query, IChannelAccounts accounts, Work work, TimeProvider clock)
{
    private static readonly Guid Addresses = new("b3b1d8f2-57a6-5f0e-9c1a-2d8b7c6a4e10");

    public async Task<(bool IsNew, PublishedReply Done)> Report(ReportPublished ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Editor);
        var body = Holders.Find(work.Caller.Body)?.Code ?? throw Refused.Forbidden("body-forbidden", "The token names no body of the list of holders.");
        var id = NamedId.Of(Addresses, $"{body}\n{LocalPublicationDecider.Url(ask.Url)}");
        _ = string.IsNullOrWhiteSpace(ask.Channel) ? null : await accounts.Own(ask.Channel, body, ct);
        await session.BeginTransactionAsync(ct);
        await using var one = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 6216))") { Parameters = { new() { Value = "published-elsewhere:" + id } } };
        await session.ExecuteAsync(one, ct);
        var before = await session.AsOf<LocalPublication>(id, null, LocalPublicationDecider.Evolve, ct);
        var facts = LocalPublicationDecider.Decide(before?.State, id, body, ask, clock.GetUtcNow());
        if (facts.Count > 0)
        {
            _ = before is null ? session.Events.StartStream<LocalPublication>(id, facts) : session.Events.Append(id, before.Value.Version + facts.Count, facts);
            await session.SaveChangesAsync(ct);
        }

        var state = facts.Aggregate(before?.State, (p, fact) => LocalPublicationDecider.Evolve(p, fact))!;
        return (before is null, PublishedReply.Of(state, (before?.Version ?? 0) + facts.Count));
    }

    /// <summary>The caller's body's, auditors all; newest first, by the time of publication.</summary>
    public async Task<Page<PublishedReply>> List(DateTimeOffset? from, DateTimeOffset? to, string? cursor, int limit, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Editor, Roles.Approver, Roles.Auditor);
        var (body, all) = (work.Caller.Body ?? "", work.Caller.Is(Roles.Auditor));
        var found = query.Query<LocalPublication>().Where(p => all || p.Body == body);
        found = from?.ToUniversalTime() is { } first ? found.Where(p => p.PublishedAt >= first) : found;
        found = to?.ToUniversalTime() is { } last ? found.Where(p => p.PublishedAt < last) : found;
        if (Cursor.Parse(cursor) is { } after)
        {
            var (at, id) = (after.At, after.Id);
            found = found.Where(p => p.PublishedAt < at || (p.PublishedAt == at && p.Id < id));
        }

        var page = await found.OrderByDescending(p => p.PublishedAt).ThenByDescending(p => p.Id).Take(limit).ToListAsync(ct);
        return new([.. page.Select(p => PublishedReply.Of(p, p.Version))], page.Count == limit ? new Cursor(page[^1].PublishedAt, page[^1].Id).ToString() : null);
    }
}

public static class ReportPublishedRest
{
    public static void MapReportPublished(this IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/published-elsewhere", async (ReportPublished ask, ReportPublishedHandler handler, HttpResponse reply, CancellationToken ct) =>
            {
                var (isNew, done) = await handler.Report(ask, ct);
                return reply.Versioned(done, done.Version, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
            })
            .ForRoles(Roles.Editor).WithTags("Published elsewhere").Produces<PublishedReply>(StatusCodes.Status201Created).Produces<PublishedReply>()
            .WithSummary("Records what the caller's body published by itself; one record per address.");
        app.MapGet("/v1/published-elsewhere", (DateTimeOffset? from, DateTimeOffset? to, string? cursor, int? limit, ReportPublishedHandler handler, CancellationToken ct) =>
                handler.List(from, to, cursor, Changes.Limit(limit), ct))
            .ForRoles(Roles.Editor, Roles.Approver, Roles.Auditor).WithTags("Published elsewhere").WithSummary("What the caller's body published by itself, newest first.");
    }
}

/// <summary>The feed of changes as a stream, and what akimats published by themselves.</summary>
public sealed partial class PublicationsGrpc
{
    public override Task WatchPublications(WatchPublicationsRequest request, IServerStreamWriter<PublicationChange> responseStream, ServerCallContext context) =>
        Watch.Changes(context, request.After, request.HeartbeatSeconds, responseStream, change => new()
        {
            Position = change.Position,
            MessageId = change.MessageId.ToString(),
            Type = change.Type,
            RecordedAt = Timestamp.FromDateTimeOffset(change.At),
            MessageJson = Watch.JsonOf(change),
        }, position => new() { Position = position });

    public override async Task<PublishedElsewhere> ReportPublished(ReportPublishedRequest request, ServerCallContext context) => Message((await Handler<ReportPublishedHandler>(context).Report(
        new(Given(request.Url), Time(request.PublishedAt, "publishedAt"), request.Title is { } title ? new(Given(title.Kk), Given(title.Ru)) : null) { Channel = Given(request.Channel) }, context.CancellationToken)).Done);

    public override async Task<ListPublishedReply> ListPublished(ListPublishedRequest request, ServerCallContext context)
    {
        var page = await Handler<ReportPublishedHandler>(context).List(Time(request.From, "from"), Time(request.To, "to"), Given(request.Cursor),
            Changes.Limit(request.Limit == 0 ? null : request.Limit), context.CancellationToken);
        return new() { Items = { page.Items.Select(Message) }, Next = page.Next ?? "" };
    }

    private static PublishedElsewhere Message(PublishedReply p) => new()
    {
        Id = p.Id.ToString(),
        Version = p.Version,
        Body = p.Body,
        Url = p.Url,
        PublishedAt = Time(p.PublishedAt),
        Title = new() { Kk = p.Title.Kk ?? "", Ru = p.Title.Ru ?? "" },
        Channel = p.Channel ?? "",
    };
}
