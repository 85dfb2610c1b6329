using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Marten;
using NodaTime;
using NodaTime.Calendars;
using NodaTime.Text;
using Platform;

namespace PressEvents;

/// <summary>A week by ISO 8601, from Monday, and the instant as of which it is announced: that Monday at 09:00 in Almaty.</summary>
public sealed record AnnouncedWeek(string Name, LocalDate Monday)
{
    private static readonly LocalTime Hour = new(9, 0);

    public DateTimeOffset From => Registration.Almaty.AtStartOfDay(Monday).ToDateTimeOffset();
    public DateTimeOffset To => Registration.Almaty.AtStartOfDay(Monday.PlusDays(7)).ToDateTimeOffset();
    public DateTimeOffset AsOf => Times.On(Monday, Hour);

    public bool Holds(DateTimeOffset start) => From <= start && start < To;

    public static AnnouncedWeek Of(LocalDate day)
    {
        var (year, week) = (WeekYearRules.Iso.GetWeekYear(day), WeekYearRules.Iso.GetWeekOfWeekYear(day));
        return new(string.Create(CultureInfo.InvariantCulture, $"{year:0000}-W{week:00}"), WeekYearRules.Iso.GetLocalDate(year, week, IsoDayOfWeek.Monday));
    }

    /// <summary>As in 2026-W50; null is the week of today.</summary>
    public static AnnouncedWeek Parse(string? text, LocalDate today)
    {
        if (text is null)
        {
            return Of(today);
        }

        return text.Length == 8 && text[4..6] == "-W" && int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 2000 and <= 2100
            && int.TryParse(text.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var week) && week >= 1 && week <= WeekYearRules.Iso.GetWeeksInWeekYear(year)
            ? new(text, WeekYearRules.Iso.GetLocalDate(year, week, IsoDayOfWeek.Monday))
            : throw Refused.Invalid("week-invalid", "week is a week of ISO 8601, such as 2026-W50.", "week");
    }
}

/// <summary>An event in the announcement, in one language; times with Almaty's offset.</summary>
public sealed record AnnouncedItem(Guid Id, string State, string Title, string Format, string? Body, DateTimeOffset Start, DateTimeOffset End, string? Place, IReadOnlyList<string?> Speakers,
    IReadOnlyList<string> Channels, string? Trouble, string Url);

/// <summary>The week's announcement. <paramref name="AsOf"/>: as it stood then, for ever; null before that Monday's 09:00, while it may still change.</summary>
public sealed record WeekAnnounced(string Week, LocalDate From, LocalDate To, string Language, DateTimeOffset? AsOf, string Title, IReadOnlyList<AnnouncedItem> Items);

/// <summary>Finds what was announced for a week as of its Monday: events are folded up to that instant, so that what came later changes nothing.</summary>
public static class Announcement
{
    public static async Task<IReadOnlyList<PressEventView>> Read(IQuerySession session, AnnouncedWeek week, bool isFinal, CancellationToken ct)
    {
        var (from, to) = (week.From.ToUniversalTime(), week.To.ToUniversalTime());
        // what stands in the week now, and what was moved out of it or within it
        var candidates = await session.QueryAsync<PressEventView>("""
            where is_open and ((start >= ? and start < ?) or exists (select from jsonb_array_elements_text(data -> 'previousStarts') s where s.value::timestamptz >= ? and s.value::timestamptz < ?))
            """, ct, from, to, from, to);
        List<PressEventView> then = [];
        foreach (var candidate in candidates)
        {
            var view = isFinal ? (await session.AsOf<PressEventView>(candidate.Id, week.AsOf, PressEventViewFold.Evolve, ct))?.State : candidate;
            if (view is { IsOpen: true, State: not nameof(PressEventState.Postponed) } && week.Holds(view.Start))
            {
                then.Add(view);
            }
        }

        return [.. then.OrderBy(v => v.Start).ThenBy(v => v.Id)];
    }

    public static WeekAnnounced Of(AnnouncedWeek week, bool isFinal, IReadOnlyList<PressEventView> events, Language language, Catalogue catalogue, FeedAddress address) => new(week.Name, week.Monday,
        week.Monday.PlusDays(6), language.Code, isFinal ? week.AsOf : null, language.Of(catalogue.Feed("week"))!, [.. events.Select(v => new AnnouncedItem(v.Id, v.State, language.Of(v.Title) ?? "",
            EventWords.Format(v, language, catalogue), EventWords.Body(v.Body, language), v.Start.InAlmaty(), v.End.InAlmaty(), EventWords.Place(v, language, catalogue),
            [.. v.Speakers.Select(s => EventWords.Speaker(s, language))], v.Channels, EventWords.Trouble(v, language, catalogue), address.Of(v.Id)))]);

    public static byte[] Json(WeekAnnounced week) => JsonSerializer.SerializeToUtf8Bytes(week, Platform.Json.WithoutAbsent);

    /// <summary>The page itself; every word is escaped, nothing is loaded from anywhere.</summary>
    public static byte[] Html(WeekAnnounced week, Catalogue catalogue)
    {
        var (kk, page) = (week.Language == "kk", new StringBuilder());
        string Say(string key) => Safe(kk ? catalogue.Feed(key).Kk : catalogue.Feed(key).Ru);
        var title = $"{Safe(week.Title)}: {Day(week.From)}–{Day(week.To)}";
        page.Append(CultureInfo.InvariantCulture, $"<!doctype html>\n<html lang=\"{week.Language}\"><meta charset=\"utf-8\"><title>{title}</title>\n");
        page.Append("<style>body{font:1em/1.5 sans-serif;max-width:46em;margin:2em auto;padding:0 1em}h2{font-size:1em;margin:0}section{margin:1.5em 0}.trouble{font-weight:bold}</style>\n");
        page.Append(CultureInfo.InvariantCulture, $"<h1>{title}</h1>\n{(week.AsOf is null ? $"<p>{Say("preliminary")}</p>\n" : "")}{(week.Items.Count == 0 ? $"<p>{Say("nothing")}</p>\n" : "")}");
        foreach (var item in week.Items)
        {
            page.Append(CultureInfo.InvariantCulture, $"<section><p><time datetime=\"{item.Start:yyyy-MM-dd'T'HH:mm:sszzz}\">{Day(LocalDate.FromDateTime(item.Start.DateTime))}, {item.Start:HH:mm}–{item.End:HH:mm}</time></p>\n");
            page.Append(CultureInfo.InvariantCulture, $"<h2><a href=\"{Safe(item.Url)}\">{Safe(item.Title)}</a></h2>\n<p>{string.Join(" · ", new[] { item.Format, item.Body, item.Place }.Where(s => s is not null).Select(Safe))}</p>\n");
            page.Append(item.Trouble is null ? "" : $"<p class=\"trouble\">{Safe(item.Trouble)}</p>\n");
            page.Append(CultureInfo.InvariantCulture, $"<p>{string.Join("; ", item.Speakers.Select(Safe))}</p></section>\n");
        }

        return Encoding.UTF8.GetBytes(page.Append("</html>\n").ToString());
    }

    private static string Day(LocalDate day) => LocalDatePattern.CreateWithInvariantCulture("dd.MM.yyyy").Format(day);
    private static string Safe(string? words) => WebUtility.HtmlEncode(words ?? "");
}
