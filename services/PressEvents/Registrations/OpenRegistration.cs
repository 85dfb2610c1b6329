using Platform;

namespace PressEvents;

/// <summary>
/// Open the registration, or open it anew with other terms. The capacity is the planned one unless given; quotas are seats of their own by category, within the capacity. Opens and closes are
/// RFC 3339 with an offset: at once and until the event's start unless given.
/// </summary>
public sealed record OpenRegistration(int? Capacity, IReadOnlyDictionary<string, int>? Quotas, string? Opens, string? Closes)
{
    public OpenRegistration() : this(null, null, null, null) { }
}

public static class OpenRegistrationRest
{
    public static void MapOpenRegistration(this IEndpointRouteBuilder app) => app.MapSeatingCommand<OpenRegistration>("open-registration",
        "Lets people register from a time until a time, for so many seats. The first opening has no version to see.",
        (commands, id, seen, ask, services, ct) => commands.Run(id, "capacity-changed", (terms, version, press, now) =>
        {
            if (terms is not null)
            {
                seen.Check(version);
            }

            return SeatingDecider.Decide(terms, press, RegistrationRules.KindOf(services.GetRequiredService<Catalogue>().Format(press.Format)), ask, now);
        }, ct));
}
