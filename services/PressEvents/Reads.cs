using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Marten;
using Platform;
using PressEvents.V1;

namespace PressEvents;

/// <summary>Filters of the list; all optional. <paramref name="From"/>, <paramref name="To"/>: instants or days in Almaty, a day of <paramref name="To"/> included.</summary>
public sealed record PressEventFilter(string? From, string? To, string? Format, string? Body, string? State)
{
    public IQueryable<PressEventView> On(IQueryable<PressEventView> views, Catalogue catalogue)
    {
        _ = State is null || System.Enum.GetNames<PressEventState>().Contains(State) ? true : throw Refused.Invalid("state-unknown", "state is one of the states.", "state");
        var (from, to) = (Times.Bound(From, "from", wholeDay: false)?.ToUniversalTime(), Times.Bound(To, "to", wholeDay: true)?.ToUniversalTime());
        views = Named(views, Format, Body, catalogue);
        views = State is null ? views : views.Where(v => v.State == State);
        views = from is not { } after ? views : views.Where(v => v.End > after);
        return to is not { } before ? views : views.Where(v => v.Start < before);
    }

    /// <summary>By format and body, which feeds know too; an unknown one is refused, for it would show nothing for ever.</summary>
    public static void Known(string? format, string? body, Catalogue catalogue)
    {
        _ = format is null || catalogue.Format(format) is not null ? true : throw Refused.Invalid("format-unknown", "format is a code of the list of formats.", "format");
        _ = body is null || Holders.Find(body) is not null ? true : throw Refused.Invalid("body-unknown", "body is a code of the list of holders.", "body");
    }

    public static IQueryable<PressEventView> Named(IQueryable<PressEventView> views, string? format, string? body, Catalogue catalogue)
    {
        Known(format, body, catalogue);
        views = format is null ? views : views.Where(v => v.Format == format);
        return body is null ? views : views.Where(v => v.Body == body);
    }
}

public static class PressEventReads
{
    /// <summary>Events by start: the public ones, and those of the caller's body (scc, auditors: all).</summary>
    public static async Task<Page<PressEventView>> List(this IQuerySession session, Caller caller, PressEventFilter filter, Catalogue catalogue,
        string? cursor, int limit, CancellationToken ct)
    {
        var body = caller.Body ?? "";
        var views = filter.On(session.Query<PressEventView>(), catalogue);
        views = caller.SeesAllPlans() ? views : views.Where(v => v.IsOpen || v.Body == body);
        if (Cursor.Parse(cursor) is { } last)
        {
            var (start, id) = (last.At, last.Id);
            views = views.Where(v => v.Start > start || (v.Start == start && v.Id > id));
        }

        var items = await views.OrderBy(v => v.Start).ThenBy(v => v.Id).Take(limit).ToListAsync(ct);
        return new([.. items.Select(v => v.Shown())], items.Count == limit ? new Cursor(items[^1].Start, items[^1].Id).ToString() : null);
    }

    /// <summary>One event, now or as it stood at an instant; what is not for the caller is unknown.</summary>
    public static async Task<PressEventView> One(this IQuerySession session, Caller caller, Guid id, DateTimeOffset? asOf, CancellationToken ct)
    {
        PressEventView? view;
        if (asOf is null)
        {
            view = await session.LoadAsync<PressEventView>(id, ct);
        }
        else
        {
            var then = await session.AsOf<PressEventView>(id, asOf, PressEventViewFold.Evolve, ct);
            view = then?.State;
            view?.Version = (int)then!.Value.Version;
        }

        return view is not null && view.IsFor(caller) ? view.Shown() : throw Refused.Missing(nameof(PressEvent));
    }
}

/// <summary>The event that something of another stream belongs to: for who may not, it is unknown.</summary>
public static class PressEventAccess
{
    /// <summary>One that the caller plans.</summary>
    public static async Task<PressEventView> Planned(this IQuerySession session, Caller caller, Guid pressEventId, CancellationToken ct) =>
        (pressEventId == Guid.Empty ? null : await session.LoadAsync<PressEventView>(pressEventId, ct)) is { } view && caller.PlansFor(view.Body) ? view
            : throw Refused.Missing(nameof(PressEvent));

