using Platform;
using Public = Contracts.Inquiries;

namespace Inquiries;

/// <summary>The one list of what leaves this service. Progress of a request is for its holder's officials; what was disclosed is for everybody.</summary>
public static class Leaves
{
    public static readonly Leaving List = new Leaving()
        .On<InquiryRegistered>((e, m) => new(new Public.InquiryRegistered(e.InquiryId, m.Version, HolderOf(e.Number), e.Number, e.RegisteredAt, e.Due, e.SafeDue) { Origin = e.Origin }, HolderOf(e.Number)))
        .On<InquiryAssigned>((e, m) => new(new Public.InquiryAssigned(e.InquiryId, m.Version, Actor(m), e.At), Actor(m)))
        .On<InquiryForwarded>((e, m) => new(new Public.InquiryForwarded(e.InquiryId, m.Version, Actor(m), e.ToHolder, e.ForwardedInquiryId, e.At), Actor(m)))
        .On<InquiryAnswered>((e, m) => new(new Public.InquiryAnswered(e.InquiryId, m.Version, Actor(m), e.At), Actor(m)))
        .On<InquiryForwardedInPart>((e, m) => new(new Public.InquiryForwardedInPart(e.InquiryId, m.Version, Actor(m), [.. e.Parts.Select(p => new Public.ForwardedPart(p.ToHolder, p.ForwardedInquiryId))], e.At), Actor(m)))
        .On<ClarificationAsked>((e, m) => new(new Public.InquiryClarificationAsked(e.InquiryId, m.Version, Actor(m), e.Until, e.At), Actor(m)))
        .On<DeadlineExtended>((e, m) => new(new Public.InquiryExtended(e.InquiryId, m.Version, Actor(m), e.Due, e.SafeDue, e.At), Actor(m)))
        .On<InquiryAnsweredPartly>((e, m) => Concluded(e.InquiryId, m, InquiryState.AnsweredPartly, null, e.At))
        .On<PointedToPublication>((e, m) => Concluded(e.InquiryId, m, InquiryState.PointedToPublication, null, e.At))
        .On<InquiryRefused>((e, m) => Concluded(e.InquiryId, m, InquiryState.Refused, e.Ground, e.At))
        .On<InquiryReturned>((e, m) => Concluded(e.InquiryId, m, InquiryState.Returned, null, e.At))
        .On<InquiryWithdrawn>((e, m) => Concluded(e.InquiryId, m, InquiryState.Withdrawn, null, e.At))
        .On<ComplaintFiled>((e, m) => Complaint(e.InquiryId, m, Actor(m), "filed", Actor(m), null, e.At))
        .On<ComplaintPassedUp>((e, m) => Complaint(e.InquiryId, m, e.Holder, "passed-up", e.ToBody, null, e.At))
        .On<ComplaintDecided>((e, m) => Complaint(e.InquiryId, m, e.Holder, "decided", e.Body, e.Outcome, e.At))
        .On<DeadlineApproaching>((e, m) => new(new Public.InquiryDeadlineNear(e.InquiryId, m.Version, e.Holder, e.WorkingDaysLeft, e.Due, e.At), e.Holder))
        .On<DeadlineMissed>((e, m) => new(new Public.InquiryDeadlineNear(e.InquiryId, m.Version, e.Holder, 0, e.Due, e.At), e.Holder))
        .On<CalendarEditionIssued>((e, m) => new(new Public.WorkingCalendarChanged(CalendarDecider.StreamId, m.Version, e.CalendarVersion, e.PublishedFrom, e.PublishedTo,
            [.. e.Days.Select(d => new Public.WorkingCalendarDay(d.Date, ChangedDays.Spelled(d.Kind), d.Note, d.For, d.Name))], e.At), null))
        .On<AnswerClearedForDisclosure>((e, m) => new(new Public.AnswerDisclosed(e.InquiryId, m.Version, e.DisclosureId, Actor(m), e.Title, e.Text, e.At), null));

    /// <summary>The body that acted: a holder's own officials act on a request, and an asker on what stands with that holder.</summary>
    private static string Actor(JasperFx.Events.IEvent e) => e.GetHeader(Sessions.Body)!.ToString()!;
    private static Platform.Outgoing Concluded(Guid id, JasperFx.Events.IEvent m, InquiryState how, string? ground, DateTimeOffset at) =>
        new(new Public.InquiryConcluded(id, m.Version, Actor(m), how.ToString(), ground, at), Actor(m));
    private static Platform.Outgoing Complaint(Guid id, JasperFx.Events.IEvent m, string holder, string step, string with, string? outcome, DateTimeOffset at) =>
        new(new Public.InquiryComplaintMoved(id, m.Version, holder, step, with, outcome, at), holder);
    private static string HolderOf(string number) => number[..^12];
}
