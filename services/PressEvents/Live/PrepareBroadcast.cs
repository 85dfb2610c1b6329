namespace PressEvents;

/// <summary>Say that a planned broadcast is ready.</summary>
public sealed record PrepareBroadcast;

public static class PrepareBroadcastRest
{
    public static void MapPrepareBroadcast(this IEndpointRouteBuilder app) => app.MapBroadcastCommand<PrepareBroadcast>("prepare", "The technicians have it ready.",
        (ask, now) => (state, _) => BroadcastDecider.Decide(state, ask, now));
}
