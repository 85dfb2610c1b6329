using Platform;

namespace Publications;

/// <summary>
/// Register an account of a body, or of an official of it (then with <paramref name="Official"/>). Defaults: the caller's body, both languages.
/// <paramref name="Settings"/> are its address: telegram chat; facebook page; instagram user; youtube channel and uploads (its playlist); webhook url.
/// </summary>
public sealed record RegisterChannelAccount(string? Code, string? Kind, string? Body, IReadOnlyList<string>? Languages, IReadOnlyDictionary<string, string>? Settings, OfficialsTerm? Official);

public static class RegisterChannelAccountDoor
{
    public static void MapRegisterChannelAccount(this IEndpointRouteBuilder app) => app.MapPost("/v1/channels",
        async (RegisterChannelAccount ask, AccountCommands commands, HttpResponse reply, CancellationToken ct) =>
        {
            var done = await commands.Register(ask, ct);
            reply.Headers.Location = $"/v1/channels/{done.Code}";
            return reply.Versioned(done, done.Version, StatusCodes.Status201Created);
        })
        .ForRoles(AccountCommands.May).WithTags("Channels").Produces<AccountReply>(StatusCodes.Status201Created)
        .WithSummary("Registers an account, by the head of its body or an admin; nothing goes out by it before its credentials are set.");
}
