using Platform;

namespace Publications;

/// <summary>The rules of going out: never early, never twice, never silently late.</summary>
public static class ReleaseDecider
{
    /// <summary>Read-backs that may fail or find nothing before a person has to decide.</summary>
    public const int MostReadBacks = 12;

    /// <summary>What a worker that looks at it may start now; nothing when it is not its time, or another worker's.</summary>
    public static IReadOnlyList<object> Claim(Publication state, Func<Guid> newId, DateTimeOffset leaseUntil, DateTimeOffset now, ClaimContext? context = null)
    {
        var start = new Starting(newId, leaseUntil, now, context ?? ClaimContext.Free);
        return state.State switch
        {
            PublicationState.Scheduled when now >= state.DueAt && Hindrance(state, start) is { } reason => [Missed(state, reason, now)],
            PublicationState.Scheduled => InTime(state, now, () => Start(state, start), () => [Missed(state, "late", now)]),
            PublicationState.Releasing or PublicationState.Released or PublicationState.Corrected or PublicationState.Withdrawn => Look(state, start),
            _ => [],
        };
    }

    private sealed record Starting(Func<Guid> NewId, DateTimeOffset LeaseUntil, DateTimeOffset Now, ClaimContext Context);

    /// <summary>Why it does not go out although its time has come.</summary>
    private static string? Hindrance(Publication state, Starting start) =>
        !LanguagePolicies.Of(state.Content).All(l => PublicationDecider.MayGo(state, l)) ? "content-changed"
        : state.Content.Embargo > start.Now ? "embargoed"
        : start.Context.Findings.FirstOrDefault(f => f.Blocking)?.Code
        ?? (state.Content.Channels.All(c => start.Context.Stop(c) is not null) ? start.Context.Stop(state.Content.Channels[0]) : null);

    private static IReadOnlyList<object> Start(Publication state, Starting start) =>
    [
        new PublicationReleaseStarted(state.Id, state.DueAt!.Value, Hash(state, Languages.Kk), Hash(state, Languages.Ru), start.Now),
        .. Legs.OfRelease(state).Where(leg => Legs.Last(state, leg)?.State != AttemptState.Accepted).SelectMany(leg => Attempt(state, leg, start)),
    ];

    /// <summary>What is due of what has begun, or follows it.</summary>
    private static IReadOnlyList<object> Look(Publication state, Starting start)
    {
        if (PublicationFold.Last(state).FirstOrDefault(a => a.NextLookAt <= start.Now) is { } attempt)
        {
            return Resume(state, attempt, start);
        }

        return Legs.Waiting(state).FirstOrDefault(leg => Legs.Since(state, leg) <= start.Now) is { } leg ? Attempt(state, leg, start) : [];
    }

    private static IReadOnlyList<object> Resume(Publication state, Attempt attempt, Starting start) => attempt.State switch
    {
        // the same edit or deletion again does no harm; anything else is asked about first
        AttemptState.Started when attempt.Purpose is Purposes.Edit or Purposes.Delete => Attempt(state, attempt.Leg, start),
        AttemptState.Started when attempt.Purpose is Purposes.Reply => [new DeliveryOutcomeUnknown(state.Id, attempt.AttemptId, attempt.Channel, "worker-lost", null, start.Now)],
        AttemptState.Started =>
        [
            new DeliveryOutcomeUnknown(state.Id, attempt.AttemptId, attempt.Channel, "worker-lost", start.LeaseUntil, start.Now),
            new DeliveryReadBackStarted(state.Id, attempt.AttemptId, attempt.Channel, start.LeaseUntil, start.Now),
        ],
        AttemptState.OutcomeUnknown => [new DeliveryReadBackStarted(state.Id, attempt.AttemptId, attempt.Channel, start.LeaseUntil, start.Now)],
        AttemptState.Rejected when attempt.RetryWanted || attempt.Language == Languages.Ru || attempt.Purpose is not null => Attempt(state, attempt.Leg, start),
        AttemptState.Rejected => InTime(state, start.Now, () => Attempt(state, attempt.Leg, start), () => TooLate(state, attempt, start.Now)),
        _ => [],
    };

    /// <summary>While another channel has it, or may have it, only this one is given up.</summary>
    private static IReadOnlyList<object> TooLate(Publication state, Attempt attempt, DateTimeOffset now) =>
        PublicationFold.Last(state).Any(a => a.Leg != attempt.Leg && a.State != AttemptState.Rejected)
            ? [new DeliveryRejected(state.Id, attempt.AttemptId, attempt.Channel, "late", null, null, null, now)] : [Missed(state, "late", now)];

