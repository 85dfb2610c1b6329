using Marten;
using Platform;

namespace PressEvents;

/// <summary>Take an announced event out of public lists and feeds, though it takes place; final. The reason stands in the history.</summary>
public sealed record WithdrawPressEvent(string? Reason = null)
{
    public WithdrawPressEvent() : this(Reason: null) { }
}

public static partial class PressEventDecider
{
    public static IReadOnlyList<object> Decide(PressEvent state, WithdrawPressEvent ask, DateTimeOffset now)
    {
        var reason = Filing.Text(ask.Reason, "reason", 2000) ?? throw Refused.Invalid("reason-missing", "Say why it is withdrawn from the public.", "reason");
        return state.AnnouncedAt is null ? throw Refused.Conflict("not-announced", "Nobody was told of it yet.")
            : state.Public ? [new PressEventWithdrawn(state.Id, state.Body, reason, state.IsKnown, now)]
            : [];
    }
}

public sealed class WithdrawPressEventHandler(IDocumentSession session, Work work, TimeProvider clock)
{
    public async Task<PressEventDone> Handle(Guid id, Seen seen, WithdrawPressEvent ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Editor);
        var done = await session.Decide<PressEvent>(id, seen, e => work.Caller.PlansFor(e.Body), PressEventDecider.Evolve,
            state => PressEventDecider.Decide(state, ask, clock.GetUtcNow().InAlmaty()), ct);
        return PressEventDone.Of(done.State, done.Version);
    }
}

public static class WithdrawPressEventRest
{
    public static void MapWithdrawPressEvent(this IEndpointRouteBuilder app) => app.MapCommand<WithdrawPressEvent>("withdraw",
        "Takes it out of public lists and feeds for good; feeds that tell of deletions do so.",
        (id, seen, ask, services, ct) => services.GetRequiredService<WithdrawPressEventHandler>().Handle(id, seen, ask, ct));
}
