using JasperFx.Events;
using Platform;
using Public = Contracts.Publications;

namespace Publications;

/// <summary>The one list of what leaves this service: what is out is for everybody; the way there is for its body's officials, in steps and times without a word of it.</summary>
public static class Leaves
{
    public static readonly Leaving List = new Leaving()
        .On<PublicationReleased>((e, m) => new(new Public.PublicationReleased(e.PublicationId, m.Version, e.Body, e.Kind, e.Title, e.Channels, e.Cause, e.At), null))
        .On<LanguageReleased>((e, m) => new(new Public.LanguageReleased(e.PublicationId, m.Version, e.Body, e.Kind, e.Language, e.Title, e.Channels, e.At), null))
        .On<PublicationCorrected>((e, m) => new(new Public.PublicationCorrected(e.PublicationId, m.Version, e.Body, e.Kind, e.Notice, e.At), null))
        .On<PublicationWithdrawn>((e, m) => new(new Public.PublicationWithdrawn(e.PublicationId, m.Version, e.Body, e.Kind, e.Notice, e.At), null))
        .On<PublicationMissed>((e, m) => new(new Public.PublicationMissed(e.PublicationId, m.Version, e.Body, e.DueAt, e.At), e.Body))
        .On<PublicationDrafted>((e, m) => Moved("drafted", e.PublicationId, m, e.Body, e.At))
        .On<PublicationEdited>((e, m) => Moved("edited", e.PublicationId, m, e.Body, e.At, e.Lapsed))
        .On<PublicationSubmitted>((e, m) => Moved("submitted", e.PublicationId, m, null, e.At))
        .On<PublicationApproved>((e, m) => Moved("approved", e.PublicationId, m, null, e.At, [e.Language]))
        .On<PublicationRejected>((e, m) => Moved("rejected", e.PublicationId, m, null, e.At))
        .On<CauseChanged>((e, m) => Moved("cause-changed", e.PublicationId, m, e.Body, e.At))
        .On<PublicationReturned>((e, m) => Moved("returned", e.PublicationId, m, e.Body, e.At))
        .On<PublicationScheduled>((e, m) => Moved("scheduled", e.PublicationId, m, null, e.At, dueAt: e.DueAt))
        .On<PublicationHeld>((e, m) => Moved("held", e.PublicationId, m, null, e.At))
        .On<EmergencyReleaseOrdered>((e, m) => Moved("release-ordered", e.PublicationId, m, null, e.At, dueAt: e.At))
        .On<MissedPublicationDecided>((e, m) => Moved(e.Decision == Decisions.Drop ? "dropped" : "release-decided", e.PublicationId, m, e.Body, e.At))
        .On<PublicationCancelled>((e, m) => Moved("cancelled", e.PublicationId, m, e.Body, e.At))
        .On<CorrectionProposed>((e, m) => Moved("correction-proposed", e.PublicationId, m, null, e.At))
        .On<CorrectionApproved>((e, m) => Moved("correction-approved", e.PublicationId, m, null, e.At, [e.Language]))
        .On<CorrectionRejected>((e, m) => Moved("correction-rejected", e.PublicationId, m, null, e.At));

    /// <summary>Only a body's own people act on what is its own, so the metadata tell whose it is where the fact does not; where neither does, nobody is told.</summary>
    private static Platform.Outgoing? Moved(string step, Guid id, IEvent m, string? body, DateTimeOffset at, IReadOnlyList<string>? languages = null, DateTimeOffset? dueAt = null) =>
        (body ?? m.GetHeader(Sessions.Body)?.ToString()) is not { } owner ? null : new(new Public.PublicationMoved(id, m.Version, owner, step, languages, dueAt, at), owner);
}
