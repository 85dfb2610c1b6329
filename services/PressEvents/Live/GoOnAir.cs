namespace PressEvents;

/// <summary>A prepared broadcast goes on air. <paramref name="At"/>: when it truly did, if earlier than now (RFC 3339 with an offset).</summary>
public sealed record GoOnAir(string? At = null)
{
    public GoOnAir() : this(At: null) { }
}

public static class GoOnAirRest
{
    public static void MapGoOnAir(this IEndpointRouteBuilder app) => app.MapBroadcastCommand<GoOnAir>("go-on-air", "A prepared broadcast goes on air.",
        (ask, now) => (state, known) => BroadcastDecider.Decide(state, ask, known, now));
}
