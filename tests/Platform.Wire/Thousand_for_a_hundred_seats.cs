using System.Text.Json;

namespace Platform.Wire;

/// <summary>POST /v1/press-events/{id}/registrations under a rush, and what comes of it: seats, waiting list, badges, doors.</summary>
[Collection(House.Collection)]
public sealed class Thousand_for_a_hundred_seats(House house, ITestOutputHelper output)
{
    private string Database => house.Wire.Servers.Database("press_events");
    private Door Anybody => Ground.Wire.As(house.PressEvents, null);

    [Fact]
    public async Task Exactly_a_hundred_sit_and_nine_hundred_wait_in_order()
    {
        var id = await Open(100);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var replies = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => Register(id, Person(i))));
        output.WriteLine($"{clock.Elapsed.TotalSeconds:F2} s");

        Assert.All(replies, r => r.Is(201));
        var lines = await All(id);
        Assert.Equal(Enumerable.Range(1, 1000).Select(n => (long)n), lines.Select(l => l.GetProperty("number").GetInt64()));
        Assert.Equal(Enumerable.Repeat("Seated", 100).Concat(Enumerable.Repeat("Waiting", 900)), lines.Select(l => l.GetProperty("state").GetString()));
        Assert.Equal(Enumerable.Range(1, 900).Select(n => (long?)n), lines.Skip(100).Select(l => l.GetProperty("place").Long()));
        // everybody was told what the list says
        var told = replies.ToDictionary(r => r.Text("id")!, r => (r.Text("state"), r.Json.GetProperty("place").Long()));
        Assert.Equal(lines.Select(l => (l.GetProperty("state").GetString(), l.GetProperty("place").Long())), lines.Select(l => told[l.GetProperty("id").GetString()!]));
        // in the order in which they were committed
        Assert.Equal(lines.Select(l => l.GetProperty("id").GetGuid()), await Column("select array_agg(stream_id order by seq_id) from mt_events where type = 'registration_taken' and data ->> 'pressEventId' = $1", id));
        var terms = (await house.Press().Get($"/v1/press-events/{id}/registrations/terms")).Is(200);
        Assert.Equal(("100", "900"), (terms.Text("seated"), terms.Text("waiting")));

        await Whoever_gives_up_a_seat_gives_it_to_the_first(id, lines, replies);
        await More_seats_go_to_those_who_wait_in_order(id, lines);
    }

    private async Task Whoever_gives_up_a_seat_gives_it_to_the_first(Guid id, List<JsonElement> lines, Reply[] replies)
    {
        var (leaves, first, second) = (Own(replies, lines[7]), Own(replies, lines[100]), Own(replies, lines[101]));
        // ten times at once is once
        var done = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Withdraw(leaves)));
        Assert.All(done, d => Assert.Equal("Withdrawn", d.Is(200).Text("state")));

        Assert.Equal("Seated", (await Look(first)).Text("state"));
        Assert.Equal(("Waiting", "1"), ((await Look(second)).Text("state"), (await Look(second)).Text("place")));
        Assert.Equal(["registration_taken", "registration_seated"], await Facts(first.Text("id")!));
        Assert.Equal(["registration_taken", "registration_withdrawn"], await Facts(leaves.Text("id")!));
        // twenty who sit and twenty who wait leave at once: nobody who waits is passed over, and no seat is lost
        var leaving = lines.Skip(20).Take(20).Concat(lines.Skip(500).Take(20)).Select(l => Own(replies, l)).ToList();
        Assert.All(await Task.WhenAll(leaving.Select(Withdraw)), d => d.Is(200));
        var now = await All(id);
        Assert.Equal((100, 859), (now.Count(l => l.GetProperty("state").GetString() == "Seated"), now.Count(l => l.GetProperty("state").GetString() == "Waiting")));
        Assert.Equal(Enumerable.Range(1, 859).Select(n => (long?)n), now.Where(l => l.GetProperty("state").GetString() == "Waiting").Select(l => l.GetProperty("place").Long()));
        Assert.True(now.Where(l => l.GetProperty("state").GetString() == "Seated").Max(l => l.GetProperty("number").GetInt64())
            < now.Where(l => l.GetProperty("state").GetString() == "Waiting").Min(l => l.GetProperty("number").GetInt64()));
    }

    private async Task More_seats_go_to_those_who_wait_in_order(Guid id, List<JsonElement> lines)
    {
        var editor = house.Press();
        var terms = await editor.Get($"/v1/press-events/{id}/registrations/terms");
        (await editor.Post($"/v1/press-events/{id}/registrations/capacity", new { capacity = 150 })).Is(428, "version-required");
        var more = (await editor.Post($"/v1/press-events/{id}/registrations/capacity", new { capacity = 150 }, terms.Version)).Is(200);
        Assert.Equal(("150", "809"), (more.Text("seated"), more.Text("waiting")));
        var fewer = (await editor.Post($"/v1/press-events/{id}/registrations/capacity", new { capacity = 10 }, more.Version)).Is(200);
        Assert.Equal(("150", "809"), (fewer.Text("seated"), fewer.Text("waiting")));
        // an editor takes one off; nobody moves up while there are fewer seats than people on them
        var one = lines[0].GetProperty("id").GetString();
        (await editor.Post($"/v1/press-events/{id}/registrations/{one}/withdraw", new { }, 1)).Is(200);
        Assert.Equal("149", (await editor.Get($"/v1/press-events/{id}/registrations/terms")).Text("seated"));
        (await Ground.Wire.As(house.PressEvents, Tokens.For(Roles.Editor, "min-health")).Get($"/v1/press-events/{id}/registrations")).Is(404);
    }

    [Fact]
    public async Task The_same_person_has_one_seat_however_often_and_however_many_at_once()
    {
        var id = await Open(5);
        var same = Person(1);

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Register(id, same)));

        Assert.Single(replies, r => r.Status == 201);
        Assert.Single(replies.Select(r => r.Body).Distinct());
        Assert.Equal(replies[0].Body, (await Register(id, same)).Is(200).Body);
        // another who says he has this address is not told its code
        var other = (await Register(id, same with { Name = "Кто-то другой" })).Is(200);
        Assert.Equal((replies[0].Text("id"), ""), (other.Text("id"), other.Text("code")));
        Assert.Equal("1", (await house.Press().Get($"/v1/press-events/{id}/registrations/terms")).Text("seated"));
        (await Anybody.Get($"/v1/registrations/{replies[0].Text("id")}", ("Registration-Code", "AAAAA-BBBBB-CCCCC-DDDDD"))).Is(404);
        var keyed = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Anybody.Post($"/v1/press-events/{id}/registrations", Person(2), key: id + "-2")));
        Assert.Single(keyed.Select(r => r.Is(201).Body).Distinct());
        var person = (await house.Press().Get($"/v1/press-events/{id}/registrations/{replies[0].Text("id")}/person?reason=check")).Is(200);
        Assert.Equal(same.Email, person.Text("email"));
        (await house.Press().Get($"/v1/press-events/{id}/registrations/{replies[0].Text("id")}/person")).Is(400, "reason-missing");
        Assert.Equal(1L, await Sql.One<long>(Database, "select count(*) from vault.reads r join vault.registrants g using (subject_id) where g.registration_id = $1", Guid.Parse(replies[0].Text("id")!)));
    }

    /// <summary>Each holds a connection for its key while it reads on another: were all let in, they would wait for one another's.</summary>
    [Fact]
    public async Task Far_more_with_keys_at_once_than_the_store_has_connections_are_all_told()
    {
        var id = await Open(10);

        var replies = await Task.WhenAll(Enumerable.Range(0, 3 * Platform.Store.StoreConnections).Select(i => Anybody.Post($"/v1/press-events/{id}/registrations", Person(i), key: $"{id}-{i}")));

        Assert.All(replies, r => r.Is(201));
        Assert.Equal("10", (await house.Press().Get($"/v1/press-events/{id}/registrations/terms")).Text("seated"));
    }

    [Fact]
    public async Task A_badge_lets_in_once_at_any_door_with_or_without_a_net()
    {
        var id = await Open(3);
        var (one, two, three) = ((await Register(id, Person(1))).Is(201), (await Register(id, Person(2))).Is(201), (await Register(id, Person(3))).Is(201));
        var badge = await Badge(one);
        var (at, gate) = (DateTimeOffset.UtcNow.AddMinutes(-10), house.Press(Roles.Accreditor));
        Task<Reply> Show(string badge, string door, string direction = "In", int minutes = 0) =>
            gate.Post($"/v1/press-events/{id}/check-ins", new { badge, door, direction, at = House.Text(at.AddMinutes(minutes)) });

        var doors = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Show(badge, "door-" + i)));
        Assert.Single(doors, d => d.Status == 201);
        Assert.All(doors.Where(d => d.Status != 201), d => Assert.StartsWith("door-", d.Is(409, "already-in").Text("door"), StringComparison.Ordinal));
        (await Show(badge, "door-1", "Out", 1)).Is(201);
        (await Show(badge, "door-2", minutes: 2)).Is(201);
        (await Show(badge + "x", "door-1")).Is(400, "badge-forged");
        var elsewhere = (await Register(await Open(1), Person(4))).Is(201);
        (await Show(await Badge(elsewhere), "door-1")).Is(409, "badge-other-event");

        var left = await Badge(two);
        (await Withdraw(two)).Is(200);
        (await Show(left, "door-1", minutes: 11)).Is(409, "badge-revoked");
        (await Show(badge, "door-1", minutes: 20)).Is(400, "at-future");
        var revoked = (await gate.Get($"/v1/press-events/{id}/badges/revoked")).Is(200);
        Assert.Equal((3L, two.Text("id")), // one is void, and the event stands at version 2
             (revoked.Version, revoked.Json.GetProperty("revoked")[0].GetString()));
        Assert.Equal([(0, badge), (1, left)], await Offline(id, revoked.Text("jws")!, badge, left));

        // two devices without a net tell, twice, in both orders, of what they saw
        var third = await Badge(three);
        object Saw(string device, int seq, string badge, int minutes) => new { badge, door = device, at = House.Text(at.AddMinutes(minutes)), deviceId = device, seq };
        var (north, south) = (new[] { Saw("north", 1, third, 3), Saw("north", 2, "forged", 4) }, new[] { Saw("south", 1, third, 5) });
        var merges = await Task.WhenAll(new[] { south, north, south, north }.Select(items => gate.Post($"/v1/press-events/{id}/check-ins/batch", new { items })));
        Assert.Equal((3, 3), (merges.Sum(m => m.Is(200).Json.GetProperty("recorded").GetInt32()), merges.Sum(m => m.Json.GetProperty("known").GetInt32())));
        var conflicts = (await gate.Get($"/v1/press-events/{id}/check-ins/conflicts")).Is(200).Items.ToList();
        Assert.Equal(["already-in", "badge-forged"], conflicts.SelectMany(c => c.GetProperty("conflicts").EnumerateArray()).Select(c => c.GetProperty("code").GetString()).Order());
        var twice = conflicts.Single(c => c.GetProperty("registrationId").ValueKind != JsonValueKind.Null).GetProperty("conflicts")[0];
        Assert.Equal(("north", "south"), (twice.GetProperty("first").GetProperty("door").GetString(), twice.GetProperty("second").GetProperty("door").GetString()));
    }

    private sealed record Somebody(string Name, string Email, string? Phone, string Language, string Category, bool Consent);

    private static readonly string Mark = Guid.NewGuid().ToString("N")[..8];

    private static Somebody Person(int i) => new($"Тіркелуші {i} {Mark}", $"somebody-{i}-{Mark}@example.kz", "+7 700 000 00 00", "kk", i % 7 == 0 ? "Student" : "Public", true);

    private Task<Reply> Register(Guid id, Somebody person) => Anybody.Post($"/v1/press-events/{id}/registrations", person);

    private Task<Reply> Look(Reply own) => Anybody.Get($"/v1/registrations/{own.Text("id")}", ("Registration-Code", own.Text("code")!));

    private Task<Reply> Withdraw(Reply own) => Anybody.Send(HttpMethod.Post, $"/v1/registrations/{own.Text("id")}/withdraw", null, [("Registration-Code", own.Text("code")!)]);

    private async Task<string> Badge(Reply own) => (await Anybody.Get($"/v1/registrations/{own.Text("id")}/badge", ("Registration-Code", own.Text("code")!))).Is(200).Text("badge")!;

    private static Reply Own(Reply[] replies, JsonElement line) => replies.Single(r => r.Text("id") == line.GetProperty("id").GetString());

    /// <summary>A talk for anybody, announced, with its registration open.</summary>
    private async Task<Guid> Open(int capacity)
    {
        var talk = house.Event("min-culture");
        talk["format"] = "KazTalks";
        var filed = (await house.Press().Post("/v1/press-events", talk)).Is(201);
        (await house.Press().Post($"/v1/press-events/{filed.Text("id")}/announce", new { }, filed.Version)).Is(200);
        (await Register(Guid.Parse(filed.Text("id")!), Person(0))).Is(409, "registration-not-open");
        (await house.Press().Post($"/v1/press-events/{filed.Text("id")}/open-registration", new { capacity })).Is(200);
        return Guid.Parse(filed.Text("id")!);
    }

    private async Task<List<JsonElement>> All(Guid id)
    {
        List<JsonElement> lines = [];
        for (string? cursor = ""; cursor is not null;)
        {
            var page = (await house.Press().Get($"/v1/press-events/{id}/registrations?limit=200{(cursor.Length > 0 ? "&cursor=" + cursor : "")}")).Is(200);
            lines.AddRange(page.Items);
            cursor = page.Json.GetProperty("next").GetString();
        }

        return lines;
    }

    private Task<string[]> Facts(string stream) => Sql.One<string[]>(Database, "select array_agg(type order by version) from mt_events where stream_id = $1", Guid.Parse(stream));

    private Task<Guid[]> Column(string sql, Guid id) => Sql.One<Guid[]>(Database, sql, id.ToString());

    /// <summary>The verifier of infra/Dev, given files alone.</summary>
    private async Task<List<(int, string)>> Offline(Guid id, string revoked, params string[] badges)
    {
        var folder = Directory.CreateTempSubdirectory("badges");
        var (key, list) = (Path.Combine(folder.FullName, "key.pem"), Path.Combine(folder.FullName, "revoked"));
        await File.WriteAllTextAsync(key, (await Anybody.Get("/v1/badges/key")).Is(200).Text("publicKey"));
        await File.WriteAllTextAsync(list, revoked);
        var said = badges.Select(badge => (Dev.CheckBadge.Run([badge, "--event", id.ToString(), "--key", key, "--revoked", list]), badge)).ToList();
        folder.Delete(recursive: true);
        return said;
    }
}

internal static class Numbers
{
    /// <summary>Null where there is none.</summary>
    public static long? Long(this JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.GetInt64();
}
