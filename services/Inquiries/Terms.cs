using NodaTime;

namespace Inquiries;

/// <summary>
/// One term that runs or ran on a request: its computed deadline, when its act was done, and when it ended without one.
/// A duty that is not done in time is overdue; a right that is not used in time has passed.
/// </summary>
public sealed record Term(string Rule, LocalDate Due, LocalDate SafeDue, Deadline Explained, DateTimeOffset? Done, DateTimeOffset? Ended, bool IsDuty)
{
    /// <summary>The term was over at that instant: 24:00 in Almaty of its last day had struck.</summary>
    public bool EndedBy(DateTimeOffset at) => at >= Registration.DueInstant(Due);

    public string StateAt(DateTimeOffset now) => Done is { } done ? EndedBy(done) ? "late" : "met"
        : Ended is not null ? "ended" : !EndedBy(now) ? "running" : IsDuty ? "overdue" : "passed";
}

/// <summary>Which terms a request has, by its regime and its moments. Pure: a function of facts and calendar, the same at any later time.</summary>
public static class Terms
{
    public static IReadOnlyList<Term> Of(Times t, WorkingCalendar calendar)
    {
        if (t.Registered is null)
        {
            return [];
        }

        var regimes = Possible(t);
        var closed = t.Concluded ?? t.Dropped;
        List<Term?> terms =
        [
            .. Replies(t, calendar),
            .. Each(r => r.Forwarding, rule => Of(rule, t, calendar, t.Forwarded, closed)),
            .. Each(r => r.Refusal, rule => Of(rule, t, calendar, t.Refused, closed)),
            .. Each(r => r.Published, rule => Of(rule, t, calendar, t.Pointed, closed)),
            .. Each(r => t.Extended is null ? null : r.Notice, rule => Of(rule, t, calendar, t.ToldOfExtension, null, isDuty: true)),
            t.MendUntil is null && t.Returned is null ? null : Of("return", t, calendar, t.Returned, closed),
            t.LastConcluded is null ? null : Of(t.RouteNamed ? "complaint-term" : "complaint-term-unnamed-route", t, calendar, t.Complained, null),
            t.Complained is null ? null : Of("complaint-transfer", t, calendar, t.ComplaintPassedUp ?? t.ComplaintDecided, null, isDuty: true),
            t.ComplaintRegistered is null ? null : Of("complaint-decision", t, calendar, t.ComplaintDecided, null, isDuty: true),
            t.ComplaintRegistered is null || t.ComplaintDecided is null ? null : Of("court-term", t, calendar, null, null),
        ];
        return [.. terms.OfType<Term>()];

        IEnumerable<Term?> Each(Func<Regime, string?> rule, Func<string, Term?> term) => regimes.Select(rule).OfType<string>().Distinct().Select(term);
    }

    /// <summary>The regimes whose terms run: the one that an official confirmed; until then the proposed one and 401-V.</summary>
    private static IEnumerable<Regime> Possible(Times t) =>
        (t.RegimeConfirmed ? [t.Regime] : new[] { t.Regime, Regimes.AccessToInformation }.Distinct()).Select(code => Regimes.All[code]);

    /// <summary>The terms for the final act.</summary>
    private static IEnumerable<Term> Replies(Times t, WorkingCalendar calendar) =>
        Possible(t).Select(regime => Of(t.Extended is null ? regime.Reply : regime.Extended, t, calendar, t.Concluded, t.Dropped, isDuty: true)!);

    /// <summary>The date that is shown and watched: the earliest of the final act's terms, or what a decision on a complaint set.</summary>
    public static (LocalDate Due, LocalDate SafeDue, Deadline By) Watched(Times t, WorkingCalendar calendar)
    {
        var first = Replies(t, calendar).MinBy(term => (term.SafeDue, term.Due))!;
        if (t.AnswerBy is not { } set)
        {
            return (first.Due, first.SafeDue, first.Explained);
        }

        var day = LocalDate.FromDateOnly(set);
        return (day, calendar.PreviousWorkingOnOrBefore(day), first.Explained);
    }

    private static Term? Of(string rule, Times t, WorkingCalendar calendar, DateTimeOffset? done, DateTimeOffset? ended, bool isDuty = false)
    {
        var received = Registration.AlmatyDate(t.Received);
        // an act's term keeps the edition of the act's day; all others that of the request's
        var edition = Law.Deadlines.InForce(rule, received);
        var from = edition.CountedFrom switch
        {
            "receipt" => received,
            "registration" => Registration.AlmatyDate(t.Registered!.Value),
            "extension" => Registration.AlmatyDate(t.Extended!.Value),
            "clarification" => t.MendUntil is { } until ? LocalDate.FromDateOnly(until) : (LocalDate?)null,
            "learning" => Registration.AlmatyDate(t.LastConcluded!.Value),
            "complaint-receipt" => Registration.AlmatyDate(t.Complained!.Value),
            "complaint-registration" => Registration.AlmatyDate(t.ComplaintRegistered!.Value),
            "court" => Registration.AlmatyDate(t.ComplaintDecided!.Value),
            var other => throw new InvalidOperationException($"A term is counted from {other}, which no request knows."),
        };
        if (from is not { } day)
        {
            return null;
        }

        var d = Law.Deadlines.Compute(rule, day, received, calendar, granted: edition.Extends is null ? null : t.ExtendedBy);
        return new(rule, d.Due, d.SafeDue, d, done, ended, isDuty);
    }
}
