namespace Contracts.Inquiries;

// What other services may know about requests for information: ids, dates and what is already public. No personal data, no
// free text from citizens. Namespace and name are the wire name; a new shape is a new record beside the old one.

/// <summary>A request was registered with a holder. Dates are calendar days in Asia/Almaty. Source: 401-V art. 11(7), 11(10).</summary>
public sealed record InquiryRegistered(Guid InquiryId, long Version, string Holder, string Number, DateTimeOffset RegisteredAt, DateOnly Due, DateOnly SafeDue)
{
    /// <summary>What it came of in another service of the platform; null for what came by any other door.</summary>
    public Origin? Origin { get; init; }
}

/// <summary>What a request came of elsewhere. <paramref name="Kind"/>: press-question, statement-clarification, inbox; <paramref name="Id"/> is that service's own.</summary>
public sealed record Origin(string Kind, Guid Id);

/// <summary>A request was given to a unit of its holder.</summary>
public sealed record InquiryAssigned(Guid InquiryId, long Version, string Holder, DateTimeOffset AssignedAt);

/// <summary>A request was forwarded in full; it goes on as <paramref name="ForwardedInquiryId"/> of the other holder. Source: 401-V art. 11(11).</summary>
public sealed record InquiryForwarded(Guid InquiryId, long Version, string FromHolder, string ToHolder, Guid ForwardedInquiryId, DateTimeOffset ForwardedAt);

/// <summary>A request was answered; the answer itself stays with the holder and the asker.</summary>
public sealed record InquiryAnswered(Guid InquiryId, long Version, string Holder, DateTimeOffset AnsweredAt);

/// <summary>An official cleared the masked words of an answer for everybody to read. Source: 401-V art. 16(3).</summary>
public sealed record AnswerDisclosed(Guid InquiryId, long Version, Guid DisclosureId, string Holder, Bilingual Title, Bilingual Text, DateTimeOffset ClearedAt);

/// <summary>Parts of a request were forwarded, each as a request of its own at another holder. Source: APPK 65.</summary>
public sealed record InquiryForwardedInPart(Guid InquiryId, long Version, string FromHolder, IReadOnlyList<ForwardedPart> Parts, DateTimeOffset ForwardedAt);

/// <summary>One part that went on: at which holder, as which request.</summary>
public sealed record ForwardedPart(string ToHolder, Guid ForwardedInquiryId);

/// <summary>The asker was asked to clarify; no clock stops. <paramref name="Until"/>: last day for mending named defects (Asia/Almaty). Source: 401-V art. 9(1), APPK 64(6).</summary>
public sealed record InquiryClarificationAsked(Guid InquiryId, long Version, string Holder, DateOnly? Until, DateTimeOffset AskedAt);

/// <summary>The term was extended once by the head. Dates are calendar days in Asia/Almaty. Source: 401-V art. 11(10).</summary>
public sealed record InquiryExtended(Guid InquiryId, long Version, string Holder, DateOnly Due, DateOnly SafeDue, DateTimeOffset ExtendedAt);

/// <summary>A request was concluded otherwise than by a full answer. <paramref name="As"/>: AnsweredPartly, PointedToPublication, Refused, Returned, Withdrawn. <paramref name="Ground"/>: of refusal.</summary>
public sealed record InquiryConcluded(Guid InquiryId, long Version, string Holder, string As, string? Ground, DateTimeOffset ConcludedAt);

/// <summary>A complaint about a request moved: filed, passed up or decided. <paramref name="With"/>: the body that considers it, or decided it. Source: APPK 91-100.</summary>
public sealed record InquiryComplaintMoved(Guid InquiryId, long Version, string Holder, string Step, string With, string? Outcome, DateTimeOffset At);

/// <summary>The watched term of a request comes to its end: so many working days are left, counted to the safe day; 0: it was missed. Days in Asia/Almaty.</summary>
public sealed record InquiryDeadlineNear(Guid InquiryId, long Version, string Holder, int WorkingDaysLeft, DateOnly Due, DateTimeOffset EffectiveAt);
