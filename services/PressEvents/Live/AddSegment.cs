using System.Text.Json;
using Platform;

namespace PressEvents;

/// <summary>Add a stretch of the event, in milliseconds from its start. <paramref name="OnRecord"/>: as the format has it when left out.</summary>
public sealed record AddSegment(long? StartMs, long? EndMs, Bilingual? Title, Bilingual? Speaker, bool? OnRecord);

public static class AddSegmentRest
{
    public static void MapAddSegment(this IEndpointRouteBuilder app) => app.MapPost("/v1/press-events/{id:guid}/segments",
        async (Guid id, AddSegment ask, RecordKeeper keeper, HttpResponse reply, CancellationToken ct) =>
        {
            var (segmentId, words) = (Guid.CreateVersion7(), Words(ask));
            var wordsId = Guid.CreateVersion7();
            var done = await keeper.Decide(id, Seen.Whatever, (state, _, now) => new(RecordDecider.Decide(state, segmentId, wordsId, ask, now), wordsId, JsonSerializer.Serialize(words, Json.Options)), ct);
            reply.Headers.Location = $"/v1/press-events/{id}/segments";
            return reply.Versioned(MarkSegmentRest.Of(done.State, segmentId, done.Version), done.Version, StatusCodes.Status201Created);
        })
        .ForRoles(Roles.Editor).WithTags("Live").Produces<RecordDone>(StatusCodes.Status201Created)
        .WithSummary("Adds a segment, on or off the record; its words are sealed.");

    private static SegmentWords Words(AddSegment ask)
    {
        var title = Filing.Words(ask.Title, "title", 300);
        var speaker = ask.Speaker is null ? null : Filing.Words(ask.Speaker, "speaker", 200);
        return title is { Kk: null, Ru: null } ? throw Refused.Invalid("title-missing", "Give a title, in kk, ru or both.", "title") : new(title, speaker is { Kk: null, Ru: null } ? null : speaker);
    }
}
