extern alias publications;

using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using publications::Publications;

namespace Platform.Wire;

/// <summary>The calendar of publications over HTTP: collisions, gaps before they happen, what it said at an instant, its file, and the duties of sites.</summary>
[Collection(House.Collection)]
public sealed class The_content_calendar(House house)
{
    private const string Body = "akimat-23", Other = "akimat-19";
    private static readonly DateTimeOffset First = new(DateTime.UtcNow.Year + 1, 6, 10, 9, 0, 0, TimeSpan.FromHours(5));

    private Door Editor => house.Publishing(Roles.Editor, Body);

    [Fact]
    public async Task Shows_what_collides_and_what_will_be_missing_and_remembers_what_it_said()
    {
        var cadence = (await Editor.Post("/v1/cadences", new { channel = "site", everyHours = 48, minutesBetween = 20 })).Is(201);
        Assert.Equal($"/v1/cadences/{cadence.Text("id")}", cadence.Headers.Location!.ToString());
        (await Editor.Post("/v1/cadences", new { channel = "site", everyHours = 48, minutesBetween = 20 })).Is(200);
        (await Editor.Post("/v1/cadences", new { channel = "site", perDay = 1 })).Is(409, "cadence-exists");
        var (one, two) = (await Drafted(First), await Drafted(First.AddMinutes(19)));

        var shown = (await Calendar(Editor)).Is(200);
        Assert.Equal([one.Text("id")!, two.Text("id")!], On(shown, First));
        Assert.Equal([one.Text("id")!, two.Text("id")!], shown.Json.GetProperty("collisions")[0].GetProperty("publicationIds").EnumerateArray().Select(i => i.GetString()!));
        Assert.Contains(shown.Json.GetProperty("gaps").EnumerateArray(), g => g.GetProperty("from").GetDateTimeOffset() == First.AddMinutes(19).AddHours(48) && g.GetProperty("rule").GetString() == "everyHours");

        var then = await Now();
        (await Editor.Post($"/v1/publications/{one.Text("id")}/edit", new { wantedAt = First.AddDays(3) }, 1)).Is(200);
        (await Editor.Post($"/v1/publications/{two.Text("id")}/cancel", new { }, 1)).Is(200);
        (await Editor.Post($"/v1/cadences/{cadence.Text("id")}/drop", new { }, 1)).Is(200);

        shown = await Calendar(Editor);
        Assert.Empty(On(shown, First));
        Assert.Equal([one.Text("id")!], On(shown, First.AddDays(3)));
        Assert.Equal((0, 0), (shown.Json.GetProperty("collisions").GetArrayLength(), shown.Json.GetProperty("gaps").GetArrayLength()));
        var said = await Calendar(Editor, "&asOf=" + Uri.EscapeDataString(then.ToString("O", CultureInfo.InvariantCulture)));
        Assert.Equal([one.Text("id")!, two.Text("id")!], On(said, First));
        Assert.Equal((1, true), (said.Json.GetProperty("collisions").GetArrayLength(), said.Json.GetProperty("gaps").GetArrayLength() > 0));
    }

    [Fact]
    public async Task Shows_what_the_body_published_by_itself()
    {
        var (url, at) = ("https://akimat.example/" + Guid.NewGuid(), DateTimeOffset.UtcNow.AddMinutes(-5));
        var report = new { url, publishedAt = at, title = new { kk = "Өз жаңалығымыз", ru = "Своя новость" }, channel = "site" };
        (await Editor.Post("/v1/published-elsewhere", report with { channel = "no-such" })).Is(400, "channel-unknown");
        var one = (await Editor.Post("/v1/published-elsewhere", report)).Is(201);
        var other = (await Editor.Post("/v1/published-elsewhere", report with { url = url + "/2", channel = "" })).Is(201);
        var draft = await Drafted(at.AddMinutes(1));
        Task<Reply> Day(Door door, string more = "") => door.Get($"/v1/calendar?view=day&from={Uri.EscapeDataString(at.ToString("O", CultureInfo.InvariantCulture))}{more}");
        JsonElement Item(Reply day, Reply thing) => Assert.Single(day.Is(200).Json.GetProperty("days")[0].GetProperty("items").EnumerateArray(), i => i.GetProperty("publicationId").GetString() == thing.Text("id"));

        var day = await Day(Editor);
        var shown = Item(day, one);
        Assert.Equal(("Elsewhere", "site", Body, url), (shown.GetProperty("state").GetString(), shown.GetProperty("channel").GetString(), shown.GetProperty("body").GetString(), shown.GetProperty("url").GetString()));
        Assert.Equal("@akimat.example", Item(day, other).GetProperty("channel").GetString());
        var collisions = day.Json.GetProperty("collisions").EnumerateArray().Select(c => c.GetProperty("publicationIds").EnumerateArray().Select(i => i.GetString()).ToList()).ToList();
        Assert.Contains(collisions, c => c.Contains(one.Text("id")) && c.Contains(draft.Text("id")));
        Assert.DoesNotContain(collisions, c => c.Contains(other.Text("id")));
        Assert.DoesNotContain(one.Text("id")!, (await Day(house.Publishing(Roles.Editor, Other))).Is(200).Body, StringComparison.Ordinal);
        var file = (await Editor.Get("/v1/calendar.ics?language=ru")).Is(200).Body.Replace("\r\n ", "", StringComparison.Ordinal);
        Assert.Contains($"UID:{one.Text("id")}.site@publications", file, StringComparison.Ordinal);
        Assert.Contains("URL:" + url, file, StringComparison.Ordinal);

        var then = await Now();
        (await Editor.Post("/v1/published-elsewhere", report with { publishedAt = at.AddDays(-3) })).Is(200);
        Assert.DoesNotContain(one.Text("id")!, (await Day(Editor)).Is(200).Body, StringComparison.Ordinal);
        Item(await Day(Editor, "&asOf=" + Uri.EscapeDataString(then.ToString("O", CultureInfo.InvariantCulture))), one);
    }

