using Platform;

namespace PressEvents;

/// <summary>The Atom feed (RFC 4287) of press events: one entry for ever, changed with each version; cancelled ones stay and say so; withdrawn ones leave a tombstone (RFC 6721).</summary>
public static class AtomEvents
{
    public const string ContentType = "application/atom+xml; charset=utf-8";
    private const string States = "urn:platform:press-event-state", Versions = "urn:platform:press-event-version";

    public static string IdOf(Guid pressEventId) => $"urn:uuid:{pressEventId}";

    public static byte[] Entry(PressEventView view, Language language, Catalogue catalogue, FeedAddress address) => AtomFeed.Bytes(new AtomEntry(IdOf(view.Id), language.Of(view.Title), view.ChangedAt,
        EventWords.Body(view.Body, language) ?? view.Body, view.Format, When(view) + "\n" + EventWords.Description(view, language, catalogue), view.AnnouncedAt, address.Of(view.Id),
        [(States, view.State), (Versions, view.Version.ToString(System.Globalization.CultureInfo.InvariantCulture))]));

    public static byte[] Tombstone(PressEventView view) => AtomFeed.Tombstone(IdOf(view.Id), view.WithdrawnAt!.Value);

    public static (byte[] Head, byte[] Foot) Frame(Language language, Catalogue catalogue, string of, string self, DateTimeOffset updated) =>
        AtomFeed.Frame(self, language.Of(catalogue.Feed("name")) + of, language.Code, EventWords.Body(Holders.CentralCommunications, language)!, self, updated);

    private static string When(PressEventView view) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{view.Start.InAlmaty():dd.MM.yyyy HH:mm}–{view.End.InAlmaty():HH:mm}");
}
