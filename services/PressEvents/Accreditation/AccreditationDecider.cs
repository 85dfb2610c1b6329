using Platform;

namespace PressEvents;

/// <summary>What an application is looked at with: the applicant, the event and the call it names, and what the same journalist applied for before.</summary>
public sealed record Applicant(Journalist Journalist, Outlet? Outlet, PressEventView? PressEvent, AccreditationCall? Call, IReadOnlyList<Accreditation> Before);

/// <summary>Every decision on an accreditation: values in, values out.</summary>
public static class AccreditationDecider
{
    public const string Permanent = "accreditation-permanent", Strategic = "accreditation-strategic", Term = "accreditation-term", Appeal = "complaint-term";

    /// <summary>A permanent one may be renewed in its last days (the service's own rule).</summary>
    public const int RenewalDays = 30;

    /// <summary>A temporary one is granted at the latest on this working day before its event.</summary>
    private static readonly Notice Before = new(1, NoticeUnit.WorkingDays);

    public static AccreditationRequested Request(Guid id, RequestAccreditation ask, Applicant applicant, Guid? mfaItemId, WorkingCalendar calendar, DateTimeOffset now)
    {
        var permanent = Kind(ask.Kind) == AccreditationKind.Permanent;
        Checked(ask, applicant, permanent, now);
        var same = applicant.Before.Where(a => a.IsPermanent == permanent && a.PressEventId == ask.PressEventId).OrderBy(a => a.AppliedAt).ToList();
        if (same.FirstOrDefault(a => a.IsOpen) is { } open)
        {
            throw Refused.Conflict("accreditation-open", "An application for the same is being decided.", new Dictionary<string, object?> { ["accreditationId"] = open.Id });
        }

        if (same.FirstOrDefault(a => a.StandsAt(now) && (!permanent || a.ValidUntil > now.AddDays(RenewalDays))) is { } standing)
        {
            throw Refused.Conflict("already-accredited", $"It stands; a permanent accreditation is renewed in its last {RenewalDays} days.", new Dictionary<string, object?> { ["accreditationId"] = standing.Id });
        }

        var previous = same.LastOrDefault()?.Id;
        if (!permanent)
        {
            var until = DecideUntil(applicant.PressEvent!.Start, calendar, now, "application-too-late");
            return new(id, applicant.Journalist.Id, nameof(AccreditationKind.Temporary), ask.PressEventId, ask.Strategic == true, mfaItemId, ask.CallId, previous,
                Registration.AlmatyDate(until.AddTicks(-1)).ToDateOnly(), until, null, null, calendar.Version, now, applicant.Journalist.OutletId);
        }

        var today = Registration.AlmatyDate(now);
        var term = Deadlines.Compute(ask.Strategic == true ? Strategic : Permanent, today, today, calendar);
        return new(id, applicant.Journalist.Id, nameof(AccreditationKind.Permanent), null, ask.Strategic == true, mfaItemId, ask.CallId, previous,
            term.Due.ToDateOnly(), Registration.DueInstant(term.Due).InAlmaty(), term.Rule, term.Edition, term.CalendarVersion, now, applicant.Journalist.OutletId);
    }

    /// <summary><paramref name="eventStart"/>: of the event of a temporary one, as it is planned now.</summary>
    public static IReadOnlyList<object> Grant(Accreditation state, Journalist journalist, DateTimeOffset? eventStart, string by, WorkingCalendar calendar, DateTimeOffset now) =>
        state.State == nameof(AccreditationState.Granted) ? []
            : state.State == nameof(AccreditationState.Requested) ? [Granted(state, journalist, eventStart, by, calendar, now)] : throw IsDecided(state);

    public static IReadOnlyList<object> Refuse(Accreditation state, RefuseAccreditation ask, Guid? wordsId, string by, string byId, WorkingCalendar calendar, DateTimeOffset now)
    {
        var reason = AccreditationLists.Refusals.Known(ask.Reason);
        var today = Registration.AlmatyDate(now);
        return state.State == nameof(AccreditationState.Refused) && state.Refusal!.Reason == reason ? []
            : state.State != nameof(AccreditationState.Requested) ? throw IsDecided(state)
            : [new AccreditationRefused(state.Id, state.JournalistId, reason, wordsId, by, byId, Deadlines.Compute(Appeal, today, today, calendar).Due.ToDateOnly(), now, state.Scope())];
    }

    public static IReadOnlyList<object> File(Accreditation state, Guid wordsId, DateTimeOffset now) => state.State switch
    {
        nameof(AccreditationState.Appealed) => [],
        nameof(AccreditationState.Refused) when Registration.AlmatyDate(now).ToDateOnly() > state.Refusal!.AppealBy => throw Refused.Conflict("appeal-too-late", "The term to appeal is over; apply anew.",
            new Dictionary<string, object?> { ["appealBy"] = state.Refusal.AppealBy }),
        nameof(AccreditationState.Refused) => [new AccreditationAppealed(state.Id, state.JournalistId, wordsId, now)],
        _ => throw Refused.Conflict("not-refused", $"Only a refusal is appealed; this is {state.State}."),
    };