    /// <summary>One whose inner side the caller may see: its body's officials, scc's, and auditors.</summary>
    public static async Task<PressEventView> Seen(this IQuerySession session, Caller caller, Guid pressEventId, CancellationToken ct) =>
        (pressEventId == Guid.Empty ? null : await session.LoadAsync<PressEventView>(pressEventId, ct)) is { } view && caller.SeesPlans(view.Body) ? view
            : throw Refused.Missing(nameof(PressEvent));
}

public static class ReadsRest
{
    public static void MapReads(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/press-events").WithTags("Reads");
        doors.MapGet("/", ([AsParameters] PressEventFilter filter, string? cursor, int? limit, IQuerySession session, Catalogue catalogue, Work work, CancellationToken ct) =>
                session.List(work.Caller, filter, catalogue, cursor, Changes.Limit(limit), ct))
            .WithSummary("Public from announcing on; with a token of the body, of scc or of an auditor also what is planned. By start.");
        doors.MapGet("/{id:guid}", async (Guid id, string? asOf, IQuerySession session, Work work, HttpResponse reply, CancellationToken ct) =>
            {
                var view = await session.One(work.Caller, id, Times.AsOf(asOf, "asOf"), ct);
                return reply.Versioned(view, view.Version);
            })
            .Produces<PressEventView>().WithSummary("One event; asOf shows it as it was recorded at that instant.");
        doors.MapGet("/{id:guid}/history", History).RequireAuthorization()
            .WithSummary("For its body, scc and auditors: who did what, when it was so and when it was recorded.");
    }

    private static async Task<IReadOnlyList<HistoryEntry>> History(Guid id, IQuerySession session, Work work, CancellationToken ct)
    {
        var view = await session.One(work.Caller, id, null, ct);
        _ = work.Caller.SeesPlans(view.Body) ? true : throw Refused.Missing(nameof(PressEvent));
        return [.. (await session.Events.FetchStreamAsync(id, token: ct)).Select(e => HistoryEntry.Of(e) with { RecordedAt = e.Timestamp.InAlmaty() })];
    }
}

public sealed partial class PressEventsGrpc
{
    public override async Task<V1.PressEvent> Get(GetRequest request, ServerCallContext context) =>
        Message(await Handler<IQuerySession>(context).One(Handler<Work>(context).Caller, Id(request.PressEventId), null, context.CancellationToken));

    public override async Task<ListReply> List(ListRequest request, ServerCallContext context)
    {
        PressEventFilter filter = new(Given(request.From), Given(request.To), Given(request.Format), Given(request.Body), Given(request.State));
        var page = await Handler<IQuerySession>(context).List(Handler<Work>(context).Caller, filter, Handler<Catalogue>(context), Given(request.Cursor),
            Changes.Limit(request.Limit == 0 ? null : request.Limit), context.CancellationToken);
        return new() { Items = { page.Items.Select(Message) }, Next = page.Next ?? "" };
    }

    private static V1.PressEvent Message(PressEventView view)
    {
        V1.PressEvent message = new()
        {
            Id = view.Id.ToString(),
            Version = view.Version,
            State = view.State,
            Format = view.Format,
            Body = view.Body,
            Title = Words(view.Title),
            Summary = Words(view.Summary),
            Start = Timestamp.FromDateTimeOffset(view.Start),
            End = Timestamp.FromDateTimeOffset(view.End),
            Hall = view.Hall ?? "",
            Speakers = { view.Speakers.Select(s => new V1.Speaker { Name = Words(s.Name), Post = s.Post is { } post ? Words(post) : null, SpeakerId = s.SpeakerId?.ToString() ?? "" }) },
            Channels = { view.Channels },
            Sequence = view.Sequence,
            AnnouncedAt = Time(view.AnnouncedAt),
            CancelledAt = Time(view.CancelledAt),
            CancelledBecause = view.CancelledBecause is { } reason ? Words(reason) : null,
            PostponedAt = Time(view.PostponedAt),
            PostponedBecause = view.PostponedBecause is { } why ? Words(why) : null,
            StartedAt = Time(view.StartedAt),
            ConcludedAt = Time(view.ConcludedAt),
            MaterialsPublishedAt = Time(view.MaterialsPublishedAt),
            PreviousStarts = { view.PreviousStarts.Select(Timestamp.FromDateTimeOffset) },
        };
        if (view.Capacity is { } capacity)
        {
            message.Capacity = capacity;
        }

        return message;
    }
}
