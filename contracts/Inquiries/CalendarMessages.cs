namespace Contracts.Inquiries;

// The working calendar of the country, whole in every message: whoever keeps a copy takes the newest by version and needs none of those before.

/// <summary>
/// The working calendar was changed by an order and is this from now on. <paramref name="Days"/>: every day of the published years that differs from Monday-Friday;
/// all others of them are ordinary. <paramref name="CalendarId"/> is always the same; days are of Asia/Almaty.
/// </summary>
public sealed record WorkingCalendarChanged(Guid CalendarId, long Version, string CalendarVersion, int PublishedFrom, int PublishedTo, IReadOnlyList<WorkingCalendarDay> Days,
    DateTimeOffset ChangedAt);

/// <summary>
/// One day. <paramref name="Kind"/>: holiday, religious, moved-off, transferred-off (these are off), transferred-work (works). <paramref name="For"/>: the holiday or the other half of
/// a transfer; <paramref name="Name"/>: of a holiday new to the platform.
/// </summary>
public sealed record WorkingCalendarDay(DateOnly Date, string Kind, string Note, DateOnly? For, Bilingual? Name);
