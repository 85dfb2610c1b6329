using Marten;
using Platform;

namespace PressEvents;

/// <summary>
/// What doors without a net saw, told afterwards; a list, or an object with it. Each scan has its device and that device's own count, so that it may be told any number of times
/// and in any order. <paramref name="Items"/>: at most 500.
/// </summary>
public sealed record MergeCheckIns(IReadOnlyList<MergeCheckIns.One?>? Items)
{
    public sealed record One(string? Badge, string? Door, string? At, string? Direction, string? DeviceId, long? Seq);
}

/// <summary>What became of one scan. <paramref name="Outcome"/>: recorded, known (told before), or number-reused (its number was told before with other content, which stays).
/// <paramref name="Code"/>: why it should have let nobody in, or what it conflicts with.</summary>
public sealed record MergedScan(string DeviceId, long Seq, string Outcome, string? Code);

public sealed record MergeDone(int Recorded, int Known, int Conflicts, IReadOnlyList<MergedScan> Items);

/// <summary>Nothing that a device saw is lost: a bad badge or a double entry is recorded with its code and stands in the list of conflicts.</summary>
public sealed class MergeCheckInsHandler(IDocumentSession session, DoorScans scans, BadgeKey key, Work work, TimeProvider clock)
{
    private const int Most = 500;

    public async Task<MergeDone> Handle(Guid pressEventId, MergeCheckIns ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Accreditor, Roles.Moderator, Roles.Editor);
        var press = await session.Planned(work.Caller, pressEventId, ct);
        var items = ask.Items is { Count: >= 1 and <= Most } given ? given : throw Refused.Invalid("items-invalid", $"Tell of 1 to {Most} scans.", "items");
        var told = await Read(press, items, ct);
        var fresh = await scans.Claim(session, press.Id, told, ct);
        var first = told.DistinctBy(Key).Where(s => fresh.Contains(Key(s))).ToList();
        var before = await scans.Told(session, press.Id, told, ct);
        await scans.Hold(session, before.Values.Select(b => b.Attendance), ct);
        var states = new Dictionary<Guid, Attendance>();
        foreach (var badge in before.Values.Select(b => b.Attendance).Distinct().Order())
        {
            var stream = await session.Events.FetchForWriting<Attendance>(badge, ct);
            var facts = first.Where(s => s.Fact.AttendanceId == badge).Select(s => (object)s.Fact).ToList();
            if (facts.Count > 0)
            {
                stream.AppendMany(facts);
            }

            states[badge] = facts.Aggregate(stream.Aggregate, AttendanceDecider.Evolve)!;
        }

        await session.SaveChangesAsync(ct);
        return Reply(told, fresh, before, states);
    }

    private async Task<List<ToldScan>> Read(PressEventView press, IReadOnlyList<MergeCheckIns.One?> items, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var badges = items.Select(item => key.Read(item?.Badge)).ToList();
        var views = (await session.LoadManyAsync<RegistrationView>(ct, [.. badges.OfType<Badge>().Select(b => b.RegistrationId).Distinct()])).ToDictionary(v => v.Id);
        var holders = (await session.LoadManyAsync<Journalist>(ct, [.. views.Values.Select(v => v.JournalistId).OfType<Guid>().Distinct()])).ToDictionary(j => j.Id);
        return [.. items.Select((item, i) => One(press, item, i, badges[i], badges[i] is { } badge ? views.GetValueOrDefault(badge.RegistrationId) : null, holders, now))];
    }

    private static ToldScan One(PressEventView press, MergeCheckIns.One? item, int i, Badge? badge, RegistrationView? view, Dictionary<Guid, Journalist> holders, DateTimeOffset now)
    {
        var device = Filing.Text(item?.DeviceId, $"items[{i}].deviceId", 100) ?? throw Refused.Invalid("device-missing", "Say which device saw it.", $"items[{i}].deviceId");
        var seq = item!.Seq is >= 0 ? item.Seq.Value : throw Refused.Invalid("seq-invalid", "The device's own count, from 0.", $"items[{i}].seq");
        var (door, direction) = (ScanRules.Door(item.Door, $"items[{i}].door"), ScanRules.Direction(item.Direction, $"items[{i}].direction"));
        var at = ScanRules.At(item.At, $"items[{i}].at") ?? throw Refused.Invalid("at-missing", "Say when it was.", $"items[{i}].at");
        var flaw = BadgeTokens.Flaw(badge, press.Id, _ => ScanRules.IsRevoked(view, at), at, BadgeReads.GoodUntil(press)) ?? (at > now + ScanRules.Skew ? BadgeFlaws.ClockAhead
            : view?.JournalistId is { } holder && ScanRules.KeptOut(holders.GetValueOrDefault(holder), direction, at) is not null ? BadgeFlaws.Suspended : null);
        var known = flaw is not (BadgeFlaws.Forged or BadgeFlaws.OtherEvent) && view?.PressEventId == press.Id ? view : null;
        return new(new(known is null ? Attendance.StreamOf(press.Id, device, seq) : Attendance.StreamOf(known.Id), press.Id, press.Body, known?.Id, known?.Category, door, direction,
            device, seq, flaw, at), ScanRules.Content(item.Badge ?? "", door, direction, at));
    }

    private static MergeDone Reply(IReadOnlyList<ToldScan> told, HashSet<(string, long)> fresh, Dictionary<(string, long), (byte[] Content, Guid Attendance)> before, Dictionary<Guid, Attendance> states)
    {
        HashSet<(string, long)> said = [];
        var items = told.Select(scan =>
        {
            var (content, attendance) = before[Key(scan)];
            var outcome = !content.SequenceEqual(scan.Content) ? "number-reused" : fresh.Contains(Key(scan)) && said.Add(Key(scan)) ? "recorded" : "known";
            return new MergedScan(scan.Fact.DeviceId!, scan.Fact.Seq!.Value, outcome, states[attendance].Conflicts
                .FirstOrDefault(c => (c.Second.DeviceId, c.Second.Seq) == (scan.Fact.DeviceId, scan.Fact.Seq) || (c.First?.DeviceId, c.First?.Seq) == (scan.Fact.DeviceId, scan.Fact.Seq))?.Code);
        }).ToList();
        return new(items.Count(i => i.Outcome == "recorded"), items.Count(i => i.Outcome == "known"), items.Count(i => i.Code is not null), items);
    }

    private static (string, long) Key(ToldScan scan) => (scan.Fact.DeviceId!, scan.Fact.Seq!.Value);
}

public static class MergeCheckInsRest
{
    public static void MapMergeCheckIns(this IEndpointRouteBuilder app) => app.MapPost("/v1/press-events/{id:guid}/check-ins/batch",
        (Guid id, MergeCheckIns ask, MergeCheckInsHandler handler, CancellationToken ct) => handler.Handle(id, ask, ct))
        .ForRoles(Roles.Accreditor, Roles.Moderator, Roles.Editor).WithTags("Check-ins").Produces<MergeDone>()
        .WithSummary("Takes what doors without a net saw, in any order and any number of times; conflicts become a list, nothing is lost.");
}
