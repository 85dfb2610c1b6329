extern alias press;

using System.Text.Json;
using press::PressEvents;

namespace Platform.Wire;

/// <summary>Broadcasts, segments and materials: what is said off the record is kept, sealed, and found nowhere else.</summary>
[Collection(House.Collection)]
public sealed class On_and_off_the_record(House house, ITestOutputHelper output)
{
    private const string Body = "akimat-79";
    private string Database => house.Wire.Servers.Database("press_events");
    private Door Editor => house.Press(body: Body);
    private Door Public => Ground.Wire.As(house.PressEvents, null);

    [Fact]
    public async Task Going_live_needs_a_channel_on_air()
    {
        var id = await house.Announced(Body);
        var path = $"/v1/press-events/{id}";
        (await Editor.Post(path + "/start", new { }, 2)).Is(409, "no-channel-on-air");
        var planned = await house.Live(id, Body, 2);
        var broadcast = $"{path}/broadcasts/{planned.Text("id")}";
        (await Editor.Post(broadcast + "/end", new { }, 2)).Is(412);
        (await house.Press(body: "akimat-78").Post(broadcast + "/end", new { }, 3)).Is(404);
        (await Editor.Post(broadcast + "/end", new { })).Is(428, "version-required");
        var ended = (await Editor.Post(broadcast + "/end", new { }, 3)).Is(200);
        Assert.Equal(("Ended", 4), (ended.Text("state"), ended.Version));
        (await Editor.Post(broadcast + "/fail", new { reason = "late" }, 4)).Is(409, "broadcast-over");

        var seen = (await Public.Get(path + "/broadcasts")).Is(200).Items.Single();
        Assert.Equal(("Ended", "https://khabar24.example/live"), (seen.GetProperty("state").GetString(), seen.GetProperty("url").GetString()));
        var linked = (await Public.Get(path + ".jsonld")).Is(200).Json;
        Assert.Equal("BroadcastEvent", linked.GetProperty("subEvent")[0].GetProperty("@type").GetString());
        var onAir = await Eventually.Get("the broadcast is heard", () => Task.FromResult(house.Wire.Heard.Of<Contracts.PressEvents.BroadcastWentOnAir>().FirstOrDefault(m => m.PressEventId == id)), m => m is not null);
        Assert.Equal("khabar24", onAir!.Channel);
    }

