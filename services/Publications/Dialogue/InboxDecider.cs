using Platform;

namespace Publications;

/// <summary>The rules about an item of the inbox and the words of its reply; the ledger's are <see cref="InboxReplyDecider"/>'s.</summary>
public static class InboxDecider
{
    public const int LongestReply = 4000, LongestReason = 2000, MostTags = 10;

    /// <summary>A closed list, for free words about a person have no place in a history that stays.</summary>
    public static readonly string[] CloseReasons = ["answered-elsewhere", "no-answer-needed", "spam", "insult", "duplicate", "other-body"];

    public static IReadOnlyList<object> Decide(InboxItem state, AssignInboxItem ask, string by, DateTimeOffset now)
    {
        var officer = GivenText.Of(ask.Officer, "officer", 200) ?? throw Refused.Invalid("officer-missing", "Say which official answers for it.", "officer");
        return Standing(state).Officer == officer ? [] : [new InboxItemAssigned(state.Id, officer, by, now)];
    }

    public static IReadOnlyList<object> Decide(InboxItem state, TagInboxItem ask, WorkingCalendar calendar, string by, DateTimeOffset now)
    {
        var tags = (ask.Tags ?? throw Refused.Invalid("tags-missing", "Give the tags, perhaps none.", "tags"))
            .Select((tag, i) => GivenText.Of(tag, $"tags[{i}]", 50)?.ToLowerInvariant() ?? throw Refused.Invalid("tag-invalid", "A tag says something.", $"tags[{i}]"))
            .Distinct().Order(StringComparer.Ordinal).ToList();
        return tags.Count > MostTags ? throw Refused.Invalid("tags-too-many", $"At most {MostTags} tags.", "tags")
            : tags.SequenceEqual(Standing(state).Tags) ? []
            : [new InboxItemTagged(state.Id, tags, InboxTerms.Of(state.Received.Rule, tags, state.Received.At, calendar), by, now)];
    }

    /// <summary>What a reply must be; the words themselves stay out of the facts.</summary>
    public static (string Language, string Text) Words(ReplyToInboxItem ask) =>
        (Languages.All.Contains(ask.Language) ? ask.Language! : throw Refused.Invalid("language-invalid", "language is kk or ru.", "language"),
            GivenText.Of(ask.Text, "text", LongestReply) ?? throw Refused.Invalid("text-missing", "Say something.", "text"));

    /// <summary>Meta takes replies under comments; its private messages go by another door, which no adapter here has. Without an adapter nobody can say yet.</summary>
    public static void CanReply(InboxItem state, ChannelCapabilities? can)
    {
        if (can is { Reply: false } || state.Received is { Channel: "facebook" or "instagram", Kind: IncomingReader.Message })
        {
            throw Refused.Conflict("channel-cannot-reply", "The channel takes no reply to this from here; answer there, and close it.");
        }
    }

    /// <summary>The same words again are already so, unless they were sent back and their author stands by them; other ones take their place until they are approved.</summary>
    public static IReadOnlyList<object> Draft(InboxItem state, Guid replyId, Guid textId, string language, string contentHash, string author, DateTimeOffset now)
    {
        if (Standing(state).Reply is { ApprovedBy: not null } reply)
        {
            _ = reply.ContentHash == contentHash ? true : reply.Last switch
            {
                { State: AttemptState.Accepted } => throw Refused.Conflict("inbox-item-done", "It was answered."),
                { State: AttemptState.Rejected, NextLookAt: null } => true, // it will not go out as it was
                { State: AttemptState.OutcomeUnknown } => throw Refused.Conflict("outcome-unknown", "Nobody knows yet whether the reply stands there; it waits for a read-back or decide-outcome."),
                _ => throw Refused.Conflict("reply-approved", "The reply was approved and goes out."),
            };
        }

        return state.Reply is { } before && before.ContentHash == contentHash && before.ReturnedBy is null && before.Last is not { State: AttemptState.Rejected, NextLookAt: null } ? []
            : [new InboxReplyDrafted(state.Id, replyId, language, textId, contentHash, author, now)];
    }

    public static IReadOnlyList<object> Decide(InboxItem state, ApproveInboxReply ask, string by, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(ask.ContentHash))
        {
            throw Refused.Invalid("content-hash-missing", "Give the contentHash of what you read.", "contentHash");
        }

        var reply = Standing(state).Reply ?? throw Refused.Conflict("reply-missing", "Nobody wrote a reply to it.");
        NotAnAuthor(state, by);
        return ask.ContentHash != reply.ContentHash ? throw Refused.Conflict("content-changed", "It is not what you read any more; read it again.")
            : reply.ReturnedBy is not null ? throw Refused.Conflict("reply-returned", "It was sent back to its author, who has to write it again.")
            : reply.ApprovedBy is not null ? []
            : [new InboxReplyApproved(state.Id, reply.ReplyId, reply.ContentHash, by, now)];
    }

    /// <summary>Sent back already is so already, whatever the reason; what was approved goes out.</summary>
    public static IReadOnlyList<object> Reject(InboxItem state, Guid reasonId, string by, DateTimeOffset now)
    {
        var reply = Standing(state).Reply ?? throw Refused.Conflict("reply-missing", "Nobody wrote a reply to it.");
        NotAnAuthor(state, by);
        return reply.ApprovedBy is not null ? throw Refused.Conflict("reply-approved", "The reply was approved.")
            : reply.ReturnedBy is not null ? [] : [new InboxReplyReturned(state.Id, reply.ReplyId, reasonId, by, now)];
    }

    private static void NotAnAuthor(InboxItem state, string by)
    {
        if (state.Authors.Contains(by))
        {
            throw Refused.Conflict("approver-is-author", "Whoever wrote a reply to it never decides about one, in no role.");
        }
    }

    public static IReadOnlyList<object> Decide(InboxItem state, CloseInboxItem ask, string by, DateTimeOffset now)
    {
        if (!CloseReasons.Contains(ask.Reason))
        {
            throw Refused.Invalid("reason-unknown", $"reason is one of: {string.Join(", ", CloseReasons)}.", "reason");
        }

        return state.State == InboxState.Closed && state.ClosedFor == ask.Reason ? []
            : Standing(state).State is InboxState.Answered or InboxState.MadeInquiry ? throw Refused.Conflict("inbox-item-done", $"It is {state.State}.")
            : InboxFold.WakeAt(state) is not null || state.Reply?.Last is { State: AttemptState.OutcomeUnknown }
                ? throw Refused.Conflict("reply-approved", "Its reply was approved, and nobody knows yet that it will not stand there.")
            : [new InboxItemClosed(state.Id, ask.Reason!, by, now)];
    }

    /// <summary>Also an answered one: the answer may have been that it needs its sender's particulars.</summary>
    public static InboxItem MayBecomeInquiry(InboxItem state, MakeInquiry ask) => ask.Consent == true ? Standing(state)
        : throw Refused.Invalid("consent-missing", "The sender agrees first that it goes on as a request.", "consent");

    public static IReadOnlyList<object> Taken(InboxItem state, Guid inquiryId, string number, DateTimeOffset now) =>
        state.InquiryId is not null ? [] : [new InboxItemMadeInquiry(state.Id, inquiryId, number, now)];

    private static InboxItem Standing(InboxItem state) => state.State == InboxState.Closed ? throw Refused.Conflict("inbox-item-closed", "It was closed.") : state;
}
