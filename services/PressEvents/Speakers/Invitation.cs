using Platform;

namespace PressEvents;

// The facts about one invitation to speak. Their stored shape is for ever. No address and no reason of a refusal: these are in the vault.

/// <summary>
/// Somebody was invited to speak at an event. <paramref name="SpeakerId"/>: of the register, if from there. <paramref name="InPlaceOf"/>: the
/// invitation that this one stands in for. <paramref name="SubjectId"/>: under which the vault has the address.
/// </summary>
public sealed record SpeakerInvited(Guid InvitationId, Guid PressEventId, string Body, Guid? SpeakerId, Bilingual Name, Bilingual? Post, Guid SubjectId, Guid? InPlaceOf, DateTimeOffset At);

/// <summary>Will speak at the time that stood then: <paramref name="Start"/>. A later move asks again.</summary>
public sealed record InvitationConfirmed(Guid InvitationId, DateTimeOffset Start, DateTimeOffset At);

/// <summary>Will not speak; the words are the vault's item, null when none were given.</summary>
public sealed record InvitationDeclined(Guid InvitationId, Guid? ReasonId, DateTimeOffset At);

/// <summary>Sends somebody else, who has an invitation of his own.</summary>
public sealed record SubstituteSent(Guid InvitationId, Guid SubstituteInvitationId, DateTimeOffset At);

/// <summary>Agrees to being recorded, or does not; the last word counts.</summary>
public sealed record RecordingConsentStated(Guid InvitationId, bool Consents, DateTimeOffset At);

/// <summary>The organiser took the invitation back.</summary>
public sealed record InvitationRevoked(Guid InvitationId, DateTimeOffset At);

public enum InvitationState { Invited, Confirmed, ToBeConfirmedAgain, Declined, SubstituteSent, Revoked }

/// <summary>One invitation as its facts leave it.</summary>
public sealed record Invitation(SpeakerInvited Invited, InvitationState Kept) : IOfBody
{
    public Guid Id => Invited.InvitationId;
    public string Body => Invited.Body;
    public DateTimeOffset? ConfirmedStart { get; init; }
    public bool? ConsentsToRecording { get; init; }

    /// <summary>Whether it is still for the speaker to answer.</summary>
    public bool IsOpen => Kept is InvitationState.Invited or InvitationState.Confirmed;

    /// <summary>Where it stands beside the event's time: what was confirmed for another start is to be confirmed again.</summary>
    public InvitationState State(DateTimeOffset start) => Kept == InvitationState.Confirmed && ConfirmedStart != start ? InvitationState.ToBeConfirmedAgain : Kept;
}

/// <summary>Every rule about an invitation: values in, values out. The event beside it is given as it stands.</summary>
public static class InvitationDecider
{
    public static readonly Type[] Facts = [typeof(SpeakerInvited), typeof(InvitationConfirmed), typeof(InvitationDeclined), typeof(SubstituteSent), typeof(RecordingConsentStated),
        typeof(InvitationRevoked)];

    public static Invitation? Evolve(Invitation? state, object fact) => fact switch
    {
        SpeakerInvited e => new(e, InvitationState.Invited),
        InvitationConfirmed e => state! with { Kept = InvitationState.Confirmed, ConfirmedStart = e.Start },
        InvitationDeclined => state! with { Kept = InvitationState.Declined, ConfirmedStart = null },
        SubstituteSent => state! with { Kept = InvitationState.SubstituteSent, ConfirmedStart = null },
        RecordingConsentStated e => state! with { ConsentsToRecording = e.Consents },
        InvitationRevoked => state! with { Kept = InvitationState.Revoked },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about an invitation."),
    };

    public static SpeakerInvited Invite(Guid id, PressEventView about, Guid? speakerId, Bilingual name, Bilingual? post, Guid subjectId, Guid? inPlaceOf, DateTimeOffset now) =>
        new(id, Ahead(about).Id, about.Body, speakerId, name, post, subjectId, inPlaceOf, now);

    public static IReadOnlyList<object> Confirm(Invitation state, PressEventView about, DateTimeOffset now)
    {
        var start = Dated(Ahead(about)).Start.InAlmaty();
        return Open(state).State(start) == InvitationState.Confirmed ? [] : [new InvitationConfirmed(state.Id, start, now)];
    }

    /// <summary>Also after a confirmation, as long as the event has not begun.</summary>
    public static IReadOnlyList<object> Decline(Invitation state, PressEventView about, Guid? reasonId, DateTimeOffset now)
    {
        Ahead(about);
        return state.Kept == InvitationState.Declined ? [] : [new InvitationDeclined(Open(state).Id, reasonId, now)];
    }

    public static IReadOnlyList<object> SendSubstitute(Invitation state, PressEventView about, Guid substituteId, DateTimeOffset now)
    {
        Ahead(about);
        return [new SubstituteSent(Open(state).Id, substituteId, now)];
    }

    /// <summary>Also while the event runs and afterwards, until the link ends: a recording can be withheld as long as it is not out.</summary>
    public static IReadOnlyList<object> Consent(Invitation state, PressEventView about, bool? consents, DateTimeOffset now)
    {
        _ = about.CancelledAt is null ? true : throw Cancelled();
        var said = consents ?? throw Refused.Invalid("consents-missing", "Say consents true or false.", "consents");
        return Open(state).ConsentsToRecording == said ? [] : [new RecordingConsentStated(state.Id, said, now)];
    }

    public static IReadOnlyList<object> Revoke(Invitation state, DateTimeOffset now) => state.Kept switch
    {
        InvitationState.Revoked => [],
        InvitationState.Declined or InvitationState.SubstituteSent => throw Closed(state),
        _ => [new InvitationRevoked(state.Id, now)],
    };

    private static Invitation Open(Invitation state) => state.IsOpen ? state : throw Closed(state);

    private static RefusedException Closed(Invitation state) => state.Kept switch
    {
        InvitationState.Declined => Refused.Conflict("invitation-declined", "It was declined; ask who invited you for another one."),
        InvitationState.SubstituteSent => Refused.Conflict("invitation-used", "Somebody else was sent in place."),
        _ => Refused.Conflict("invitation-revoked", "It was taken back."),
    };

    /// <summary>The event has not begun and was not cancelled.</summary>
    private static PressEventView Ahead(PressEventView about) => about.CancelledAt is not null ? throw Cancelled()
        : about.StartedAt is not null || about.ConcludedAt is not null ? throw Refused.Conflict("started", "It has begun already.") : about;

    private static PressEventView Dated(PressEventView about) => about.PostponedAt is null ? about : throw Refused.Conflict("postponed", "The event has no date now; a letter comes with the new one.");

    private static RefusedException Cancelled() => Refused.Conflict("cancelled", "The event was cancelled.");
}
