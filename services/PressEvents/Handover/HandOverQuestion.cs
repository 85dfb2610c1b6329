using Marten;
using Platform;

namespace PressEvents;

/// <summary>
/// Turn a question into a request for information with its asker's consent: to which holder, and who asks. The words are the asker's own, and the language.
/// </summary>
public sealed record HandOverQuestion(bool? Consent, string? Holder, Particulars? Particulars);

/// <summary>The reply: where the hand-over stands; the call follows by itself, and again until it is known to be taken or refused.</summary>
public sealed record HandOverDone(Guid Id, long Version, string State, Guid QuestionId);

public sealed class HandOverQuestionHandler(QuestionCommands commands, HandOvers handOvers, Vault vault)
{
    public async Task<HandOverDone> Handle(Guid pressEventId, Guid questionId, Seen seen, HandOverQuestion ask, CancellationToken ct)
    {
        var question = (await commands.Find(pressEventId, questionId, seen, QuestionCommands.Moderators, ct)).State;
        if (ask.Consent != true)
        {
            throw Refused.Invalid("consent-missing", "The asker agrees first that the question goes on as a request.", "consent");
        }

        if (question.State == QuestionState.Merged)
        {
            throw Refused.Conflict("question-merged", "It was merged into another question; hand that one over.", new Dictionary<string, object?> { ["mergedInto"] = question.MergedInto });
        }

        var text = await vault.Open(question.Asked.SubjectId, question.Asked.TextId, ct) ?? throw VaultRefusals.IsErased();
        var form = HandOverForm.Of(ask.Particulars, ask.Holder, question.Asked.Language, text);
        var (state, version) = await handOvers.Ask(HandOverKinds.PressQuestion, questionId, question.Body, ask.Holder!, form, ct);
        return new(state.Id, version, state.State.ToString(), questionId);
    }
}

public static class HandOverQuestionRest
{
    private const string Path = QuestionRest.Path + "/{questionId:guid}/hand-over";

    public static void MapHandOverQuestion(this IEndpointRouteBuilder app)
    {
        app.MapPost(Path, async (Guid id, Guid questionId, Seen seen, HandOverQuestion ask, HandOverQuestionHandler handler, HttpResponse reply, CancellationToken ct) =>
            {
                var done = await handler.Handle(id, questionId, seen, ask, ct);
                reply.Headers.Location = $"/v1/press-events/{id}/questions/{questionId}/hand-over";
                return TypedResults.Json(done, statusCode: StatusCodes.Status201Created);
            })
            .ForRoles(QuestionCommands.Moderators).WithTags(QuestionRest.Tag).Produces<HandOverDone>(StatusCodes.Status201Created)
            .WithSummary("Turns it into one request in Inquiries, however often it is said; If-Match is the question's version. The particulars stay sealed until they were taken, and go then.");
        app.MapGet(Path, async (Guid id, Guid questionId, QuestionReads reads, IQuerySession session, HttpResponse reply, CancellationToken ct) =>
            {
                await reads.ForDesk(id, questionId, ct);
                var view = await session.LoadAsync<HandOverView>(HandOvers.IdOf(HandOverKinds.PressQuestion, questionId), ct) ?? throw Refused.Missing("hand-over");
                return reply.Versioned(view.Shown(), view.Version);
            })
            .RequireAuthorization().WithTags(QuestionRest.Tag).Produces<HandOverView>().WithSummary("For officials of the event's body: where its hand-over stands, with the request's id and number once it is one.");
    }
}
