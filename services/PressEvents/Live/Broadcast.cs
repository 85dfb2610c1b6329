using Platform;

namespace PressEvents;

// The facts about one broadcast of a press event: an object with states and a stream of its own. Times are instants, written with Almaty's offset.
// Known: the public knew of the event by then.

/// <summary>A broadcast is planned on a channel (channels.csv), at an address of the web, from start to end.</summary>
public sealed record BroadcastPlanned(Guid BroadcastId, Guid PressEventId, string Body, string Channel, string Url, DateTimeOffset PlannedStart,
    DateTimeOffset PlannedEnd, DateTimeOffset At);

/// <summary>The technicians have it ready.</summary>
public sealed record BroadcastPrepared(Guid BroadcastId, Guid PressEventId, DateTimeOffset At);

/// <summary>It is on air. <paramref name="At"/>: when it truly began.</summary>
public sealed record BroadcastWentOnAir(Guid BroadcastId, Guid PressEventId, string Channel, string Url, bool Known, DateTimeOffset At);

/// <summary>It ended as it should. <paramref name="At"/>: when it truly did.</summary>
public sealed record BroadcastEnded(Guid BroadcastId, Guid PressEventId, bool Known, DateTimeOffset At);

/// <summary>It did not come about, or broke off; final. <paramref name="Reason"/> is the service's own note, not for the public.</summary>
public sealed record BroadcastFailed(Guid BroadcastId, Guid PressEventId, string Reason, bool Known, DateTimeOffset At);

public enum BroadcastState { Planned, Ready, OnAir, Ended, Failed }

/// <summary>One broadcast as its facts leave it. <paramref name="Since"/>: when it came into its state.</summary>
public sealed record Broadcast(Guid Id, Guid PressEventId, string Body, string Channel, string Url, BroadcastState State, DateTimeOffset Since) : IOfBody;

/// <summary>The rules of a broadcast: pure.</summary>
public static class BroadcastDecider
{
    public static readonly Type[] Facts =
        [typeof(BroadcastPlanned), typeof(BroadcastPrepared), typeof(BroadcastWentOnAir), typeof(BroadcastEnded), typeof(BroadcastFailed)];

    public static Broadcast? Evolve(Broadcast? state, object fact) => fact switch
    {
        BroadcastPlanned e => new(e.BroadcastId, e.PressEventId, e.Body, e.Channel, e.Url, BroadcastState.Planned, e.At),
        BroadcastPrepared e => state! with { State = BroadcastState.Ready, Since = e.At },
        BroadcastWentOnAir e => state! with { State = BroadcastState.OnAir, Since = e.At },
        BroadcastEnded e => state! with { State = BroadcastState.Ended, Since = e.At },
        BroadcastFailed e => state! with { State = BroadcastState.Failed, Since = e.At },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a broadcast."),
    };

    /// <summary>The times are the event's unless named.</summary>
    public static BroadcastPlanned Plan(Guid id, PlanBroadcast ask, PressEventView of, Catalogue catalogue, DateTimeOffset now)
    {
        if (catalogue.Format(of.Format)?.Live == "no")
        {
            throw Refused.Conflict("live-not-allowed", "This format is not broadcast.");
        }

        if (of.CancelledAt is not null)
        {
            throw Refused.Conflict("cancelled", "The event was cancelled.");
        }

        var channel = ask.Channel is { } code && catalogue.HasChannel(code) ? code : throw Refused.Invalid("channel-unknown", "channel is a code of the list of channels.", "channel");
        var (start, end) = (ask.Start, ask.End) is (null, null) ? (of.Start.InAlmaty(), of.End.InAlmaty()) : Filing.Slot(ask.Start, ask.End);
        return new(id, of.Id, of.Body, channel, WebAddress.Of(ask.Url, "url"), start, end, now);
    }

    public static IReadOnlyList<object> Decide(Broadcast state, PrepareBroadcast _, DateTimeOffset now) => state.State switch
    {
        BroadcastState.Ready => [],
        BroadcastState.Planned => [new BroadcastPrepared(state.Id, state.PressEventId, now)],
        _ => throw Past(state),
    };

    public static IReadOnlyList<object> Decide(Broadcast state, GoOnAir ask, bool known, DateTimeOffset now) => state.State switch
    {
        BroadcastState.OnAir => [],
        BroadcastState.Ready => [new BroadcastWentOnAir(state.Id, state.PressEventId, state.Channel, state.Url, known, Since(state, ask.At, now))],
        BroadcastState.Planned => throw Refused.Conflict("not-ready", "It is prepared before it goes on air."),
        _ => throw Past(state),
    };

    public static IReadOnlyList<object> Decide(Broadcast state, EndBroadcast ask, bool known, DateTimeOffset now) => state.State switch
    {
        BroadcastState.Ended => [],
        BroadcastState.OnAir => [new BroadcastEnded(state.Id, state.PressEventId, known, Since(state, ask.At, now))],
        BroadcastState.Planned or BroadcastState.Ready => throw Refused.Conflict("not-on-air", "Only what is on air can end; what will not come about has failed."),
        _ => throw Past(state),
    };

    public static IReadOnlyList<object> Decide(Broadcast state, FailBroadcast ask, bool known, DateTimeOffset now)
    {
        var reason = Filing.Text(ask.Reason, "reason", 2000) ?? throw Refused.Invalid("reason-missing", "Say what went wrong.", "reason");
        return state.State switch
        {
            BroadcastState.Failed => [],
            BroadcastState.Ended => throw Past(state),
            _ => [new BroadcastFailed(state.Id, state.PressEventId, reason, known, Since(state, ask.At, now))],
        };
    }

    private static DateTimeOffset Since(Broadcast state, string? at, DateTimeOffset now) => PressEventDecider.Since(at, state.Since, now);

    private static RefusedException Past(Broadcast state) => Refused.Conflict("broadcast-over", $"It is {state.State} already; plan another one.");
}

/// <summary>Addresses of the web that the public is sent to.</summary>
public static class WebAddress
{
    public static string Of(string? url, string field) =>
        url is { Length: <= 2000 } && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.UserInfo.Length == 0 && uri.IsWellFormedOriginalString()
            ? uri.AbsoluteUri
            : throw Refused.Invalid("url-invalid", "An address is an absolute http or https URL without user or password, of at most 2000 characters.", field);
}
