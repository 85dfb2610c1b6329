using Platform;

namespace Publications;

/// <summary>What came of a call to a channel, or of asking it what it holds.</summary>
public abstract record Outcome
{
    /// <summary>The channel has it under its own id.</summary>
    public sealed record Accepted(string ExternalId, string From) : Outcome;

    /// <summary>Not taken, and never will be as it is.</summary>
    public sealed record Refused(int Status) : Outcome;

    /// <summary>Certainly not taken: no connection, or an answer that says so (408, 425, 429, 503).</summary>
    public sealed record Unavailable(int? Status) : Outcome
    {
        /// <summary>When the channel said that it may be asked again; null: it did not say.</summary>
        public DateTimeOffset? RetryAt { get; init; }
    }

    /// <summary>Taken or not: no answer, or one that does not tell.</summary>
    public sealed record Unknown(string Reason) : Outcome;

    /// <summary>The channel says that it does not hold it, now.</summary>
    public sealed record NotFound : Outcome;
}

/// <summary>The rules of going out: never early, never twice, never silently late.</summary>
public static class ReleaseDecider
{
    /// <summary>Read-backs that may fail or find nothing before a person has to decide.</summary>
    public const int MostReadBacks = 12;

    /// <summary>What a worker that looks at it may start now; nothing when it is not its time, or another worker's.</summary>
    public static IReadOnlyList<object> Claim(Publication state, Func<Guid> newId, DateTimeOffset leaseUntil, DateTimeOffset now) => state.State switch
    {
        PublicationState.Scheduled when now >= state.DueAt && !Languages.All.All(l => PublicationDecider.IsApproved(state, l)) =>
            [Missed(state, "content-changed", now)],
        PublicationState.Scheduled => InTime(state, now, () =>
        [
            new PublicationReleaseStarted(state.Id, state.DueAt!.Value, Hash(state, Languages.Kk), Hash(state, Languages.Ru), now),
            .. state.Content.Channels.Select(channel => Attempt(state, newId(), channel, leaseUntil, now)),
        ]),
        PublicationState.Releasing when PublicationFold.Last(state).FirstOrDefault(a => a.NextLookAt <= now) is { } attempt => Resume(state, attempt, newId, leaseUntil, now),
        _ => [],
    };

    private static IReadOnlyList<object> Resume(Publication state, Attempt attempt, Func<Guid> newId, DateTimeOffset leaseUntil, DateTimeOffset now) => attempt.State switch
    {
        // its worker is gone: ask before anything else
        AttemptState.Started =>
        [
            new DeliveryOutcomeUnknown(state.Id, attempt.AttemptId, attempt.Channel, "worker-lost", leaseUntil, now),
            new DeliveryReadBackStarted(state.Id, attempt.AttemptId, attempt.Channel, leaseUntil, now),
        ],
        AttemptState.OutcomeUnknown => [new DeliveryReadBackStarted(state.Id, attempt.AttemptId, attempt.Channel, leaseUntil, now)],
        AttemptState.Rejected => InTime(state, now, () => [Attempt(state, newId(), attempt.Channel, leaseUntil, now)]),
        _ => [],
    };

    private static DeliveryAttemptStarted Attempt(Publication state, Guid attemptId, string channel, DateTimeOffset leaseUntil, DateTimeOffset now) =>
        new(state.Id, attemptId, channel, state.Attempts.Count(a => a.Channel == channel) + 1, leaseUntil, now);

    private static IReadOnlyList<object> InTime(Publication state, DateTimeOffset now, Func<IReadOnlyList<object>> release)
    {
        return Lateness.Judge(state.DueAt!.Value, now, state.Content.Allowed(), state.Content.OnMiss) switch
        {
            Timing.Wait => [],
            Timing.Release => release(),
            Timing.Hold => [Missed(state, "late", now)],
            Timing.Drop => [Missed(state, "late", now), new MissedPublicationDecided(state.Id, Decisions.Drop, Service, now)],
            var timing => throw new ArgumentOutOfRangeException(nameof(state), timing, null),
        };
    }

