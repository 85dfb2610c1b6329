namespace PressEvents;

/// <summary>Invite a journalist of the register to a meeting that is for the invited alone.</summary>
public sealed record InviteJournalist(Guid? JournalistId)
{
    public InviteJournalist() : this(JournalistId: null) { }
}

public static class InviteJournalistRest
{
    public static void MapInviteJournalist(this IEndpointRouteBuilder app) => app.MapSeatingCommand<InviteJournalist>("registrations/invite",
        "Invites a journalist to a meeting without ties; he registers by himself.",
        (commands, id, seen, ask, services, ct) => commands.Change(id, seen, "capacity-changed", (terms, press, now) =>
            SeatingDecider.Decide(terms, RegistrationRules.KindOf(services.GetRequiredService<Catalogue>().Format(press.Format)), ask, now), ct));
}
