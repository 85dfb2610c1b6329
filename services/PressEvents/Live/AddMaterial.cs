using System.Text.Json;
using Platform;

namespace PressEvents;

/// <summary>Add a recording by its address. <paramref name="Language"/>: kk, ru or floor; it covers a stretch in milliseconds from the event's start.</summary>
public sealed record AddRecording(string? Language, string? Url, long? StartMs, long? EndMs, string? Sha256);

/// <summary>Add a photo by its address and hash, with caption and alternative text in kk and ru; with a segment it is public only while that is on the record.</summary>
public sealed record AddPhoto(string? Url, string? Sha256, Bilingual? Caption, Bilingual? Alt, Guid? SegmentId);

/// <summary>The reply to a transcript: how many cues it has, and those that cannot be published as they are (by number, from 1), for they run over a border without times within.</summary>
public sealed record TranscriptDone(Guid Id, long Version, string State, string Language, int Cues, int Published, IReadOnlyList<int> Withheld);

public static class AddMaterialRest
{
    public static void MapAddMaterial(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/press-events/{id:guid}/materials").ForRoles(Roles.Editor).WithTags("Live");
        doors.MapPost("/recordings", Recording).Produces<RecordDone>(StatusCodes.Status201Created).WithSummary("Adds a recording; it is published only where all it covers is on the record.");
        doors.MapPost("/photos", Photo).Produces<RecordDone>(StatusCodes.Status201Created).WithSummary("Adds a photo with captions; the same bytes again change nothing.");
        doors.MapPost("/transcripts", Transcript).Accepts<string>("text/vtt").Produces<TranscriptDone>(StatusCodes.Status201Created)
            .WithSummary("Takes a transcript (WebVTT, text/vtt) in ?language=kk or ru; it replaces the one before. Errors name their lines.");
        doors.MapPost("/{materialId:guid}/withdraw", Withdraw).Produces<RecordDone>().WithSummary("Takes a material back.");
    }

    private static async Task<IResult> Recording(Guid id, AddRecording ask, RecordKeeper keeper, HttpResponse reply, CancellationToken ct)
    {
        var materialId = Guid.CreateVersion7();
        var done = await keeper.Decide(id, Seen.Whatever, (state, _, now) => new(RecordDecider.Decide(state, materialId, ask, now)), ct);
        return Added(reply, id, done.IsNew ? materialId : done.State.Recordings.First(r => r.Url == WebAddress.Of(ask.Url, "url")).Id, done.Version);
    }

    private static async Task<IResult> Photo(Guid id, AddPhoto ask, RecordKeeper keeper, HttpResponse reply, CancellationToken ct)
    {
        var (materialId, wordsId) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var words = JsonSerializer.Serialize(new PhotoWords(Both(ask.Caption, "caption"), Both(ask.Alt, "alt")), Json.Options);
        var done = await keeper.Decide(id, Seen.Whatever, (state, _, now) => new(RecordDecider.Decide(state, materialId, wordsId, ask, now), wordsId, words), ct);
        return Added(reply, id, done.IsNew ? materialId : done.State.Photos.First(p => string.Equals(p.Sha256, ask.Sha256, StringComparison.OrdinalIgnoreCase)).Id, done.Version);
    }

    private static async Task<IResult> Transcript(Guid id, string? language, HttpRequest request, RecordKeeper keeper, LiveWords sealedWords, HttpResponse reply, CancellationToken ct)
    {
        _ = language is "kk" or "ru" ? true : throw Refused.Invalid("language-unknown", "language is kk or ru.", "language");
        var vtt = await Body(request, ct);
        var cues = WebVtt.Parse(vtt);
        var (materialId, wordsId, mac) = (Guid.CreateVersion7(), Guid.CreateVersion7(), sealedWords.Mac(vtt));
        var (state, version, _) = await keeper.Decide(id, Seen.Whatever, (record, _, now) => new(RecordDecider.Decide(record, materialId, wordsId, language!, cues.Count, mac, now), wordsId, vtt), ct);
        var (published, withheld) = Redaction.Cues(cues, Redaction.OnRecord(state));
        reply.Headers.Location = $"/v1/press-events/{id}/materials";
        return reply.Versioned(new TranscriptDone(state.Transcripts.First(t => t.Language == language).Id, version, "Added", language!, cues.Count, published.Count,
            [.. cues.Index().Where(c => withheld.Contains(c.Item)).Select(c => c.Index + 1)]), version, StatusCodes.Status201Created);
    }

    private static async Task<IResult> Withdraw(Guid id, Guid materialId, Seen seen, RecordKeeper keeper, HttpResponse reply, CancellationToken ct)
    {
        var done = await keeper.Decide(id, seen, (state, _, now) => new(RecordDecider.Withdraw(state, materialId, now)), ct);
        return reply.Versioned(new RecordDone(materialId, done.Version, "Withdrawn"), done.Version);
    }

    private static IResult Added(HttpResponse reply, Guid pressEventId, Guid materialId, long version)
    {
        reply.Headers.Location = $"/v1/press-events/{pressEventId}/materials";
        return reply.Versioned(new RecordDone(materialId, version, "Added"), version, StatusCodes.Status201Created);
    }

    private static Bilingual Both(Bilingual? asked, string field)
    {
        var words = Filing.Words(asked, field, 1000);
        return words.IsComplete ? words : throw new RefusedException(RefusalKind.Invalid, "language-missing", "Words under a photo are given in kk and ru.",
            Filing.Incomplete(words, field).ToDictionary(side => side, _ => new[] { "missing" }));
    }

    /// <summary>The body as text; what is no UTF-8 cannot be stored.</summary>
    private static async Task<string> Body(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentType?.StartsWith("text/vtt", StringComparison.OrdinalIgnoreCase) != true)
        {
            throw Refused.Invalid("media-type-unsupported", "A transcript comes as text/vtt.", "Content-Type");
        }

        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes, ct);
        try
        {
            var text = new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
            return text.Length > WebVtt.MostCharacters ? throw Refused.TooLarge($"A transcript has at most {WebVtt.MostCharacters} characters.")
                : text.Contains('\0') ? throw Json.TextInvalid("body") : text;
        }
        catch (System.Text.DecoderFallbackException)
        {
            throw Json.TextInvalid("body");
        }
    }
}
