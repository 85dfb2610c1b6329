using System.Text.Json.Serialization;
using Platform;

namespace Publications;

public enum InboxState { New, Assigned, Answered, MadeInquiry, Closed }

/// <summary>The reply as it stands; its words are a vault item.</summary>
public sealed record InboxReply(Guid ReplyId, string Language, Guid TextId, string ContentHash, string Author)
{
    public string? ApprovedBy { get; init; }
    public DateTimeOffset? ApprovedAt { get; init; }

    /// <summary>Who sent it back to its author; until it is written again nothing is there to be approved.</summary>
    public string? ReturnedBy { get; init; }
    public DateTimeOffset? ReturnedAt { get; init; }
    public Guid? ReturnReasonId { get; init; }
    public IReadOnlyList<Attempt> Attempts { get; init; } = [];

    [JsonIgnore]
    public Attempt? Last => Attempts is [] ? null : Attempts[^1];
}

/// <summary>One item as its facts leave it.</summary>
public sealed record InboxItem(Guid Id, string Body, InboxItemReceived Received, InboxState State, InboxTerm Term) : IOfBody
{
    public IReadOnlyList<string> Tags { get; init; } = [];
    public string? Officer { get; init; }
    public InboxReply? Reply { get; init; }

    /// <summary>Everybody who wrote a reply to it; none of them approves one.</summary>
    public IReadOnlyList<string> Authors { get; init; } = [];
    public DateTimeOffset? AnsweredAt { get; init; }
    public Guid? InquiryId { get; init; }
    public string? Number { get; init; }
    public string? ClosedFor { get; init; }
}

/// <summary>From facts to state; every fact type has an arm, an unknown one throws.</summary>
public static class InboxFold
{
    public static readonly Type[] Facts =
    [
        typeof(InboxItemReceived), typeof(InboxItemTagged), typeof(InboxItemAssigned), typeof(InboxReplyDrafted), typeof(InboxReplyApproved), typeof(InboxReplyReturned),
        typeof(InboxReplyAttemptStarted), typeof(InboxReplyAccepted), typeof(InboxReplyRejected), typeof(InboxReplyOutcomeUnknown), typeof(InboxReplyReadBackStarted), typeof(InboxItemMadeInquiry), typeof(InboxItemClosed),
    ];

    public static InboxItem? Evolve(InboxItem? state, object fact) => fact switch
    {
        InboxItemReceived e => new(e.ItemId, e.Body, e, InboxState.New, e.Term),
        InboxItemTagged e => state! with { Tags = e.Tags, Term = e.Term },
        InboxItemAssigned e => state! with { Officer = e.Officer, State = state.State == InboxState.New ? InboxState.Assigned : state.State },
        InboxReplyDrafted e => state! with
        {
            Reply = new(e.ReplyId, e.Language, e.TextId, e.ContentHash, e.Author),
            Authors = state.Authors.Contains(e.Author) ? state.Authors : [.. state.Authors, e.Author],
        },
        InboxReplyApproved e => state!.With(r => r with { ApprovedBy = e.By, ApprovedAt = e.At }),
        InboxReplyReturned e => state!.With(r => r with { ReturnedBy = e.By, ReturnedAt = e.At, ReturnReasonId = e.ReasonId }),
        InboxReplyAttemptStarted e => state!.With(r => r with
        { Attempts = [.. r.Attempts, new(e.AttemptId, state!.Received.Account, e.Number, AttemptState.Started, e.At, e.LeaseUntil)] }),
        InboxReplyAccepted e => state!.With(e.AttemptId, a => a with { State = AttemptState.Accepted, KnownFrom = e.From, EndedAt = e.At, NextLookAt = null, ReadingBack = false, Reason = null })
            with
        { State = state!.State == InboxState.MadeInquiry ? InboxState.MadeInquiry : InboxState.Answered, AnsweredAt = e.At },
        InboxReplyRejected e => state!.With(e.AttemptId, a => a with
        { State = AttemptState.Rejected, Reason = e.Class, Status = e.Status, EndedAt = e.At, NextLookAt = e.RetryAt, ReadingBack = false }),
        InboxReplyOutcomeUnknown e => state!.With(e.AttemptId, a => a with
        { State = AttemptState.OutcomeUnknown, Reason = e.Reason, UnknownSince = a.UnknownSince ?? e.At, NextLookAt = e.LookAgainAt, ReadingBack = false }),
        InboxReplyReadBackStarted e => state!.With(e.AttemptId, a => a with { NextLookAt = e.LeaseUntil, ReadBacks = a.ReadBacks + 1, ReadingBack = true }),
        InboxItemMadeInquiry e => state! with { State = InboxState.MadeInquiry, InquiryId = e.InquiryId, Number = e.Number },
        InboxItemClosed e => state! with { State = InboxState.Closed, ClosedFor = e.Reason },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about an item of the inbox."),
    };

    /// <summary>When a worker has to look at its reply; null: only people act.</summary>
    public static DateTimeOffset? WakeAt(InboxItem state) => state.Reply is { ApprovedAt: { } at } reply ? reply.Last is { } last ? last.NextLookAt : at : null;

    private static InboxItem With(this InboxItem state, Func<InboxReply, InboxReply> change) => state with { Reply = change(state.Reply!) };

    private static InboxItem With(this InboxItem state, Guid attemptId, Func<Attempt, Attempt> change) =>
        state.With(r => r with { Attempts = [.. r.Attempts.Select(a => a.AttemptId == attemptId ? change(a) : a)] });
}
