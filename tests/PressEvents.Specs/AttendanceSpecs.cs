using FsCheck.Xunit;
using static PressEvents.Specs.Given;

namespace PressEvents.Specs;

public class At_the_doors
{
    static BadgeScanned Scan(int minute, string door = "door-1", ScanDirection direction = ScanDirection.In, string? device = null, long? seq = null, string? flaw = null) =>
        GivenSeats.Scanned with { At = Noon.AddMinutes(minute), Door = door, Direction = direction, DeviceId = device, Seq = seq, Flaw = flaw };

    static Attendance? After(params BadgeScanned[] scans) => scans.Aggregate((Attendance?)null, (state, scan) => AttendanceDecider.Evolve(state, scan));

    static string[] Conflicts(params BadgeScanned[] scans) => [.. After(scans)!.Conflicts.Select(c => c.Code)];

    [Fact] public void A_badge_is_let_in() => Same(Scan(0), AttendanceDecider.Decide(null, Scan(0)));
    [Fact] public void The_same_scan_told_twice_is_once() => Assert.Empty(AttendanceDecider.Decide(After(Scan(0)), Scan(0)));
    [Fact] public void It_goes_out() => Same(Scan(1, direction: ScanDirection.Out), AttendanceDecider.Decide(After(Scan(0)), Scan(1, direction: ScanDirection.Out)));
    [Fact] public void And_in_again() => Assert.Single(AttendanceDecider.Decide(After(Scan(0), Scan(1, direction: ScanDirection.Out)), Scan(2, "door-2")));
    [Fact] public void Nobody_goes_out_who_is_not_in() => Refused("not-in", () => AttendanceDecider.Decide(null, Scan(0, direction: ScanDirection.Out)));

    [Fact]
    public void A_second_entry_is_refused_with_door_and_time()
    {
        var refused = Refusal(() => AttendanceDecider.Decide(After(Scan(0)), Scan(5, "door-2")));
        Assert.Equal(("already-in", "door-1", Noon), (refused.Code, (string)refused.Details["door"]!, (DateTimeOffset)refused.Details["at"]!));
    }

    [Fact]
    public void So_is_one_that_is_told_late()
    {
        var refused = Refusal(() => AttendanceDecider.Decide(After(Scan(5)), Scan(0, "door-2")));
        Assert.Equal(("already-in", "door-1"), (refused.Code, (string)refused.Details["door"]!));
    }

    [Fact] public void What_conflicted_before_hinders_nobody() => Assert.Single(AttendanceDecider.Decide(After(Scan(0), Scan(1, "door-2"), Scan(2, direction: ScanDirection.Out)), Scan(3)));
    [Fact] public void Two_doors_without_a_net_are_a_conflict() => Assert.Equal(["already-in"], Conflicts(Scan(0, device: "a", seq: 1), Scan(1, "door-2", device: "b", seq: 1)));
    [Fact] public void With_the_exit_told_last_there_is_none() => Assert.Empty(Conflicts(Scan(0), Scan(9, "door-2"), Scan(5, direction: ScanDirection.Out)));
    [Fact] public void An_exit_alone_is_one() => Assert.Equal(["not-in"], Conflicts(Scan(0, direction: ScanDirection.Out)));
    [Fact] public void Who_was_let_in_with_a_void_badge_stands_there_too() => Assert.Equal(["badge-revoked"], Conflicts(Scan(0, flaw: "badge-revoked")));
    [Fact] public void Who_is_inside() => Assert.Equal("door-2", After(Scan(0), Scan(1, direction: ScanDirection.Out), Scan(2, "door-2"))!.Inside!.Door);

    /// <summary>Any scans of any devices, merged in any two orders.</summary>
    [Property(MaxTest = 500)]
    public void Merging_in_any_order_gives_the_same(byte[] seen, int seed)
    {
        var scans = seen.Select((what, i) => Scan(what % 16, "door-" + what % 3, what % 5 < 3 ? ScanDirection.In : ScanDirection.Out, "device-" + what % 4, i, what % 17 == 0 ? "badge-revoked" : null)).ToArray();
        var shuffled = scans.ToArray();
        new Random(seed).Shuffle(shuffled);

        Assert.Equal(scans.Length == 0 ? "" : Stored(After(scans)!), scans.Length == 0 ? "" : Stored(After(shuffled)!));
    }
}
