namespace PressEvents;

/// <summary>Give categories seats of their own, within the capacity: all quotas anew, so one that is left out shares the rest again.</summary>
public sealed record ChangeQuotas(IReadOnlyDictionary<string, int>? Quotas)
{
    public ChangeQuotas() : this(Quotas: null) { }
}

public static class ChangeQuotasRest
{
    public static void MapChangeQuotas(this IEndpointRouteBuilder app) => app.MapSeatingCommand<ChangeQuotas>("registrations/quota",
        "Gives categories, such as Blogger and Freelancer, seats of their own.",
        (commands, id, seen, ask, _, ct) => commands.Change(id, seen, "quotas-changed", (terms, _, now) => SeatingDecider.Decide(terms, ask, now), ct));
}
