using Marten;
using Platform;

namespace PressEvents;

/// <summary>End a deprivation before its day, for a reason of the closed list (a court's decision, an appeal that was upheld, an error); words beside it, such as the decision's number, go to the vault.</summary>
public sealed record LiftSuspension(string? Reason = null, string? Words = null)
{
    public LiftSuspension() : this(Reason: null) { }
}

/// <summary>From when on he is not suspended any more, and why, in kk and ru.</summary>
public sealed record SuspensionLiftedDone(Guid Id, long Version, string State, string Reason, Words Words, DateTimeOffset LiftedAt);

public sealed class LiftSuspensionHandler(IDocumentSession session, Vault vault, Owners owners, Work work, TimeProvider clock)
{
    public async Task<SuspensionLiftedDone> Handle(Guid id, Seen seen, LiftSuspension ask, CancellationToken ct)
    {
        work.Caller.DemandAccreditor();
        await owners.Alone(id, ct);
        var (now, words) = (clock.GetUtcNow().InAlmaty(), Filing.Text(ask.Words, "words", 2000));
        Guid? item = words is null ? null : Guid.CreateVersion7();
        var found = await session.Find<Journalist>(id, seen, _ => true, Journalists.Evolve, ct);
        var facts = Journalists.Lift(found.State, ask, item, work.Caller.Name, now);
        if (facts.Count > 0 && item is { } kept)
        {
            await vault.Keep(found.State.SubjectId, kept, "suspension-lifting", words!, ct);
        }

        var done = await found.Save(facts, ct);
        var last = done.State.Suspensions[^1];
        return new(id, done.Version, "Registered", last.LiftedBecause!, AccreditationLists.Liftings[last.LiftedBecause!].Words, last.LiftedAt!.Value.InAlmaty());
    }
}

public static class LiftSuspensionRest
{
    public static void MapLiftSuspension(this IEndpointRouteBuilder app) => app.MapPost("/v1/journalists/{id:guid}/lift-suspension",
        async (Guid id, Seen seen, LiftSuspension? ask, LiftSuspensionHandler handler, HttpResponse reply, CancellationToken ct) =>
        {
            var done = await handler.Handle(id, seen, ask ?? new(), ct);
            return reply.Versioned(done, done.Version);
        })
        .ForRoles(Roles.Accreditor).WithTags("Accreditation").Produces<SuspensionLiftedDone>()
        .WithSummary("Ends a deprivation before its day, as a court or an appeal may say; accreditations that have not run out stand again.");
}
