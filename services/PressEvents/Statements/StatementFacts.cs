namespace PressEvents;

// The facts about one official statement. Their stored shape is for ever. Each carries what its public message needs. By: the caller's id in the token.

/// <summary>A text for all media was drafted, in kk and ru. <paramref name="Kind"/>: Statement or Notice.</summary>
public sealed record StatementDrafted(Guid StatementId, string Kind, string Body, Bilingual Title, Bilingual Text, string By, DateTimeOffset At);

/// <summary>The draft says this now; what was submitted or approved is a draft again.</summary>
public sealed record StatementRevised(Guid StatementId, Bilingual Title, Bilingual Text, string By, DateTimeOffset At);

/// <summary>It waits for somebody else's approval.</summary>
public sealed record StatementSubmitted(Guid StatementId, string By, DateTimeOffset At);

/// <summary>Somebody who did not write it approved it as it stands.</summary>
public sealed record StatementApproved(Guid StatementId, string By, DateTimeOffset At);

/// <summary>It is public from this instant on, and every accredited medium and subscriber is told with this one due time.</summary>
public sealed record StatementReleased(Guid StatementId, string Kind, string Body, Bilingual Title, Bilingual Text, string By, DateTimeOffset At);

/// <summary>It says this from now on; all who got it are told.</summary>
public sealed record StatementCorrected(Guid StatementId, string Kind, string Body, Bilingual Title, Bilingual Text, Bilingual Reason, string By, DateTimeOffset At);

/// <summary>It stands no more; final. All who got it are told.</summary>
public sealed record StatementWithdrawn(Guid StatementId, string Kind, string Body, Bilingual Reason, string By, DateTimeOffset At);
