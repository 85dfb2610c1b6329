namespace Inquiries;

// The facts about one request for information. Their stored shape is for ever: add optional fields, never rename or reuse.
// No name, IIN, contact or free text of askers or officials stands in them: those live in the vault under SubjectId, and a fact
// holds the item's id, and a keyed hash (TextMac, base64) where a repeat must be told. Dates are days in Asia/Almaty.

/// <summary>A form came in and was durably accepted <paramref name="At"/> (for paper: the real moment of receipt); <paramref name="Holder"/> is who it counts for (scc when the form named nobody we know).</summary>
public sealed record InquiryReceived(Guid InquiryId, Guid SubjectId, string Holder, string Language, string AnswerForm, string Channel,
    string ApplicantKind, IReadOnlyList<string> Defects, int Attachments, DateTimeOffset At)
{
    /// <summary>The regime that the engine proposes; null for 401-V.</summary>
    public string? Regime { get; init; }

    /// <summary>A representative hands it in by a power of attorney (401-V art. 11(8)).</summary>
    public bool? ByRepresentative { get; init; }
}

/// <summary>It got its number. <paramref name="RegisteredAt"/> is the lawful moment of registration (APPK 64(3)), <paramref name="Due"/> and <paramref name="SafeDue"/> the reply's days in Asia/Almaty (401-V art. 11(10)).</summary>
public sealed record InquiryRegistered(Guid InquiryId, string Number, DateTimeOffset RegisteredAt, DateOnly Due, DateOnly SafeDue,
    string Edition, string CalendarVersion, DateTimeOffset At)
{
    /// <summary>The day that is watched, where a proposed regime's term ends earlier than the reply's.</summary>
    public DateOnly? WatchedDue { get; init; }
    public DateOnly? WatchedSafeDue { get; init; }

    /// <summary>What it came of in another service; null for every other door.</summary>
    public Origin? Origin { get; init; }
}

/// <summary>The door proposes not to consider it, for it is anonymous (401-V art. 11(7)); an officer confirms.</summary>
public sealed record InquiryNotConsidered(Guid InquiryId, string Reason, DateTimeOffset At);

/// <summary>An official confirmed that it is anonymous; what reports a crime or a threat was passed on at once (APPK 88).</summary>
public sealed record AnonymityConfirmed(Guid InquiryId, bool ReportsCrime, string? PassedTo, DateTimeOffset At);

/// <summary>An official found that it is not anonymous after all: it is registered and considered.</summary>
public sealed record AnonymityRejected(Guid InquiryId, DateTimeOffset At);

/// <summary>A unit, and perhaps an executor, of the holder has it.</summary>
public sealed record InquiryAssigned(Guid InquiryId, string Unit, string? Executor, DateTimeOffset At);

/// <summary>An official confirmed by which regime it is considered, and with it the date that is watched.</summary>
public sealed record RegimeConfirmed(Guid InquiryId, string Regime, DateOnly Due, DateOnly SafeDue, string Edition, string CalendarVersion, DateTimeOffset At);

/// <summary>An official tagged it with kinds of information that may not be restricted (401-V art. 6, numbers 1 to 15).</summary>
public sealed record TopicsTagged(Guid InquiryId, IReadOnlyList<int> Tags, DateTimeOffset At);

/// <summary>The asker was asked to clarify (401-V art. 9(1)); no clock stops. With <paramref name="Defects"/>: to mend them by <paramref name="Until"/> (APPK 64(6)).</summary>
public sealed record ClarificationAsked(Guid InquiryId, Guid QuestionId, string TextMac, IReadOnlyList<string> Defects, DateOnly? Until, DateTimeOffset At);

/// <summary>The asker clarified.</summary>
public sealed record ClarificationGiven(Guid InquiryId, Guid TextId, string TextMac, DateTimeOffset At);

/// <summary>The head extended the term once (401-V art. 11(10)), for the information of <paramref name="Holders"/> is needed; counted from the origin and rolled once. <paramref name="Unit"/>: CalendarDays or Months.</summary>
public sealed record DeadlineExtended(Guid InquiryId, int Length, string Unit, IReadOnlyList<string> Holders, Guid ReasonId, DateOnly Due, DateOnly SafeDue,
    string Edition, string CalendarVersion, DateTimeOffset At);

/// <summary>The asker was told of an extension or a forwarding. <paramref name="By"/>: email, post, phone, in-person, portal.</summary>
public sealed record AskerNotified(Guid InquiryId, string About, string By, DateTimeOffset At);

/// <summary>It went to the competent holder in full and goes on there as another request (401-V art. 11(11)). The reason is vault text.</summary>
public sealed record InquiryForwarded(Guid InquiryId, string ToHolder, Guid ForwardedInquiryId, Guid? ReasonId, DateTimeOffset At);

/// <summary>Parts of it went to other holders, each as a request with its own clock (APPK 65); the rest stays here.</summary>
public sealed record InquiryForwardedInPart(Guid InquiryId, IReadOnlyList<ForwardedPart> Parts, Guid? ReasonId, DateTimeOffset At);

/// <summary>One part: where it went, as which request; its words are vault text.</summary>
public sealed record ForwardedPart(string ToHolder, Guid ForwardedInquiryId, Guid TextId);

/// <summary>It came from another holder; this moment is the new holder's receipt.</summary>
public sealed record InquiryHandedOver(Guid InquiryId, Guid SubjectId, Guid FromInquiryId, string FromHolder, string Holder, string Language,
    string AnswerForm, string ApplicantKind, DateTimeOffset At)
{
    /// <summary>Only this part of it came; its words are vault text.</summary>
    public Guid? PartTextId { get; init; }
}

/// <summary>The holder acknowledged a hand-over.</summary>
public sealed record HandOverAccepted(Guid InquiryId, DateTimeOffset At);