    /// <summary>An attempt, and its end at once where the channel is shut. Deleting is never kept back.</summary>
    private static IReadOnlyList<object> Attempt(Publication state, Leg leg, Starting start)
    {
        var started = new DeliveryAttemptStarted(state.Id, start.NewId(), leg.Channel, state.Attempts.Count(a => a.Leg == leg) + 1, start.LeaseUntil, start.Now)
        { Language = leg.Language, Purpose = leg.Purpose, CorrectionId = leg.CorrectionId, Epoch = start.Context.Epoch };
        return leg.Purpose == Purposes.Delete || start.Context.Stop(leg.Channel) is not { } stop ? [started]
            : [started, new DeliveryRejected(state.Id, started.AttemptId, leg.Channel, stop, null, leg.Purpose is null ? null : start.Now + HaltedLook, null, start.Now)];
    }

    private static IReadOnlyList<object> InTime(Publication state, DateTimeOffset now, Func<IReadOnlyList<object>> release, Func<IReadOnlyList<object>> late)
    {
        return Lateness.Judge(state.DueAt!.Value, now, state.Content.Allowed(), state.Content.OnMiss) switch
        {
            Timing.Wait => [],
            Timing.Release => release(),
            Timing.Hold => late(),
            Timing.Drop => late() is [PublicationMissed missed] ? [missed, new MissedPublicationDecided(state.Id, Decisions.Drop, Service, now) { Body = state.Body }] : late(),
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
            return attempt.State == AttemptState.Accepted ? [] : Settled(state, [new DeliveryAccepted(state.Id, attemptId, attempt.Channel, accepted.ExternalId, accepted.From, null, now)], now);
        }

        if (attempt.State is AttemptState.Accepted or AttemptState.Rejected)
        {
            return [];
        }

        DeliveryOutcomeUnknown Unknown(string reason, DateTimeOffset? lookAgainAt) => new(state.Id, attemptId, attempt.Channel, reason, lookAgainAt, now);
        DeliveryRejected Rejected(string cls, int? status, DateTimeOffset? retryAt) => new(state.Id, attemptId, attempt.Channel, cls, status, retryAt, null, now);
        return Settled(state, outcome switch
        {
            Outcome.Refused refused => [Rejected(refused.Class, refused.Status, null)],
            Outcome.Unavailable unavailable => [Rejected("unavailable", unavailable.Status, Later(now + BackOff(attempt.Number), unavailable.RetryAt))],
            Outcome.Halted => [Rejected("halted", null, attempt.Purpose is null ? null : now + HaltedLook)],
            // what may be said twice is said again; a reply may not
            Outcome.Unknown unknown when attempt.Purpose is Purposes.Edit or Purposes.Delete => [Rejected(unknown.Reason, null, now + BackOff(attempt.Number))],
            Outcome.Unknown unknown when attempt.Purpose is Purposes.Reply => [Unknown(unknown.Reason, null)],
            Outcome.Unknown unknown => [Unknown(unknown.Reason, attempt.ReadBacks < MostReadBacks ? now + BackOff(attempt.ReadBacks) : null)],
            Outcome.NotFound when attempt.Purpose == Purposes.Delete => [new DeliveryAccepted(state.Id, attemptId, attempt.Channel, attempt.AttemptId.ToString(), "answer", null, now)],
            Outcome.NotFound when attempt.Purpose is not null => [Rejected("not-found", null, null)],
            Outcome.NotFound when now < (attempt.UnknownSince ?? now) + settle => [Unknown("not-found-yet", Earlier(now + BackOff(attempt.ReadBacks), (attempt.UnknownSince ?? now) + settle))],
            Outcome.NotFound => [Rejected("not-accepted", null, now)],
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
        }, now);
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
            if (state.Content.Embargo > now)
            {
                throw PublicationDecider.Embargoed(state.Content);
            }
        }

