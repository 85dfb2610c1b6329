using JasperFx;
using JasperFx.Events;
using Marten.Events.Aggregation;
using Platform;

namespace PressEvents;

// The facts about the registration for one press event as a whole; each registration has a stream of its own.

/// <summary>
/// One may register from <paramref name="Opens"/> until <paramref name="Closes"/>; also again after it was closed. <paramref name="Quotas"/>: seats of their own by category, within the capacity.
/// <paramref name="UntilStart"/>: nobody said until when, so it ends when the event begins, wherever that is moved.
/// </summary>
public sealed record RegistrationOpened(Guid PressEventId, string Body, int Capacity, IReadOnlyDictionary<SeatCategory, int> Quotas, DateTimeOffset Opens,
    DateTimeOffset Closes, DateTimeOffset At, bool UntilStart = false);

/// <summary>There are more seats, or fewer; fewer put nobody out.</summary>
public sealed record RegistrationCapacityChanged(Guid PressEventId, string Body, int Previous, int Capacity, DateTimeOffset At);

/// <summary>Categories have other seats of their own; what no category has is shared.</summary>
public sealed record RegistrationQuotasChanged(Guid PressEventId, string Body, IReadOnlyDictionary<SeatCategory, int> Quotas, DateTimeOffset At);

/// <summary>Nobody registers any more; seats that are given up still go to those who wait.</summary>
public sealed record RegistrationClosed(Guid PressEventId, string Body, DateTimeOffset At);

/// <summary>A journalist may register for a meeting that is for the invited alone.</summary>
public sealed record JournalistInvited(Guid PressEventId, string Body, Guid JournalistId, DateTimeOffset At);

/// <summary>The registration for one press event: its terms. Stored; the counts are in <see cref="Seats"/>.</summary>
public sealed record Seating(Guid Id, Guid PressEventId, string Body, int Capacity, IReadOnlyDictionary<SeatCategory, int> Quotas, DateTimeOffset Opens,
    DateTimeOffset Closes, bool IsClosed, IReadOnlyList<Guid> Invited) : IOfBody, IRevisioned
{
    public int Version { get; set; }
    public bool UntilStart { get; init; }

    /// <summary>Until when, as the event stands now: never past its end; what was put off without a date keeps its hour.</summary>
    public DateTimeOffset ClosesFor(PressEventView press) => press.State == nameof(PressEventState.Postponed) ? Closes
        : UntilStart ? press.Start.InAlmaty() : Closes < press.End ? Closes : press.End.InAlmaty();

    /// <summary>Nobody registers any more: it was closed, its time is over, or the event is.</summary>
    public bool IsClosedAt(PressEventView press, DateTimeOffset now) => IsClosed || now >= ClosesFor(press)
        || press.State is nameof(PressEventState.Concluded) or nameof(PressEventState.MaterialsPublished);

    /// <summary>Its stream, next to the press event's, whose version counts changes of the event alone.</summary>
    public static Guid StreamOf(Guid pressEventId) => NamedId.Of(Space, pressEventId.ToString());

    private static readonly Guid Space = new("8f5d5f0e-4a51-4b0e-9d1c-7e3a52c06a01");
}

/// <summary>The rules of opening, closing and resizing; no clock, no store, no ids made here.</summary>
public static class SeatingDecider
{
    private const int MostSeats = 100_000, MostInvited = 1000;

    public static readonly Type[] Facts =
        [typeof(RegistrationOpened), typeof(RegistrationCapacityChanged), typeof(RegistrationQuotasChanged), typeof(RegistrationClosed), typeof(JournalistInvited)];

    public static Seating? Evolve(Seating? state, object fact) => fact switch
    {
        RegistrationOpened e => new(Seating.StreamOf(e.PressEventId), e.PressEventId, e.Body, e.Capacity, e.Quotas, e.Opens, e.Closes, false, state?.Invited ?? []) { UntilStart = e.UntilStart },
        RegistrationCapacityChanged e => state! with { Capacity = e.Capacity },
        RegistrationQuotasChanged e => state! with { Quotas = e.Quotas },
        RegistrationClosed => state! with { IsClosed = true },
        JournalistInvited e => state! with { Invited = [.. state.Invited, e.JournalistId] },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a registration's terms."),
    };

    public static IReadOnlyList<object> Decide(Seating? state, PressEventView press, RegistrationKind kind, OpenRegistration ask, DateTimeOffset now)
    {
        _ = kind != RegistrationKind.None ? true : throw Refused.Conflict("registration-not-foreseen", "Nobody registers for this format.");
        Coming(press);
        var capacity = Capacity(ask.Capacity ?? press.Capacity);
        var quotas = Quotas(ask.Quotas, capacity);
        var opens = ask.Opens is null ? now : Times.Moment(ask.Opens, "opens");
        var closes = ask.Closes is null ? press.Start.InAlmaty() : Times.Moment(ask.Closes, "closes");
        if (closes <= opens || closes <= now || closes > press.End)
        {
            throw Refused.Invalid("closes-invalid", "It closes in the future, after it opens, and before the event ends.", "closes");
        }

        return state is { IsClosed: false } open && (capacity, closes, ask.Closes is null) == (open.Capacity, open.ClosesFor(press), open.UntilStart) && (ask.Opens is null || opens == open.Opens) && Same(quotas, open.Quotas)
            ? [] : [new RegistrationOpened(press.Id, press.Body, capacity, quotas, opens, closes, now, ask.Closes is null)];
    }

