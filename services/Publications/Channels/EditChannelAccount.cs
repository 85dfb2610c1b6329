namespace Publications;

/// <summary>Another address, term, language or cadence; what is not named stays.</summary>
public sealed record EditChannelAccount(IReadOnlyList<string>? Languages, IReadOnlyDictionary<string, string>? Settings, OfficialsTerm? Official);

public static class EditChannelAccountDoor
{
    public static void MapEditChannelAccount(this IEndpointRouteBuilder app) =>
        app.MapAccountCommand<EditChannelAccount>("edit", "Changes address, languages, an official's term or the cadence.", (on, code, seen, ask, ct) => on.Edit(code, seen, ask, ct));
}
