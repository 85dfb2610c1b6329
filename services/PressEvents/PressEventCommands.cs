using Marten;
using Platform;

namespace PressEvents;

/// <summary>What every command on a filed event does around its rules: role, body, version, what it has reserved, append and save.</summary>
public sealed class PressEventCommands(IDocumentSession session, Reservations reservations, Work work, TimeProvider clock)
{
    public async Task<PressEventDone> Run(Guid id, Seen seen, Func<PressEvent, DateTimeOffset, IReadOnlyList<object>> decide, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Editor);
        var found = await session.Find<PressEvent>(id, seen, e => work.Caller.PlansFor(e.Body), PressEventDecider.Evolve, ct);
        var facts = decide(found.State, clock.GetUtcNow().InAlmaty());
        await reservations.Follow(found.State, facts, ct);
        var done = await found.Save(facts, ct);
        return PressEventDone.Of(done.State, done.Version);
    }
}
