using System.Text.Json.Nodes;
using Npgsql;

namespace Platform.Wire;

/// <summary>Halls, air time, speakers and interpreters: whoever books, moves and cancels, nothing is ever booked twice and nothing is lost.</summary>
[Collection(House.Collection)]
public sealed class Reservations_never_twice(House house)
{
    private const string Body = "gov-office";
    private static readonly DateTimeOffset Day = new(DateTimeOffset.UtcNow.Date.AddDays(200).AddHours(4), TimeSpan.Zero); // nine in Almaty, on days of our own
    private static readonly string[] Halls = ["hall-1", "hall-2", "hall-3"];
    private static readonly JsonObject Why = new() { ["reason"] = new JsonObject { ["kk"] = "Себеп", ["ru"] = "Причина" } };

    private JsonObject Event(int day, double hour, double hours, string? hall, params string[] channels)
    {
        var start = Day.AddDays(day).AddHours(hour).ToOffset(TimeSpan.FromHours(5));
        var e = house.Event(Body, (start, start.AddHours(hours)), hall);
        e["channels"] = new JsonArray([.. channels.Select(c => (JsonNode)c)]);
        return e;
    }

    private async Task<List<T>> Rows<T>(string sql, Func<NpgsqlDataReader, T> row)
    {
        await using var database = NpgsqlDataSource.Create(house.Wire.Servers.Database("press_events"));
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        List<T> rows = [];
        while (await reader.ReadAsync())
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    [Fact]
    public async Task Sixteen_clients_who_book_move_and_cancel_at_random_overlap_nowhere_and_lose_nothing()
    {
        var statuses = await Task.WhenAll(Enumerable.Range(0, 16).Select(Client));

        Assert.All(statuses.SelectMany(s => s), status => Assert.Contains(status, new[] { 200, 201, 409 }));
        Assert.Contains(409, statuses.SelectMany(s => s)); // they did get into each other's way
        Assert.Empty(await Rows("select a.resource from reservations a join reservations b on a.resource = b.resource and a.reservation_id < b.reservation_id and a.during && b.during", r => r.GetString(0)));
        // what each planned event has is what it says, and nobody else has anything, on these days
        const string ours = "now() + interval '199 days'";
        const string says = $"""
            select id, 'hall:' || (data ->> 'hall') resource, tstzrange((data ->> 'start')::timestamptz, (data ->> 'end')::timestamptz) during
            from mt_doc_presseventview where body = 'gov-office' and state = 'Planned' and data ->> 'hall' is not null and (data ->> 'start')::timestamptz > {ours}
            """;
        const string has = $"select reservation_id, resource, during from reservations where body = 'gov-office' and resource like 'hall:%' and held_until is null and lower(during) > {ours}";
        Assert.Empty(await Rows($"(({says}) except ({has})) union all (({has}) except ({says}))", r => r.GetGuid(0)));
        Assert.NotEmpty(await Rows(has, r => r.GetGuid(0)));
    }

    private async Task<List<int>> Client(int number)
    {
        var (random, door) = (new Random(number), house.Press(body: Body));
        List<(string Id, long Version)> mine = [];
        List<int> statuses = [];
        for (var i = 0; i < 20; i++)
        {
            var place = Event(random.Next(2), random.Next(16) / 2.0, 0.5 * (1 + random.Next(3)), Halls[random.Next(Halls.Length)], "ortcom.kz");
            var (act, at) = (random.Next(4), mine.Count == 0 ? -1 : random.Next(mine.Count));
            var reply = (act, at) switch
            {
                (_, < 0) or ( < 2, _) => await door.Post("/v1/press-events", place),
                (2, _) => await door.Post($"/v1/press-events/{mine[at].Id}/reschedule", new { start = place["start"]!.ToString(), end = place["end"]!.ToString(), hall = place["hall"]!.ToString() }, mine[at].Version),
                _ => await door.Post($"/v1/press-events/{mine[at].Id}/cancel", Why, mine[at].Version),
            };
            statuses.Add(reply.Status);
            if (reply.Status == 201)
            {
                mine.Add((reply.Text("id")!, reply.Version));
            }
            else if (reply.Status == 200)
            {
                mine[at] = (mine[at].Id, reply.Version);
                mine.RemoveAll(m => act == 3 && m.Id == mine[at].Id);
            }
        }

        return statuses;
    }

    [Fact]
    public async Task Two_events_that_swap_halls_at_once_do_not_wait_for_each_other_for_ever()
    {
        var door = house.Press(body: Body);
        for (var round = 0; round < 5; round++)
        {
            var pair = new[] { await door.Post("/v1/press-events", Event(10, round, 0.5, "hall-1")), await door.Post("/v1/press-events", Event(10, round, 0.5, "hall-2")) };
            var swapped = await Task.WhenAll(pair.Zip(["hall-2", "hall-1"]).Select(p => door.Post($"/v1/press-events/{p.First.Is(201).Text("id")}/reschedule",
                new { start = p.First.Text("start"), end = p.First.Text("end"), hall = p.Second }, p.First.Version)));
            Assert.All(swapped, r => r.Is(409, "hall-taken"));
        }
    }

    [Fact]
    public async Task The_air_time_is_one_and_the_hall_gives_the_code_when_both_are_taken()
    {
        var door = house.Press(body: Body);
        (await door.Post("/v1/press-events", Event(11, 1, 1, "hall-1", "khabar24"))).Is(201);
        (await door.Post("/v1/press-events", Event(11, 1.5, 1, "hall-2", "ortcom.kz"))).Is(201);

        var air = (await door.Post("/v1/press-events", Event(11, 1.5, 1, "hall-3", "khabar24"))).Is(409, "slot-taken");
        Assert.Equal("slot:khabar24", Assert.Single(air.Json.GetProperty("collidesWith").EnumerateArray()).GetProperty("resources")[0].GetString());
        var both = (await door.Post("/v1/press-events", Event(11, 1.5, 1, "hall-2", "khabar24"))).Is(409, "hall-taken");
        Assert.Equal(["slot:khabar24", "hall:hall-2"], both.Json.GetProperty("collidesWith").EnumerateArray().Select(c => c.GetProperty("resources")[0].GetString()));
        (await door.Post("/v1/press-events", Event(11, 2.5, 1, "hall-2", "khabar24"))).Is(201); // neighbours touch
    }

    [Fact]
    public async Task A_hold_keeps_the_place_until_it_ends_is_released_or_becomes_an_event()
    {
        var (door, other) = (house.Press(body: Body), house.Press(body: "min-foreign"));
        var place = Event(12, 1, 1, "hall-1", "ortcom.kz");
        JsonObject Hold(string resource, int minutes) => new() { ["resource"] = resource, ["start"] = place["start"]!.ToString(), ["end"] = place["end"]!.ToString(), ["minutes"] = minutes };
        var held = (await door.Post("/v1/reservations", Hold("hall:hall-1", 30))).Is(201);
        Assert.Equal("Held", held.Text("state"));

        var taken = (await house.Press().Post("/v1/press-events", place)).Is(409, "hall-taken");
        Assert.Equal(held.Text("start"), Assert.Single(taken.Json.GetProperty("collidesWith").EnumerateArray()).GetProperty("start").GetString());
        (await other.Post($"/v1/reservations/{held.Text("id")}/release", new { }, 1)).Is(404, "not-found");
        place["reservations"] = new JsonArray(held.Text("id"));
        (await other.Post("/v1/press-events", With(place, "body", "min-foreign"))).Is(400, "reservation-unknown");
        (await door.Post("/v1/press-events", place)).Is(201);
        (await door.Get($"/v1/reservations/{held.Text("id")}")).Is(200);
        (await door.Post("/v1/press-events", place)).Is(409, "not-held");

        var interpreter = (await door.Post("/v1/reservations", Hold("interpreter:sign-1", 30))).Is(201);
        (await other.Post("/v1/reservations", Hold("interpreter:sign-1", 5))).Is(409, "interpreter-taken");
        (await door.Post($"/v1/reservations/{interpreter.Text("id")}/release", new { }, 1)).Is(200);
        (await other.Post("/v1/reservations", Hold("interpreter:sign-1", 5))).Is(201);
    }

    [Fact]
    public async Task A_series_is_booked_whole_or_not_at_all_and_moves_together()
    {
        var door = house.Press(body: Body);
        (await door.Post("/v1/press-events", Event(27, 1, 1, "hall-2"))).Is(201); // stands in the way of the second week
        JsonObject Series(string hall) => new() { ["first"] = Event(20, 1, 1, hall), ["count"] = 3 };

        var refused = (await door.Post("/v1/series", Series("hall-2"))).Is(409, "hall-taken");
        Assert.Single(refused.Json.GetProperty("collidesWith").EnumerateArray());
        (await door.Post("/v1/press-events", Event(20, 1, 1, "hall-2"))).Is(201); // the first week is still free

        var series = (await door.Post("/v1/series", Series("hall-3"))).Is(201);
        var (id, second) = (series.Text("id"), series.Json.GetProperty("pressEvents")[1]);
        var later = DateTimeOffset.Parse(second.GetProperty("start").GetString()!, System.Globalization.CultureInfo.InvariantCulture).AddDays(1).AddHours(2);
        var moved = (await door.Post($"/v1/series/{id}/reschedule", new { pressEventId = second.GetProperty("id"), scope = "Following", start = House.Text(later), end = House.Text(later.AddHours(1)) }, 1)).Is(200);
        Assert.Equal([House.Text(later), House.Text(later.AddDays(7))], moved.Json.GetProperty("pressEvents").EnumerateArray().Select(e => e.GetProperty("start").GetString()));
        (await door.Post("/v1/press-events", Event(27, 1, 1, "hall-3"))).Is(201); // its old place is free
        (await door.Post($"/v1/series/{id}/cancel", With(Why, "scope", "All"), 1)).Is(412);
        (await door.Post($"/v1/series/{id}/cancel", With(Why, "scope", "All"), 2)).Is(200);
        Assert.All((await door.Get($"/v1/series/{id}")).Is(200).Json.GetProperty("pressEvents").EnumerateArray(), e => Assert.Equal("Cancelled", e.GetProperty("state").GetString()));
    }

    private static JsonObject With(JsonObject source, string name, JsonNode value)
    {
        var copy = source.DeepClone().AsObject();
        copy[name] = value;
        return copy;
    }
}
