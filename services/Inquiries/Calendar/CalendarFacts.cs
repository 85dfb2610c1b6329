namespace Inquiries;

// The facts about the working calendar, one stream for the country. Their stored shape is for ever: add optional fields, never rename or
// reuse. Who recorded one stands in its metadata. Days are calendar days in Asia/Almaty.

/// <summary>The act by which the calendar was changed: its number, its date and who issued it (the Minister of Labour for transfers).</summary>
public sealed record CalendarOrder(string? Number, DateOnly? Date, string? Issuer);

/// <summary>What all facts of one change share: the change, the version it makes, its order (null for the first table) and when it was recorded.</summary>
public interface ICalendarFact
{
    Guid ChangeId { get; }
    string CalendarVersion { get; }
    CalendarOrder? Order { get; }
    DateTimeOffset At { get; }
}

/// <summary>A day of a published year that differs from Monday-Friday. <paramref name="For"/>: the day it stands for; <paramref name="Name"/>: of a holiday new to us.</summary>
public sealed record PublishedDay(DateOnly Date, DayKind Kind, string Note, DateOnly? For = null, Bilingual? Name = null);

/// <summary>A year's calendar was published: these days differ from Monday-Friday, and nothing in it is provisional any more.</summary>
public sealed record CalendarYearPublished(Guid ChangeId, string CalendarVersion, int Year, IReadOnlyList<PublishedDay> Days, CalendarOrder? Order, DateTimeOffset At)
    : ICalendarFact;

/// <summary>A day became a holiday.</summary>
public sealed record HolidayAdded(Guid ChangeId, string CalendarVersion, DateOnly Date, Bilingual Name, string? Note, CalendarOrder? Order, DateTimeOffset At) : ICalendarFact;

/// <summary>A day is as any other of its weekday again: no holiday, no moved or transferred day.</summary>
public sealed record HolidayRemoved(Guid ChangeId, string CalendarVersion, DateOnly Date, CalendarOrder? Order, DateTimeOffset At) : ICalendarFact;

/// <summary>The day off of a holiday that falls on a weekend went to a working day (Labour Code 84).</summary>
public sealed record DayOffMoved(Guid ChangeId, string CalendarVersion, DateOnly Holiday, DateOnly DayOff, CalendarOrder? Order, DateTimeOffset At) : ICalendarFact;

/// <summary>A working day and a day off changed places: <paramref name="DayOff"/> does not work, <paramref name="WorkingDay"/> does (Labour Code 85).</summary>
public sealed record DaysTransferred(Guid ChangeId, string CalendarVersion, DateOnly DayOff, DateOnly WorkingDay, CalendarOrder? Order, DateTimeOffset At) : ICalendarFact;

/// <summary>The first day of Kurban Ait of a year was set; an expected date of that year gives way.</summary>
public sealed record KurbanAitSet(Guid ChangeId, string CalendarVersion, DateOnly Date, CalendarOrder? Order, DateTimeOffset At) : ICalendarFact;

/// <summary>
/// What a change left, whole: every day of the published years that differs from Monday-Friday. The last fact of each change, for whoever keeps the calendar
/// elsewhere; it changes nothing itself.
/// </summary>
public sealed record CalendarEditionIssued(Guid ChangeId, string CalendarVersion, int PublishedFrom, int PublishedTo, IReadOnlyList<PublishedDay> Days, CalendarOrder? Order,
    DateTimeOffset At) : ICalendarFact;

/// <summary>
/// The working calendar changed under a running request and moved its dates; recorded once per change and request, only when they move.
/// <paramref name="At"/>: when it was recalculated; the change itself is <paramref name="ChangeId"/> of the calendar's stream.
/// </summary>
public sealed record DeadlinesRecalculated(Guid InquiryId, Guid ChangeId, string CalendarVersion, DateOnly OldDue, DateOnly OldSafeDue, DateOnly Due, DateOnly SafeDue,
    DateTimeOffset At);