    public static IReadOnlyList<object> Decide(Seating state, ChangeCapacity ask, DateTimeOffset now)
    {
        var capacity = Capacity(ask.Capacity);
        Fits(state.Quotas, capacity, "capacity");
        return capacity == state.Capacity ? [] : [new RegistrationCapacityChanged(state.PressEventId, state.Body, state.Capacity, capacity, now)];
    }

    public static IReadOnlyList<object> Decide(Seating state, ChangeQuotas ask, DateTimeOffset now)
    {
        var quotas = Quotas(ask.Quotas, state.Capacity);
        return Same(quotas, state.Quotas) ? [] : [new RegistrationQuotasChanged(state.PressEventId, state.Body, quotas, now)];
    }

    public static IReadOnlyList<object> Decide(Seating state, CloseRegistration _, DateTimeOffset now) =>
        state.IsClosed ? [] : [new RegistrationClosed(state.PressEventId, state.Body, now)];

    public static IReadOnlyList<object> Decide(Seating state, RegistrationKind kind, InviteJournalist ask, DateTimeOffset now)
    {
        var journalist = ask.JournalistId is { } id && id != Guid.Empty ? id : throw Refused.Invalid("journalist-missing", "Say whom: journalistId.", "journalistId");
        return kind != RegistrationKind.Invited ? throw Refused.Conflict("invitation-not-needed", "This format is not for the invited alone.")
            : state.Invited.Contains(journalist) ? []
            : state.Invited.Count >= MostInvited ? throw Refused.Conflict("invitations-too-many", $"At most {MostInvited} are invited.")
            : [new JournalistInvited(state.PressEventId, state.Body, journalist, now)];
    }

    /// <summary>What the counting row is after these facts, before whoever waits moves up.</summary>
    public static Seats Count(Seats? seats, IEnumerable<object> facts) => facts.Aggregate(seats, (now, fact) => fact switch
    {
        RegistrationOpened e => now is null ? Seats.Of(e.Capacity, e.Quotas) : now with { Capacity = e.Capacity, Quotas = e.Quotas, IsClosed = false },
        RegistrationCapacityChanged e => now! with { Capacity = e.Capacity },
        RegistrationQuotasChanged e => now! with { Quotas = e.Quotas },
        RegistrationClosed => now! with { IsClosed = true },
        _ => now,
    })!;

    private static void Coming(PressEventView press) => _ = press.State is nameof(PressEventState.Cancelled) ? throw Refused.Conflict("cancelled", "It was cancelled, and that is final.")
        : press.State is nameof(PressEventState.Concluded) or nameof(PressEventState.MaterialsPublished) ? throw Refused.Conflict("concluded", "It is over.") : true;

    private static int Capacity(int? asked) => asked is >= 1 and <= MostSeats ? asked.Value
        : throw Refused.Invalid("capacity-invalid", $"capacity is 1 to {MostSeats}.", "capacity");

    private static Dictionary<SeatCategory, int> Quotas(IReadOnlyDictionary<string, int>? asked, int capacity)
    {
        var quotas = (asked ?? new Dictionary<string, int>()).ToDictionary(q => RegistrationRules.Category(q.Key, "quotas"), q => q.Value is >= 0 and <= MostSeats ? q.Value
            : throw Refused.Invalid("quota-invalid", $"A quota is 0 to {MostSeats} seats.", $"quotas.{RegistrationRules.Category(q.Key, "quotas")}"));
        Fits(quotas, capacity, "quotas");
        return quotas;
    }

    private static void Fits(IReadOnlyDictionary<SeatCategory, int> quotas, int capacity, string field) =>
        _ = quotas.Values.Sum(q => (long)q) <= capacity ? true : throw Refused.Invalid("quotas-too-large", "The quotas together are at most the capacity.", field);

    private static bool Same(Dictionary<SeatCategory, int> one, IReadOnlyDictionary<SeatCategory, int> other) =>
        one.Count == other.Count && one.All(q => other.TryGetValue(q.Key, out var seats) && seats == q.Value);
}

/// <summary>The terms as they are stored with each command.</summary>
public sealed partial class SeatingViews : SingleStreamProjection<Seating, Guid>
{
    public SeatingViews()
    {
        foreach (var fact in SeatingDecider.Facts)
        {
            IncludeType(fact);
        }
    }

    public override Seating? Evolve(Seating? snapshot, Guid id, IEvent e) => SeatingDecider.Evolve(snapshot, e.Data);
}
