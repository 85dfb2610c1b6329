using JasperFx;
using JasperFx.Events;
using Marten.Events.Aggregation;
using Platform;

namespace PressEvents;

// The facts about one registration. Who it is lies in the vault, under the subject's id; a journalist is named by the id of the accreditation's register.

/// <summary>
/// Somebody registered, and got a seat or a place on the waiting list. <paramref name="Number"/>: in the order of commits of its event, without gaps.
/// <paramref name="Language"/>: kk, ru or en, in which he is written to.
/// </summary>
public sealed record RegistrationTaken(Guid RegistrationId, Guid PressEventId, string Body, Guid? SubjectId, Guid? JournalistId, SeatCategory Category, string Language,
    long Number, bool IsSeated, DateTimeOffset At);

/// <summary>Whoever waited got a seat. <paramref name="Because"/>: seat-given-up, capacity-changed, quotas-changed.</summary>
public sealed record RegistrationSeated(Guid RegistrationId, Guid PressEventId, string Because, DateTimeOffset At);

/// <summary>The seat or place was given up; final, his badge is void. <paramref name="By"/>: registrant or editor.</summary>
public sealed record RegistrationWithdrawn(Guid RegistrationId, Guid PressEventId, string By, bool WasSeated, DateTimeOffset At);

public enum RegistrationState { Seated, Waiting, Withdrawn }

/// <summary>One registration as lists and its own door show it; no personal data. Times in UTC in the store, with Almaty's offset when shown.</summary>
public sealed record RegistrationView(Guid Id, Guid PressEventId, string Body, string State, string Category, string Language, long Number, Guid? SubjectId,
    Guid? JournalistId, DateTimeOffset RegisteredAt) : IOfBody, IRevisioned
{
    public int Version { get; set; }
    public DateTimeOffset? SeatedAt { get; init; }
    public DateTimeOffset? WithdrawnAt { get; init; }
    public string? WithdrawnBy { get; init; }

    /// <summary>It had a seat, and so perhaps a badge that is out in the world.</summary>
    public bool IsRevoked { get; init; }
}

public static class RegistrationDecider
{
    public const string ByRegistrant = "registrant", ByEditor = "editor";

    public static readonly Type[] Facts = [typeof(RegistrationTaken), typeof(RegistrationSeated), typeof(RegistrationWithdrawn)];

    public static RegistrationView? Evolve(RegistrationView? view, object fact) => fact switch
    {
        RegistrationTaken e => new(e.RegistrationId, e.PressEventId, e.Body, (e.IsSeated ? RegistrationState.Seated : RegistrationState.Waiting).ToString(), e.Category.ToString(),
            e.Language, e.Number, e.SubjectId, e.JournalistId, e.At)
        { SeatedAt = e.IsSeated ? e.At : null },
        RegistrationSeated e => view! with { State = nameof(RegistrationState.Seated), SeatedAt = e.At },
        RegistrationWithdrawn e => view! with { State = nameof(RegistrationState.Withdrawn), WithdrawnAt = e.At, WithdrawnBy = e.By, IsRevoked = e.WasSeated },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a registration."),
    };

    /// <summary>Seats are taken back from nobody who is past giving one up: after the event it means nothing.</summary>
    public static IReadOnlyList<object> Withdraw(RegistrationView state, string by, PressEventView press, DateTimeOffset now) =>
        state.State == nameof(RegistrationState.Withdrawn) ? []
        : press.End <= now ? throw Refused.Conflict("concluded", "The event is over.")
        : [new RegistrationWithdrawn(state.Id, state.PressEventId, by, state.State == nameof(RegistrationState.Seated), now)];
}

public sealed partial class RegistrationViews : SingleStreamProjection<RegistrationView, Guid>
{
    public RegistrationViews()
    {
        foreach (var fact in RegistrationDecider.Facts)
        {
            IncludeType(fact);
        }
    }

    public override RegistrationView? Evolve(RegistrationView? snapshot, Guid id, IEvent e) => RegistrationDecider.Evolve(snapshot, e.Data);
}
