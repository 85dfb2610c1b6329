using Platform;

namespace Publications;

/// <summary>The ledger of a reply: as for publications the attempt is stored before the call, and unknown forbids another one.</summary>
public static class InboxReplyDecider
{
    /// <summary>Calls that may find nobody there before people look at it.</summary>
    public const int MostAttempts = 12;

    private const string Unavailable = "unavailable";
    private static readonly TimeSpan HaltedLook = TimeSpan.FromMinutes(1);

    /// <summary>What a worker that looks at it may start now.</summary>
    public static IReadOnlyList<object> Claim(InboxItem state, Func<Guid> newId, DateTimeOffset leaseUntil, DateTimeOffset now)
    {
        if (InboxFold.WakeAt(state) is not { } due || now < due)
        {
            return [];
        }

        var reply = state.Reply!;
        object Attempt() => new InboxReplyAttemptStarted(state.Id, reply.ReplyId, newId(), reply.Attempts.Count + 1, leaseUntil, now);
        return reply.Last switch
        {
            null or { State: AttemptState.Rejected } => [Attempt()],
            // its worker is gone: ask before anything else
            { State: AttemptState.Started } lost => [new InboxReplyOutcomeUnknown(state.Id, lost.AttemptId, "worker-lost", leaseUntil, now), new InboxReplyReadBackStarted(state.Id, lost.AttemptId, leaseUntil, now)],
            { State: AttemptState.OutcomeUnknown } unknown => [new InboxReplyReadBackStarted(state.Id, unknown.AttemptId, leaseUntil, now)],
            _ => [],
        };
    }

    /// <summary>The second half of the line. <paramref name="settle"/>: how long "not found" is not yet believed; <paramref name="externalItemId"/>: under which the channel's id is kept, if it gave one.</summary>
    public static IReadOnlyList<object> Decide(InboxItem state, Guid attemptId, Outcome outcome, Guid externalItemId, TimeSpan settle, DateTimeOffset now)
    {
        var attempt = state.Reply?.Attempts.SingleOrDefault(a => a.AttemptId == attemptId);
        if (attempt is null or { State: AttemptState.Accepted })
        {
            return [];
        }

        if (outcome is Outcome.Accepted accepted)
        {
            return [new InboxReplyAccepted(state.Id, attemptId, externalItemId, accepted.From, null, now)]; // true whenever it is heard
        }

        InboxReplyRejected Rejected(string why, int? status, DateTimeOffset? retryAt) => new(state.Id, attemptId, why, status, retryAt, null, now);
        var away = state.Reply!.Attempts.Count(a => a.Reason == Unavailable) + 1;
        InboxReplyOutcomeUnknown Unknown(string reason, DateTimeOffset? lookAgainAt) => new(state.Id, attemptId, reason, lookAgainAt, now);
        var settled = (attempt.UnknownSince ?? now) + settle;
        return (attempt.State, outcome) switch
        {
            (AttemptState.Rejected, _) => [],
            (_, Outcome.Refused refused) => [Rejected(refused.Status == Gone ? "personal-data-gone" : "refused", refused.Status, null)],
            (_, Outcome.Unavailable unavailable) => [Rejected(Unavailable, unavailable.Status, away < MostAttempts ? Later(now + ReleaseDecider.BackOff(away), unavailable.RetryAt) : null)],
            (_, Outcome.Halted) => [Rejected("halted", null, now + HaltedLook)], // however long the halt lasts
            (_, Outcome.Unknown unknown) => [Unknown(unknown.Reason, attempt.ReadBacks < ReleaseDecider.MostReadBacks ? now + ReleaseDecider.BackOff(attempt.ReadBacks) : null)],
            (_, Outcome.NotFound) when now < settled => [Unknown("not-found-yet", settled)],
            (_, Outcome.NotFound) => [Rejected("not-accepted", null, now)],
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
        };
    }

    /// <summary>A channel that says when it may be asked again is not asked before.</summary>
    private static DateTimeOffset Later(DateTimeOffset at, DateTimeOffset? said) => said > at ? said.Value : at;

    /// <summary>A status that no channel answers: words or address were erased or blocked, so nothing was sent.</summary>
    public const int Gone = 0;

    public static IReadOnlyList<object> Decide(InboxItem state, DecideReplyOutcome ask, Guid externalItemId, string by, DateTimeOffset now)
    {
        if (ask.Decision is not (Decisions.Accepted or Decisions.NotAccepted))
        {
            throw Refused.Invalid("decision-invalid", "decision is accepted or not-accepted.", "decision");
        }

        return (state.Reply?.Last, ask.Decision) switch
        {
            ({ State: AttemptState.OutcomeUnknown } attempt, Decisions.Accepted) => [new InboxReplyAccepted(state.Id, attempt.AttemptId, externalItemId, "decision", by, now)],
            ({ State: AttemptState.OutcomeUnknown } attempt, _) => [new InboxReplyRejected(state.Id, attempt.AttemptId, "not-accepted", null, now, by, now)],
            ({ State: AttemptState.Accepted }, Decisions.Accepted) or ({ State: AttemptState.Rejected }, Decisions.NotAccepted) => [],
            _ => throw Refused.Conflict("outcome-known", "No reply with an unknown outcome waits for a decision."),
        };
    }
}
