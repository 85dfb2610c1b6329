namespace Publications;

/// <summary>Set its tags, all of them; <c>crisis</c> leaves 24 hours from receipt.</summary>
public sealed record TagInboxItem(IReadOnlyList<string?>? Tags);

public static class TagInboxItemRest
{
    public static void MapTagInboxItem(this IEndpointRouteBuilder app) => app.MapInboxCommand<TagInboxItem>("tag", "Sets its tags; the tag crisis shortens its term to 24 hours from receipt.",
        InboxCommands.Answerers, (services, id, seen, ask, ct) => services.GetRequiredService<InboxCommands>().Decide(id, seen, InboxCommands.Answerers,
            (item, by, now) => InboxDecider.Decide(item, ask, services.GetRequiredService<CalendarInForce>().Now, by, now), ct));
}