        return [new MissedPublicationDecided(state.Id, ask.Decision, by, now) { Body = state.Body }];
    }

    public static IReadOnlyList<object> Decide(Publication state, DecideOutcome ask, string by, DateTimeOffset now)
    {
        if (!Decisions.OfOutcome.Contains(ask.Decision))
        {
            throw Refused.Invalid("decision-invalid", $"decision is one of: {string.Join(", ", Decisions.OfOutcome)}.", "decision");
        }

        if (ask.Decision == Decisions.Accepted && string.IsNullOrWhiteSpace(ask.ExternalId))
        {
            throw Refused.Invalid("external-id-missing", "Give the id under which the channel has it.", "externalId");
        }

        var attempt = ask.AttemptId is { } id ? state.Attempts.SingleOrDefault(a => a.AttemptId == id)
            : state.Attempts.LastOrDefault(a => a.State == AttemptState.OutcomeUnknown) ?? (state.Attempts.Count > 0 ? state.Attempts[^1] : null);
        return attempt is not null && ask.Decision is Decisions.Retry or Decisions.GiveUp ? DecideRefused(state, attempt!, ask.Decision, by, now) : attempt switch
        {
            { State: AttemptState.OutcomeUnknown } when ask.Decision == Decisions.Accepted =>
                Settled(state, [new DeliveryAccepted(state.Id, attempt.AttemptId, attempt.Channel, ask.ExternalId!, "decision", by, now)], now),
            { State: AttemptState.OutcomeUnknown } => [new DeliveryRejected(state.Id, attempt.AttemptId, attempt.Channel, "not-accepted", null, now, by, now)],
            { State: AttemptState.Accepted } when ask.Decision == Decisions.Accepted && attempt.ExternalId == ask.ExternalId => [],
            { State: AttemptState.Rejected } when ask.Decision == Decisions.NotAccepted => [],
            _ => throw Refused.Conflict("outcome-known", "No attempt with an unknown outcome waits for a decision."),
        };
    }

    /// <summary>A channel that has refused it, or was kept from it, while others have it: tried once more, or given up.</summary>
    private static IReadOnlyList<object> DecideRefused(Publication state, Attempt attempt, string decision, string by, DateTimeOffset now)
    {
        if (decision == Decisions.GiveUp ? attempt.GivenUp : attempt.RetryWanted)
        {
            return [];
        }

        if (!Legs.IsOver(attempt) || attempt.GivenUp || attempt.Purpose is not null || Legs.Last(state, attempt.Leg) != attempt || !(state.State == PublicationState.Releasing || state.IsOut))
        {
            throw Refused.Conflict("outcome-known", "No channel that refused it waits for a decision.");
        }

        return decision == Decisions.Retry ? [new RetryDecided(state.Id, attempt.AttemptId, attempt.Channel, by, now)]
            : Settled(state, [new ChannelGivenUp(state.Id, attempt.AttemptId, attempt.Channel, by, now)], now);
    }

    public const string Service = "service:publications";

    /// <summary>These facts, and what follows from them: it is out when every channel has it or was given up, and missed when none will have it.</summary>
    private static IReadOnlyList<object> Settled(Publication before, IReadOnlyList<object> facts, DateTimeOffset now)
    {
        var state = facts.Aggregate(before, (p, fact) => PublicationFold.Evolve(p, fact)!);
        if (state.State == PublicationState.Withdrawn)
        {
            return facts;
        }

        if (state.IsOut)
        {
            return Legs.OfRussian(state).ToList() is { Count: > 0 } russian && Done(state, russian)
                ? [.. facts, new LanguageReleased(state.Id, state.Body, state.Content.Kind, Languages.Ru, new(null, state.Content.Title.Ru), On(state, russian), now)] : facts;
        }

        var legs = Legs.OfRelease(state).ToList();
        return Done(state, legs) ? [.. facts, Released(state, On(state, legs), now)]
            : state.State == PublicationState.Releasing && legs.All(leg => Legs.IsOver(Legs.Last(state, leg))) ? [.. facts, Missed(state, Legs.Last(state, legs[^1])!.Reason!, now)]
            : facts;
    }

    private static bool Done(Publication state, IReadOnlyList<Leg> legs) => legs.Any(leg => HasIt(state, leg)) && legs.All(leg => HasIt(state, leg) || Legs.Last(state, leg) is { GivenUp: true });
    private static bool HasIt(Publication state, Leg leg) => state.Attempts.Any(a => a.Leg == leg && a.State == AttemptState.Accepted);
    private static IReadOnlyList<string> On(Publication state, IReadOnlyList<Leg> legs) => [.. legs.Where(leg => HasIt(state, leg)).Select(leg => leg.Channel)];

    private static PublicationReleased Released(Publication p, IReadOnlyList<string> channels, DateTimeOffset now) => LanguagePolicies.IsKkFirst(p.Content)
        ? new(p.Id, p.Body, p.Content.Kind, p.Content.Title with { Ru = null }, channels, p.Cause, now) { Languages = [Languages.Kk] }
        : new(p.Id, p.Body, p.Content.Kind, p.Content.Title, channels, p.Cause, now);
    private static PublicationMissed Missed(Publication p, string reason, DateTimeOffset now) => new(p.Id, p.Body, p.DueAt!.Value, reason, now);

    /// <summary>How often a follow-up looks whether the halt is over.</summary>
    private static readonly TimeSpan HaltedLook = TimeSpan.FromMinutes(1);

    /// <summary>1 s, 2 s, 4 s … at most 5 minutes.</summary>
    public static TimeSpan BackOff(int times) => TimeSpan.FromSeconds(Math.Min(300, Math.Pow(2, Math.Clamp(times - 1, 0, 9))));
    /// <summary>A channel that says when it may be asked again is believed, up to an hour.</summary>
    private static DateTimeOffset Later(DateTimeOffset own, DateTimeOffset? said) => said > own ? Earlier(said.Value, own.AddHours(1)) : own;
    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
    private static string Hash(Publication state, string language) => ContentHash.Of(state.Body, state.Content, language);
}
