using Marten;
using Platform;

namespace PressEvents;

/// <summary>The reply to a command: where the statement stands now.</summary>
public sealed record StatementDone(Guid Id, long Version, string State)
{
    public static StatementDone Of(Statement state, long version) => new(state.Id, version, state.State.ToString());
}

/// <summary>What the acts on one statement share: role, own body, version seen, decide, append, save.</summary>
public sealed class StatementCommands(IDocumentSession session, Work work, TimeProvider clock)
{
    public async Task<StatementDone> Draft(DraftStatement ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Editor);
        var drafted = StatementDecider.Draft(Guid.CreateVersion7(), ask, work.Caller.Id, clock.GetUtcNow().InAlmaty());
        if (!work.Caller.PlansFor(drafted.Body))
        {
            throw Refused.Forbidden("body-forbidden", "Only the Central Communications Service writes for other bodies.");
        }

        session.Events.StartStream<Statement>(drafted.StatementId, drafted);
        await session.SaveChangesAsync(ct);
        return StatementDone.Of(StatementDecider.Evolve(null, drafted)!, 1);
    }

    public async Task<StatementDone> Decide(Guid id, Seen seen, string role, Func<Statement, string, DateTimeOffset, IReadOnlyList<object>> decide, CancellationToken ct)
    {
        work.Caller.Demand(role);
        var done = await session.Decide<Statement>(id, seen, s => work.Caller.PlansFor(s.Body), StatementDecider.Evolve, s => decide(s, work.Caller.Id, clock.GetUtcNow().InAlmaty()), ct);
        return StatementDone.Of(done.State, done.Version);
    }
}

/// <summary>The manners that every act on a statement shares at the REST door.</summary>
public static class StatementRest
{
    public const string Tag = "Statements";

    public static void MapStatementCommand<TCommand>(this IEndpointRouteBuilder app, string command, string role, string summary,
        Func<Statement, TCommand, string, DateTimeOffset, IReadOnlyList<object>> decide) where TCommand : class, new() =>
        app.MapPost("/v1/statements/{id:guid}/" + command, async (Guid id, Seen seen, TCommand? ask, StatementCommands commands, HttpResponse reply, CancellationToken ct) =>
        {
            var done = await commands.Decide(id, seen, role, (s, by, now) => decide(s, ask ?? new(), by, now), ct);
            return reply.Versioned(done, done.Version);
        })
        .ForRoles(role).WithTags(Tag).Produces<StatementDone>().WithSummary(summary);
}