    /// <summary>The second half of the ledger's line. <paramref name="settle"/>: how long after it became unknown "not found" is not yet believed.</summary>
    public static IReadOnlyList<object> Decide(Publication state, Guid attemptId, Outcome outcome, TimeSpan settle, DateTimeOffset now)
    {
        var attempt = state.Attempts.Single(a => a.AttemptId == attemptId);
        if (outcome is Outcome.Accepted accepted)
        {
            // true whenever it is heard, also from a worker that was given up
            return attempt.State == AttemptState.Accepted ? [] : Accept(state, attempt, accepted.ExternalId, accepted.From, null, now);
        }

        if (attempt.State is AttemptState.Accepted or AttemptState.Rejected)
        {
            return [];
        }

        DeliveryOutcomeUnknown Unknown(string reason, DateTimeOffset? lookAgainAt) => new(state.Id, attemptId, attempt.Channel, reason, lookAgainAt, now);
        DeliveryRejected Rejected(string cls, int? status, DateTimeOffset? retryAt) => new(state.Id, attemptId, attempt.Channel, cls, status, retryAt, null, now);
        return outcome switch
        {
            Outcome.Refused refused => [Rejected("refused", refused.Status, null), Missed(state, "refused", now)],
            Outcome.Unavailable unavailable => [Rejected("unavailable", unavailable.Status, now + BackOff(attempt.Number))],
            Outcome.Unknown unknown => [Unknown(unknown.Reason, attempt.ReadBacks < MostReadBacks ? now + BackOff(attempt.ReadBacks) : null)],
            Outcome.NotFound when now < (attempt.UnknownSince ?? now) + settle => [Unknown("not-found-yet", Earlier(now + BackOff(attempt.ReadBacks), (attempt.UnknownSince ?? now) + settle))],
            Outcome.NotFound => [Rejected("not-accepted", null, now)],
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
        };
    }

    public static IReadOnlyList<object> Decide(Publication state, DecideMissed ask, string by, DateTimeOffset now)
    {
        if (ask.Decision is not (Decisions.Publish or Decisions.Drop))
        {
            throw Refused.Invalid("decision-invalid", "decision is publish or drop.", "decision");
        }

        if (state.State != PublicationState.Missed)
        {
            return state.MissDecision == ask.Decision ? [] : throw Refused.Conflict("not-missed", $"It did not miss its time: it is {state.State}.");
        }

        if (ask.Decision == Decisions.Publish)
        {
            PublicationDecider.CauseSeen(state);
            PublicationDecider.FullyApproved(state);
        }

        return [new MissedPublicationDecided(state.Id, ask.Decision, by, now)];
    }

    public static IReadOnlyList<object> Decide(Publication state, DecideOutcome ask, string by, DateTimeOffset now)
    {
        if (ask.Decision is not (Decisions.Accepted or Decisions.NotAccepted))
        {
            throw Refused.Invalid("decision-invalid", "decision is accepted or not-accepted.", "decision");
        }

        if (ask.Decision == Decisions.Accepted && string.IsNullOrWhiteSpace(ask.ExternalId))
        {
            throw Refused.Invalid("external-id-missing", "Give the id under which the channel has it.", "externalId");
        }

        var attempt = state.Attempts.LastOrDefault(a => ask.AttemptId is null || a.AttemptId == ask.AttemptId);
        return attempt switch
        {
            { State: AttemptState.OutcomeUnknown } when ask.Decision == Decisions.Accepted => Accept(state, attempt, ask.ExternalId!, "decision", by, now),
            { State: AttemptState.OutcomeUnknown } => [new DeliveryRejected(state.Id, attempt.AttemptId, attempt.Channel, "not-accepted", null, now, by, now)],
            { State: AttemptState.Accepted } when ask.Decision == Decisions.Accepted && attempt.ExternalId == ask.ExternalId => [],
            { State: AttemptState.Rejected } when ask.Decision == Decisions.NotAccepted => [],
            _ => throw Refused.Conflict("outcome-known", "No attempt with an unknown outcome waits for a decision."),
        };
    }

    public const string Service = "service:publications";

    private static IReadOnlyList<object> Accept(Publication state, Attempt attempt, string externalId, string from, string? by, DateTimeOffset now)
    {
        var accepted = new DeliveryAccepted(state.Id, attempt.AttemptId, attempt.Channel, externalId, from, by, now);
        var everywhere = state.Content.Channels.All(c => c == attempt.Channel || state.Attempts.Any(a => a.Channel == c && a.State == AttemptState.Accepted));
        return everywhere && state.State != PublicationState.Released ? [accepted, Released(state, now)] : [accepted];
    }

    private static PublicationReleased Released(Publication p, DateTimeOffset now) => new(p.Id, p.Body, p.Content.Kind, p.Content.Title, p.Content.Channels, p.Cause, now);
    private static PublicationMissed Missed(Publication p, string reason, DateTimeOffset now) => new(p.Id, p.Body, p.DueAt!.Value, reason, now);

    /// <summary>1 s, 2 s, 4 s … at most 5 minutes.</summary>
    private static TimeSpan BackOff(int times) => TimeSpan.FromSeconds(Math.Min(300, Math.Pow(2, Math.Clamp(times - 1, 0, 9))));
    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
    private static string Hash(Publication state, string language) => ContentHash.Of(state.Body, state.Content, language);
}
