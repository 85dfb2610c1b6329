using System.Globalization;
using System.Text;

namespace PressEvents;

/// <summary>One of the two languages of everything that goes out.</summary>
public sealed record Language(string Code, Func<Bilingual, string?> Of)
{
    public static readonly Language Kk = new("kk", words => words.Kk), Ru = new("ru", words => words.Ru);
    public static readonly Language[] All = [Kk, Ru];
}

/// <summary>Content lines of RFC 5545: CRLF, folded at 75 octets between characters, text escaped.</summary>
public sealed class ContentLines
{
    private const int MostOctets = 75;
    private readonly StringBuilder _out = new();

    public ContentLines Add(string name, string value)
    {
        var octets = 0;
        foreach (var rune in $"{name}:{value}".EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > MostOctets)
            {
                _out.Append("\r\n ");
                octets = 1;
            }

            _out.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        _out.Append("\r\n");
        return this;
    }

    public ContentLines Text(string name, string? value) => Add(name, Escape(value ?? ""));

    /// <summary>UTC, so that no reader needs a zone block (libraries' own for Asia/Almaty carry a rule that is not so).</summary>
    public ContentLines Instant(string name, DateTimeOffset at) => Add(name, at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));

    public override string ToString() => _out.ToString();

    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in text.ReplaceLineEndings("\n"))
        {
            escaped.Append(c switch
            {
                '\\' or ';' or ',' => "\\" + c,
                '\n' => "\\n",
                '\t' => "\t",
                _ when char.IsControl(c) => "",
                _ => c.ToString(),
            });
        }

        return escaped.ToString();
    }
}

/// <summary>The calendar of press events. Every time in it is an event's own, never that of the request.</summary>
public static class PressCalendar
{
    public static string Write(IEnumerable<PressEventView> events, Language language, Catalogue catalogue, FeedAddress address)
    {
        var lines = new ContentLines().Add("BEGIN", "VCALENDAR").Add("VERSION", "2.0").Text("PRODID", language.Of(catalogue.Feed("product")))
            .Add("CALSCALE", "GREGORIAN").Add("METHOD", "PUBLISH").Text("X-WR-CALNAME", language.Of(catalogue.Feed("name")));
        foreach (var view in events)
        {
            Write(lines, view, language, catalogue, address);
        }

        return lines.Add("END", "VCALENDAR").ToString();
    }

    private static void Write(ContentLines lines, PressEventView view, Language language, Catalogue catalogue, FeedAddress address)
    {
        lines.Add("BEGIN", "VEVENT")
            .Text("UID", $"{view.Id}@{language.Of(catalogue.Feed("uid-suffix"))}")
            .Instant("DTSTAMP", view.ChangedAt).Instant("CREATED", view.AnnouncedAt!.Value).Instant("LAST-MODIFIED", view.ChangedAt)
            .Add("SEQUENCE", view.Sequence.ToString(CultureInfo.InvariantCulture))
            .Add("STATUS", view.CancelledAt is null ? "CONFIRMED" : "CANCELLED")
            .Instant("DTSTART", view.Start).Instant("DTEND", view.End)
            .Text("SUMMARY", language.Of(view.Title))
            .Text("DESCRIPTION", Description(view, language, catalogue));
        if (view.Hall is { } hall)
        {
            lines.Text("LOCATION", catalogue.Hall(hall) is { } known ? language.Of(known.Name) : hall);
        }

        lines.Text("CATEGORIES", catalogue.Format(view.Format) is { } format ? language.Of(format.Name) : view.Format)
            .Add("URL", address.Of(view.Id)).Add("END", "VEVENT");
    }

    private static string Description(PressEventView view, Language language, Catalogue catalogue)
    {
        var body = Holders.Find(view.Body);
        IEnumerable<string?> parts =
        [
            view.CancelledBecause is { } reason ? $"{language.Of(catalogue.Feed("cancelled"))}: {language.Of(reason)}" : null,
            language.Of(view.Summary),
            language == Language.Kk ? body?.NameKk : body?.NameRu,
            .. view.Speakers.Select(s => s.Post is { } post && language.Of(post) is { } words ? $"{language.Of(s.Name)}, {words}" : language.Of(s.Name)),
        ];
        return string.Join('\n', parts.Where(part => part is not null));
    }
}
