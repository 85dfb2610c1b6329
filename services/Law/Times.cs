using NodaTime;
using NodaTime.Text;

namespace Law;

/// <summary>Instants as people in Kazakhstan read them, and as callers write them (RFC 3339 with an offset).</summary>
public static class Times
{
    // far beyond any plan, and safe for every conversion
    private const int FirstYear = 2000, LastYear = 2100;

    /// <summary>A moment for an event: RFC 3339 with an offset, in whole seconds.</summary>
    public static DateTimeOffset Moment(string? text, string field) => Instant(text) is { } at && at.Ticks % TimeSpan.TicksPerSecond == 0
        ? at
        : throw Refused.Invalid("time-invalid", "A time is RFC 3339 with an offset, in whole seconds, such as 2026-12-07T11:00:00+05:00.", field);

    public static LocalDate Date(string? text, string field) => Day(text) ?? throw Refused.Invalid("date-invalid", "A date is yyyy-MM-dd.", field);

    /// <summary>An instant, or the beginning of a day in Almaty (<paramref name="wholeDay"/>: its end), for filters of lists.</summary>
    public static DateTimeOffset? Bound(string? text, string field, bool wholeDay) => text switch
    {
        null => null,
        _ when Day(text) is { } day => Registration.Almaty.AtStartOfDay(wholeDay ? day.PlusDays(1) : day).ToDateTimeOffset(),
        _ => AsOf(text, field),
    };

    /// <summary>An instant in an address, where a plus that nobody escaped arrives as a blank.</summary>
    public static DateTimeOffset? AsOf(string? text, string field) => text is null ? null : Instant(text.Replace(' ', '+'))
        ?? throw Refused.Invalid("date-invalid", "Give an RFC 3339 instant with an offset, or where days are meant yyyy-MM-dd.", field);

    /// <summary>A day's hour in Almaty.</summary>
    public static DateTimeOffset On(LocalDate day, LocalTime time) => Registration.Almaty.AtLeniently(day + time).ToDateTimeOffset();

    private static LocalDate? Day(string? text) =>
        text is not null && LocalDatePattern.Iso.Parse(text) is { Success: true, Value: { Year: >= FirstYear and <= LastYear } day } ? day : null;

    private static DateTimeOffset? Instant(string? text) =>
        text is not null && OffsetDateTimePattern.Rfc3339.Parse(text) is { Success: true, Value: { Year: >= FirstYear and <= LastYear } at }
            ? at.ToInstant().ToDateTimeOffset().InAlmaty()
            : null;
}
