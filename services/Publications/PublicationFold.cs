using System.Collections.Immutable;

namespace Publications;

/// <summary>From facts to state; every fact type has an arm, an unknown one throws.</summary>
public static class PublicationFold
{
    public static readonly Type[] Facts =
    [
        typeof(PublicationDrafted), typeof(PublicationEdited), typeof(PublicationSubmitted), typeof(PublicationApproved), typeof(PublicationRejected),
        typeof(PublicationScheduled), typeof(PublicationCancelled), typeof(CauseChanged), typeof(PublicationReturned), typeof(PublicationReleaseStarted),
        typeof(DeliveryAttemptStarted), typeof(DeliveryAccepted), typeof(DeliveryRejected), typeof(DeliveryOutcomeUnknown), typeof(DeliveryReadBackStarted),
        typeof(PublicationReleased), typeof(PublicationMissed), typeof(MissedPublicationDecided), typeof(ChannelGivenUp), typeof(RetryDecided), typeof(PublicationHeld),
        typeof(EmergencyReleaseOrdered), typeof(LanguageReleased), typeof(CorrectionProposed), typeof(CorrectionApproved), typeof(CorrectionRejected), typeof(PublicationCorrected),
        typeof(PublicationWithdrawn), typeof(FollowUpSettled),
    ];

    public static Publication? Evolve(Publication? state, object fact) => fact switch
    {
        PublicationDrafted e => new(e.PublicationId, e.Body, e.Content, PublicationState.Drafted, e.At)
        { Authors = [e.Author], Cause = e.Cause, CauseVersion = e.CauseVersion ?? 0, Announces = e.Announces },
        PublicationEdited e => Edited(state!, e),
        PublicationSubmitted => state! with { State = PublicationState.InReview, Returned = null },
        PublicationApproved e => Approved(state!, e),
        PublicationRejected e => Unapproved(state!, PublicationState.Drafted, e.Reason),
        PublicationReturned e => Unapproved(state!, PublicationState.InReview, e.Reason),
        PublicationScheduled e => state! with { State = PublicationState.Scheduled, DueAt = e.DueAt, MissReason = null, MissDecision = null, HeldBecause = null },
        PublicationHeld e => state! with { State = PublicationState.Held, DueAt = null, HeldBecause = e.Reason },
        EmergencyReleaseOrdered e => state! with
        {
            State = PublicationState.Scheduled,
            DueAt = e.At,
            Emergency = new(e.By, e.Reason, e.HashKk, e.HashRu, e.At),
            MissReason = null,
            MissDecision = null,
            HeldBecause = null,
        },
        PublicationCancelled => state! with { State = PublicationState.Cancelled, DueAt = null },
        CauseChanged e => state! with
        { Changed = new(e.What, e.CauseVersion, e.At), CauseVersion = e.CauseVersion, Announces = e.Announces ?? state.Announces },
        PublicationReleaseStarted => state! with { State = PublicationState.Releasing },
        PublicationReleased e => state! with { State = PublicationState.Released, ReleasedAt = e.At, ReleasedLanguages = e.Languages ?? Languages.All },
        LanguageReleased e => state! with { ReleasedLanguages = [.. state.ReleasedLanguages.Append(e.Language).Order(StringComparer.Ordinal)] },
        PublicationMissed e => state! with { State = PublicationState.Missed, MissReason = e.Reason, MissDecision = null },
        MissedPublicationDecided e => state! with
        {
            MissDecision = e.Decision,
            State = e.Decision == Decisions.Publish ? PublicationState.Scheduled : PublicationState.Cancelled,
            DueAt = e.Decision == Decisions.Publish ? e.At : null,
            MissReason = e.Decision == Decisions.Publish ? null : state.MissReason,
        },
        DeliveryAttemptStarted e => state! with
        {
            Attempts = [.. state.Attempts, new(e.AttemptId, e.Channel, e.Number, AttemptState.Started, e.At, e.LeaseUntil)
                { Language = e.Language, Purpose = e.Purpose, CorrectionId = e.CorrectionId, Epoch = e.Epoch }],
        },
        DeliveryAccepted e => CorrectionFold.Followed(state!.With(e.AttemptId, a => a with
        { State = AttemptState.Accepted, ExternalId = e.ExternalId, KnownFrom = e.From, EndedAt = e.At, NextLookAt = null, ReadingBack = false, Reason = null }), e.AttemptId),
        DeliveryRejected e => state!.With(e.AttemptId, a => a with
        { State = AttemptState.Rejected, Reason = e.Class, Status = e.Status, EndedAt = e.At, NextLookAt = e.RetryAt, ReadingBack = false }),
        DeliveryOutcomeUnknown e => state!.With(e.AttemptId, a => a with
        { State = AttemptState.OutcomeUnknown, Reason = e.Reason, UnknownSince = a.UnknownSince ?? e.At, NextLookAt = e.LookAgainAt, ReadingBack = false }),
        DeliveryReadBackStarted e => state!.With(e.AttemptId, a => a with { NextLookAt = e.LeaseUntil, ReadBacks = a.ReadBacks + 1, ReadingBack = true }),
        ChannelGivenUp e => state!.With(e.AttemptId, a => a with { GivenUp = true, NextLookAt = null }),
        RetryDecided e => state!.With(e.AttemptId, a => a with { RetryWanted = true, NextLookAt = e.At }),
        _ => CorrectionFold.Evolve(state!, fact),
    };

