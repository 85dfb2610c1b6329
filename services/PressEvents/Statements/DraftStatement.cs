using Platform;

namespace PressEvents;

/// <summary>Draft a text for all media: kind Statement (unless said) or Notice, title and text in kk and ru, both before it is submitted.</summary>
public sealed record DraftStatement(string? Kind, string? Body, Bilingual? Title, Bilingual? Text);

public static class DraftStatementRest
{
    public static void MapDraftStatement(this IEndpointRouteBuilder app) => app.MapPost("/v1/statements",
        async (DraftStatement ask, StatementCommands commands, HttpResponse reply, CancellationToken ct) =>
        {
            var done = await commands.Draft(ask, ct);
            reply.Headers.Location = $"/v1/statements/{done.Id}";
            return reply.Versioned(done, done.Version, StatusCodes.Status201Created);
        })
        .ForRoles(Roles.Editor).WithTags(StatementRest.Tag).Produces<StatementDone>(StatusCodes.Status201Created).WithSummary("Drafts a statement of the caller's body (scc: of any body).");
}
