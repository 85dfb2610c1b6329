using Marten;
using Platform;

namespace PressEvents;

/// <summary>A badge is shown at a door with a net. <paramref name="At"/>: RFC 3339, now unless given; <paramref name="Direction"/>: In unless given.</summary>
public sealed record CheckIn(string? Badge, string? Door, string? At, string? Direction);

/// <summary>The reply of a door: who (by id and category) is in or out, and since when. <paramref name="State"/>: In or Out.</summary>
public sealed record CheckInDone(Guid Id, long Version, string State, Guid? RegistrationId, string? Category, string Door, DateTimeOffset At);

/// <summary>Signature, event, revocation, validity, and whether the badge is inside already; of two doors at once one lets in.</summary>
public sealed class CheckInHandler(IDocumentSession session, DoorScans scans, BadgeKey key, Work work, TimeProvider clock)
{
    public async Task<(bool IsNew, CheckInDone Reply)> Handle(Guid pressEventId, CheckIn ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Accreditor, Roles.Moderator, Roles.Editor);
        var press = await session.Planned(work.Caller, pressEventId, ct);
        var now = clock.GetUtcNow().InAlmaty();
        var (door, direction, at) = (ScanRules.Door(ask.Door, "door"), ScanRules.Direction(ask.Direction, "direction"), ScanRules.At(ask.At, "at") ?? ScanRules.WholeSeconds(now));
        _ = at <= now + ScanRules.Skew ? true : throw Refused.Invalid("at-future", "A scan lies in the past.", "at");
        var badge = key.Read(ask.Badge);
        var view = badge is null ? null : await session.LoadAsync<RegistrationView>(badge.RegistrationId, ct);
        ScanRules.Good(BadgeTokens.Flaw(badge, press.Id, _ => ScanRules.IsRevoked(view, at), at, BadgeReads.GoodUntil(press)));

        await LetIn(view!, direction, ask.At is null ? now : at, ct);
        var scan = new BadgeScanned(Attendance.StreamOf(view!.Id), press.Id, press.Body, view.Id, view.Category, door, direction, null, null, null, at);
        await scans.Hold(session, [scan.AttendanceId], ct);
        var stream = await session.Events.FetchForWriting<Attendance>(scan.AttendanceId, ct);
        var (version, facts) = (stream.CurrentVersion ?? 0, AttendanceDecider.Decide(stream.Aggregate, scan));
        if (facts.Count > 0)
        {
            stream.AppendMany(facts);
            await session.SaveChangesAsync(ct);
        }

        return (facts.Count > 0, new(scan.AttendanceId, version + facts.Count, direction.ToString(), view.Id, view.Category, door, at));
    }

    private async Task LetIn(RegistrationView view, ScanDirection direction, DateTimeOffset at, CancellationToken ct)
    {
        if (view.JournalistId is { } holder && ScanRules.KeptOut(await session.LoadAsync<Journalist>(holder, ct), direction, at) is { } running)
        {
            throw Journalists.IsSuspended(running);
        }
    }
}

public static class CheckInRest
{
    public static void MapCheckIn(this IEndpointRouteBuilder app) => app.MapPost("/v1/press-events/{id:guid}/check-ins",
        async (Guid id, CheckIn ask, CheckInHandler handler, HttpResponse reply, CancellationToken ct) =>
        {
            var (isNew, done) = await handler.Handle(id, ask, ct);
            reply.Headers.Location = $"/v1/press-events/{id}/check-ins/{done.RegistrationId}";
            return reply.Versioned(done, done.Version, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
        })
        .ForRoles(Roles.Accreditor, Roles.Moderator, Roles.Editor).WithTags("Check-ins").Produces<CheckInDone>(StatusCodes.Status201Created).Produces<CheckInDone>()
        .WithSummary("Lets a badge in, once, or out (direction Out). 409 already-in says where and when it came in, 409 suspended that a journalist is deprived of accreditation at present.");
}
