using Marten;
using Platform;

namespace PressEvents;

/// <summary>Attendance with one badge, as all doors together tell it. Times with Almaty's offset.</summary>
public sealed record AttendanceLine(Guid Id, long Version, string State, Guid? RegistrationId, string? Category, IReadOnlyList<Scan> Scans, IReadOnlyList<ScanConflict> Conflicts)
{
    public static AttendanceLine Of(Attendance a) => new(a.Id, a.Version, a.Inside is null ? "Out" : "In", a.RegistrationId, a.Category, [.. a.Scans.Select(Shown)],
        [.. a.Conflicts.Select(c => c with { First = c.First is { } first ? Shown(first) : null, Second = Shown(c.Second) })]);

    private static Scan Shown(Scan scan) => scan with { At = scan.At.InAlmaty() };
}

public static class CheckInReads
{
    private static readonly string[] Officials = [Roles.Accreditor, Roles.Moderator, Roles.Editor, Roles.Auditor];

    public static void MapCheckInReads(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/press-events/{id:guid}/check-ins").ForRoles(Officials).WithTags("Check-ins");
        doors.MapGet("/", (Guid id, string? cursor, int? limit, IQuerySession session, Work work, CancellationToken ct) => List(session, work, id, false, cursor, Changes.Limit(limit), ct))
            .WithSummary("Who is or was inside, by badge; no personal data.");
        doors.MapGet("/conflicts", (Guid id, string? cursor, int? limit, IQuerySession session, Work work, CancellationToken ct) => List(session, work, id, true, cursor, Changes.Limit(limit), ct))
            .WithSummary("Badges that were at two doors at once, went out without coming in, or should have let nobody in.");
        doors.MapGet("/{registrationId:guid}", One).Produces<AttendanceLine>().WithSummary("Attendance with one registration's badge; asOf shows what was recorded by that instant.");
        doors.MapGet("/{registrationId:guid}/history", History).WithSummary("Each scan: when it was so by the door's clock, and when it was recorded here.");
    }

    private static async Task<Page<AttendanceLine>> List(IQuerySession session, Work work, Guid id, bool conflicts, string? cursor, int limit, CancellationToken ct)
    {
        var press = await session.Seen(work.Caller, id, ct);
        var views = session.Query<Attendance>().Where(a => a.PressEventId == press.Id);
        views = conflicts ? views.Where(a => a.HasConflicts) : views;
        if (Cursor.Parse(cursor) is { } last)
        {
            var after = last.Id;
            views = views.Where(a => a.Id > after);
        }

        var items = await views.OrderBy(a => a.Id).Take(limit).ToListAsync(ct);
        return new([.. items.Select(AttendanceLine.Of)], items.Count == limit ? new Cursor((long?)null, items[^1].Id).ToString() : null);
    }

    private static async Task<IResult> One(Guid id, Guid registrationId, string? asOf, IQuerySession session, Work work, HttpResponse reply, CancellationToken ct)
    {
        var press = await session.Seen(work.Caller, id, ct);
        var stream = Attendance.StreamOf(registrationId);
        var found = Times.AsOf(asOf, "asOf") is { } at
            ? await session.AsOf<Attendance>(stream, at, AttendanceDecider.Evolve, ct) is { } then ? then.State with { Version = (int)then.Version } : null
            : await session.LoadAsync<Attendance>(stream, ct);
        return found is { } attendance && attendance.PressEventId == press.Id ? reply.Versioned(AttendanceLine.Of(attendance), attendance.Version) : throw Refused.Missing("check-in");
    }

    private static async Task<IReadOnlyList<HistoryEntry>> History(Guid id, Guid registrationId, IQuerySession session, Work work, CancellationToken ct)
    {
        var press = await session.Seen(work.Caller, id, ct);
        var facts = await session.Events.FetchStreamAsync(Attendance.StreamOf(registrationId), token: ct);
        return facts is [{ Data: BadgeScanned first }, ..] && first.PressEventId == press.Id
            ? [.. facts.Select(e => HistoryEntry.Of(e) with { RecordedAt = e.Timestamp.InAlmaty() })] : throw Refused.Missing("check-in");
    }
}
