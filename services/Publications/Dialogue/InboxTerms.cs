namespace Publications;

/// <summary>A term as shown, with its trace where it is counted in working days. <paramref name="Deadline"/>: null for hours.</summary>
public sealed record InboxTermShown(string Unit, int Length, DateTimeOffset From, DateTimeOffset DueAt, DeadlineReply? Deadline);

/// <summary>Until when something that was written to a body is answered: by the account's rule, and within a day in a crisis.</summary>
public static class InboxTerms
{
    public const string Crisis = "crisis", RuleName = "inbox-answer", Days = "workingDays", HoursUnit = "hours";
    public const int CrisisHours = 24;

    /// <summary>The account's term; with the tag <c>crisis</c> no later than 24 hours after receipt.</summary>
    public static InboxTerm Of(InboxTermRule rule, IReadOnlyList<string> tags, DateTimeOffset receivedAt, WorkingCalendar calendar)
    {
        var ordinary = rule.Hours is { } hours ? Within(hours, receivedAt) : InDays(rule.WorkingDays, receivedAt, calendar);
        var soon = Within(CrisisHours, receivedAt);
        return tags.Contains(Crisis) && soon.DueAt < ordinary.DueAt ? soon : ordinary;
    }

    public static InboxTermShown Show(InboxTerm term, DateTimeOffset receivedAt, WorkingCalendar calendar) => new(term.Unit, term.Length, receivedAt.InAlmaty(), term.DueAt.InAlmaty(),
        term.Unit == Days ? DeadlineReply.Of(Compute(term.Length, receivedAt, calendar, term.Edition)) : null);

    private static InboxTerm Within(int hours, DateTimeOffset receivedAt) => new(HoursUnit, hours, receivedAt.AddHours(hours), null, null);

    private static InboxTerm InDays(int? days, DateTimeOffset receivedAt, WorkingCalendar calendar)
    {
        var length = days ?? Deadlines.InForce(RuleName, Registration.AlmatyDate(receivedAt)).Length;
        var deadline = Compute(length, receivedAt, calendar, null);
        return new(Days, length, Registration.DueInstant(deadline.Due), deadline.Edition, deadline.CalendarVersion);
    }

    private static Deadline Compute(int length, DateTimeOffset receivedAt, WorkingCalendar calendar, string? edition)
    {
        var day = Registration.AlmatyDate(receivedAt);
        return Deadlines.Compute(Deadlines.InForce(RuleName, day, edition) with { Length = length }, null, day, calendar);
    }
}
