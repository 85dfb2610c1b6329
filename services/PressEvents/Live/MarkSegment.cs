using Platform;

namespace PressEvents;

public static class MarkSegmentRest
{
    public static void MapMarkSegment(this IEndpointRouteBuilder app)
    {
        app.Map("mark-on-record", true, "Puts a segment on the record, in the editor's name.");
        app.Map("mark-off-record", false, "Takes a segment off the record, in the editor's name; whatever was derived from it is redacted with this fact.");
    }

    public static RecordDone Of(PressRecord state, Guid segmentId, long version) =>
        new(segmentId, version, state.Segments.First(s => s.Id == segmentId).OnRecord ? "OnRecord" : "OffRecord");

    private static void Map(this IEndpointRouteBuilder app, string command, bool onRecord, string summary) =>
        app.MapPost("/v1/press-events/{id:guid}/segments/{segmentId:guid}/" + command, async (Guid id, Guid segmentId, Seen seen, RecordKeeper keeper, Work work, HttpResponse reply, CancellationToken ct) =>
        {
            _ = work.Caller.Name != "unnamed" ? true : throw Refused.Forbidden("name-missing", "Marks are made by a named editor.");
            var done = await keeper.Decide(id, seen, (state, of, now) => new(RecordDecider.Mark(state, segmentId, onRecord, of.MaterialsPublishedAt is not null, now)), ct);
            return reply.Versioned(Of(done.State, segmentId, done.Version), done.Version);
        })
        .ForRoles(Roles.Editor).WithTags("Live").Produces<RecordDone>().WithSummary(summary);
}
