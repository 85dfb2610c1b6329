using Grpc.Core;
using Inquiries.V1;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;
using Platform;

namespace Inquiries;

/// <summary>Record an oral request: answered on one of ten topics, or, without a topic, the asker told to write. <paramref name="Post"/>: of who answers.</summary>
public sealed record RecordOralRequest(string? Topic, string? Way, string? Post);

public sealed class RecordOralRequestHandler(IDocumentSession session, Work work, TimeProvider clock)
{
    public async Task<OralRequestView> Handle(RecordOralRequest ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Officer, Roles.Head);
        var holder = Holders.Find(work.Caller.Body)?.Code ?? throw Refused.Invalid("body-missing", "The token names no holder.", "body");
        var id = Guid.CreateVersion7();
        var fact = OralDecider.Decide(ask, holder, id, clock.GetUtcNow());
        session.Events.StartStream<OralRequest>(id, fact);
        await session.SaveChangesAsync(ct);
        return OralDecider.View(fact);
    }
}

/// <summary>Marten's side of the fold; live, nothing stored.</summary>
public sealed partial class OralRequestFold : SingleStreamProjection<OralRequest, Guid>
{
    public OralRequestFold() => OralDecider.Facts.ToList().ForEach(IncludeType);
    public override OralRequest? Evolve(OralRequest? snapshot, Guid id, IEvent e) => OralDecider.Evolve(snapshot, e.Data);
}

public sealed partial class OralRequestViews : SingleStreamProjection<OralRequestView, Guid>
{
    public OralRequestViews() => OralDecider.Facts.ToList().ForEach(IncludeType);
    public override OralRequestView? Evolve(OralRequestView? snapshot, Guid id, IEvent e) => OralDecider.View(e.Data);
}

public static class OralRequests
{
    public static void Register(StoreOptions options)
    {
        options.MapFacts(OralDecider.Facts);
        options.Projections.Add<OralRequestFold>(ProjectionLifecycle.Live);
        options.Projections.Add<OralRequestViews>(ProjectionLifecycle.Inline);
        options.Schema.For<OralRequestView>().Index([v => v.Holder, v => v.Id]);
    }

    public static void MapOralRequests(this IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/oral-requests", async (RecordOralRequest ask, RecordOralRequestHandler handler, HttpResponse reply, CancellationToken ct) =>
                TypedResults.Json(await handler.Handle(ask, ct), statusCode: StatusCodes.Status201Created))
            .ForRoles(Roles.Officer, Roles.Head).WithTags("Oral requests").Produces<OralRequestView>(StatusCodes.Status201Created)
            .WithSummary("Records an oral request: answered on one of ten topics, or the asker told to write (401-V art. 11(4)).");
        app.MapGet("/v1/oral-requests", List).ForRoles(Roles.Officer, Roles.Head, Roles.Auditor).WithTags("Oral requests")
            .WithSummary("Oral requests of the caller's body (auditors: all), newest first.");
        app.MapGet("/v1/oral-requests/topics", () => OralTopics.All.Values.OrderBy(t => t.Code, StringComparer.Ordinal)).WithTags("Oral requests")
            .WithSummary("The ten topics on which holders answer orally, in kk and ru.");
    }

    private static async Task<Page<OralRequestView>> List(string? cursor, int? limit, IQuerySession session, Work work, CancellationToken ct)
    {
        var body = work.Caller.Body ?? "";
        var most = Changes.Limit(limit);
        var before = cursor is null ? (Guid?)null : Guid.TryParse(cursor, out var id) ? id : throw Refused.Invalid("cursor-invalid", "cursor is what the last page gave as next.", "cursor");
        IQueryable<OralRequestView> views = session.Query<OralRequestView>();
        views = work.Caller.Is(Roles.Auditor) ? views : views.Where(v => v.Holder == body);
        views = before is { } last ? views.Where(v => v.Id < last) : views;
        var items = await views.OrderByDescending(v => v.Id).Take(most).ToListAsync(ct);
        return new(items, items.Count == most ? items[^1].Id.ToString() : null);
    }
}

public sealed partial class InquiriesGrpc
{
    public override async Task<OralRequestReply> RecordOralRequest(OralRequestMessage request, ServerCallContext context)
    {
        var done = await Handler<RecordOralRequestHandler>(context).Handle(new(Given(request.Topic), Given(request.Way), Given(request.Post)), context.CancellationToken);
        return new() { Id = done.Id.ToString(), Outcome = done.Outcome };
    }
}
