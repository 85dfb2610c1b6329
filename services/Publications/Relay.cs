using Platform;
using Public = Contracts.Publications;

namespace Publications;

/// <summary>The one list of what leaves this service: what is out is for everybody, what missed its time for its body's officials.</summary>
public static class Leaves
{
    public static readonly Leaving List = new Leaving()
        .On<PublicationReleased>((e, m) => new(new Public.PublicationReleased(e.PublicationId, m.Version, e.Body, e.Kind, e.Title, e.Channels, e.Cause, e.At), null))
        .On<LanguageReleased>((e, m) => new(new Public.LanguageReleased(e.PublicationId, m.Version, e.Body, e.Kind, e.Language, e.Title, e.Channels, e.At), null))
        .On<PublicationCorrected>((e, m) => new(new Public.PublicationCorrected(e.PublicationId, m.Version, e.Body, e.Kind, e.Notice, e.At), null))
        .On<PublicationWithdrawn>((e, m) => new(new Public.PublicationWithdrawn(e.PublicationId, m.Version, e.Body, e.Kind, e.Notice, e.At), null))
        .On<PublicationMissed>((e, m) => new(new Public.PublicationMissed(e.PublicationId, m.Version, e.Body, e.DueAt, e.At), e.Body));
}
