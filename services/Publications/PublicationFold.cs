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
        typeof(PublicationReleased), typeof(PublicationMissed), typeof(MissedPublicationDecided),
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
        PublicationScheduled e => state! with { State = PublicationState.Scheduled, DueAt = e.DueAt, MissReason = null, MissDecision = null },
        PublicationCancelled => state! with { State = PublicationState.Cancelled, DueAt = null },
        CauseChanged e => state! with
        { Changed = new(e.What, e.CauseVersion, e.At), CauseVersion = e.CauseVersion, Announces = e.Announces ?? state.Announces },
        PublicationReleaseStarted => state! with { State = PublicationState.Releasing },
        PublicationReleased e => state! with { State = PublicationState.Released, ReleasedAt = e.At },
        PublicationMissed e => state! with { State = PublicationState.Missed, MissReason = e.Reason, MissDecision = null },
        MissedPublicationDecided e => state! with
        {
            MissDecision = e.Decision,
            State = e.Decision == Decisions.Publish ? PublicationState.Scheduled : PublicationState.Cancelled,
            DueAt = e.Decision == Decisions.Publish ? e.At : null,
            MissReason = e.Decision == Decisions.Publish ? null : state.MissReason,
        },
        DeliveryAttemptStarted e => state! with
        { Attempts = [.. state.Attempts, new(e.AttemptId, e.Channel, e.Number, AttemptState.Started, e.At, e.LeaseUntil)] },
        DeliveryAccepted e => state!.With(e.AttemptId, a => a with
        { State = AttemptState.Accepted, ExternalId = e.ExternalId, KnownFrom = e.From, EndedAt = e.At, NextLookAt = null, ReadingBack = false, Reason = null }),
        DeliveryRejected e => state!.With(e.AttemptId, a => a with
        { State = AttemptState.Rejected, Reason = e.Class, Status = e.Status, EndedAt = e.At, NextLookAt = e.RetryAt, ReadingBack = false }),
        DeliveryOutcomeUnknown e => state!.With(e.AttemptId, a => a with
        { State = AttemptState.OutcomeUnknown, Reason = e.Reason, UnknownSince = a.UnknownSince ?? e.At, NextLookAt = e.LookAgainAt, ReadingBack = false }),
        DeliveryReadBackStarted e => state!.With(e.AttemptId, a => a with { NextLookAt = e.LeaseUntil, ReadBacks = a.ReadBacks + 1, ReadingBack = true }),
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a publication."),
    };

    /// <summary>When a worker has to look at it: its due time, the end of a lease, a retry, a read-back; null: only people act.</summary>
    public static DateTimeOffset? WakeAt(Publication state) => state.State switch
    {
        PublicationState.Scheduled => state.DueAt,
        PublicationState.Releasing => Last(state).Min(a => a.NextLookAt),
        _ => null,
    };

    /// <summary>The last attempt on each channel.</summary>
    public static IEnumerable<Attempt> Last(Publication state) => state.Attempts.GroupBy(a => a.Channel).Select(attempts => attempts.Last());

    private static Publication Edited(Publication state, PublicationEdited e) => state with
    {
        Content = e.Content,
        State = state.State == PublicationState.Drafted ? PublicationState.Drafted : PublicationState.InReview,
        Authors = state.Authors.Contains(e.Editor) ? state.Authors : [.. state.Authors, e.Editor],
        Approvals = [.. state.Approvals.Where(a => !e.Lapsed.Contains(a.Language))],
        Lapsed = [.. state.Lapsed.Union(e.Lapsed)],
        CauseVersion = e.CauseVersion ?? state.CauseVersion,
        Announces = e.Announces ?? state.Announces,
        Changed = null,
        DueAt = null,
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
            State = approvals.Length == Languages.All.Length ? PublicationState.Approved : PublicationState.InReview,
        };
    }

    private static Publication Unapproved(Publication state, PublicationState to, string reason) =>
        state with { State = to, Approvals = [], Lapsed = [.. state.Lapsed.Union(state.Approvals.Select(a => a.Language))], DueAt = null, Returned = reason };

    private static Publication With(this Publication state, Guid attemptId, Func<Attempt, Attempt> change) =>
        state with { Attempts = [.. state.Attempts.Select(a => a.AttemptId == attemptId ? change(a) : a)] };
}