    [Fact]
    public async Task Is_its_bodys_own()
    {
        var mine = await Drafted(First.AddDays(7));
        Assert.DoesNotContain(mine.Text("id")!, On(await Calendar(house.Publishing(Roles.Editor, Other)), First.AddDays(7)));
        Assert.Contains(mine.Text("id")!, On(await Calendar(house.Publishing(Roles.Auditor, "scc")), First.AddDays(7)));
        Assert.Contains(mine.Text("id")!, On(await Calendar(house.Publishing(Roles.Editor, "scc"), "&body=" + Body), First.AddDays(7)));
        (await Calendar(house.Publishing(Roles.Editor, Other), "&body=" + Body)).Is(404);
        (await Calendar(Ground.Wire.As(house.Publications, null))).Is(401);
        (await Calendar(house.Publishing(Roles.Officer, Body))).Is(403);
        (await Editor.Get("/v1/calendar?from=2027-06-01&to=2027-13-01")).Is(400, "date-invalid");
    }

    [Fact]
    public async Task Is_read_by_calendar_programs_until_the_key_is_revoked()
    {
        var mine = await Drafted(DateTimeOffset.UtcNow.AddDays(40));
        var key = (await Editor.Post("/v1/calendar/keys", new { })).Is(201);
        var anybody = Ground.Wire.As(house.Publications, null);
        var file = (await anybody.Get(key.Text("address")! + "&language=ru")).Is(200);
        Assert.Equal("text/calendar; charset=utf-8", file.ContentType);
        Assert.Contains("UID:" + mine.Text("id"), file.Body.Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("UID:" + mine.Text("id"), (await Editor.Get("/v1/calendar.ics")).Is(200).Body.Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        (await anybody.Get("/v1/calendar.ics")).Is(401);
        (await anybody.Get(key.Text("address")![..^1] + (key.Text("address")![^1] == '0' ? '1' : '0'))).Is(404);

        (await house.Publishing(Roles.Editor, Other).Post($"/v1/calendar/keys/{key.Text("id")}/revoke", new { }, 1)).Is(404);
        (await Editor.Post($"/v1/calendar/keys/{key.Text("id")}/revoke", new { }, 1)).Is(200);
        (await anybody.Get(key.Text("address")!)).Is(404);
        Assert.DoesNotContain(key.Text("key")!.Split('.')[1], (await Editor.Get($"/v1/calendar/keys/{key.Text("id")}")).Is(200).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Knows_what_the_law_asks_of_a_site()
    {
        var path = $"/v1/sites/{Body}/sections";
        var site = (await Editor.Post(path, new { code = "news", name = new { kk = "Жаңалықтар", ru = "Новости" }, kinds = new[] { "News" }, term = "site-news" })).Is(201);
        (await Editor.Post(path, new { code = "services", name = new { kk = "Қызметтер", ru = "Услуги" }, kinds = new[] { "Clarification" }, term = "site-section" })).Is(428);
        site = (await Editor.Post(path, new { code = "services", name = new { kk = "Қызметтер", ru = "Услуги" }, kinds = new[] { "Clarification" }, term = "site-section" }, site.Version)).Is(200);
        (await house.Publishing(Roles.Editor, Other).Post(path, new { code = "news" }, site.Version)).Is(404);
        Assert.Equal(2, site.Version);
        var released = await house.Soon(Body);
        await house.Becomes(released, Body, "Released");

        var long_ago = Registration.AlmatyDate(DateTimeOffset.UtcNow).PlusDays(-20).ToDateOnly();
        (await Editor.Post(path + "/services/report-change", new { on = long_ago }, site.Version)).Is(200);
        var duties = (await Editor.Get($"/v1/sites/{Body}/duties")).Is(200).Items.ToDictionary(d => d.GetProperty("code").GetString()!);
        Assert.Equal((false, JsonValueKind.String), (duties["news"].GetProperty("overdue").GetBoolean(), duties["news"].GetProperty("lastPosted").ValueKind));
        Assert.Equal((true, "site-section"), (duties["services"].GetProperty("overdue").GetBoolean(), duties["services"].GetProperty("due").GetProperty("rule").GetString()));
        Assert.NotEmpty(duties["services"].GetProperty("due").GetProperty("trace").EnumerateArray());

        var overdue = (await Ground.Wire.As(house.Publications, null).Get("/v1/sites/overdue")).Is(200).Items.Where(d => d.GetProperty("body").GetString() == Body);
        Assert.Equal(["services"], overdue.Select(d => d.GetProperty("code").GetString()));
        Assert.Equal(2, (await Ground.Wire.As(house.Publications, null).Get(path)).Is(200).Json.GetProperty("sections").GetArrayLength());
    }

    [Fact]
    public async Task Has_one_rule_for_a_channel_however_many_set_it_at_once()
    {
        var editor = house.Publishing(Roles.Head, Other);
        var replies = await Task.WhenAll(Enumerable.Range(1, 10).Select(n => editor.Post("/v1/cadences", new { channel = "site", perDay = n })));
        Assert.Equal((1, 9), (replies.Count(r => r.Status == 201), replies.Count(r => r.Code is "cadence-exists" or "version-stale")));
        Assert.Single((await editor.Get("/v1/cadences")).Is(200).Items);
    }

    [Fact]
    public async Task Is_the_same_when_it_is_made_anew_from_the_facts()
    {
        await house.Becomes(await house.Soon(Body), Body, "Released");
        var draft = await Drafted(First.AddDays(12));
        (await Editor.Post($"/v1/publications/{draft.Text("id")}/edit", new { title = new { kk = "Басқа", ru = "Другой" } }, 1)).Is(200);
        var report = new { url = "https://akimat.example/" + Guid.NewGuid(), publishedAt = DateTimeOffset.UtcNow.AddHours(-1), title = new { kk = "Өзіміздікі", ru = "Своё" }, channel = "site" };
        (await Editor.Post("/v1/published-elsewhere", report)).Is(201);
        (await Editor.Post("/v1/published-elsewhere", report with { channel = "" })).Is(200);
        await using var provider = InProcess.Publications(house.Wire.Servers.Database("publications"));
        var (before, database) = (await Rows(), provider.GetRequiredService<NpgsqlDataSource>());
        Assert.True(await CalendarKeeper.Rebuild(provider.Store(), database, default) > 2);
        Assert.True(await ElsewhereInCalendar.Rebuild(provider.Store(), database, default) > 0);
        Assert.Equal(before, await Rows());
    }

    private Task<string> Rows() => Sql.One<string>(house.Wire.Servers.Database("publications"), "select string_agg((to_jsonb(c) - 'id')::text, E'\\n' order by publication_id, channel, valid_from) from calendar_items c");

    private async Task<Reply> Drafted(DateTimeOffset at) => (await Editor.Post("/v1/publications",
        new { kind = "News", title = new { kk = "Жаңалық", ru = "Новость" }, text = new { kk = "Мәтін", ru = "Текст" }, wantedAt = at })).Is(201);

    private static Task<Reply> Calendar(Door door, string more = "") => door.Get($"/v1/calendar?from={First:yyyy-MM-dd}&view=month{more}");

    private static string[] On(Reply calendar, DateTimeOffset day) => [.. calendar.Is(200).Json.GetProperty("days").EnumerateArray().Single(d => d.GetProperty("date").GetString() == day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
        .GetProperty("items").EnumerateArray().Select(i => i.GetProperty("publicationId").GetString()!)];

    /// <summary>By the clock of the database's machine, which is this one, and past what was just recorded.</summary>
    private static async Task<DateTimeOffset> Now()
    {
        await Task.Delay(20);
        var now = DateTimeOffset.UtcNow;
        await Task.Delay(20);
        return now;
    }
}
