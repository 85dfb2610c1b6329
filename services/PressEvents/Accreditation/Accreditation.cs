using JasperFx;
using JasperFx.Events;
using Marten.Events.Aggregation;

namespace PressEvents;

public enum AccreditationKind { Permanent, Temporary }

/// <summary>Where an application stands. That a granted one is over, or stands still while its journalist is suspended, is said by the clock and not here.</summary>
public enum AccreditationState { Requested, Granted, Refused, Appealed, RefusalUpheld, Lapsed }

/// <summary>Why it was refused, by whom, and until which day (Asia/Almaty) that may be appealed.</summary>
public sealed record AccreditationRefusal(string Reason, Guid? WordsId, string By, string ById, DateOnly AppealBy, DateTimeOffset At);

/// <summary>One accreditation as its facts leave it, without personal data; stored inline, instants in UTC.</summary>
public sealed record Accreditation(Guid Id, Guid JournalistId, string Kind, Guid? PressEventId, bool Strategic, DateTimeOffset AppliedAt, DateOnly Due, DateTimeOffset DueAt, string State) : IRevisioned
{
    public int Version { get; set; }
    public Guid? MfaItemId { get; init; }
    public Guid? CallId { get; init; }
    public Guid? PreviousId { get; init; }
    public Guid? OutletId { get; init; }
    public string? Rule { get; init; }

    /// <summary>Of the working calendar by which the day to decide by was counted.</summary>
    public string? CalendarVersion { get; init; }
    public DateTimeOffset? GrantedAt { get; init; }
    public DateOnly? LastDay { get; init; }
    public DateTimeOffset? ValidUntil { get; init; }
    public AccreditationRefusal? Refusal { get; init; }
    public Guid? AppealId { get; init; }
    public DateTimeOffset? LapsedAt { get; init; }

    public bool IsOpen => State is nameof(AccreditationState.Requested) or nameof(AccreditationState.Appealed);
    public bool IsPermanent => Kind == nameof(AccreditationKind.Permanent);
}

/// <summary>The fold and what follows from it at an instant; decisions stand in <see cref="AccreditationDecider"/>.</summary>
public static class Accreditations
{
    public static readonly Type[] Facts =
    [
        typeof(AccreditationRequested), typeof(AccreditationGranted), typeof(AccreditationRefused), typeof(AccreditationAppealed), typeof(AccreditationAppealDecided), typeof(AccreditationLapsed),
    ];

    public static Accreditation? Evolve(Accreditation? state, object fact) => fact switch
    {
        AccreditationRequested e => new(e.AccreditationId, e.JournalistId, e.Kind, e.PressEventId, e.Strategic, e.At.ToUniversalTime(), e.Due, e.DueAt.ToUniversalTime(), nameof(AccreditationState.Requested))
        {
            MfaItemId = e.MfaItemId,
            CallId = e.CallId,
            PreviousId = e.PreviousId,
            Rule = e.Rule,
            OutletId = e.OutletId,
            CalendarVersion = e.CalendarVersion,
        },
        AccreditationGranted e => state! with { State = nameof(AccreditationState.Granted), GrantedAt = e.At.ToUniversalTime(), LastDay = e.LastDay, ValidUntil = e.ValidUntil?.ToUniversalTime() },
        AccreditationRefused e => state! with { State = nameof(AccreditationState.Refused), Refusal = new(e.Reason, e.WordsId, e.By, e.ById, e.AppealBy, e.At.ToUniversalTime()) },
        AccreditationAppealed e => state! with { State = nameof(AccreditationState.Appealed), AppealId = e.WordsId },
        AccreditationAppealDecided e => e.Upheld ? state! : state! with { State = nameof(AccreditationState.RefusalUpheld) },
        AccreditationLapsed e => state! with { State = nameof(AccreditationState.Lapsed), LapsedAt = e.At.ToUniversalTime() },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about an accreditation."),
    };

    /// <summary>
    /// Granted by then, not over and not lapsed by then. Whether its journalist is suspended is another question; a temporary one stands for its event alone.
    /// </summary>
    public static bool StandsAt(this Accreditation state, DateTimeOffset at) =>
        state.GrantedAt <= at && !(state.ValidUntil <= at) && !(state.LapsedAt <= at);

    public static AccreditationScope Scope(this Accreditation state) => new(state.Kind, state.PressEventId, state.OutletId);

    /// <summary>The day to decide by is over, and nothing was decided.</summary>
    public static bool OverdueAt(this Accreditation state, DateTimeOffset at) => state.IsOpen && state.DueAt <= at;
}

/// <summary>Marten's side of the fold.</summary>
public sealed partial class AccreditationFold : SingleStreamProjection<Accreditation, Guid>
{
    public AccreditationFold() => Array.ForEach(Accreditations.Facts, IncludeType);

    public override Accreditation? Evolve(Accreditation? snapshot, Guid id, IEvent e) => Accreditations.Evolve(snapshot, e.Data);
}
