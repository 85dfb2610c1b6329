using Contracts.Inquiries;
using JasperFx.Events;
using Marten.Events.Aggregation;
using NodaTime;
using Bilingual = Contracts.Bilingual;

namespace Law;

// Services that count by the working calendar without keeping it hear it from Inquiries, each into its own store.

/// <summary>A day of the heard calendar that differs from Monday-Friday (Asia/Almaty), as its message had it.</summary>
public sealed record HeardDay(DateOnly Date, DayKind Kind, string Note, DateOnly? For, Bilingual? Name);

/// <summary>
/// The working calendar is this from now on, whole: heard from the Inquiries service, which keeps it. <paramref name="SourceVersion"/>: of its stream there;
/// <paramref name="ChangedAt"/>: when it was changed there.
/// </summary>
public sealed record WorkingCalendarHeard(Guid CalendarId, long SourceVersion, string CalendarVersion, int PublishedFrom, int PublishedTo, IReadOnlyList<HeardDay> Days,
    DateTimeOffset ChangedAt, DateTimeOffset At);

/// <summary>The calendar as the newest message left it. Live state of the stream; never stored.</summary>
public sealed record HeardCalendar(Guid Id, long SourceVersion, WorkingCalendar Calendar);

/// <summary>Which of the calendars heard is the one that counts: the newest by version, in whatever order they come; pure.</summary>
public static class CalendarHearing
{
    public static readonly Guid StreamId = new("0ca1e4da-7000-7000-8000-000000000011");

    public static readonly Type[] Facts = [typeof(WorkingCalendarHeard)];

    public static HeardCalendar? Evolve(HeardCalendar? state, object fact) => fact switch
    {
        WorkingCalendarHeard e => new(StreamId, e.SourceVersion, Calendar(e)),
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about the calendar that was heard."),
    };

    /// <summary>An older edition that comes late, or the same once more, changes nothing: each message is whole.</summary>
    public static IReadOnlyList<object> Hear(HeardCalendar? state, WorkingCalendarChanged news, DateTimeOffset now) => news.Version <= state?.SourceVersion ? []
        : [new WorkingCalendarHeard(news.CalendarId, news.Version, news.CalendarVersion, news.PublishedFrom, news.PublishedTo,
            [.. news.Days.Select(day => new HeardDay(day.Date, Kind(day.Kind), day.Note, day.For, day.Name))], news.ChangedAt, now)];

    /// <summary>The years beyond the published ones are computed here as there.</summary>
    private static WorkingCalendar Calendar(WorkingCalendarHeard e) => new(
        WorkingCalendar.Embedded.Edition with { Version = e.CalendarVersion, PublishedFrom = e.PublishedFrom, PublishedTo = e.PublishedTo },
        e.Days.Select(day => new CalendarDay(LocalDate.FromDateOnly(day.Date), day.Kind, day.Note)
        {
            For = day.For is { } on ? LocalDate.FromDateOnly(on) : null,
            Name = day.Name is { } name ? new(name.Kk!, name.Ru!) : null,
        }));

    /// <summary>A kind that we do not know stops the message: a day counted wrongly is worse than one not counted yet.</summary>
    private static DayKind Kind(string spelled) => Enum.Parse<DayKind>(spelled.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
}

/// <summary>Marten's side of the fold; live, nothing stored.</summary>
public sealed partial class HeardCalendarFold : SingleStreamProjection<HeardCalendar, Guid>
{
    public override HeardCalendar? Evolve(HeardCalendar? snapshot, Guid id, IEvent e) => CalendarHearing.Evolve(snapshot, e.Data);
}
