using Marten;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Npgsql;
using Platform;

namespace Publications;

/// <summary>Remark on a publication: on the whole, on a field (title, text, media[n]) of a language, or on words quoted from it with their place.</summary>
public sealed record MakeComment(string? Text, string? Language = null, string? Field = null, MakeComment.QuoteAsk? Quote = null)
{
    public sealed record QuoteAsk(int Start, string? Text);
}

/// <summary>Answer a comment.</summary>
public sealed record AnswerComment(string? Text);

/// <summary>A comment was dealt with.</summary>
public sealed record ResolveComment;

/// <summary>A comment as shown. <paramref name="Version"/> is that of the publication's comments together; state Open or Resolved.</summary>
public sealed record CommentShown(Guid Id, long Version, string State, long PublicationVersion, string? Language, string? Field, CommentQuote? Quote, string Text, string By, DateTimeOffset At,
    IReadOnlyList<CommentReplyLine> Replies, string? ResolvedBy, DateTimeOffset? ResolvedAt)
{
    public static CommentShown Of(ReviewComment c, long version) => new(c.Id, version, c.State, c.Made.PublicationVersion, c.Made.Language, c.Made.Field, c.Made.Quote, c.Made.Text, c.Made.By, c.Made.At,
        c.Replies, c.Resolved?.By, c.Resolved?.At);
}

/// <summary>The acts on a publication's comments; those who remark at the same moment come one after another.</summary>
public sealed class CommentHandler(IDocumentSession session, Work work, TimeProvider clock)
{
    public Task<CommentShown> Make(Guid id, MakeComment ask, CancellationToken ct)
    {
        var commentId = Guid.CreateVersion7();
        return Decide(id, Seen.Whatever, commentId, (state, publication, version) => ReviewThreadDecider.Decide(state, publication, version, commentId, ask, work.Caller.Id, clock.GetUtcNow()), ct);
    }

    public Task<CommentShown> Answer(Guid id, Guid commentId, AnswerComment ask, CancellationToken ct) => Decide(id, Seen.Whatever, commentId,
        (state, _, _) => ReviewThreadDecider.Decide(Known(state), commentId, Guid.CreateVersion7(), ask, work.Caller.Id, clock.GetUtcNow()), ct);

    public Task<CommentShown> Resolve(Guid id, Guid commentId, Seen seen, CancellationToken ct) => Decide(id, seen, commentId,
        (state, _, _) => ReviewThreadDecider.Resolve(Known(state), commentId, work.Caller.Id, clock.GetUtcNow()), ct);

    private static ReviewThread Known(ReviewThread? state) => state ?? throw Refused.Missing("comment");

    private async Task<CommentShown> Decide(Guid id, Seen seen, Guid commentId, Func<ReviewThread?, Publication, long, IReadOnlyList<object>> decide, CancellationToken ct)
    {
        work.Caller.Demand(ReviewReads.Writers);
        var (publication, read) = await session.UnderReview(work.Caller, id, null, ct);
        _ = work.Caller.ActsFor(publication.Body) ? true : throw Refused.Missing(nameof(Publication));
        var streamId = ReviewThreadDecider.StreamOf(id);
        await session.BeginTransactionAsync(ct);
        await using var one = new NpgsqlCommand("select pg_advisory_xact_lock($1)") { Parameters = { new() { Value = CauseDecider.LockOf(streamId) } } };
        await session.ExecuteAsync(one, ct);
        var stream = await session.Events.FetchForWriting<ReviewThread>(streamId, ct);
        var version = stream.CurrentVersion ?? 0;
        seen.Check(version);
        var facts = decide(stream.Aggregate, publication, read);
        if (facts.Count > 0)
        {
            stream.AppendMany(facts);
            await session.SaveChangesAsync(ct);
        }

        return CommentShown.Of(ReviewThreadDecider.Find(facts.Aggregate(stream.Aggregate, ReviewThreadDecider.Evolve)!, commentId), version + facts.Count);
    }
}

public static class CommentsRest
{
    private const string Path = "/v1/publications/{id:guid}/comments", Tag = "Review";

    public static void MapComments(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup(Path).WithTags(Tag);
        doors.MapPost("/", async (Guid id, MakeComment ask, CommentHandler handler, HttpResponse reply, CancellationToken ct) => Made(reply, id, await handler.Make(id, ask, ct)))
            .ForRoles(ReviewReads.Writers).Produces<CommentShown>(StatusCodes.Status201Created).WithSummary("Remarks on the whole, on a field of a language, or on quoted words; the publication's version stays.");
        doors.MapPost("/{commentId:guid}/replies", async (Guid id, Guid commentId, AnswerComment ask, CommentHandler handler, HttpResponse reply, CancellationToken ct) => Made(reply, id, await handler.Answer(id, commentId, ask, ct)))
            .ForRoles(ReviewReads.Writers).Produces<CommentShown>(StatusCodes.Status201Created).WithSummary("Answers a comment that is open.");
        doors.MapPost("/{commentId:guid}/resolve", async (Guid id, Guid commentId, Seen seen, [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] ResolveComment? _, CommentHandler handler, HttpResponse reply, CancellationToken ct) =>
                await handler.Resolve(id, commentId, seen, ct) is var done ? reply.Versioned(done, done.Version) : null)
            .ForRoles(ReviewReads.Writers).Produces<CommentShown>().WithSummary("It was dealt with; If-Match is the version of the comments.");
        doors.MapGet("/", List).ForRoles(ReviewReads.Readers).Produces<Page<CommentShown>>().WithSummary("The comments in order, with replies; state=Open or Resolved; asOf leaves out what was recorded later.");
    }

    private static IResult Made(HttpResponse reply, Guid publicationId, CommentShown made)
    {
        reply.Headers.Location = $"/v1/publications/{publicationId}/comments";
        return reply.Versioned(made, made.Version, StatusCodes.Status201Created);
    }

    private static async Task<IResult> List(Guid id, string? state, DateTimeOffset? asOf, string? cursor, int? limit, IQuerySession session, Work work, HttpResponse reply, CancellationToken ct)
    {
        await session.UnderReview(work.Caller, id, null, ct);
        _ = state is null or "Open" or "Resolved" ? true : throw Refused.Invalid("state-invalid", "state is Open or Resolved.", "state");
        var (most, after) = (Changes.Limit(limit), Cursor.Parse(cursor));
        var (thread, version) = await session.AsOf<ReviewThread>(ReviewThreadDecider.StreamOf(id), asOf, ReviewThreadDecider.Evolve, ct) ?? (new(Guid.Empty, id), 0);
        var page = thread.Comments.SkipWhile(c => after is not null && c.Id != after.Id).Skip(after is null ? 0 : 1).Where(c => state is null || c.State == state).Take(most).ToList();
        return reply.Versioned(new Page<CommentShown>([.. page.Select(c => CommentShown.Of(c, version))], page.Count == most ? new Cursor(page[^1].Made.At, page[^1].Id).ToString() : null), version);
    }
}
