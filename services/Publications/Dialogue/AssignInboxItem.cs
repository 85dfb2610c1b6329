namespace Publications;

/// <summary>Give it to an official of the body, who answers for it from now on.</summary>
public sealed record AssignInboxItem(string? Officer);

public static class AssignInboxItemRest
{
    public static void MapAssignInboxItem(this IEndpointRouteBuilder app) => app.MapInboxCommand<AssignInboxItem>("assign", "Gives it to an official of the body, or to another one.",
        InboxCommands.Answerers, InboxDecider.Decide);
}
