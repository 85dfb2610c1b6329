using System.Collections.Frozen;
using NodaTime;
using NodaTime.Text;

namespace Law;

/// <summary>A holder of information (401-V 8), hours in Almaty; <c>Kato</c> for akimats only, <c>Superior</c> null at the top.</summary>
public sealed record Holder(string Code, string Kind, string? Kato, string NameRu, string NameKk, string? Superior, string HeadPostRu,
    LocalTime Open, LocalTime Close, LocalTime LunchFrom, LocalTime LunchTo, string WorkingDays);

public static class Holders
{
    static readonly FrozenDictionary<string, Holder> ByCode = Tables.Read("holders").Select(row => new Holder(
        row["code"], row["kind"], Given(row["kato"]), row["name_ru"], row["name_kk"], Given(row["superior"]), row["head_post_ru"],
        Time(row["open"]), Time(row["close"]), Time(row["lunch_from"]), Time(row["lunch_to"]), row["working_days"]))
        .ToFrozenDictionary(holder => holder.Code, StringComparer.Ordinal);

    public static IReadOnlyCollection<Holder> All => ByCode.Values;

    /// <summary>The Central Communications Service: plans events for every body, and numbers what names no holder we know.</summary>
    public const string CentralCommunications = "scc";

    public static Holder? Find(string? code) => code is null ? null : ByCode.GetValueOrDefault(code);

    static string? Given(string cell) => cell.Length == 0 ? null : cell;
    static LocalTime Time(string cell) => LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(cell).Value;
}

/// <summary>Instants and days in Asia/Almaty, through the tz database: +6 before 2024-03-01, +5 since.</summary>
public static class Registration
{
    public static DateTimeZone Almaty { get; } = DateTimeZoneProviders.Tzdb["Asia/Almaty"];

    public static LocalDate AlmatyDate(DateTimeOffset at) => InAlmaty(at).Date;

    /// <summary>24:00 in Almaty of the last day: the first instant that is late.</summary>
    public static DateTimeOffset DueInstant(LocalDate due) => Almaty.AtStartOfDay(due.PlusDays(1)).ToDateTimeOffset();

    /// <summary>
    /// When a request is registered (APPK 64(3)): as received on a working day, also before opening, until the stroke of closing time;
    /// otherwise when the holder opens on the next working day.
    /// </summary>
    public static DateTimeOffset RegisteredAt(DateTimeOffset receivedAt, Holder holder, WorkingCalendar calendar)
    {
        var (date, time) = InAlmaty(receivedAt).LocalDateTime;
        return calendar.IsWorking(date) && time <= holder.Close
            ? receivedAt
            : Almaty.AtLeniently(calendar.NextWorking(date) + holder.Open).ToDateTimeOffset();
    }

    static ZonedDateTime InAlmaty(DateTimeOffset at) => Instant.FromDateTimeOffset(at).InZone(Almaty);
}

/// <summary>Instants as people in Kazakhstan read them.</summary>
public static class AlmatyTimes
{
    /// <summary>The same instant with Almaty's offset of that day, from the tz database.</summary>
    public static DateTimeOffset InAlmaty(this DateTimeOffset at) => Instant.FromDateTimeOffset(at).InZone(Registration.Almaty).ToDateTimeOffset();
}
