namespace PressEvents;

/// <summary>Have so many seats in all; more are filled from the waiting list at once, fewer put nobody out.</summary>
public sealed record ChangeCapacity(int? Capacity)
{
    public ChangeCapacity() : this(Capacity: null) { }
}

public static class ChangeCapacityRest
{
    public static void MapChangeCapacity(this IEndpointRouteBuilder app) => app.MapSeatingCommand<ChangeCapacity>("registrations/capacity",
        "Has more seats, or fewer; whoever waits moves up in order, nobody who sits is put out.",
        (commands, id, seen, ask, _, ct) => commands.Change(id, seen, "capacity-changed", (terms, _, now) => SeatingDecider.Decide(terms, ask, now), ct));
}
