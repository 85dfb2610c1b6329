extern alias press;

using System.Text;
using System.Text.Json;
using Specs;

namespace Platform.Wire;

/// <summary>The public feeds on real services: understood by other implementations, the same bytes for the same facts, and never older than the last commit, on whichever replica.</summary>
[Collection(House.Collection)]
public sealed class Feeds_for_everybody(House house, ITestOutputHelper output)
{
    private const string Body = "akimat-75";
    private string Database => house.Wire.Servers.Database("press_events");
    private Door Public => Ground.Wire.As(house.PressEvents, null);
    private Door Editor => house.Press(body: Body);

    /// <summary>Every feed that lists events.</summary>
    public static readonly string[] Lists = [.. new[] { ".kk.ics", ".ru.ics", ".kk.atom", ".ru.atom", ".ninjs.json" }.Select(suffix => "/feeds/press-events" + suffix)];

    [Fact]
    public async Task Other_implementations_understand_them_all()
    {
        var ids = await Several();
        foreach (var feed in Lists)
        {
            var reply = (await Public.Get(feed)).Is(200);
            var read = await SecondReader.Read(feed.Split('.')[^1] is "json" ? "ninjs" : feed.Split('.')[^1], Encoding.UTF8.GetBytes(reply.Body));
            Assert.Equal("[]", read.GetProperty("problems").ToString());
            Assert.All(ids, id => Assert.Contains(id.ToString(), reply.Body, StringComparison.Ordinal));
            output.WriteLine($"{feed}: {reply.Body.Length / 1024} Ki characters");
        }

        var linked = (await Public.Get($"/v1/press-events/{ids[0]}.jsonld")).Is(200);
        Assert.Equal(("Event", "https://schema.org/EventRescheduled", 2), (linked.Text("@type"), linked.Text("eventStatus"), linked.Json.GetProperty("previousStartDate").GetArrayLength()));
        var one = await SecondReader.Read("ics", Encoding.UTF8.GetBytes((await Public.Get($"/v1/press-events/{ids[0]}.ru.ics")).Is(200).Body));
        Assert.Equal((2, "CONFIRMED"), (one.GetProperty("events")[0].GetProperty("sequence").GetInt32(), one.GetProperty("events")[0].GetProperty("status").GetString()));
        Assert.Equal("TENTATIVE", Calendar(ids[1], await SecondReader.Read("ics", Encoding.UTF8.GetBytes((await Public.Get($"/v1/press-events/{ids[1]}.ru.ics")).Body))).GetProperty("status").GetString());
    }

    [Fact]
    public async Task They_can_be_narrowed_and_asked_for_once()
    {
        var id = await house.Announced(Body);
        var others = await house.Announced("akimat-79");
        foreach (var (query, path) in new[] { ("?body=" + Body, "/feeds/bodies/" + Body), ("?region=75", "/feeds/regions/75"), ("?format=PressConference", "/feeds/formats/PressConference") })
        {
            foreach (var feed in Lists)
            {
                var narrowed = (await Public.Get(feed + query)).Is(200);
                var same = (await Public.Get(path + feed["/feeds/press-events".Length..])).Is(200);
                Assert.Equal((narrowed.Body, narrowed.ETag), (same.Body, same.ETag));
                Assert.Contains(id.ToString(), narrowed.Body, StringComparison.Ordinal);
                Assert.Equal(query.Contains("format", StringComparison.Ordinal), narrowed.Body.Contains(others.ToString(), StringComparison.Ordinal));
                Assert.Equal("", (await Public.Get(feed + query, ("If-None-Match", $"\"other\", {narrowed.ETag}"))).Is(304).Body);
                Assert.Equal("", (await Public.Get(feed + query, ("If-None-Match", "W/" + narrowed.ETag))).Is(304).Body);
                Assert.Equal((200, ""), ((await Public.Send(HttpMethod.Head, feed + query, null, [])).Status, (await Public.Send(HttpMethod.Head, feed + query, null, [])).Body));
            }
        }

        (await Public.Get(Lists[0] + "?body=nobody")).Is(400, "body-unknown");
        (await Public.Get(Lists[0] + "?format=Party")).Is(400, "format-unknown");
        (await Public.Get(Lists[4] + "?region=99")).Is(400, "region-unknown");
        (await Public.Get("/feeds/announcement.kk.json?week=2026-54")).Is(400, "week-invalid");
        (await Public.Get($"/v1/press-events/{Guid.NewGuid()}.jsonld")).Is(404);
        (await Public.Get($"/v1/press-events/{Guid.Empty}.kk.ics")).Is(404);
    }

