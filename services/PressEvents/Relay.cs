using JasperFx.Events;
using Platform;
using Public = Contracts.PressEvents;

namespace PressEvents;

/// <summary>The one list of what leaves this service: what became of events that the public knows of; plans stay in the house.</summary>
public static class Leaves
{
    public static readonly Leaving List = new Leaving()
        .On<PressEventAnnounced>((e, m) => e.Public
            ? new(new Public.PressEventAnnounced(e.PressEventId, m.Version, e.Format, e.Body, e.Title, e.Summary, e.Start, e.End, e.Hall,
                Speakers(e.Speakers), e.Channels, e.At), null)
            : null)
        .On<PressEventRescheduled>((e, m) => e.Known
            ? new(new Public.PressEventRescheduled(e.PressEventId, m.Version, e.Body, e.PreviousStart, e.PreviousEnd, e.Start, e.End, e.Hall, e.At), null)
            : null)
        .On<PressEventRevised>((e, m) => e.Known
            ? new(new Public.PressEventRevised(e.PressEventId, m.Version, e.Body, e.Title, e.Summary, Speakers(e.Speakers), e.Channels, e.At), null)
            : null)
        .On<PressEventPostponed>((e, m) => e.Known ? new(new Public.PressEventPostponed(e.PressEventId, m.Version, e.Body, e.Start, e.Reason, e.At), null) : null)
        .On<PressEventStarted>((e, m) => e.Known ? new(new Public.PressEventStarted(e.PressEventId, m.Version, e.Body, e.At), null) : null)
        .On<PressEventConcluded>((e, m) => e.Known ? new(new Public.PressEventConcluded(e.PressEventId, m.Version, e.Body, e.MaterialsDue, e.At), null) : null)
        .On<MaterialsPublished>((e, m) => e.Known
            ? new(new Public.PressEventMaterialsPublished(e.PressEventId, m.Version, e.Body, [.. e.Materials.Select(x => new Public.PublishedMaterial(x.MaterialId, x.Kind, x.Language))], e.At), null)
            : null)
        .On<PressEventWithdrawn>((e, m) => e.Known ? new(new Public.PressEventWithdrawn(e.PressEventId, m.Version, e.Body, e.At), null) : null)
        .On<BroadcastWentOnAir>((e, m) => e.Known ? new(new Public.BroadcastWentOnAir(e.BroadcastId, m.Version, e.PressEventId, e.Channel, e.Url, e.At), null) : null)
        .On<BroadcastEnded>((e, m) => e.Known ? new(new Public.BroadcastEnded(e.BroadcastId, m.Version, e.PressEventId, false, e.At), null) : null)
        .On<BroadcastFailed>((e, m) => e.Known ? new(new Public.BroadcastEnded(e.BroadcastId, m.Version, e.PressEventId, true, e.At), null) : null)
        .On<PressEventCancelled>((e, m) => e.Known ? new(new Public.PressEventCancelled(e.PressEventId, m.Version, e.Body, e.Reason, e.At), null) : null)
        // for the event's body: whether a question is off the record is known only at reading
        .On<WrittenAnswerPromised>((e, m) => new(new Public.WrittenAnswerPromised(e.QuestionId, m.Version, e.PressEventId, e.Body, e.At), e.Body))
        .On<QuestionAnsweredInWriting>((e, m) => new(new Public.QuestionAnsweredInWriting(e.QuestionId, m.Version, e.PressEventId, e.Body, e.At), e.Body))
        .On<ProposalDecided>((e, m) => new(new Public.ProposalDecided(e.ProposalId, m.Version, e.PressEventId, e.Body, e.Decision, e.At), null))
        .On<StatementReleased>((e, m) => new(new Public.StatementReleased(e.StatementId, m.Version, e.Kind, e.Body, e.Title, e.Text, e.At), null))
        .On<StatementCorrected>((e, m) => new(new Public.StatementCorrected(e.StatementId, m.Version, e.Body, e.Title, e.Text, e.Reason, e.At), null))
        .On<StatementWithdrawn>((e, m) => new(new Public.StatementWithdrawn(e.StatementId, m.Version, e.Body, e.Reason, e.At), null))
        .On<HandOverTaken>((e, m) => new(new Public.HandOverTaken(e.HandOverId, m.Version, e.Kind, e.OriginId, e.InquiryId, e.At), e.Body))
        // for the accrediting service: a journalist's id names nobody, but whom it concerns is not for everybody; facts from before the scope tell nobody
        .On<AccreditationGranted>((e, m) => Decided(e.AccreditationId, m, e.JournalistId, e.Scope, "Granted", null, e.At, e.LastDay, e.ValidUntil))
        .On<AccreditationRefused>((e, m) => Decided(e.AccreditationId, m, e.JournalistId, e.Scope, "Refused", e.Reason, e.At))
        .On<AccreditationAppealDecided>((e, m) => e.Upheld ? null : Decided(e.AccreditationId, m, e.JournalistId, e.Scope, "RefusalUpheld", null, e.At)) // upheld: the grant stands beside it
        .On<AccreditationLapsed>((e, m) => e.Scope is not { } scope ? null
            : Service(new Public.AccreditationLapsed(e.AccreditationId, m.Version, e.JournalistId, scope.OutletId, scope.Kind, scope.PressEventId, e.Because, e.At)))
        .On<JournalistSuspended>((e, m) => Service(new Public.JournalistSuspended(e.JournalistId, m.Version, e.OutletId, e.Reason, e.LastDay, e.Until, e.At)))
        .On<JournalistSuspensionLifted>((e, m) => Service(new Public.JournalistSuspensionEnded(e.JournalistId, m.Version, e.OutletId, e.Reason, e.At)));

    private static Platform.Outgoing? Decided(Guid id, IEvent m, Guid journalistId, AccreditationScope? scope, string decision, string? reason, DateTimeOffset at, DateOnly? lastDay = null, DateTimeOffset? until = null) =>
        scope is null ? null : Service(new Public.AccreditationDecided(id, m.Version, journalistId, scope.OutletId, scope.Kind, scope.PressEventId, decision, reason, lastDay, until, at));

    private static Platform.Outgoing Service(object message) => new(message, Holders.CentralCommunications);

    private static List<Public.Speaker> Speakers(IReadOnlyList<Speaker> speakers) => [.. speakers.Select(s => new Public.Speaker(s.Name, s.Post ?? new(null, null)))];
}
