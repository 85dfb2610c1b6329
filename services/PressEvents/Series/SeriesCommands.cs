using JasperFx.Events;
using Marten;
using Platform;

namespace PressEvents;

/// <summary>Plan a series: the first event as it would be filed alone, how many there are, and every how many weeks (1 unless told).</summary>
public sealed record PlanSeries(FilePressEvent? First, int? Count, int? EveryWeeks);

/// <summary>Move one event of a series, it and those after it, or all: by the days from its old start to the new one, to the new time of day. What is over, cancelled or has begun stays.</summary>
public sealed record RescheduleSeries(Guid? PressEventId = null, string? Scope = null, string? Start = null, string? End = null, string? Hall = null, string? Reason = null)
{
    public RescheduleSeries() : this(PressEventId: null) { }
}

/// <summary>Cancel one event of a series, it and those after it, or all, and say why in kk and ru. What is over or has begun stays.</summary>
public sealed record CancelSeries(Guid? PressEventId = null, string? Scope = null, Bilingual? Reason = null)
{
    public CancelSeries() : this(PressEventId: null) { }
}

/// <summary>The reply: the series and where its events stand.</summary>
public sealed record SeriesDone(Guid Id, long Version, string State, IReadOnlyList<PressEventDone> PressEvents);

/// <summary>All or none: what cannot be booked is refused with every collision, and nothing of the series changes.</summary>
public sealed class SeriesHandler(IDocumentSession session, Reservations reservations, Catalogue catalogue, Work work, TimeProvider clock)
{
    public async Task<SeriesDone> Plan(PlanSeries ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Editor);
        var (id, now) = (Guid.CreateVersion7(), clock.GetUtcNow().InAlmaty());
        var filed = SeriesDecider.Plan(ask).Select(one => Filing.Decide(Guid.CreateVersion7(), one, catalogue, now, id)).ToList();
        if (!work.Caller.PlansFor(filed[0].Body))
        {
            throw Refused.Forbidden("body-forbidden", "Only the Central Communications Service plans for other bodies.");
        }

        var states = filed.ConvertAll(fact => PressEventDecider.Evolve(null, fact)!);
        await reservations.Take([.. states.Select(s => s.Booking())], ct);
        session.Events.StartStream<Series>(id, new SeriesPlanned(id, filed[0].Body, [.. filed.Select(f => f.PressEventId)], ask.EveryWeeks ?? 1, now));
        filed.ForEach(fact => session.Events.StartStream<PressEvent>(fact.PressEventId, fact));
        await session.SaveChangesAsync(ct);
        return new(id, 1, "Planned", [.. states.Select(s => PressEventDone.Of(s, 1))]);
    }

    public Task<SeriesDone> Reschedule(Guid id, Seen seen, RescheduleSeries ask, CancellationToken ct) => Act(id, seen, ask.PressEventId, ask.Scope, (named, now) =>
    {
        var (start, end) = Filing.Slot(ask.Start, ask.End);
        return (named is null ? throw Refused.Invalid("press-event-unknown", "pressEventId is the event whose new time is given.", "pressEventId") : named,
            state => PressEventDecider.Decide(state, SeriesDecider.Move(state.Start, named.Start, start, end).Texts() is var at
                ? new ReschedulePressEvent(at.Start, at.End, ask.Hall, ask.Reason) : null!, catalogue, now),
            moved => new SeriesRescheduled(id, ask.Scope!, moved, SeriesDecider.Days(named.Start, start), SeriesDecider.TimeOfDay(start), Filing.Text(ask.Reason, "reason", 2000), now));
    }, ct);

    public Task<SeriesDone> Cancel(Guid id, Seen seen, CancelSeries ask, CancellationToken ct) => Act(id, seen, ask.PressEventId, ask.Scope, (named, now) =>
        (named, state => PressEventDecider.Decide(state, new CancelPressEvent(ask.Reason), now), gone => new SeriesCancelled(id, ask.Scope!, gone, Filing.Words(ask.Reason, "reason", 2000), now)), ct);

    private delegate (PressEvent? Named, Func<PressEvent, IReadOnlyList<object>> Decide, Func<IReadOnlyList<Guid>, object> Fact) Rules(PressEvent? named, DateTimeOffset now);

    private async Task<SeriesDone> Act(Guid id, Seen seen, Guid? from, string? scope, Rules rules, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Editor);
        var found = await session.Find<Series>(id, seen, s => work.Caller.PlansFor(s.Body), SeriesDecider.Evolve, ct);
        List<IEventStream<PressEvent>> streams = [];
        foreach (var member in SeriesDecider.InScope(found.State, from, scope))
        {
            streams.Add(await session.Events.FetchForWriting<PressEvent>(member, ct));
        }

        var (_, decide, fact) = rules(streams.FirstOrDefault(s => s.Id == from)?.Aggregate, clock.GetUtcNow().InAlmaty());
        List<(PressEvent State, long Version)> done = [];
        List<Booking> moved = [];
        List<Guid> changed = [];
        foreach (var stream in streams.Where(s => s.Aggregate!.State is PressEventState.Planned or PressEventState.Announced or PressEventState.Postponed))
        {
            var facts = decide(stream.Aggregate!);
            stream.AppendMany(facts);
            var after = facts.Aggregate(stream.Aggregate!, (s, e) => PressEventDecider.Evolve(s, e)!);
            done.Add((after, (stream.CurrentVersion ?? 0) + facts.Count));
            if (facts.Count > 0)
            {
                changed.Add(after.Id);
                moved.Add(after.State == PressEventState.Cancelled ? after.Booking() with { Resources = [] } : after.Booking());
            }
        }

        await reservations.Move(moved, ct);
        var saved = await found.Save(changed.Count == 0 ? [] : [fact(changed)], ct);
        return new(id, saved.Version, "Planned", [.. done.Select(d => PressEventDone.Of(d.State, d.Version))]);
    }
}