    [Fact]
    public async Task What_is_withdrawn_leaves_a_tombstone_and_what_is_cancelled_stays()
    {
        var (withdrawn, cancelled) = (await house.Announced(Body), await house.Announced(Body));
        (await Editor.Post($"/v1/press-events/{cancelled}/cancel", new { reason = new { kk = "Болмайды", ru = "Не будет" } }, 2)).Is(200);
        (await Editor.Post($"/v1/press-events/{withdrawn}/withdraw", new { }, 2)).Is(400, "reason-missing");
        (await Editor.Post($"/v1/press-events/{withdrawn}/withdraw", new { reason = "Құпия" }, 2)).Is(200);

        foreach (var feed in Lists)
        {
            var body = (await Public.Get(feed)).Is(200).Body;
            Assert.Contains(cancelled.ToString(), body, StringComparison.Ordinal);
            Assert.Equal(feed.EndsWith("atom", StringComparison.Ordinal), body.Contains(withdrawn.ToString(), StringComparison.Ordinal));
            Assert.DoesNotContain("Құпия", body, StringComparison.Ordinal);
        }

        var read = await SecondReader.Read("atom", Encoding.UTF8.GetBytes((await Public.Get(Lists[2])).Body));
        Assert.Contains(read.GetProperty("gone").EnumerateArray(), g => g.GetProperty("ref").GetString() == $"urn:uuid:{withdrawn}");
        (await Public.Get($"/v1/press-events/{withdrawn}")).Is(404);
        (await Public.Get($"/v1/press-events/{withdrawn}.jsonld")).Is(404);
        (await Editor.Get($"/v1/press-events/{withdrawn}")).Is(200);
    }

