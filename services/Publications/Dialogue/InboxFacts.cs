namespace Publications;

// The facts about one comment, message or mention that came back from a channel. Their stored shape is for ever. Whoever wrote it is a private person:
// words, name and the network's ids (a private chat's id is its owner's) are vault items under SubjectId, and so are the words of replies.

/// <summary>How long an account may take to answer: so many working days after the day of receipt, or so many hours from it.</summary>
public sealed record InboxTermRule(int? WorkingDays, int? Hours);

/// <summary>Until when it is to be answered. <paramref name="Unit"/>: workingDays, hours. <paramref name="Edition"/> and <paramref name="CalendarVersion"/>: of working days.</summary>
public sealed record InboxTerm(string Unit, int Length, DateTimeOffset DueAt, string? Edition, string? CalendarVersion);

/// <summary>
/// It came by an account's signed webhook. <paramref name="Channel"/>: the kind of channel; <paramref name="Kind"/>: Comment, Message, Mention. Vault items:
/// <paramref name="TextId"/> the words, <paramref name="SenderId"/> who and where. <paramref name="PostedAt"/>: as the channel says.
/// </summary>
public sealed record InboxItemReceived(Guid ItemId, string Account, string Channel, string Body, string Kind, string? Language, Guid SubjectId, Guid TextId, Guid SenderId,
    DateTimeOffset PostedAt, InboxTermRule Rule, InboxTerm Term, DateTimeOffset At);

/// <summary>It carries these tags now; the tag <c>crisis</c> shortens its term.</summary>
public sealed record InboxItemTagged(Guid ItemId, IReadOnlyList<string> Tags, InboxTerm Term, string By, DateTimeOffset At);

/// <summary>An official of the body answers for it.</summary>
public sealed record InboxItemAssigned(Guid ItemId, string Officer, string By, DateTimeOffset At);

/// <summary>A reply was written, in kk or ru; it takes the place of one that was not approved. <paramref name="ContentHash"/>: keyed hash of item, language and words, hex.</summary>
public sealed record InboxReplyDrafted(Guid ItemId, Guid ReplyId, string Language, Guid TextId, string ContentHash, string Author, DateTimeOffset At);

/// <summary>Another person approved exactly these words as the answer to this item; it goes out at once.</summary>
public sealed record InboxReplyApproved(Guid ItemId, Guid ReplyId, string ContentHash, string By, DateTimeOffset At);

/// <summary>Another person sent it back to its author, who writes other words or stands by these. <paramref name="ReasonId"/>: vault item, for why may tell of the sender.</summary>
public sealed record InboxReplyReturned(Guid ItemId, Guid ReplyId, Guid ReasonId, string By, DateTimeOffset At);

/// <summary>The channel is about to be called. Until <paramref name="LeaseUntil"/> no other worker touches it.</summary>
public sealed record InboxReplyAttemptStarted(Guid ItemId, Guid ReplyId, Guid AttemptId, int Number, DateTimeOffset LeaseUntil, DateTimeOffset At);

/// <summary>The channel holds it, under an id that is a vault item; known <paramref name="From"/> its answer, a read-back or a person's decision (then <paramref name="By"/>).</summary>
public sealed record InboxReplyAccepted(Guid ItemId, Guid AttemptId, Guid ExternalItemId, string From, string? By, DateTimeOffset At);

/// <summary>It is certain that nothing was posted. <paramref name="Class"/>: refused, unavailable, halted, not-accepted, personal-data-gone; <paramref name="RetryAt"/> null: no other attempt by itself.</summary>
public sealed record InboxReplyRejected(Guid ItemId, Guid AttemptId, string Class, int? Status, DateTimeOffset? RetryAt, string? By, DateTimeOffset At);

/// <summary>Nobody knows whether it was posted; no other attempt may start. <paramref name="LookAgainAt"/> null: a person decides.</summary>
public sealed record InboxReplyOutcomeUnknown(Guid ItemId, Guid AttemptId, string Reason, DateTimeOffset? LookAgainAt, DateTimeOffset At);

/// <summary>A worker asks the channel what it holds.</summary>
public sealed record InboxReplyReadBackStarted(Guid ItemId, Guid AttemptId, DateTimeOffset LeaseUntil, DateTimeOffset At);

/// <summary>With its sender's consent it is a request in Inquiries now.</summary>
public sealed record InboxItemMadeInquiry(Guid ItemId, Guid InquiryId, string Number, DateTimeOffset At);

/// <summary>Nothing more is done about it. <paramref name="Reason"/>: one of <see cref="InboxDecider.CloseReasons"/>.</summary>
public sealed record InboxItemClosed(Guid ItemId, string Reason, string By, DateTimeOffset At);
