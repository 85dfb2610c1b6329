using Marten;
using Platform;

namespace PressEvents;

/// <summary>Ask to clarify a released statement: language kk or ru, the words, and who asks as the law wants it. All of it goes to Inquiries and stays in no fact here.</summary>
public sealed record RequestClarification(string? Language, string? Text, Particulars? Particulars);

/// <summary>The reply: last days are Asia/Almaty's, and how they were counted; what became of it stands at the statement, its number once Inquiries has it.</summary>
public sealed record ClarificationDone(Guid Id, long Version, string State, Guid StatementId, DeadlineReply Deadline);

/// <summary>A request to clarify as the statement's body sees it, with where its hand-over stands.</summary>
public sealed record ClarificationShown(Guid Id, Guid StatementId, long StatementVersion, string Language, DateOnly Due, DateOnly SafeDue, DateTimeOffset RequestedAt, string State, Guid? InquiryId, string? Number);

/// <summary>Fact and hand-over in one transaction; the worker of hand-overs calls Inquiries, again and again under one id, until it is a request there.</summary>
public sealed class RequestClarificationHandler(IDocumentSession session, HandOvers handOvers, Catalogue catalogue, TimeProvider clock)
{
    public async Task<ClarificationDone> Handle(Guid statementId, RequestClarification ask, CancellationToken ct)
    {
        var about = statementId == Guid.Empty ? null : await session.AsOf<Statement>(statementId, null, StatementDecider.Evolve, ct);
        var (statement, version) = about is { State.State: StatementState.Released or StatementState.Withdrawn } ? about.Value : throw Refused.Missing(nameof(Statement));
        var language = Addresses.LanguageOf(ask.Language);
        var text = Filing.Text(ask.Text, "text", 10_000) ?? throw Refused.Invalid("text-missing", "Say what is to be clarified.", "text");
        var (requested, deadline) = ClarificationDecider.Request(Guid.CreateVersion7(), statement, version, language, catalogue.Calendar, clock.GetUtcNow().InAlmaty());
        var form = HandOverForm.Of(ask.Particulars, statement.Body, language, $"{About(statement, version, language)}\n\n{text}");
        session.Events.StartStream<ClarificationRequest>(requested.RequestId, requested);
        await handOvers.Ask(HandOverKinds.StatementClarification, requested.RequestId, statement.Body, statement.Body, form, ct);
        return new(requested.RequestId, 1, nameof(HandOverState.Asked), statementId, DeadlineReply.Of(deadline));
    }

    /// <summary>So that whoever answers knows which words were read.</summary>
    private static string About(Statement statement, long version, string language) => language == "kk"
        ? $"«{statement.Title.Kk}» мәлімдемесін нақтылау туралы ({statement.Id}, {version}-нұсқа)."
        : $"Об уточнении заявления «{statement.Title.Ru}» ({statement.Id}, версия {version}).";
}

public static class RequestClarificationRest
{
    public static void MapRequestClarification(this IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/statements/{id:guid}/clarification-requests", async (Guid id, RequestClarification ask, RequestClarificationHandler handler, HttpResponse reply, CancellationToken ct) =>
            {
                var done = await handler.Handle(id, ask, ct);
                reply.Headers.Location = $"/v1/statements/{id}/clarification-requests/{done.Id}";
                return reply.Versioned(done, done.Version, StatusCodes.Status201Created);
            })
            .RequireRateLimiting(Service.AnonymousLimit).WithTags(StatementRest.Tag).Produces<ClarificationDone>(StatusCodes.Status201Created)
            .WithSummary("Public: asks to clarify a released statement; within two working days, in Inquiries.");
        app.MapGet("/v1/statements/{id:guid}/clarification-requests", async (Guid id, IQuerySession session, Work work, CancellationToken ct) =>
            {
                var view = await session.LoadAsync<StatementView>(id, ct);
                _ = view is not null && work.Caller.SeesPlans(view.Body) ? true : throw Refused.Missing(nameof(Statement));
                var requests = await session.Query<ClarificationView>().Where(c => c.StatementId == id).OrderBy(c => c.Id).Take(200).ToListAsync(ct);
                var handOvers = (await session.LoadManyAsync<HandOverView>(ct, [.. requests.Select(c => HandOvers.IdOf(HandOverKinds.StatementClarification, c.Id))])).ToDictionary(h => h.OriginId);
                return new Page<ClarificationShown>([.. requests.Select(c => Shown(c, handOvers.GetValueOrDefault(c.Id)))], null);
            })
            .ForRoles(Roles.Editor, Roles.Approver, Roles.Auditor).WithTags(StatementRest.Tag).WithSummary("What was asked about it: last days, and the request's number in Inquiries.");
    }

    private static ClarificationShown Shown(ClarificationView c, HandOverView? handOver) => new(c.Id, c.StatementId, c.StatementVersion, c.Language, c.Due, c.SafeDue, c.RequestedAt.InAlmaty(),
        handOver?.State ?? nameof(HandOverState.Asked), handOver?.InquiryId, handOver?.Number);
}