    [Fact]
    public async Task What_is_off_the_record_is_found_nowhere_and_what_is_on_it_is()
    {
        var (on, off, later) = ("Ашықайтылған" + Mark(), "Жабықайтылған" + Mark(), "Кейінжабылған" + Mark());
        var (id, segments) = await Spoken(on, off, later);
        var path = $"/v1/press-events/{id}";

        // before the materials are published nobody sees any of it
        Assert.Empty((await Public.Get(path + "/segments")).Is(200).Items);
        (await Public.Get(path + "/materials/transcript.kk.vtt")).Is(404);
        (await Editor.Post(path + "/publish-materials", new { }, 4)).Is(200);
        var before = await Everything(id);
        Assert.Contains(on, before, StringComparison.Ordinal);
        Assert.Contains(later, before, StringComparison.Ordinal);
        Assert.DoesNotContain(off, before, StringComparison.Ordinal);
        Assert.NotEmpty(await InTables(on)); // the search finds what is there
        Assert.NotEmpty(await InTables(later));
        Assert.Empty(await InTables(off));

        var tag = (await Public.Get(path + "/materials/transcript.kk.vtt")).Is(200).ETag!;
        (await Public.Get(path + "/materials/transcript.kk.vtt", ("If-None-Match", tag))).Is(304);
        var version = (await Editor.Get(path + "/segments")).Is(200).Version;
        var marked = (await Editor.Post($"{path}/segments/{segments[2]}/mark-off-record", new { }, version)).Is(200);
        Assert.Equal("OffRecord", marked.Text("state"));

        var after = await Everything(id);
        Assert.Contains(on, after, StringComparison.Ordinal);
        Assert.DoesNotContain(later, after, StringComparison.Ordinal);
        Assert.Empty(await InTables(later));
        (await Public.Get(path + "/materials/transcript.kk.vtt", ("If-None-Match", tag))).Is(200);
        // nothing was lost: planners have it, sealed in the store, and the fact says when it was so
        Assert.Contains(later, (await Editor.Get(path + "/segments")).Is(200).Body, StringComparison.Ordinal);
        var history = (await Editor.Get(path + "/segments/history")).Is(200).Json.EnumerateArray().Last();
        Assert.Equal(("segment_marked_off_record", true), (history.GetProperty("fact").GetString(), history.GetProperty("data").GetProperty("afterPublication").GetBoolean()));
        Assert.Equal($"editor of {Body}", history.GetProperty("by").GetString());

        (await Editor.Post($"{path}/segments/{segments[2]}/mark-on-record", new { }, marked.Version)).Is(200);
        Assert.Contains(later, await Everything(id), StringComparison.Ordinal);

        // the stretch off the record began earlier than was noted: what the corrected times cover is gone with that fact, and comes back with the next
        async Task<Reply> Corrected(int segment, int from, int to) => await Editor.Post($"{path}/segments/{segments[segment]}/correct-times", new { startMs = from, endMs = to }, (await Editor.Get(path + "/segments")).Version);
        (await Corrected(1, 50_000, 120_000)).Is(409, "segments-overlap");
        (await Corrected(0, 0, 50_000)).Is(200);
        Assert.Equal("OffRecord", (await Corrected(1, 50_000, 120_000)).Is(200).Text("state"));
        Assert.DoesNotContain(on, (await Public.Get(path + "/materials/transcript.kk.vtt")).Is(200).Body, StringComparison.Ordinal);
        (await Corrected(1, 60_000, 120_000)).Is(200);
        Assert.Contains(on, (await Public.Get(path + "/materials/transcript.kk.vtt")).Is(200).Body, StringComparison.Ordinal);
        Assert.DoesNotContain(off, await Everything(id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_shown_can_be_thrown_away_and_made_anew()
    {
        await Spoken("Ж" + Mark(), "З" + Mark(), "И" + Mark());
        const string rows = "select string_agg(id || ' ' || data::text, e'\\n' order by id) from mt_doc_publicrecord";
        var before = await Sql.One<string>(Database, rows);
        Assert.NotEqual(0, await Sql.Run(Database, "delete from mt_doc_publicrecord"));
        await using var provider = InProcess.PressEvents(Database);
        Assert.NotEqual(0, await LiveComposition.RebuildRecords(provider.Store(), new LiveWords(Sealing.FromFolder(Repository.Secrets, development: true)), CancellationToken.None));
        Assert.Equal(before.Split('\n'), (await Sql.One<string>(Database, rows)).Split('\n'));
    }

    [Fact]
    public async Task Of_ten_marks_at_once_one_is_made()
    {
        var (id, segments) = await Spoken("А" + Mark(), "Б" + Mark(), "В" + Mark());
        var version = (await Editor.Get($"/v1/press-events/{id}/segments")).Is(200).Version;
        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Editor.Post($"/v1/press-events/{id}/segments/{segments[0]}/mark-off-record", new { }, version)));
        Assert.Single(replies, r => r.Status == 200);
        Assert.All(replies.Where(r => r.Status != 200), r => r.Is(412, "version-stale"));
        // segments that are added at once wait for each other, and those that overlap lose
        var added = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Editor.Post($"/v1/press-events/{id}/segments", new { startMs = 10_000_000 + i % 5 * 1000, endMs = 10_001_000 + i % 5 * 1000, title = new { kk = "Қосымша" } })));
        Assert.Equal(5, added.Count(r => r.Status == 201));
        Assert.All(added.Where(r => r.Status != 201), r => r.Is(409, "segments-overlap"));
    }

    [Fact]
    public async Task A_transcript_that_is_none_is_refused_by_line_and_materials_become_overdue()
    {
        var (id, _) = await Spoken("Г" + Mark(), "Д" + Mark(), "Е" + Mark());
        var path = $"/v1/press-events/{id}";
        var wrong = (await Vtt(path, "ru", "WEBVTT\n\n00:05.000 --> 00:01.000\nнет\n")).Is(400, "vtt-invalid");
        Assert.Equal(["line 3"], wrong.Json.GetProperty("errors").EnumerateObject().Select(e => e.Name));
        (await Vtt(path, "en", "WEBVTT\n\n00:00.000 --> 00:01.000\nno\n")).Is(400, "language-unknown");
        (await Editor.Post(path + "/materials/photos", new { url = "https://media.example/p.jpg", sha256 = new string('c', 64), caption = new { kk = "Сурет" }, alt = new { kk = "Сурет", ru = "Фото" } })).Is(400, "language-missing");
        (await Editor.Post(path + "/segments", new { startMs = 5, endMs = 6, title = new { kk = "\0" } })).Is(400, "text-invalid");
        (await Public.Post(path + "/segments", new { startMs = 5, endMs = 6, title = new { kk = "х" } })).Is(401);

        var term = (await Editor.Get(path + "/materials")).Is(200).Json.GetProperty("term");
        Assert.Equal("from", term.GetProperty("trace")[0].GetProperty("step").GetString());
        Assert.DoesNotContain(await Overdue(), e => e == id);
        // three working days do not pass while a test runs: the view is told that they did, and told the truth again
        var was = await Sql.One<string>(Database, "select data ->> 'concludedAt' from mt_doc_presseventview where id = $1", id);
        await Set(House.Text(DateTimeOffset.Parse(was, System.Globalization.CultureInfo.InvariantCulture).AddDays(-14)));
        try
        {
            Assert.Contains(await Overdue(), e => e == id);
        }
        finally
        {
            await Set(was);
        }

        Task Set(string at) => Sql.One<Guid>(Database, "update mt_doc_presseventview set data = jsonb_set(data, '{concludedAt}', to_jsonb($2)) where id = $1 returning id", id, at);
    }

    private async Task<IReadOnlyList<Guid>> Overdue() => [.. (await Editor.Get("/v1/materials/overdue?limit=200")).Is(200).Items.Select(e => e.GetProperty("pressEventId").GetGuid())];

    /// <summary>A concluded event with three segments, the second off the record, and a transcript, recordings and photos of each.</summary>
    private async Task<(Guid Id, IReadOnlyList<string> Segments)> Spoken(string on, string off, string later)
    {
        var id = await house.Announced(Body);
        var path = $"/v1/press-events/{id}";
        await house.Live(id, Body, 2);
        (await Editor.Post(path + "/conclude", new { }, 3)).Is(200);
        List<string> segments = [];
        foreach (var (i, words) in new[] { on, off, later }.Index())
        {
            segments.Add((await Editor.Post(path + "/segments", new { startMs = i * 60_000, endMs = (i + 1) * 60_000, title = new { kk = words, ru = words + " ру" }, speaker = new { kk = words + " сөз" }, onRecord = i != 1 })).Is(201).Text("id")!);
            (await Editor.Post(path + "/materials/recordings", new { language = "floor", url = $"https://media.example/{i}.mp4", startMs = i * 60_000, endMs = (i + 1) * 60_000 })).Is(201);
            (await Editor.Post(path + "/materials/photos", new { url = $"https://media.example/{i}.jpg", sha256 = new string((char)('0' + i), 64), caption = new { kk = words, ru = words }, alt = new { kk = words, ru = words }, segmentId = segments[i] })).Is(201);
        }

        var vtt = $"WEBVTT\n\nNOTE {off}\n\nquestion:{Guid.NewGuid()}\n00:01.000 --> 00:59.000\n{on}\n\n01:01.000 --> 01:59.000\n{off}\n\n01:59.000 --> 02:01.000\n{off} <02:00.000>{later}\n\n02:01.000 --> 02:59.000\n{later}\n";
        var transcript = (await Vtt(path, "kk", vtt)).Is(201);
        Assert.Equal((4, 3), (transcript.Json.GetProperty("cues").GetInt32(), transcript.Json.GetProperty("published").GetInt32()));
        return (id, segments);
    }

    private Task<Reply> Vtt(string path, string language, string vtt) => Editor.Send(HttpMethod.Post, $"{path}/materials/transcripts?language={language}", new StringContent(vtt, System.Text.Encoding.UTF8, "text/vtt"), []);

    /// <summary>Every feed, page and export that anybody can fetch, and every message that went out.</summary>
    private async Task<string> Everything(Guid id)
    {
        var path = $"/v1/press-events/{id}";
        string[] pages = [.. Feeds_for_everybody.Lists, path, path + ".jsonld", path + ".kk.ics", path + ".ru.ics", path + "/segments", path + "/materials", path + "/materials/transcript.kk.vtt", path + "/broadcasts",
            "/feeds/announcement.kk.html", "/feeds/announcement.ru.html", "/feeds/announcement.kk.json", "/feeds/announcement.ru.json", path + "/questions", path + "/proposals", "/v1/promises?limit=200",
            "/v1/proposals?limit=200", "/v1/statements?limit=200", "/v1/press-events?limit=200&body=" + Body, "/v1/changes?limit=200", "/metrics", "/swagger/v1/swagger.json"];
        var replies = await Task.WhenAll(pages.Select(page => Public.Get(page)));
        output.WriteLine($"{pages.Length} pages, {house.Wire.Heard.All.Count} messages");
        return string.Concat(replies.Select(r => r.Is(200).Body)) + JsonSerializer.Serialize(house.Wire.Heard.All.Select(m => JsonSerializer.SerializeToElement(m.Message, m.Message.GetType(), Platform.Json.Options)), Platform.Json.Options)
            + string.Concat((await Queues.Read(house.Wire.Servers.Rabbit, Queues.Archive)).Select(System.Text.Encoding.UTF8.GetString));
    }

    /// <summary>Where in the whole database the words stand, in the clear.</summary>
    private async Task<IReadOnlyList<string>> InTables(string words)
    {
        List<string> found = [];
        await foreach (var (where, text) in Dump.Of(Database))
        {
            if (text.Contains(Dump.Latin(words), StringComparison.Ordinal))
            {
                found.Add(where);
            }
        }

        return found;
    }

    private static string Mark() => Guid.NewGuid().ToString("N")[..8];
}
