using Marten;
using Platform;

namespace PressEvents;

/// <summary>A segment as planners see it; the public sees those on the record.</summary>
public sealed record SegmentShown(Guid Id, long StartMs, long EndMs, Bilingual Title, Bilingual? Speaker, bool OnRecord);

/// <summary>The last day (Asia/Almaty) for materials and how it was counted.</summary>
public sealed record MaterialsTerm(DateOnly Due, DateOnly SafeDue, string CalendarVersion, bool Provisional, IReadOnlyList<TraceStep> Trace);

/// <summary>What of an event's materials is shown. <paramref name="Term"/>: once it has ended.</summary>
public sealed record MaterialsShown(IReadOnlyList<PublicRecording> Recordings, IReadOnlyList<PublicTranscript> Transcripts, IReadOnlyList<PublicPhoto> Photos, MaterialsTerm? Term);

public static class RecordReads
{
    public static void MapRecordReads(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/press-events/{id:guid}").WithTags("Live");
        doors.MapGet("/segments", Segments).WithSummary("For planners all segments (asOf: as recorded at that instant); for the public, once materials are published, those on the record.");
        doors.MapGet("/segments/history", History).RequireAuthorization().WithSummary("For planners: who added and marked what, and when.");
        doors.MapGet("/materials", Materials).Produces<MaterialsShown>().WithSummary("What is on the record: for planners as it would be published, for the public what was.");
        doors.MapGet("/materials/{materialId:guid}/source", Source).ForRoles(Roles.Editor).WithSummary("A transcript as it came, with what is off the record.");
        foreach (var language in Language.All)
        {
            doors.MapGet($"/materials/transcript.{language.Code}.vtt", (Guid id, IQuerySession session, Work work, CancellationToken ct) => Vtt(id, language, session, work, ct))
                .WithSummary($"The published transcript in {language.Code} (WebVTT): cues on the record alone.");
        }
    }

    /// <summary>The record as the caller may see it: planners before publication too, the public what was named as published. Null: nothing to see.</summary>
    private static async Task<PublicRecord?> For(this IQuerySession session, Caller caller, PressEventView of, CancellationToken ct)
    {
        var record = await session.LoadAsync<PublicRecord>(of.Id, ct);
        return caller.SeesPlans(of.Body) ? record : of.MaterialsPublishedAt is null ? null : record?.Only([.. of.Materials.Select(m => m.MaterialId)]);
    }

    private static async Task<IResult> Segments(Guid id, string? asOf, IQuerySession session, LiveWords sealedWords, Work work, HttpResponse reply, CancellationToken ct)
    {
        var of = await session.One(work.Caller, id, null, ct);
        if (!work.Caller.SeesPlans(of.Body))
        {
            return TypedResults.Json(new Page<SegmentShown>([.. ((await session.For(work.Caller, of, ct))?.Segments ?? []).Select(s => new SegmentShown(s.Id, s.StartMs, s.EndMs, s.Title, s.Speaker, true))], null));
        }

        var found = await session.AsOf<PressRecord>(PressRecord.StreamOf(id), Times.AsOf(asOf, "asOf"), RecordDecider.Evolve, ct);
        var words = await sealedWords.Open(session, id, ct);
        return reply.Versioned(new Page<SegmentShown>([.. (found?.State.Segments ?? []).Select(s => (s, Words: words.Of<SegmentWords>(s.WordsId)))
            .Select(x => new SegmentShown(x.s.Id, x.s.At.StartMs, x.s.At.EndMs, x.Words.Title, x.Words.Speaker, x.s.OnRecord))], null), found?.Version ?? 0);
    }

    private static async Task<IReadOnlyList<HistoryEntry>> History(Guid id, IQuerySession session, Work work, CancellationToken ct)
    {
        var of = await session.One(work.Caller, id, null, ct);
        _ = work.Caller.SeesPlans(of.Body) ? true : throw Refused.Missing(nameof(PressEvent));
        return [.. (await session.Events.FetchStreamAsync(PressRecord.StreamOf(id), token: ct)).Select(e => HistoryEntry.Of(e) with { RecordedAt = e.Timestamp.InAlmaty() })];
    }

    private static async Task<MaterialsShown> Materials(Guid id, IQuerySession session, Catalogue catalogue, Work work, CancellationToken ct)
    {
        var of = await session.One(work.Caller, id, null, ct);
        var record = await session.For(work.Caller, of, ct);
        return new(record?.Recordings ?? [], record?.Transcripts ?? [], record?.Photos ?? [], of.ConcludedAt is { } at ? MaterialsDeadline.Term(at, catalogue.Calendar) : null);
    }

    private static async Task<IResult> Vtt(Guid id, Language language, IQuerySession session, Work work, CancellationToken ct)
    {
        var of = await session.One(work.Caller, id, null, ct);
        var transcript = (await session.For(work.Caller, of, ct))?.Transcripts.FirstOrDefault(t => t.Language == language.Code) ?? throw Refused.Missing("transcript");
        var rendered = Rendered.Of(System.Text.Encoding.UTF8.GetBytes(WebVtt.Write(transcript.Cues.Select(c => new Cue(new(c.StartMs, c.EndMs), c.Id, c.Text)))), "text/vtt; charset=utf-8", of.MaterialsPublishedAt ?? of.ChangedAt);
        return new FeedResult(rendered);
    }

    private static async Task<IResult> Source(Guid id, Guid materialId, IQuerySession session, LiveWords sealedWords, Work work, CancellationToken ct)
    {
        await session.Planned(work.Caller, id, ct);
        var source = (await session.Events.FetchStreamAsync(PressRecord.StreamOf(id), token: ct)).Select(e => e.Data).OfType<TranscriptAdded>().FirstOrDefault(e => e.MaterialId == materialId)
            ?? throw Refused.Missing("transcript");
        return TypedResults.Text((await sealedWords.Open(session, id, ct)).Text(source.WordsId), "text/vtt; charset=utf-8");
    }
}
