namespace PressEvents;

/// <summary>A broadcast does not come about, or breaks off; final. <paramref name="At"/>: when it truly did, if earlier than now (RFC 3339 with an offset).</summary>
public sealed record FailBroadcast(string? Reason = null, string? At = null)
{
    public FailBroadcast() : this(Reason: null) { }
}

public static class FailBroadcastRest
{
    public static void MapFailBroadcast(this IEndpointRouteBuilder app) => app.MapBroadcastCommand<FailBroadcast>("fail", "It did not come about or broke off; the reason is not for the public.",
        (ask, now) => (state, known) => BroadcastDecider.Decide(state, ask, known, now));
}