public static class SeriesRest
{
    public static void MapSeries(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/series").ForRoles(Roles.Editor, Roles.Auditor).WithTags("Series");
        doors.MapPost("/", async (PlanSeries ask, SeriesHandler handler, HttpResponse reply, CancellationToken ct) =>
            {
                var done = await handler.Plan(ask, ct);
                reply.Headers.Location = $"/v1/series/{done.Id}";
                return reply.Versioned(done, done.Version, StatusCodes.Status201Created);
            })
            .Produces<SeriesDone>(StatusCodes.Status201Created).WithSummary("Plans a series of events, all booked or none, with every collision listed.");
        doors.MapGet("/{id:guid}", One).Produces<SeriesDone>().WithSummary("A series and where its events stand; asOf shows them as they were recorded at that instant.");
        doors.MapPost("/{id:guid}/reschedule", async (Guid id, Seen seen, RescheduleSeries ask, SeriesHandler handler, HttpResponse reply, CancellationToken ct) =>
                await handler.Reschedule(id, seen, ask, ct) is var done ? reply.Versioned(done, done.Version) : null)
            .Produces<SeriesDone>().WithSummary("Moves one of its events, it and those after it, or all; all or none.");
        doors.MapPost("/{id:guid}/cancel", async (Guid id, Seen seen, CancelSeries ask, SeriesHandler handler, HttpResponse reply, CancellationToken ct) =>
                await handler.Cancel(id, seen, ask, ct) is var done ? reply.Versioned(done, done.Version) : null)
            .Produces<SeriesDone>().WithSummary("Cancels one of its events, it and those after it, or all.");
    }

    private static async Task<IResult> One(Guid id, string? asOf, IQuerySession session, Work work, HttpResponse reply, CancellationToken ct)
    {
        var at = Times.AsOf(asOf, "asOf");
        if (await session.AsOf<Series>(id, at, SeriesDecider.Evolve, ct) is not { } found || !work.Caller.SeesPlans(found.State.Body))
        {
            throw Refused.Missing(nameof(Series));
        }

        List<PressEventDone> events = [];
        foreach (var member in found.State.PressEventIds)
        {
            var (state, version) = (await session.AsOf<PressEvent>(member, at, PressEventDecider.Evolve, ct))!.Value;
            events.Add(PressEventDone.Of(state, version));
        }

        return reply.Versioned(new SeriesDone(id, found.Version, "Planned", events), found.Version);
    }
}
