using Platform;
using Public = Contracts.Inquiries;

namespace Inquiries;

/// <summary>The one list of what leaves this service. Progress of a request is for its holder's officials; what was disclosed is for everybody.</summary>
public static class Leaves
{
    public static readonly Leaving List = new Leaving()
        .On<InquiryRegistered>((e, m) => new(new Public.InquiryRegistered(e.InquiryId, m.Version, HolderOf(e.Number), e.Number, e.RegisteredAt, e.Due, e.SafeDue), HolderOf(e.Number)))
        .On<InquiryAssigned>((e, m) => new(new Public.InquiryAssigned(e.InquiryId, m.Version, Actor(m), e.At), Actor(m)))
        .On<InquiryForwarded>((e, m) => new(new Public.InquiryForwarded(e.InquiryId, m.Version, Actor(m), e.ToHolder, e.ForwardedInquiryId, e.At), Actor(m)))
        .On<InquiryAnswered>((e, m) => new(new Public.InquiryAnswered(e.InquiryId, m.Version, Actor(m), e.At), Actor(m)))
        .On<AnswerClearedForDisclosure>((e, m) => new(new Public.AnswerDisclosed(e.InquiryId, m.Version, e.DisclosureId, Actor(m), e.Title, e.Text, e.At), null));

    /// <summary>The body that acted: only a holder's own officials act on a request.</summary>
    private static string Actor(JasperFx.Events.IEvent e) => e.GetHeader(Sessions.Body)!.ToString()!;
    private static string HolderOf(string number) => number[..^12];
}