    /// <summary>Upheld means that the appeal is: the accreditation is granted beside it.</summary>
    public static IReadOnlyList<object> DecideAppeal(Accreditation state, bool upheld, Guid? wordsId, Journalist journalist, DateTimeOffset? eventStart, string by, string byId, WorkingCalendar calendar,
        DateTimeOffset now)
    {
        if (state.State != nameof(AccreditationState.Appealed))
        {
            var said = upheld ? nameof(AccreditationState.Granted) : nameof(AccreditationState.RefusalUpheld);
            return state.AppealId is not null && state.State == said ? [] : throw Refused.Conflict("not-appealed", $"There is no appeal to decide; this is {state.State}.");
        }

        var decided = state.Refusal!.ById == byId ? throw Refused.Conflict("decider-is-refuser", "Somebody else than the refuser decides an appeal.")
            : new AccreditationAppealDecided(state.Id, state.JournalistId, upheld, wordsId, by, now, state.Scope());
        return upheld ? [decided, Granted(state, journalist, eventStart, by, calendar, now)] : [decided];
    }

    /// <summary>What stands lapses; what is over already stays what it was.</summary>
    public static IReadOnlyList<object> Lapse(Accreditation state, DateTimeOffset now) =>
        state.StandsAt(now) ? [new AccreditationLapsed(state.Id, state.JournalistId, "documents-edited", now, state.Scope())] : [];

    private static AccreditationGranted Granted(Accreditation state, Journalist journalist, DateTimeOffset? eventStart, string by, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (journalist.SuspendedAt(now) is { } running)
        {
            throw Journalists.IsSuspended(running);
        }

        if (!state.IsPermanent)
        {
            DecideUntil(eventStart ?? state.DueAt, calendar, now, "decision-too-late");
            return new(state.Id, state.JournalistId, null, null, by, now, state.Scope());
        }

        var today = Registration.AlmatyDate(now);
        var last = Deadlines.Compute(Term, today, today, calendar).LastDay;
        return new(state.Id, state.JournalistId, last.ToDateOnly(), Registration.DueInstant(last).InAlmaty(), by, now, state.Scope());
    }

    private static DateTimeOffset DecideUntil(DateTimeOffset start, WorkingCalendar calendar, DateTimeOffset now, string code)
    {
        var until = Before.Until(start, calendar).InAlmaty();
        return now < until ? until : throw Refused.Conflict(code, "A temporary accreditation is granted at the latest one working day before the event.",
            new Dictionary<string, object?> { ["until"] = until });
    }

    private static void Checked(RequestAccreditation ask, Applicant applicant, bool permanent, DateTimeOffset now)
    {
        _ = (permanent, ask.PressEventId, applicant.PressEvent) switch
        {
            (true, { }, _) => throw Refused.Invalid("event-not-allowed", "A permanent accreditation names no event.", "pressEventId"),
            (false, null, _) => throw Refused.Invalid("event-missing", "A temporary accreditation is for one event.", "pressEventId"),
            (false, _, null) => throw Refused.Invalid("event-unknown", "pressEventId is the id of an announced event.", "pressEventId"),
            (false, _, { State: not nameof(PressEventState.Announced) } view) => throw Refused.Conflict("event-not-announced", $"The event is {view.State}."),
            _ => true,
        };
        _ = (ask.CallId, applicant.Call) switch
        {
            (null, _) => true,
            (_, null) => throw Refused.Invalid("call-unknown", "callId is the id of a call.", "callId"),
            (_, { } call) => call.StateOn(Registration.AlmatyDate(now)) == "Open" ? true : throw Refused.Conflict("call-closed", "The call does not stand today."),
        };
        if (applicant.Outlet is { State: Outlet.Closed })
        {
            throw Outlets.IsClosed();
        }

        if ((applicant.Journalist.IsForeign || applicant.Outlet is { Foreign: true }) && string.IsNullOrWhiteSpace(ask.MfaNumber))
        {
            throw Refused.Invalid("mfa-accreditation-missing", "Foreign media give the number of their accreditation by the Foreign Ministry.", "mfaNumber");
        }

        if (applicant.Journalist.SuspendedAt(now) is { } running)
        {
            throw Journalists.IsSuspended(running);
        }
    }

    private static AccreditationKind Kind(string? asked) => Enum.GetNames<AccreditationKind>().Contains(asked) ? Enum.Parse<AccreditationKind>(asked!)
        : throw Refused.Invalid("kind-unknown", "kind is Permanent or Temporary.", "kind");

    private static RefusedException IsDecided(Accreditation state) => Refused.Conflict("decided", $"It was decided; it is {state.State}.");
}
