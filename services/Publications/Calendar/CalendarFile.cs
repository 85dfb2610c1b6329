using System.Text;
using System.Text.Json;
using Platform;

namespace Publications;

/// <summary>One body's calendar as iCalendar (RFC 5545), private to it. Every time in it is the item's own.</summary>
public static class CalendarFile
{
    public const int DaysBack = 31, DaysAhead = 366;

    private static readonly Dictionary<string, Bilingual> States = new()
    {
        ["Drafted"] = new("жоба", "черновик"),
        ["InReview"] = new("келісуде", "на согласовании"),
        ["Approved"] = new("мақұлданды", "одобрено"),
        ["Scheduled"] = new("жариялауға қойылды", "поставлено в график"),
        ["Releasing"] = new("жариялануда", "публикуется"),
        ["Released"] = new("жарияланды", "опубликовано"),
        [ElsewhereInCalendar.State] = new("органның өзі жариялады", "опубликовано самим органом"),
        ["Corrected"] = new("түзетілді", "исправлено"),
        ["Withdrawn"] = new("кері қайтарылды", "отозвано"),
        ["Held"] = new("кідіртілді", "задержано"),
        ["Missed"] = new("уақыты өтіп кетті", "время пропущено"),
        ["Cancelled"] = new("күші жойылды", "отменено"),
    };

    public static string Write(string body, string language, IEnumerable<(CalendarShown Item, DateTimeOffset Since)> items)
    {
        var holder = Holders.Find(body);
        var name = language == Languages.Kk ? $"Жарияланымдар күнтізбесі: {holder?.NameKk ?? body}" : $"Календарь публикаций: {holder?.NameRu ?? body}";
        var lines = new ContentLines().Add("BEGIN", "VCALENDAR").Add("VERSION", "2.0").Text("PRODID", "-//Publications//Calendar//" + language.ToUpperInvariant()).Add("CALSCALE", "GREGORIAN")
            .Add("METHOD", "PUBLISH").Text("X-WR-CALNAME", name);
        foreach (var (item, since) in items)
        {
            Entry(lines, item, since, language);
        }

        return lines.Add("END", "VCALENDAR").ToString();
    }

    /// <summary>A moment, which takes up no time; what was cancelled stays for a while as cancelled, so that programs take it away.</summary>
    private static void Entry(ContentLines lines, CalendarShown item, DateTimeOffset since, string language)
    {
        lines.Add("BEGIN", "VEVENT")
            .Text("UID", $"{item.PublicationId}.{item.Channel}@publications")
            .Instant("DTSTAMP", since).Instant("LAST-MODIFIED", since)
            .Add("STATUS", item.State is "Cancelled" or "Withdrawn" ? "CANCELLED" : item.Place == "wanted" || CalendarPlaces.Absent.Contains(item.State) ? "TENTATIVE" : "CONFIRMED")
            .Add("TRANSP", "TRANSPARENT").Add("CLASS", "PRIVATE")
            .Instant("DTSTART", item.At)
            .Text("SUMMARY", item.Title.In(language) ?? item.Title.Kk ?? item.Title.Ru ?? item.Kind)
            .Text("DESCRIPTION", States.TryGetValue(item.State, out var words) ? words.In(language) : item.State)
            .Text("LOCATION", item.Channel).Text("CATEGORIES", item.Kind);
        if (item.Url is { } url)
        {
            lines.Add("URL", url);
        }

        lines.Add("END", "VEVENT");
    }
}

public static class CalendarFileRest
{
    public static void MapCalendarFile(this IEndpointRouteBuilder app) => app.MapGet("/v1/calendar.ics", Get).WithTags("Calendar").RequireRateLimiting(Service.CitizensLimit)
        .WithSummary("The body's calendar from a month back to a year ahead as iCalendar, in kk or ru: with a token of an official, or for calendar programs with a key in its address.");

    private static async Task<IResult> Get(string? key, string? language, string? body, CalendarKeys keys, CalendarFileReads reads, Work work, HttpResponse reply, CancellationToken ct)
    {
        var spoken = language is null || Languages.All.Contains(language) ? language ?? Languages.Kk : throw Refused.Invalid("language-invalid", "language is kk or ru.", "language");
        var whose = key is not null ? await keys.Opens(key, ct)
            : work.Caller.Scope(body) ?? CalendarScope.Known(work.Caller.Body ?? throw Refused.Invalid("body-missing", "Say whose calendar.", "body"));
        reply.Headers.CacheControl = "private, no-store";
        return TypedResults.Bytes(Encoding.UTF8.GetBytes(CalendarFile.Write(whose, spoken, await reads.Of(whose, ct))), ContentLines.ContentType);
    }
}

public sealed class CalendarFileReads(Npgsql.NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>What stands there now, with when it came to be so.</summary>
    public async Task<IReadOnlyList<(CalendarShown Item, DateTimeOffset Since)>> Of(string body, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var command = database.CreateCommand("""
            select shown, valid_from from calendar_items where valid_to = 'infinity' and body = $1 and at >= $2 and at < $3 order by at, publication_id, channel
            """);
        command.Parameters.Add(new() { Value = body });
        command.Parameters.Add(new() { Value = now.AddDays(-CalendarFile.DaysBack) });
        command.Parameters.Add(new() { Value = now.AddDays(CalendarFile.DaysAhead) });
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<(CalendarShown, DateTimeOffset)> items = [];
        while (await reader.ReadAsync(ct))
        {
            items.Add((JsonSerializer.Deserialize<CalendarShown>(reader.GetString(0), Json.Options)!, reader.GetFieldValue<DateTimeOffset>(1)));
        }

        return items;
    }
}