    /// <summary>When a worker has to look at it: its due time, the end of a lease, a retry, a read-back; null: only people act.</summary>
    public static DateTimeOffset? WakeAt(Publication state) => state.State switch
    {
        PublicationState.Scheduled => state.DueAt,
        PublicationState.Releasing => Last(state).Min(a => a.NextLookAt),
        PublicationState.Released or PublicationState.Corrected or PublicationState.Withdrawn => After(state),
        _ => null,
    };

    /// <summary>The last attempt at each leg.</summary>
    public static IEnumerable<Attempt> Last(Publication state) => state.Attempts.GroupBy(a => a.Leg).Select(attempts => attempts.Last());

    /// <summary>What is still to do once it is out: attempts under way, and legs whose first attempt has not begun.</summary>
    private static DateTimeOffset? After(Publication state) => Last(state).Select(a => a.NextLookAt)
        .Concat(Legs.Waiting(state).Select(leg => (DateTimeOffset?)Legs.Since(state, leg))).Min();

    private static Publication Edited(Publication state, PublicationEdited e) => state with
    {
        Content = e.Content,
        State = state.IsOut || state.State == PublicationState.Drafted ? state.State : PublicationState.InReview,
        Emergency = state.IsOut ? state.Emergency : null,
        Authors = state.Authors.Contains(e.Editor) ? state.Authors : [.. state.Authors, e.Editor],
        Approvals = [.. state.Approvals.Where(a => !e.Lapsed.Contains(a.Language))],
        Lapsed = [.. state.Lapsed.Union(e.Lapsed)],
        CauseVersion = e.CauseVersion ?? state.CauseVersion,
        Announces = e.Announces ?? state.Announces,
        Changed = null,
        DueAt = state.IsOut ? state.DueAt : null,
        MissReason = null,
        MissDecision = null,
    };

    private static Publication Approved(Publication state, PublicationApproved e)
    {
        ImmutableArray<Approval> approvals = [.. state.Approvals.Where(a => a.Language != e.Language), new(e.Language, e.ContentHash, e.By, e.At)];
        return state with
        {
            Approvals = approvals,
            Lapsed = [.. state.Lapsed.Where(l => l != e.Language)],
            // what is out, or on its way, stays where it is: this approval was owed, or is of the language that waits
            State = state.State is not (PublicationState.InReview or PublicationState.Drafted) ? state.State
                : LanguagePolicies.Of(state.Content).All(l => approvals.Any(a => a.Language == l)) ? PublicationState.Approved : PublicationState.InReview,
        };
    }

    private static Publication Unapproved(Publication state, PublicationState to, string reason) =>
        state with { State = to, Approvals = [], Lapsed = [.. state.Lapsed.Union(state.Approvals.Select(a => a.Language))], DueAt = null, Returned = reason };

    private static Publication With(this Publication state, Guid attemptId, Func<Attempt, Attempt> change) =>
        state with { Attempts = [.. state.Attempts.Select(a => a.AttemptId == attemptId ? change(a) : a)] };
}
