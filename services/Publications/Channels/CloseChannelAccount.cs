namespace Publications;

/// <summary>Close an account for good; its credentials are destroyed, its history stays.</summary>
public sealed record CloseChannelAccount(string? Reason);

public static class CloseChannelAccountDoor
{
    public static void MapCloseChannelAccount(this IEndpointRouteBuilder app) =>
        app.MapAccountCommand<CloseChannelAccount>("close", "Closes the account; final.", (on, code, seen, ask, ct) => on.Close(code, seen, ask, ct));
}
