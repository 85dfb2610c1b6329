using JasperFx.Events;
using Marten.Events.Aggregation;
using Platform;

namespace PressEvents;

// The facts about a reservation made apart from an event's filing. Their stored shape is for ever.

/// <summary>Something is kept for a body until <paramref name="HeldUntil"/>; then it is free by itself. Instants with Almaty's offset.</summary>
public sealed record ReservationHeld(Guid ReservationId, string Resource, string Body, DateTimeOffset Start, DateTimeOffset End, DateTimeOffset HeldUntil, DateTimeOffset At);

/// <summary>The hold became an event's. <paramref name="InFiling"/>: its filing took the place over, and the event keeps it from then on.</summary>
public sealed record ReservationConfirmed(Guid ReservationId, Guid PressEventId, bool InFiling, DateTimeOffset At);

/// <summary>It was given back.</summary>
public sealed record ReservationReleased(Guid ReservationId, DateTimeOffset At);

public enum HoldState { Held, Confirmed, Released }

/// <summary>A reservation as its facts leave it; a hold whose time is over is Expired by the clock alone.</summary>
public sealed record Hold(Guid Id, string Resource, string Body, Slot During, DateTimeOffset HeldUntil, HoldState State) : IOfBody
{
    public Guid? PressEventId { get; init; }

    public string StateAt(DateTimeOffset now) => State == HoldState.Held && HeldUntil <= now ? "Expired" : State.ToString();
}

/// <summary>Held → confirmed → released; pure.</summary>
public static class HoldDecider
{
    public const int Minutes = 60, MostMinutes = 3 * 24 * 60;
    public static readonly Type[] Facts = [typeof(ReservationHeld), typeof(ReservationConfirmed), typeof(ReservationReleased)];

    public static Hold? Evolve(Hold? state, object fact) => fact switch
    {
        ReservationHeld e => new(e.ReservationId, e.Resource, e.Body, new(e.Start, e.End), e.HeldUntil, HoldState.Held),
        ReservationConfirmed e => state! with { State = e.InFiling ? HoldState.Released : HoldState.Confirmed, PressEventId = e.PressEventId },
        ReservationReleased => state! with { State = HoldState.Released },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a reservation."),
    };

    public static ReservationHeld Decide(Guid id, HoldReservation ask, string body, Catalogue catalogue, DateTimeOffset now)
    {
        var resource = Resource.Known(ask.Resource, catalogue);
        var (start, end) = Filing.Slot(ask.Start, ask.End);
        Filing.Ahead(start, catalogue, now);
        return (ask.Minutes ?? Minutes) is >= 1 and <= MostMinutes and var minutes
            ? new(id, resource, body, start, end, now.AddMinutes(minutes) is var until && until < start ? until : start, now)
            : throw Refused.Invalid("minutes-invalid", $"minutes is from 1 to {MostMinutes}.", "minutes");
    }

    public static IReadOnlyList<object> Confirm(Hold state, Guid pressEventId, bool inFiling, DateTimeOffset now) =>
        state is { State: HoldState.Confirmed } && state.PressEventId == pressEventId ? []
            : state.StateAt(now) == nameof(HoldState.Held) ? [new ReservationConfirmed(state.Id, pressEventId, inFiling, now)]
            : throw Refused.Conflict("not-held", $"It is {state.StateAt(now)}; hold it anew.");

    public static IReadOnlyList<object> Release(Hold state, DateTimeOffset now) => state.State == HoldState.Released ? [] : [new ReservationReleased(state.Id, now)];
}

/// <summary>Marten's side of the fold; live, nothing stored.</summary>
public sealed partial class HoldFold : SingleStreamProjection<Hold, Guid>
{
    public override Hold? Evolve(Hold? snapshot, Guid id, IEvent e) => HoldDecider.Evolve(snapshot, e.Data);
}
