using Marten;
using Platform;
using PressEvents.V1;

namespace PressEvents;

/// <summary>The reply to an act on a question: where it stands now.</summary>
public sealed record QuestionDone(Guid Id, long Version, string State, Guid PressEventId)
{
    public static QuestionDone Of(Question state, long version) => new(state.Id, version, state.State.ToString(), state.PressEventId);
}

/// <summary>What the acts of officials on one question share: role, own body, version seen, decide, append, save.</summary>
public sealed class QuestionCommands(IDocumentSession session, Work work, TimeProvider clock)
{
    /// <summary>The event's body answers for its promises with its editors too.</summary>
    public static readonly string[] Moderators = [Roles.Moderator], Answerers = [Roles.Moderator, Roles.Editor];

    public async Task<QuestionDone> Decide(Guid pressEventId, Guid id, Seen seen, string[] roles,
        Func<Question, PressEventView, DateTimeOffset, IReadOnlyList<object>> decide, CancellationToken ct)
    {
        var found = await Find(pressEventId, id, seen, roles, ct);
        var about = await session.LoadAsync<PressEventView>(pressEventId, ct) ?? throw Refused.Missing(nameof(PressEvent));
        var done = await found.Save(decide(found.State, about, clock.GetUtcNow().InAlmaty()), ct);
        return QuestionDone.Of(done.State, done.Version);
    }

    /// <summary>One question of an event that the caller's body answers for.</summary>
    public Task<Found<Question>> Find(Guid pressEventId, Guid id, Seen seen, string[] roles, CancellationToken ct)
    {
        work.Caller.Demand(roles);
        return session.Find<Question>(id, seen, q => q.PressEventId == pressEventId && work.Caller.PlansFor(q.Body), QuestionDecider.Evolve, ct);
    }
}

/// <summary>The manners that every act on a question shares at the REST door.</summary>
public static class QuestionRest
{
    public const string Path = "/v1/press-events/{id:guid}/questions", Tag = "Questions";

    public static void MapQuestionCommand<TCommand>(this IEndpointRouteBuilder app, string command, string summary,
        Func<Question, TCommand, PressEventView, DateTimeOffset, IReadOnlyList<object>> decide, params string[] roles) where TCommand : class =>
        app.MapPost($"{Path}/{{questionId:guid}}/{command}", async (Guid id, Guid questionId, Seen seen, TCommand ask, QuestionCommands commands, HttpResponse reply, CancellationToken ct) =>
        {
            var done = await commands.Decide(id, questionId, seen, roles, (question, about, now) => decide(question, ask, about, now), ct);
            return reply.Versioned(done, done.Version);
        })
        .ForRoles(roles).WithTags(Tag).Produces<QuestionDone>().WithSummary(summary);
}

public sealed partial class PressEventsGrpc
{
    private static QuestionReply Reply(QuestionDone done) => new() { QuestionId = done.Id.ToString(), Version = done.Version, State = done.State };
}
