namespace Publications;

/// <summary>Close it without an answer, for a reason of the closed list.</summary>
public sealed record CloseInboxItem(string? Reason);

public static class CloseInboxItemRest
{
    public static void MapCloseInboxItem(this IEndpointRouteBuilder app) => app.MapInboxCommand<CloseInboxItem>("close", "Closes it for a reason of the closed list.",
        InboxCommands.Answerers, InboxDecider.Decide);
}
