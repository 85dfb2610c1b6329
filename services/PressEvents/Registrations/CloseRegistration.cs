namespace PressEvents;

/// <summary>Let nobody register any more; seats that are given up still go to those who wait.</summary>
public sealed record CloseRegistration;

public static class CloseRegistrationRest
{
    public static void MapCloseRegistration(this IEndpointRouteBuilder app) => app.MapSeatingCommand<CloseRegistration>("close-registration",
        "Closes the registration before its time.",
        (commands, id, seen, ask, _, ct) => commands.Change(id, seen, "capacity-changed", (terms, _, now) => SeatingDecider.Decide(terms, ask, now), ct));
}
