namespace PressEvents;

// The facts about one question to a press event. Their stored shape is for ever: add optional fields, never rename or reuse. The asker's own
// words, name and e-mail are vault text under SubjectId; what is public is the moderator's wording and what officials said. Times as elsewhere.

/// <summary>
/// Somebody asked. <paramref name="TextId"/> and <paramref name="AskerId"/> (name, e-mail) are vault items; <paramref name="TextMac"/> (keyed hash,
/// base64) tells a repeat. <paramref name="Body"/>: whose event it is; <paramref name="AskingBody"/>: the akimat that asks.
/// <paramref name="Late"/>: after the event, to be answered in writing only.
/// </summary>
public sealed record QuestionAsked(Guid QuestionId, Guid PressEventId, string Body, string Source, string Language, Guid SubjectId, Guid TextId,
    Guid? AskerId, string TextMac, bool Anonymous, string? AskingBody, bool Late, DateTimeOffset At);

/// <summary>A moderator gave it the wording in which it is public, in kk, ru or both.</summary>
public sealed record QuestionModerated(Guid QuestionId, Bilingual Wording, DateTimeOffset At);

/// <summary>A moderator declined it for a reason of the closed list.</summary>
public sealed record QuestionDeclined(Guid QuestionId, string Reason, DateTimeOffset At);

/// <summary>It asks what another question asks, and whoever asked it gets that one's answer.</summary>
public sealed record QuestionMerged(Guid QuestionId, Guid IntoQuestionId, DateTimeOffset At);

/// <summary>It was put to a speaker. <paramref name="Timecode"/>: hh:mm:ss.fff of the recording; <paramref name="OffRecord"/>: it never becomes public.</summary>
public sealed record QuestionPutToSpeaker(Guid QuestionId, Speaker Speaker, string Timecode, Guid? SegmentId, bool OffRecord, DateTimeOffset At);

/// <summary>The speaker answered on the spot; the summary is in kk and ru.</summary>
public sealed record QuestionAnswered(Guid QuestionId, Bilingual Summary, string Timecode, DateTimeOffset At);

/// <summary>
/// A speaker promised to answer in writing: a debt of so many working days after <paramref name="From"/> (a day in Asia/Almaty). Its last day is
/// computed when it is read, by the calendar that is current then.
/// </summary>
public sealed record WrittenAnswerPromised(Guid QuestionId, Guid PressEventId, string Body, Speaker By, DateOnly From, int WorkingDays, string Edition, DateTimeOffset At);

/// <summary>The promise was kept: the answer in kk and ru, and where it stands at length.</summary>
public sealed record QuestionAnsweredInWriting(Guid QuestionId, Guid PressEventId, string Body, Bilingual Text, string? Url, DateTimeOffset At);
