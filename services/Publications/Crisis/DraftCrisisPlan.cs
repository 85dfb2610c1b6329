using Platform;

namespace Publications;

/// <summary>Make the plan of a body for a topic (one each); defaults: the caller's body, no halt, living conditions not disrupted.</summary>
public sealed record DraftCrisisPlan(string? Body, string? Topic, Bilingual? Title, bool? DisruptsLiving, bool? HaltsOrdinary, IReadOnlyList<CrisisTemplateAsk?>? Templates,
    IReadOnlyList<CrisisRoleAsk?>? Roles)
{
    internal CrisisPlanAsk Plan => new(Title, DisruptsLiving, HaltsOrdinary, Templates, Roles);
}

public static class DraftCrisisPlanRest
{
    private static readonly string[] May = [Roles.Editor, Roles.Approver, Roles.Head, Roles.Admin];

    private static async Task<CrisisPlanReply> Draft(this CrisisPlanCommands on, DraftCrisisPlan ask, CancellationToken ct)
    {
        on.Caller.Demand(May);
        var body = ask.Body ?? on.Caller.Body ?? throw Refused.Invalid("body-missing", "The token names no body; name it.", "body");
        return Holders.Find(body) is null ? throw Refused.Invalid("holder-unknown", "body is a code of the list of holders.", "body")
            : !on.Caller.ActsForOrAll(body) ? throw Refused.Forbidden("body-not-own", "You plan for your own body only.")
            : await on.Start(CrisisPlanDecider.Draft(body, ask, await on.Accounts(ask.Templates, ct), on.Caller.Id, on.Now), ct);
    }

    public static void MapDraftCrisisPlan(this IEndpointRouteBuilder app) => app.MapPost("/v1/crisis-plans",
        async (DraftCrisisPlan ask, CrisisPlanCommands commands, HttpResponse reply, CancellationToken ct) =>
        {
            var done = await commands.Draft(ask, ct);
            reply.Headers.Location = $"/v1/crisis-plans/{done.Id}";
            return reply.Versioned(done, done.Version, StatusCodes.Status201Created);
        })
        .ForRoles(May).WithTags(CrisisRest.Tag).Produces<CrisisPlanReply>(StatusCodes.Status201Created).WithSummary("Makes a body's plan for a topic: templates in kk and ru, roles; its edition 1.");
}
