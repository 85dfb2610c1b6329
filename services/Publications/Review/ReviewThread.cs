using JasperFx.Events;
using Marten.Events.Aggregation;
using Platform;

namespace Publications;

// The facts about what officials say to each other on one publication: a stream of its own, so that the publication's version, and with it what others
// are about to decide, does not move. Their stored shape is for ever. By is the caller's id.

/// <summary>Words that stood at <paramref name="Start"/> (UTF-16 units) of the field when the comment was made.</summary>
public sealed record CommentQuote(int Start, string Text);

/// <summary>Somebody remarked on a publication: on the whole, on a <paramref name="Field"/> (title, text, media[n]) of a language, or on the words quoted. <paramref name="PublicationVersion"/>: what was read.</summary>
public sealed record ReviewCommentMade(Guid PublicationId, Guid CommentId, long PublicationVersion, string? Language, string? Field, CommentQuote? Quote, string Text, string By, DateTimeOffset At);

/// <summary>Somebody answered a comment.</summary>
public sealed record ReviewCommentAnswered(Guid PublicationId, Guid CommentId, Guid ReplyId, string Text, string By, DateTimeOffset At);

/// <summary>The comment was dealt with.</summary>
public sealed record ReviewCommentResolved(Guid PublicationId, Guid CommentId, string By, DateTimeOffset At);

public sealed record CommentReplyLine(Guid Id, string Text, string By, DateTimeOffset At);

public sealed record ReviewComment(Guid Id, ReviewCommentMade Made)
{
    public IReadOnlyList<CommentReplyLine> Replies { get; init; } = [];
    public ReviewCommentResolved? Resolved { get; init; }
    public string State => Resolved is null ? "Open" : "Resolved";
}

/// <summary>The comments on one publication as their facts leave them. Live state of the stream; never stored.</summary>
public sealed record ReviewThread(Guid Id, Guid PublicationId)
{
    public IReadOnlyList<ReviewComment> Comments { get; init; } = [];
}

/// <summary>The rules about comments: values in, values out.</summary>
public static class ReviewThreadDecider
{
    private const int LongestText = 5000, MostComments = 1000, MostReplies = 200;
    private static readonly Guid Space = new("2f5c2d0a-5f0e-4a39-8a57-636f6d6d656e");

    public static readonly Type[] Facts = [typeof(ReviewCommentMade), typeof(ReviewCommentAnswered), typeof(ReviewCommentResolved)];

    public static Guid StreamOf(Guid publicationId) => NamedId.Of(Space, publicationId.ToString());

    public static ReviewThread? Evolve(ReviewThread? state, object fact) => fact switch
    {
        ReviewCommentMade e => (state ?? new(StreamOf(e.PublicationId), e.PublicationId)).Adding(new(e.CommentId, e)),
        ReviewCommentAnswered e => state!.With(e.CommentId, c => c with { Replies = [.. c.Replies, new(e.ReplyId, e.Text, e.By, e.At)] }),
        ReviewCommentResolved e => state!.With(e.CommentId, c => c with { Resolved = e }),
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about comments."),
    };

    public static IReadOnlyList<object> Decide(ReviewThread? state, Publication about, long version, Guid id, MakeComment ask, string by, DateTimeOffset now)
    {
        if (ask.Language is not null && !Languages.All.Contains(ask.Language))
        {
            throw Refused.Invalid("language-invalid", "language is kk, ru, or absent.", "language");
        }

        var words = Field(about.Content, ask.Field, ask.Language);
        if (ask.Quote is { } quote && (quote.Text is not { Length: > 0 and <= LongestText } said || words is null || quote.Start < 0 || quote.Start + said.Length > words.Length
            || string.CompareOrdinal(words, quote.Start, said, 0, said.Length) != 0))
        {
            throw Refused.Conflict("quote-not-there", "These words do not stand there (any more): name field and language, and read them again.");
        }

        return state?.Comments.Count >= MostComments ? throw Refused.Conflict("comments-too-many", $"A publication has at most {MostComments} comments.")
            : [new ReviewCommentMade(about.Id, id, version, ask.Language, ask.Field, ask.Quote is null ? null : new(ask.Quote.Start, ask.Quote.Text!), Text(ask.Text), by, now)];
    }

    public static IReadOnlyList<object> Decide(ReviewThread state, Guid commentId, Guid replyId, AnswerComment ask, string by, DateTimeOffset now)
    {
        var comment = Find(state, commentId);
        var text = Text(ask.Text);
        return comment.Resolved is not null ? throw Refused.Conflict("comment-resolved", "It was dealt with; make another comment.")
            : comment.Replies.Count >= MostReplies ? throw Refused.Conflict("comments-too-many", $"A comment has at most {MostReplies} replies.")
            : [new ReviewCommentAnswered(state.PublicationId, commentId, replyId, text, by, now)];
    }

    public static IReadOnlyList<object> Resolve(ReviewThread state, Guid commentId, string by, DateTimeOffset now) =>
        Find(state, commentId).Resolved is null ? [new ReviewCommentResolved(state.PublicationId, commentId, by, now)] : [];

    /// <summary>What is still open keeps nothing from going out, but whoever approves sees it.</summary>
    public static IReadOnlyList<Finding> Check(ReviewThread state) => state.Comments.Count(c => c.Resolved is null) is > 0 and var open
        ? [new("comments-open", $"{open} comments are open.", null, false)] : [];

    public static ReviewComment Find(ReviewThread state, Guid commentId) => state.Comments.FirstOrDefault(c => c.Id == commentId) ?? throw Refused.Missing("comment");

    /// <summary>The words that a comment is on; null where it is on no words. A third field is refused.</summary>
    private static string? Field(Content content, string? field, string? language) => field switch
    {
        null => null,
        "title" => language is null ? null : content.Title.In(language) ?? "",
        "text" => language is null ? null : content.Text.In(language) ?? "",
        _ when Enumerable.Range(0, content.Media?.Count ?? 0).Any(i => field == $"media[{i}]") => null,
        _ => throw Refused.Invalid("field-invalid", "field is title, text, or media[n] of those that it has.", "field"),
    };

    /// <summary>Words of officials about a text: nobody's number or address belongs into them.</summary>
    private static string Text(string? given) => given?.Trim() switch
    {
        null or "" => throw Refused.Invalid("text-missing", "Say it.", "text"),
        { Length: > LongestText } => throw Refused.Invalid("words-too-long", $"At most {LongestText} characters.", "text"),
        var text when PersonalMarks.In(text).Count > 0 => throw Refused.Invalid("personal-data-left", "A number or an address of a person stands in it; a comment does without.", "text"),
        var text => text,
    };

    private static ReviewThread Adding(this ReviewThread state, ReviewComment comment) => state with { Comments = [.. state.Comments, comment] };

    private static ReviewThread With(this ReviewThread state, Guid id, Func<ReviewComment, ReviewComment> change) =>
        state with { Comments = [.. state.Comments.Select(c => c.Id == id ? change(c) : c)] };
}

/// <summary>Marten's side of the fold; live, nothing stored.</summary>
public sealed partial class ReviewThreadFold : SingleStreamProjection<ReviewThread, Guid>
{
    public ReviewThreadFold()
    {
        foreach (var fact in ReviewThreadDecider.Facts)
        {
            IncludeType(fact);
        }
    }

    public override ReviewThread? Evolve(ReviewThread? snapshot, Guid id, IEvent e) => ReviewThreadDecider.Evolve(snapshot, e.Data);
}