    [Fact]
    public async Task No_replica_answers_with_what_another_has_changed()
    {
        await House.Up(house.SecondPressEvents);
        Door[] replicas = [Public, Ground.Wire.As(house.SecondPressEvents, null)];
        ServiceProcess[] writers = [house.PressEvents, house.SecondPressEvents];
        var path = "/feeds/press-events.kk.ics?body=" + Body;
        for (var i = 0; i < 20; i++)
        {
            var tags = await Task.WhenAll(replicas.Select(async r => (await r.Get(path)).Is(200).ETag!)); // kept by both
            Assert.Single(tags.Distinct());
            var id = await house.Announced(Body, writers[i % 2]);
            var after = await Task.WhenAll(replicas.Select((r, n) => r.Get(path, ("If-None-Match", tags[n]))));
            Assert.All(after, reply => Assert.Contains(id.ToString(), reply.Is(200).Body, StringComparison.Ordinal));
            Assert.Single(after.Select(reply => reply.ETag).Distinct());
        }

        // and while somebody writes all the time, what was committed before the question is in the answer
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async n =>
        {
            for (var i = 0; i < 5; i++)
            {
                var id = await house.Announced(Body, writers[n % 2]);
                Assert.Contains(id.ToString(), (await replicas[(n + 1) % 2].Get(path)).Is(200).Body, StringComparison.Ordinal);
            }
        }));
        await house.SecondPressEvents.Kill();
    }

    [Fact]
    public async Task They_are_the_same_bytes_after_a_restart_and_a_rebuild()
    {
        await Several();
        string[] feeds = [.. Lists, "/feeds/announcement.ru.html", "/feeds/announcement.kk.json"];
        var before = await Task.WhenAll(feeds.Select(f => Public.Get(f)));
        await using (var provider = InProcess.PressEvents(Database))
        {
            using var daemon = await provider.Store().BuildProjectionDaemonAsync();
            await daemon.RebuildProjectionAsync(typeof(press::PressEvents.PressEventView), CancellationToken.None);
        }

        await Same();
        await house.PressEvents.Kill();
        await House.Up(house.PressEvents);
        await Same();

        async Task Same()
        {
            foreach (var (feed, was) in feeds.Zip(before))
            {
                var now = (await Public.Get(feed)).Is(200);
                Assert.Equal((was.Is(200).ETag, was.Body), (now.ETag, now.Body));
            }
        }
    }

    [Fact]
    public async Task The_weeks_announcement_stands_as_it_stood_on_monday()
    {
        // an event of this week that was announced before Monday's hour: no test waits for a Monday, so the recording times are moved back
        var start = DateTimeOffset.UtcNow.AddHours(1).ToOffset(TimeSpan.FromHours(5));
        start = start.AddTicks(-(start.Ticks % TimeSpan.TicksPerMinute));
        var filed = house.Event(Body, (start, start.AddHours(1)), hall: null);
        (filed["format"], filed["channels"]) = ("DoorstepBriefing", new System.Text.Json.Nodes.JsonArray());
        var made = (await Editor.Post("/v1/press-events", filed)).Is(201);
        var id = made.Text("id")!;
        (await Editor.Post($"/v1/press-events/{id}/announce", new { }, 1)).Is(200);
        var week = System.Globalization.ISOWeek.GetYear(start.Date) + "-W" + System.Globalization.ISOWeek.GetWeekOfYear(start.Date).ToString("00", System.Globalization.CultureInfo.InvariantCulture);
        var monday = new DateTimeOffset(System.Globalization.ISOWeek.ToDateTime(System.Globalization.ISOWeek.GetYear(start.Date), System.Globalization.ISOWeek.GetWeekOfYear(start.Date), DayOfWeek.Monday), TimeSpan.FromHours(5));
        Assert.SkipWhen(monday.AddHours(9) > DateTimeOffset.UtcNow, "the week's announcement is not out yet");
        await Sql.One<long>(Database, "with moved as (update mt_events set timestamp = $2 where stream_id = $1 returning 1) select count(*) from moved", Guid.Parse(id), monday.AddHours(8).ToUniversalTime());

        string[] pages = [.. new[] { "kk.html", "ru.html", "kk.json", "ru.json" }.Select(p => $"/feeds/announcement.{p}?week={week}")];
        var before = await Task.WhenAll(pages.Select(p => Public.Get(p)));
        Assert.All(before, page => Assert.Contains(id, page.Is(200).Body, StringComparison.Ordinal));
        Assert.Contains(House.Text(start), before[2].Body, StringComparison.Ordinal);
        Assert.Contains(filed["title"]!["ru"]!.ToString(), before[1].Body, StringComparison.Ordinal);

        // moved, and another one is announced for the same week: the announcement stays as it was
        (await Editor.Post($"/v1/press-events/{id}/reschedule", new { start = House.Text(start.AddHours(3)), end = House.Text(start.AddHours(4)) }, 2)).Is(200);
        var late = house.Event(Body, (start, start.AddHours(1)), hall: null);
        (late["format"], late["channels"]) = ("DoorstepBriefing", new System.Text.Json.Nodes.JsonArray());
        (await Editor.Post($"/v1/press-events/{(await Editor.Post("/v1/press-events", late)).Is(201).Text("id")}/announce", new { }, 1)).Is(200);
        foreach (var (page, was) in pages.Zip(before))
        {
            var now = (await Public.Get(page)).Is(200);
            Assert.Equal((was.ETag, was.Body), (now.ETag, now.Body));
        }

        Assert.Contains(House.Text(start.AddHours(3)), (await Public.Get($"/v1/press-events/{id}")).Is(200).Body, StringComparison.Ordinal);
    }

    /// <summary>An event that was moved twice, one that was postponed, one that was cancelled.</summary>
    private async Task<IReadOnlyList<Guid>> Several()
    {
        Guid[] ids = [await house.Announced(Body), await house.Announced(Body), await house.Announced(Body)];
        for (var version = 2; version <= 3; version++)
        {
            var slot = house.Slot();
            (await Editor.Post($"/v1/press-events/{ids[0]}/reschedule", new { start = House.Text(slot.Start), end = House.Text(slot.End) }, version)).Is(200);
        }

        var reason = new { reason = new { kk = "Сырқаттанып қалды; <кейін>, \\ «көреміз»", ru = "Заболел; <позже>, \\ «увидим»" } };
        (await Editor.Post($"/v1/press-events/{ids[1]}/postpone", reason, 2)).Is(200);
        (await Editor.Post($"/v1/press-events/{ids[2]}/cancel", reason, 2)).Is(200);
        return ids;
    }

    private static JsonElement Calendar(Guid id, JsonElement read) =>
        read.GetProperty("events").EnumerateArray().Single(e => e.GetProperty("uid").GetString()!.StartsWith(id.ToString(), StringComparison.Ordinal));
}
