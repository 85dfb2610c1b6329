using NodaTime;
using Platform;

namespace Inquiries;

/// <summary>A day of a change as the fact it asks for, or the refusal that names its field.</summary>
public static class ChangedDays
{
    public static ICalendarFact Fact(WorkingCalendar calendar, ChangedDay day, string field, (Guid Id, string Version, CalendarOrder? Order, DateTimeOffset At) by)
    {
        var date = Published(calendar, day.Date, "date-missing", field + ".date");
        return day.Kind switch
        {
            "holiday" => new HolidayAdded(by.Id, by.Version, date, Named(calendar, day, field), day.Note, by.Order, by.At),
            "religious" => new KurbanAitSet(by.Id, by.Version, date, by.Order, by.At),
            "moved-off" => Moved(calendar, new(by.Id, by.Version, Stands(calendar, day, field), date, by.Order, by.At), field),
            "transferred-off" => Transferred(calendar, new(by.Id, by.Version, date, Stands(calendar, day, field), by.Order, by.At), field),
            "transferred-work" => Transferred(calendar, new(by.Id, by.Version, Stands(calendar, day, field), date, by.Order, by.At), field),
            "ordinary" => new HolidayRemoved(by.Id, by.Version, date, by.Order, by.At),
            _ => throw Refused.Invalid("kind-unknown", "kind is holiday, religious, moved-off, transferred-off, transferred-work or ordinary.", field + ".kind"),
        };
    }

    /// <summary>The kinds in the table's spelling.</summary>
    public static string Spelled(DayKind kind) => kind switch
    {
        DayKind.Holiday => "holiday",
        DayKind.Religious => "religious",
        DayKind.MovedOff => "moved-off",
        DayKind.TransferredOff => "transferred-off",
        DayKind.TransferredWork => "transferred-work",
        DayKind.Weekend => "weekend",
        DayKind.Working => "working",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static DateOnly Published(WorkingCalendar calendar, DateOnly? given, string missing, string field)
    {
        var date = given ?? throw Refused.Invalid(missing, "A date is needed: yyyy-MM-dd.", field);
        return calendar.IsProvisional(LocalDate.FromDateOnly(date))
            ? throw Refused.Invalid("year-unpublished", "The calendar of that year is not published: publish the year with its days.", field) : date;
    }

    private static DateOnly Stands(WorkingCalendar calendar, ChangedDay day, string field) => Published(calendar, day.For, "for-missing", field + ".for");

    private static Bilingual Named(WorkingCalendar calendar, ChangedDay day, string field)
    {
        if (day.Name is null && calendar.Day(LocalDate.FromDateOnly(day.Date!.Value)) is { Kind: DayKind.Holiday } known)
        {
            var (kk, ru) = known.Name ?? Words.Say(known.Note); // it has its name already, as a fixed holiday does
            return new(kk, ru);
        }

        return day.Name is { IsComplete: true } name && name.Kk != name.Ru ? name
            : throw Refused.Invalid("name-missing", "A holiday has a name in kk and in ru.", field + ".name");
    }

    private static DayOffMoved Moved(WorkingCalendar calendar, DayOffMoved moved, string field)
    {
        var (off, holiday) = (calendar.Day(LocalDate.FromDateOnly(moved.DayOff)), calendar.Day(LocalDate.FromDateOnly(moved.Holiday)));
        return holiday.Kind is DayKind.Holiday && off.Kind is DayKind.Working or DayKind.MovedOff ? moved
            : throw Refused.Invalid("day-contradicts", "The day off of a holiday goes to a working day.", field);
    }

    private static DaysTransferred Transferred(WorkingCalendar calendar, DaysTransferred days, string field)
    {
        var (off, work) = (calendar.Day(LocalDate.FromDateOnly(days.DayOff)), calendar.Day(LocalDate.FromDateOnly(days.WorkingDay)));
        return off.Kind is DayKind.Working or DayKind.TransferredOff && work.Kind is not DayKind.Working ? days
            : throw Refused.Invalid("day-contradicts", "A transfer gives a working day off and lets a day off work.", field);
    }
}
