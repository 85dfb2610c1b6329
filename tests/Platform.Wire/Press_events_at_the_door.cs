using System.Text.Json.Nodes;

namespace Platform.Wire;

/// <summary>POST /v1/press-events: what comes of the samples, and of many who want one place at once.</summary>
[Collection(House.Collection)]
public sealed class Press_events_at_the_door(House house)
{
    private string Database => house.Wire.Servers.Database("press_events");

    [Fact]
    public async Task Eleven_of_the_twelve_samples_are_planned_and_the_third_collides_with_the_first()
    {
        var samples = File.ReadLines(Repository.Sample("press-events.jsonl")).Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
        var weeks = Math.Max(0, (int)Math.Ceiling((DateTimeOffset.UtcNow.AddDays(7) - samples.Min(e => Time(e, "start"))).TotalDays / 7));
        List<Reply> replies = [];
        foreach (var (i, sample) in samples.Index())
        {
            // words that no citizen's form holds, for those are looked for in every table
            sample["title"] = new JsonObject { ["kk"] = $"Үлгі {i}", ["ru"] = $"Образец {i}" };
            sample["summary"] = sample["title"]!.DeepClone();
            sample["speakers"]!.AsArray().ToList().ForEach(s => s!["name"] = new JsonObject { ["kk"] = "Баяндамашы", ["ru"] = "Докладчик" });
            sample["start"] = House.Text(Time(sample, "start").AddDays(7 * weeks));
            sample["end"] = House.Text(Time(sample, "end").AddDays(7 * weeks));
            replies.Add(await house.Press().Post("/v1/press-events", sample));
        }

        Assert.Equal([201, 201, 409, .. Enumerable.Repeat(201, 9)], replies.Select(r => r.Status));
        var taken = replies[2].Is(409, "hall-taken");
        var day = Time(samples[0], "start").Date;
        string At(string clock) => House.Text(new(day + TimeSpan.Parse(clock, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(5)));
        Assert.Equal([(At("11:00"), At("12:00"))], Slots(taken, "collidesWith"));
        Assert.Equal("Образец 0", taken.Json.GetProperty("collidesWith")[0].GetProperty("title").GetProperty("ru").GetString());
        Assert.Equal([(At("08:00"), At("11:00")), (At("12:00"), At("15:00")), (At("15:30"), At("22:00"))], Slots(taken, "free"));
        // a plan of another body has no title
        var stranger = (await house.Press(body: "min-ecology").Post("/v1/press-events", samples[2])).Is(409, "hall-taken");
        Assert.All(stranger.Json.GetProperty("collidesWith").EnumerateArray(), c => Assert.False(c.TryGetProperty("title", out _)));
        var night = (await house.Press().Get($"/v1/press-events/{replies[10].Text("id")}")).Is(200);
        Assert.Equal((samples[10]["start"]!.ToString(), samples[10]["end"]!.ToString()), (night.Text("start"), night.Text("end")));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(20)]
    public async Task Of_those_who_book_one_hall_at_once_one_gets_it_and_no_number_is_burnt(int bookings)
    {
        var (at, before) = (house.Slot(), await Numbers());

        var replies = await Task.WhenAll(Enumerable.Range(0, bookings).Select(_ => house.Press().Post("/v1/press-events", house.Event("min-health", at))));

        Assert.Single(replies, r => r.Status == 201);
        Assert.All(replies.Where(r => r.Status != 201), r => Assert.Equal([(House.Text(at.Start), House.Text(at.End))], Slots(r.Is(409, "hall-taken"), "collidesWith")));
        Assert.Equal((before.Given + 1, before.Facts + 1), await Numbers());
    }

    [Fact]
    public async Task Of_twenty_moves_to_one_place_at_once_one_succeeds_and_the_others_change_nothing()
    {
        var door = house.Press();
        var events = new List<(Reply Filed, (DateTimeOffset Start, DateTimeOffset End) At)>();
        for (var i = 0; i < 20; i++)
        {
            var at = house.Slot();
            events.Add(((await door.Post("/v1/press-events", house.Event("min-health", at))).Is(201), at));
        }

        var (target, before) = (house.Slot(), await Numbers());
        var replies = await Task.WhenAll(events.Select(e => door.Post($"/v1/press-events/{e.Filed.Text("id")}/reschedule", new { start = House.Text(target.Start), end = House.Text(target.End) }, 1)));

        Assert.Single(replies, r => r.Status == 200);
        Assert.Equal((before.Given + 1, before.Facts + 1), await Numbers());
        foreach (var (reply, (filed, at)) in replies.Zip(events))
        {
            var moved = reply.Status == 200;
            _ = moved ? reply : reply.Is(409, "hall-taken");
            var now = (await door.Get($"/v1/press-events/{filed.Text("id")}")).Is(200);
            Assert.Equal((moved ? 2 : 1, House.Text(moved ? target.Start : at.Start)), (now.Version, now.Text("start")));
            Assert.Equal(moved ? target.Start : at.Start, await Sql.One<DateTime>(Database, "select lower(during) from reservations where reservation_id = $1 and resource like 'hall:%'", Guid.Parse(filed.Text("id")!)));
            // the winner's old place is free, the others' are not
            Assert.Equal(moved ? 201 : 409, (await door.Post("/v1/press-events", house.Event("min-health", at))).Status);
        }
    }

    [Fact]
    public async Task Ten_announces_at_once_leave_one_fact_and_one_message()
    {
        var door = house.Press();
        var id = Guid.Parse((await door.Post("/v1/press-events", house.Event("min-health"))).Is(201).Text("id")!);

        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => door.Post($"/v1/press-events/{id}/announce", new { }, 1)));