/// <summary>It was answered. The words are vault text <paramref name="AnswerId"/>; <paramref name="TextMac"/> (keyed hash, base64) tells a repeat.</summary>
public sealed record InquiryAnswered(Guid InquiryId, Guid AnswerId, IReadOnlyList<string> Languages, string TextMac, DateTimeOffset At)
{
    /// <summary>The files that go with it; null in older facts: every file that was uploaded for the answer.</summary>
    public IReadOnlyList<Guid>? Files { get; init; }

    /// <summary>What became of the official's digital signature: valid, or unchecked; null without one.</summary>
    public string? Signature { get; init; }
}

/// <summary>It was answered but for some parts (401-V art. 5(3)); each says by which ground and law, and until when.</summary>
public sealed record InquiryAnsweredPartly(Guid InquiryId, Guid AnswerId, IReadOnlyList<string> Languages, string TextMac,
    IReadOnlyList<WithheldPart> Withheld, LegalOverride? Override, DateTimeOffset At)
{
    /// <summary>The files that go with it; null in older facts: every file that was uploaded for the answer.</summary>
    public IReadOnlyList<Guid>? Files { get; init; }

    /// <summary>What became of the official's digital signature: valid, or unchecked; null without one.</summary>
    public string? Signature { get; init; }
}

/// <summary>What is withheld: a ground of the closed list, the article of law, and until which day if the restriction has a term.</summary>
public sealed record WithheldPart(string Ground, string Article, DateOnly? Until);

/// <summary>The law by which what art. 6 protects may be restricted all the same.</summary>
public sealed record LegalOverride(string Article);

/// <summary>The asker was pointed to where it is published (401-V art. 11(15)); how to find it there is vault text.</summary>
public sealed record PointedToPublication(Guid InquiryId, string Address, Guid? WordsId, DateTimeOffset At);

/// <summary>The asker repeats a request that was pointed to a publication: it goes on as another one, to be answered in full.</summary>
public sealed record FullAnswerAsked(Guid InquiryId, Guid NextInquiryId, DateTimeOffset At);

/// <summary>A repeated request, which must be answered in full (401-V art. 11(15)).</summary>
public sealed record InquiryRepeated(Guid InquiryId, Guid SubjectId, Guid FromInquiryId, string Holder, string Language, string AnswerForm,
    string ApplicantKind, DateTimeOffset At);

/// <summary>It was refused on a ground of the closed list (401-V art. 11(16)); the facts and reasons are vault text. Without the route of complaint the complaint's term is 6 months (APPK 92).</summary>
public sealed record InquiryRefused(Guid InquiryId, string Ground, Guid ReasonId, string TextMac, IReadOnlyList<string> Languages, bool RouteNamed,
    LegalOverride? Override, DateTimeOffset At)
{
    /// <summary>What became of the official's digital signature: valid, or unchecked; null without one.</summary>
    public string? Signature { get; init; }
}

/// <summary>It was returned, for the defects named to the asker were not mended in time (APPK 64(7)).</summary>
public sealed record InquiryReturned(Guid InquiryId, Guid? ReasonId, bool RouteNamed, DateTimeOffset At);

/// <summary>The asker withdrew it (401-V art. 7). <paramref name="By"/>: asker, or officer who recorded it.</summary>
public sealed record InquiryWithdrawn(Guid InquiryId, string By, DateTimeOffset At);

/// <summary>An answer on paper left the house. <paramref name="By"/>: post, courier, in-person; <paramref name="Day"/>: when it was so.</summary>
public sealed record AnswerDispatched(Guid InquiryId, string By, string? Tracking, DateOnly Day, DateTimeOffset At);

/// <summary>An act came after its term. It is recorded beside the act, which stands. <paramref name="Due"/>: the last day of the term.</summary>
public sealed record ViolationRecorded(Guid InquiryId, string Rule, DateOnly Due, DateTimeOffset At);

/// <summary>An official cleared masked words of the answer for everybody (401-V art. 16(3)).</summary>
public sealed record AnswerClearedForDisclosure(Guid InquiryId, Guid DisclosureId, Bilingual Title, Bilingual Text, DateTimeOffset At);

/// <summary>A complaint came in (APPK 91). <paramref name="AboutSilence"/>: the term had passed without an answer, a deemed refusal. <paramref name="IsLate"/>: after the term of complaint; who decides it weighs that.</summary>
public sealed record ComplaintFiled(Guid InquiryId, Guid TextId, string TextMac, string By, bool AboutSilence, bool IsLate, DateTimeOffset At);

/// <summary>The holder did not satisfy it and passed complaint and file to its superior body (APPK 91(4)), where it is registered.</summary>
public sealed record ComplaintPassedUp(Guid InquiryId, string Holder, string ToBody, DateTimeOffset RegisteredAt, DateTimeOffset At);

/// <summary>A complaint was decided by the holder (only in full) or by its superior: satisfied, partly, denied. Satisfied, it opens the request again, to be answered by <paramref name="AnswerBy"/>.</summary>
public sealed record ComplaintDecided(Guid InquiryId, string Holder, string Body, string Outcome, Guid ReasonId, string TextMac, DateOnly? AnswerBy, DateTimeOffset At);

/// <summary>The watched term comes to its end: so many working days are left, counted to its safe day. <paramref name="At"/> is when that was so, however late it was written.</summary>
public sealed record DeadlineApproaching(Guid InquiryId, string Holder, int WorkingDaysLeft, DateOnly Due, DateTimeOffset At);

/// <summary>The watched term ended without the act. <paramref name="At"/>: 24:00 in Almaty of its last day, however late it was written.</summary>
public sealed record DeadlineMissed(Guid InquiryId, string Holder, DateOnly Due, DateTimeOffset At);
