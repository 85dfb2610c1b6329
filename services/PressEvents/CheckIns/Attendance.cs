using JasperFx;
using JasperFx.Events;
using Marten.Events.Aggregation;
using Platform;

namespace PressEvents;

public enum ScanDirection { In, Out }

/// <summary>
/// A badge was shown at a door. <paramref name="At"/>: by the door's clock; the fact's own time says when it was recorded here. <paramref name="DeviceId"/> and
/// <paramref name="Seq"/>: which device without a net told of it, and its own count; null for a door with a net. <paramref name="Flaw"/>: why it should have let
/// nobody in; then <paramref name="RegistrationId"/> may be null, for the badge told none of this event's.
/// </summary>
public sealed record BadgeScanned(Guid AttendanceId, Guid PressEventId, string Body, Guid? RegistrationId, string? Category, string Door, ScanDirection Direction,
    string? DeviceId, long? Seq, string? Flaw, DateTimeOffset At);

/// <summary>One scan, as far as it matters to who is inside.</summary>
public sealed record Scan(DateTimeOffset At, string Door, ScanDirection Direction, string? DeviceId, long? Seq, string? Flaw)
{
    /// <summary>One order for all, whoever told of it first: by the doors' clocks, then by device and its count, then by what was done.</summary>
    public static readonly IComparer<Scan> Order = Comparer<Scan>.Create((one, other) => Parts(one).CompareTo(Parts(other)));

    private static (long, string, long, int, string) Parts(Scan scan) => (scan.At.UtcTicks, scan.DeviceId ?? "", scan.Seq ?? 0, (int)scan.Direction, scan.Door);
}

/// <summary>Two scans that do not go together, or one that should not have been. Codes: already-in, not-in, and the flaws of badges.</summary>
public sealed record ScanConflict(string Code, Scan? First, Scan Second);

/// <summary>Who went in and out with one badge, as all doors together tell it; the same whatever the order in which they told.</summary>
public sealed record Attendance(Guid Id, Guid PressEventId, string Body, Guid? RegistrationId, string? Category, IReadOnlyList<Scan> Scans, IReadOnlyList<ScanConflict> Conflicts)
    : IOfBody, IRevisioned
{
    public int Version { get; set; }
    public bool HasConflicts { get; init; }

    /// <summary>The entry after which nobody went out; null when nobody is inside.</summary>
    public Scan? Inside { get; init; }

    private static readonly Guid Badges = new("8f5d5f0e-4a51-4b0e-9d1c-7e3a52c06a02"), Scattered = new("8f5d5f0e-4a51-4b0e-9d1c-7e3a52c06a03");

    public static Guid StreamOf(Guid registrationId) => NamedId.Of(Badges, registrationId.ToString());

    /// <summary>Of a badge that names no registration of this event: each of its scans stands alone.</summary>
    public static Guid StreamOf(Guid pressEventId, string deviceId, long seq) => NamedId.Of(Scattered, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{pressEventId} {seq} {deviceId}"));
}

/// <summary>The rules of the doors; no clock, no store.</summary>
public static class AttendanceDecider
{
    public const string AlreadyIn = "already-in", NotIn = "not-in";

    public static readonly Type[] Facts = [typeof(BadgeScanned)];

    public static Attendance? Evolve(Attendance? state, object fact) => fact switch
    {
        BadgeScanned e => Told(state ?? new(e.AttendanceId, e.PressEventId, e.Body, e.RegistrationId, e.Category, [], []),
            new(e.At.ToUniversalTime(), e.Door, e.Direction, e.DeviceId, e.Seq, e.Flaw)),
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about attendance."),
    };

    /// <summary>A door with a net: lets in once, and out who is in. The same scan told again is already so.</summary>
    public static IReadOnlyList<object> Decide(Attendance? state, BadgeScanned scan)
    {
        if (state?.Scans.Any(s => (s.At, s.Door, s.Direction, s.DeviceId, s.Seq) == (scan.At, scan.Door, scan.Direction, scan.DeviceId, scan.Seq)) == true)
        {
            return [];
        }

        // what this scan would conflict with, not what conflicted before
        var then = Told(state ?? Evolve(null, scan)! with { Scans = [] }, new(scan.At.ToUniversalTime(), scan.Door, scan.Direction, scan.DeviceId, scan.Seq, scan.Flaw));
        var known = state?.Conflicts.Select(c => (c.Code, c.First, c.Second)).ToHashSet() ?? [];
        return then.Conflicts.FirstOrDefault(c => !known.Contains((c.Code, c.First, c.Second))) is not { } conflict ? [scan]
            : conflict.Code == AlreadyIn ? throw Refused.Conflict(AlreadyIn, "This badge is inside already.", Where(conflict, scan))
            : conflict.Code == NotIn ? throw Refused.Conflict(NotIn, "This badge is not inside.")
            : throw new InvalidOperationException("A flawed badge came past the door.");
    }

    /// <summary>The other entry of the two: the earlier one, or for a late scan the later.</summary>
    private static Dictionary<string, object?> Where(ScanConflict conflict, BadgeScanned scan)
    {
        var other = (conflict.First!.At, conflict.First.Door) == (scan.At.ToUniversalTime(), scan.Door) ? conflict.Second : conflict.First;
        return new() { ["door"] = other.Door, ["at"] = other.At.InAlmaty() };
    }

    private static Attendance Told(Attendance state, Scan scan)
    {
        var scans = state.Scans.Append(scan).Order(Scan.Order).ToList();
        List<ScanConflict> conflicts = [];
        Scan? inside = null;
        foreach (var next in scans)
        {
            if (next.Flaw is { } flaw)
            {
                conflicts.Add(new(flaw, null, next));
            }

            if (next.Direction == ScanDirection.In && inside is not null)
            {
                conflicts.Add(new(AlreadyIn, inside, next));
            }
            else if (next.Direction == ScanDirection.Out && inside is null)
            {
                conflicts.Add(new(NotIn, null, next));
            }

            inside = next.Direction == ScanDirection.In ? next : null;
        }

        return state with { Scans = scans, Conflicts = conflicts, HasConflicts = conflicts.Count > 0, Inside = inside };
    }
}

public sealed partial class Attendances : SingleStreamProjection<Attendance, Guid>
{
    public Attendances()
    {
        foreach (var fact in AttendanceDecider.Facts)
        {
            IncludeType(fact);
        }
    }

    public override Attendance? Evolve(Attendance? snapshot, Guid id, IEvent e) => AttendanceDecider.Evolve(snapshot, e.Data);
}
