using System.Security.Cryptography;
using System.Text;
using Platform;

namespace PressEvents;

/// <summary>What a scan must be, and what makes a badge void; each broken rule has its code.</summary>
public static class ScanRules
{
    /// <summary>So far may a door's clock be ahead of ours.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    public static string Door(string? door, string field) => Filing.Text(door, field, 60) ?? throw Refused.Invalid("door-missing", "Say at which door.", field);

    public static ScanDirection Direction(string? direction, string field) => direction switch
    {
        null or nameof(ScanDirection.In) => ScanDirection.In,
        nameof(ScanDirection.Out) => ScanDirection.Out,
        _ => throw Refused.Invalid("direction-unknown", "direction is In or Out.", field),
    };

    public static DateTimeOffset? At(string? at, string field) => at is null ? null : Times.Moment(at, field);

    public static DateTimeOffset WholeSeconds(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond));

    /// <summary>Void from the moment at which the seat was given up, so that who came in before that came in rightly.</summary>
    public static bool IsRevoked(RegistrationView? view, DateTimeOffset at) => view is null || view.State == nameof(RegistrationState.Waiting) || view.WithdrawnAt <= at;

    /// <summary>A journalist who is deprived of accreditation at that moment is not let in, whatever badge he has from before; whoever is inside may go out.</summary>
    public static Suspension? KeptOut(Journalist? holder, ScanDirection direction, DateTimeOffset at) => direction == ScanDirection.In ? holder?.SuspendedAt(at) : null;

    public static void Good(string? flaw) => _ = flaw switch
    {
        null => true,
        BadgeFlaws.Forged => throw Refused.Invalid(flaw, "This badge was not signed by the platform.", "badge"),
        BadgeFlaws.OtherEvent => throw Refused.Conflict(flaw, "This badge is for another event."),
        BadgeFlaws.Expired => throw Refused.Conflict(flaw, "This badge is no longer good."),
        _ => throw Refused.Conflict(flaw, "This badge is void: its seat was given up."),
    };

    /// <summary>So that one number of a device with other content is seen.</summary>
    public static byte[] Content(string badge, string door, ScanDirection direction, DateTimeOffset at) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{badge}\n{door}\n{direction}\n{at.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture)}"));
}
