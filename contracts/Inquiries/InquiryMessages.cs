namespace Contracts.Inquiries;

// What other services may know about requests for information: ids, dates and what is already public. No personal data, no
// free text from citizens. Namespace and name are the wire name; a new shape is a new record beside the old one.

/// <summary>A request was registered with a holder. Dates are calendar days in Asia/Almaty. Source: 401-V art. 11(7), 11(10).</summary>
public sealed record InquiryRegistered(Guid InquiryId, long Version, string Holder, string Number, DateTimeOffset RegisteredAt, DateOnly Due, DateOnly SafeDue);

/// <summary>A request was given to a unit of its holder.</summary>
public sealed record InquiryAssigned(Guid InquiryId, long Version, string Holder, DateTimeOffset AssignedAt);

/// <summary>A request was forwarded in full; it goes on as <paramref name="ForwardedInquiryId"/> of the other holder. Source: 401-V art. 11(11).</summary>
public sealed record InquiryForwarded(Guid InquiryId, long Version, string FromHolder, string ToHolder, Guid ForwardedInquiryId, DateTimeOffset ForwardedAt);

/// <summary>A request was answered; the answer itself stays with the holder and the asker.</summary>
public sealed record InquiryAnswered(Guid InquiryId, long Version, string Holder, DateTimeOffset AnsweredAt);

/// <summary>An official cleared the masked words of an answer for everybody to read. Source: 401-V art. 16(3).</summary>
public sealed record AnswerDisclosed(Guid InquiryId, long Version, Guid DisclosureId, string Holder, Bilingual Title, Bilingual Text, DateTimeOffset ClearedAt);
