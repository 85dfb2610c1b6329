using NodaTime;
using NodaTime.Text;
using Platform;

namespace Publications;

/// <summary>What a wall clock's time in a zone means.</summary>
public static class WallClock
{
    private static readonly LocalDateTimePattern Minutes = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm"), Seconds = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss");

    /// <summary>The instant and what was said, both to be kept; a time that the clock skips is refused, of one that it shows twice the earlier is meant.</summary>
    public static (DateTimeOffset At, WallTime Wall) Said(string? local, string? zone)
    {
        var tz = DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone ?? Registration.Almaty.Id) ?? throw Refused.Invalid("zone-unknown", "zone is an IANA name, such as Asia/Almaty.", "zone");
        var time = local is not null && (Minutes.Parse(local) is { Success: true } parsed || (parsed = Seconds.Parse(local)).Success) ? parsed.Value
            : throw Refused.Invalid("wanted-local-invalid", "wantedLocal is yyyy-MM-ddTHH:mm.", "wantedLocal");
        return (Instant(time, tz).ToDateTimeOffset(), new(Seconds.Format(time), tz.Id));
    }

    public static Instant Instant(LocalDateTime local, DateTimeZone zone)
    {
        var mapping = zone.MapLocal(local);
        return mapping.Count > 0 ? mapping.First().ToInstant() : throw Refused.Invalid("wall-time-skipped", "No clock of that zone shows this time: it is skipped that day.", "wantedLocal");
    }
}
