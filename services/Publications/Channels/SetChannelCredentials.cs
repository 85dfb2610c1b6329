namespace Publications;

/// <summary>All credentials of the account's kind, at once: telegram, facebook, instagram token; youtube clientId, clientSecret, refreshToken; email list; webhook secret (<c>whsec_…</c>).</summary>
public sealed record SetChannelCredentials(IReadOnlyDictionary<string, string>? Credentials)
{
    /// <summary>Nothing that prints a command prints these.</summary>
    public override string ToString() => nameof(SetChannelCredentials);
}

public static class SetChannelCredentialsDoor
{
    public static void MapSetChannelCredentials(this IEndpointRouteBuilder app) => app.MapAccountCommand<SetChannelCredentials>("set-credentials",
        "Sets the credentials; they are sealed and shown nowhere again.", (on, code, seen, ask, ct) => on.SetCredentials(code, seen, ask, ct));
}
