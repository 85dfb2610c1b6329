using System.Text.Json.Serialization;
using JasperFx;
using JasperFx.Events;
using Marten;
using Marten.Events.Aggregation;
using Platform;

namespace PressEvents;

/// <summary>Marten's side of the fold; live, nothing stored.</summary>
public sealed partial class BroadcastFold : SingleStreamProjection<Broadcast, Guid>
{
    public override Broadcast? Evolve(Broadcast? snapshot, Guid id, IEvent e) => BroadcastDecider.Evolve(snapshot, e.Data);
}

/// <summary>A broadcast as lists and feeds show it; planned and real times. Stored in UTC, shown with Almaty's offset.</summary>
public sealed record BroadcastView(Guid Id, Guid PressEventId, string Channel, string Url, DateTimeOffset PlannedStart, DateTimeOffset PlannedEnd, string State) : IRevisioned
{
    public int Version { get; set; }
    public DateTimeOffset? OnAirAt { get; init; }

    /// <summary>When it ended, or failed.</summary>
    public DateTimeOffset? OverAt { get; init; }

    /// <summary>The service's own note; left out for the public.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FailedBecause { get; init; }

    public BroadcastView Shown(bool toPlanners) => this with
    {
        PlannedStart = PlannedStart.InAlmaty(),
        PlannedEnd = PlannedEnd.InAlmaty(),
        OnAirAt = OnAirAt?.InAlmaty(),
        OverAt = OverAt?.InAlmaty(),
        FailedBecause = toPlanners ? FailedBecause : null,
    };
}

public static class BroadcastViewFold
{
    public static BroadcastView? Evolve(BroadcastView? view, object fact) => fact switch
    {
        BroadcastPlanned e => new(e.BroadcastId, e.PressEventId, e.Channel, e.Url, e.PlannedStart.ToUniversalTime(), e.PlannedEnd.ToUniversalTime(), nameof(BroadcastState.Planned)),
        BroadcastPrepared => view! with { State = nameof(BroadcastState.Ready) },
        BroadcastWentOnAir e => view! with { State = nameof(BroadcastState.OnAir), OnAirAt = e.At.ToUniversalTime() },
        BroadcastEnded e => view! with { State = nameof(BroadcastState.Ended), OverAt = e.At.ToUniversalTime() },
        BroadcastFailed e => view! with { State = nameof(BroadcastState.Failed), OverAt = e.At.ToUniversalTime(), FailedBecause = e.Reason },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a broadcast."),
    };
}

public sealed partial class BroadcastViews : SingleStreamProjection<BroadcastView, Guid>
{
    public BroadcastViews()
    {
        foreach (var fact in BroadcastDecider.Facts)
        {
            IncludeType(fact); // other streams have facts of their own
        }
    }

    public override BroadcastView? Evolve(BroadcastView? snapshot, Guid id, IEvent e) => BroadcastViewFold.Evolve(snapshot, e.Data);
}

public static class BroadcastReads
{
    /// <summary>All of an event, in the order in which they were planned.</summary>
    public static async Task<IReadOnlyList<BroadcastView>> BroadcastsOf(this IQuerySession session, Guid pressEventId, CancellationToken ct) =>
        [.. (await session.Query<BroadcastView>().Where(b => b.PressEventId == pressEventId).ToListAsync(ct)).OrderBy(b => b.PlannedStart).ThenBy(b => b.Id)];

    public static void MapBroadcastReads(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/press-events/{id:guid}/broadcasts").WithTags("Live");
        doors.MapGet("/", async (Guid id, IQuerySession session, Work work, CancellationToken ct) =>
            {
                var of = await session.One(work.Caller, id, null, ct);
                return new Page<BroadcastView>([.. (await session.BroadcastsOf(id, ct)).Select(b => b.Shown(work.Caller.SeesPlans(of.Body)))], null);
            })
            .WithSummary("The broadcasts of an event, with address, planned and real times.");
        doors.MapGet("/{broadcastId:guid}", One).Produces<BroadcastView>().WithSummary("One broadcast; asOf shows it as it was recorded at that instant.");
    }

    private static async Task<IResult> One(Guid id, Guid broadcastId, string? asOf, IQuerySession session, Work work, HttpResponse reply, CancellationToken ct)
    {
        var of = await session.One(work.Caller, id, null, ct);
        var found = await session.AsOf<BroadcastView>(broadcastId, Times.AsOf(asOf, "asOf"), BroadcastViewFold.Evolve, ct);
        if (found is not { State: var view, Version: var version } || view.PressEventId != id)
        {
            throw Refused.Missing(nameof(Broadcast));
        }

        view.Version = (int)version;
        return reply.Versioned(view.Shown(work.Caller.SeesPlans(of.Body)), version);
    }
}
