namespace Publications;

/// <summary>Set its tags, all of them; <c>crisis</c> leaves 24 hours from receipt.</summary>
public sealed record TagInboxItem(IReadOnlyList<string?>? Tags);

public static class TagInboxItemRest
{
    public static void MapTagInboxItem(this IEndpointRouteBuilder app) => app.MapInboxCommand<TagInboxItem>("tag", "Sets its tags; the tag crisis shortens its term to 24 hours from receipt.",
        InboxCommands.Answerers, (item, ask, by, now) => InboxDecider.Decide(item, ask, WorkingCalendar.Embedded, by, now));
}
