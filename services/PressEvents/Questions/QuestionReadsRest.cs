using Marten;
using Platform;

namespace PressEvents;

public static class QuestionReadsRest
{
    public static void MapQuestionReads(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup(QuestionRest.Path).WithTags(QuestionRest.Tag);
        doors.MapGet("/", (Guid id, string? state, string? cursor, int? limit, QuestionReads reads, CancellationToken ct) => reads.List(id, state, cursor, Changes.Limit(limit), ct))
            .WithSummary("Public: what was moderated and is on the record, as asked in time; officials of the event's body see all, an akimat also what it asked.");
        doors.MapGet("/{questionId:guid}", async (Guid id, Guid questionId, string? asOf, QuestionReads reads, HttpResponse reply, CancellationToken ct) =>
            {
                var shown = await reads.One(id, questionId, Times.AsOf(asOf, "asOf"), ct);
                return reply.Versioned(shown, shown.Version);
            })
            .Produces<QuestionShown>().WithSummary("One question: public by its id, so that whoever asked can follow it; asOf shows it as it was recorded at that instant.");
        doors.MapGet("/{questionId:guid}/history", async (Guid id, Guid questionId, QuestionReads reads, IQuerySession session, CancellationToken ct) =>
            {
                await reads.ForDesk(id, questionId, ct);
                return (await session.Events.FetchStreamAsync(questionId, token: ct)).Select(e => HistoryEntry.Of(e) with { RecordedAt = e.Timestamp.InAlmaty() }).ToList();
            })
            .RequireAuthorization().WithSummary("For officials of the event's body, scc and auditors: who did what, when it was so and when it was recorded.");
        doors.MapGet("/{questionId:guid}/words", async (Guid id, Guid questionId, string? reason, QuestionReads reads, Vault vault, HttpResponse reply, CancellationToken ct) =>
            {
                var question = await reads.ForDesk(id, questionId, ct);
                reply.Headers.CacheControl = "no-store";
                return await CitizensWords.Read(vault, question.SubjectId, question.AskerId, reason, ct);
            })
            .ForRoles(QuestionCommands.Moderators).WithSummary("What the asker wrote; read with a reason, which the vault keeps.");
    }
}
