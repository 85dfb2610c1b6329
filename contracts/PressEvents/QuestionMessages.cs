namespace Contracts.PressEvents;

// What other services may know about questions, proposals and hand-overs: ids, times and codes; no words.

/// <summary>A speaker promised to answer a question in writing; until when is counted in working days at reading (GET /v1/promises).</summary>
public sealed record WrittenAnswerPromised(Guid QuestionId, long Version, Guid PressEventId, string Body, DateTimeOffset PromisedAt);

/// <summary>A promise to answer in writing was kept.</summary>
public sealed record QuestionAnsweredInWriting(Guid QuestionId, long Version, Guid PressEventId, string Body, DateTimeOffset AnsweredAt);

/// <summary>A body decided on a citizen's proposal. <paramref name="Decision"/>: Accepted, PartlyAccepted, Declined, Noted.</summary>
public sealed record ProposalDecided(Guid ProposalId, long Version, Guid PressEventId, string Body, string Decision, DateTimeOffset DecidedAt);

/// <summary>A thing of PressEvents is a request in Inquiries now. <paramref name="Kind"/>: press-question, statement-clarification; <paramref name="OriginId"/>: its id in PressEvents.</summary>
public sealed record HandOverTaken(Guid HandOverId, long Version, string Kind, Guid OriginId, Guid InquiryId, DateTimeOffset TakenAt);
