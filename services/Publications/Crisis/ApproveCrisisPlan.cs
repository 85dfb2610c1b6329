using Platform;

namespace Publications;

/// <summary>Approve the edition of the version seen; never by who wrote in the plan.</summary>
public sealed record ApproveCrisisPlan;

public static class ApproveCrisisPlanRest
{
    public static void MapApproveCrisisPlan(this IEndpointRouteBuilder app) => app.MapCrisisPlanCommand<ApproveCrisisPlan>("approve", [Roles.Approver, Roles.Head, Roles.Admin],
        "Puts the edition seen in force; never by who wrote in the plan.", new(), (on, id, seen, _, ct) => on.Decide(id, seen, CrisisPlanDecider.Approve, ct));
}
