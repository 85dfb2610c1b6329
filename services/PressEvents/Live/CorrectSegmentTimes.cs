using Platform;

namespace PressEvents;

/// <summary>Correct when a segment began and ended, in milliseconds from the event's start. A slip here would show what is off the record, so the whole record is computed anew with it.</summary>
public sealed record CorrectSegmentTimes(long? StartMs = null, long? EndMs = null)
{
    public CorrectSegmentTimes() : this(StartMs: null) { }
}

public static class CorrectSegmentTimesRest
{
    public static void MapCorrectSegmentTimes(this IEndpointRouteBuilder app) => app.MapPost("/v1/press-events/{id:guid}/segments/{segmentId:guid}/correct-times",
        async (Guid id, Guid segmentId, Seen seen, CorrectSegmentTimes? ask, RecordKeeper keeper, Work work, HttpResponse reply, CancellationToken ct) =>
        {
            _ = work.Caller.Name != "unnamed" ? true : throw Refused.Forbidden("name-missing", "Times are corrected by a named editor.");
            var done = await keeper.Decide(id, seen, (state, of, now) => new(RecordDecider.Correct(state, segmentId, ask ?? new(), of.MaterialsPublishedAt is not null, now)), ct);
            return reply.Versioned(MarkSegmentRest.Of(done.State, segmentId, done.Version), done.Version);
        })
        .ForRoles(Roles.Editor).WithTags("Live").Produces<RecordDone>()
        .WithSummary("Corrects a segment's times, in the editor's name; what may be shown is computed anew with this fact.");
}
