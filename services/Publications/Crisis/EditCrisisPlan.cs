using Platform;

namespace Publications;

/// <summary>Change a plan; what is not named stays. It is the next edition, and needs approval of its own.</summary>
public static class EditCrisisPlanRest
{
    public static void MapEditCrisisPlan(this IEndpointRouteBuilder app) => app.MapCrisisPlanCommand<CrisisPlanAsk>("edit", [Roles.Editor, Roles.Approver, Roles.Head, Roles.Admin],
        "Makes the next edition; the approved one stays in force until this one is.", null,
        async (on, id, seen, ask, ct) =>
        {
            var accounts = await on.Accounts(ask.Templates, ct);
            return await on.Decide(id, seen, (plan, by, now) => CrisisPlanDecider.Decide(plan, ask, accounts, by, now), ct);
        });
}
