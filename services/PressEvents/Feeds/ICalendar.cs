using System.Globalization;
using Platform;

namespace PressEvents;

/// <summary>One of the two languages of everything that goes out.</summary>
public sealed record Language(string Code, Func<Bilingual, string?> Of)
{
    public static readonly Language Kk = new("kk", words => words.Kk), Ru = new("ru", words => words.Ru);
    public static readonly Language[] All = [Kk, Ru];
}

/// <summary>The calendar of press events. Every time in it is an event's own, never that of the request.</summary>
public static class PressCalendar
{
    public const string ContentType = ContentLines.ContentType;

    public static string Write(IEnumerable<PressEventView> events, Language language, Catalogue catalogue, FeedAddress address) =>
        Head(language, catalogue, "") + string.Concat(events.Select(view => Entry(view, language, catalogue, address))) + Foot;

    public const string Foot = "END:VCALENDAR\r\n";

    /// <param name="of">What the calendar is narrowed to, in words.</param>
    public static string Head(Language language, Catalogue catalogue, string of) => new ContentLines().Add("BEGIN", "VCALENDAR").Add("VERSION", "2.0")
        .Text("PRODID", language.Of(catalogue.Feed("product"))).Add("CALSCALE", "GREGORIAN").Add("METHOD", "PUBLISH").Text("X-WR-CALNAME", language.Of(catalogue.Feed("name")) + of).ToString();

    /// <summary>SEQUENCE counts the announced changes; what was postponed keeps its last times, for a calendar knows no event without, and is tentative.</summary>
    public static string Entry(PressEventView view, Language language, Catalogue catalogue, FeedAddress address)
    {
        var lines = new ContentLines().Add("BEGIN", "VEVENT")
            .Text("UID", $"{view.Id}@{language.Of(catalogue.Feed("uid-suffix"))}")
            .Instant("DTSTAMP", view.ChangedAt).Instant("CREATED", view.AnnouncedAt!.Value).Instant("LAST-MODIFIED", view.ChangedAt)
            .Add("SEQUENCE", view.Sequence.ToString(CultureInfo.InvariantCulture))
            .Add("STATUS", view.State switch { nameof(PressEventState.Cancelled) => "CANCELLED", nameof(PressEventState.Postponed) => "TENTATIVE", _ => "CONFIRMED" })
            .Instant("DTSTART", view.Start).Instant("DTEND", view.End)
            .Text("SUMMARY", language.Of(view.Title))
            .Text("DESCRIPTION", EventWords.Description(view, language, catalogue));
        if (EventWords.Place(view, language, catalogue) is { } place)
        {
            lines.Text("LOCATION", place);
        }

        return lines.Text("CATEGORIES", EventWords.Format(view, language, catalogue)).Add("URL", address.Of(view.Id)).Add("END", "VEVENT").ToString();
    }
}

/// <summary>What feeds say of an event in one language.</summary>
public static class EventWords
{
    public static string Format(PressEventView view, Language language, Catalogue catalogue) => catalogue.Format(view.Format) is { } format ? language.Of(format.Name)! : view.Format;

    /// <summary>The hall, or the region of an event of an akimat; null where it has no place that we know of.</summary>
    public static string? Place(PressEventView view, Language language, Catalogue catalogue) =>
        view.Hall is { } hall ? catalogue.Hall(hall) is { } known ? language.Of(known.Name) : hall
        : Regions.Find(view.Region) is { } region ? language == Language.Kk ? region.NameKk : region.NameRu
        : null;

    public static string? Body(string code, Language language) => Holders.Find(code) is { } body ? language == Language.Kk ? body.NameKk : body.NameRu : null;

    public static string? Speaker(Speaker speaker, Language language) =>
        speaker.Post is { } post && language.Of(post) is { } words ? $"{language.Of(speaker.Name)}, {words}" : language.Of(speaker.Name);

    /// <summary>Why it does not take place, or not yet; null for what does.</summary>
    public static string? Trouble(PressEventView view, Language language, Catalogue catalogue) => view.State switch
    {
        nameof(PressEventState.Cancelled) => $"{language.Of(catalogue.Feed("cancelled"))}: {language.Of(view.CancelledBecause!)}",
        nameof(PressEventState.Postponed) => $"{language.Of(catalogue.Feed("postponed"))}: {language.Of(view.PostponedBecause!)}",
        _ => null,
    };

    public static string Description(PressEventView view, Language language, Catalogue catalogue) => string.Join('\n', new[]
    {
        Trouble(view, language, catalogue), language.Of(view.Summary), Body(view.Body, language),
    }.Concat(view.Speakers.Select(s => Speaker(s, language))).Where(part => part is not null));
}