        Assert.Single(replies, r => r.Status == 200);
        Assert.All(replies.Where(r => r.Status != 200), r => r.Is(412, "version-stale"));
        (await door.Post($"/v1/press-events/{id}/announce", new { }, 2)).Is(200);
        Assert.Equal(1L, await Sql.One<long>(Database, "select count(*) from mt_events where type = 'press_event_announced' and stream_id = $1", id));
        await Eventually.So("it is heard", () => house.Wire.Heard.About(id).Any());
        // what came after it is heard, so a second message would be too
        var later = await house.Announced("min-health");
        await Eventually.So("the next one is heard", () => house.Wire.Heard.About(later).Any());
        Assert.IsType<Contracts.PressEvents.PressEventAnnounced>(Assert.Single(house.Wire.Heard.About(id)).Message);
    }

    [Fact]
    public async Task A_cancelled_event_frees_its_hall_for_good()
    {
        var (door, at) = (house.Press(), house.Slot());
        var id = (await door.Post("/v1/press-events", house.Event("min-health", at))).Is(201).Text("id");
        (await door.Post("/v1/press-events", house.Event("min-health", at))).Is(409, "hall-taken");

        (await door.Post($"/v1/press-events/{id}/cancel", new { reason = new { kk = "Болмайды", ru = "Не будет" } }, 1)).Is(200);

        (await door.Post("/v1/press-events", house.Event("min-finance", at))).Is(201);
        (await door.Post($"/v1/press-events/{id}/reschedule", new { start = House.Text(at.Start), end = House.Text(at.End) }, 2)).Is(409, "cancelled");
    }

    /// <summary>Sequence numbers that were given out, and facts that have one; tombstones fill the burnt ones.</summary>
    private async Task<(long Given, long Facts)> Numbers() => (await Sql.One<long>(Database, "select last_value from mt_events_sequence"),
        await Sql.One<long>(Database, "select count(*) from mt_events where type <> 'tombstone'"));

    private static IEnumerable<(string, string)> Slots(Reply reply, string member) =>
        reply.Json.GetProperty(member).EnumerateArray().Select(s => (s.GetProperty("start").GetString()!, s.GetProperty("end").GetString()!));

    private static DateTimeOffset Time(JsonObject e, string member) => DateTimeOffset.Parse(e[member]!.ToString(), System.Globalization.CultureInfo.InvariantCulture);
}
