using Marten;
using Platform;

namespace PressEvents;

/// <summary>The reply to a command on a broadcast.</summary>
public sealed record BroadcastDone(Guid Id, long Version, string State, Guid PressEventId, string Channel, string Url)
{
    public static BroadcastDone Of(Broadcast state, long version) => new(state.Id, version, state.State.ToString(), state.PressEventId, state.Channel, state.Url);
}

/// <summary>What the commands on a broadcast share: whose it is, which version was seen, whether the public knows of its event.</summary>
public sealed class BroadcastCommands(IDocumentSession session, Work work)
{
    public async Task<BroadcastDone> Handle(Guid pressEventId, Guid id, Seen seen, Func<Broadcast, bool, IReadOnlyList<object>> decide, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Editor);
        var of = await session.Planned(work.Caller, pressEventId, ct);
        var done = await session.Decide<Broadcast>(id, seen, b => b.PressEventId == pressEventId, BroadcastDecider.Evolve, state => decide(state, of.IsOpen), ct);
        return BroadcastDone.Of(done.State, done.Version);
    }
}

public static class LiveDoors
{
    public static void MapBroadcastCommand<TCommand>(this IEndpointRouteBuilder app, string command, string summary,
        Func<TCommand, DateTimeOffset, Func<Broadcast, bool, IReadOnlyList<object>>> decide) where TCommand : class, new() =>
        app.MapPost("/v1/press-events/{id:guid}/broadcasts/{broadcastId:guid}/" + command, async (Guid id, Guid broadcastId, Seen seen, TCommand? ask, BroadcastCommands commands,
            TimeProvider clock, HttpResponse reply, CancellationToken ct) =>
        {
            var done = await commands.Handle(id, broadcastId, seen, decide(ask ?? new(), clock.GetUtcNow().InAlmaty()), ct);
            return reply.Versioned(done, done.Version);
        })
        .ForRoles(Roles.Editor).WithTags("Live").Produces<BroadcastDone>().WithSummary(summary);
}
