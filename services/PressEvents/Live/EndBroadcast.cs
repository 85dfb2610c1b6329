namespace PressEvents;

/// <summary>A broadcast on air ends. <paramref name="At"/>: when it truly did, if earlier than now (RFC 3339 with an offset).</summary>
public sealed record EndBroadcast(string? At = null)
{
    public EndBroadcast() : this(At: null) { }
}

public static class EndBroadcastRest
{
    public static void MapEndBroadcast(this IEndpointRouteBuilder app) => app.MapBroadcastCommand<EndBroadcast>("end", "A broadcast on air ends.",
        (ask, now) => (state, known) => BroadcastDecider.Decide(state, ask, known, now));
}
