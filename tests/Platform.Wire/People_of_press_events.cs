using System.Text.Json.Nodes;

namespace Platform.Wire;

/// <summary>Who moves up, who comes in by a badge, what the accrediting service hears, a series told of once, nights in a hall.</summary>
[Collection(House.Collection)]
public sealed class People_of_press_events(House house, PressPost post) : IClassFixture<PressPost>
{
    private const string Body = "akimat-19";

    private Door Editor => post.As(Roles.Editor);
    private static Door Of(ServiceProcess replica, string name, string role, string? body = null) => Ground.Wire.As(replica, Dev.Token.Make(Repository.Secrets, [role], body, name, 3600));

    private async Task<Reply> Announced(string format, (DateTimeOffset, DateTimeOffset)? at = null, string? hall = null)
    {
        var ask = house.Event(Body, at, hall);
        (ask["format"], ask["channels"]) = (format, new JsonArray());
        var filed = (await Editor.Post("/v1/press-events", ask)).Is(201);
        return (await Editor.Post($"/v1/press-events/{filed.Text("id")}/announce", new { reason = "Осылай керек" }, filed.Version)).Is(200);
    }

    [Fact]
    public async Task Whoever_moves_up_is_written_to_once_and_in_his_language()
    {
        var id = (await Announced("KazTalks")).Text("id")!;
        (await Editor.Post($"/v1/press-events/{id}/open-registration", new { capacity = 1 })).Is(200);
        async Task<(Reply Own, string Email)> Register(string language)
        {
            var email = PressPost.Address("registrant");
            return ((await post.Anybody.Post($"/v1/press-events/{id}/registrations", new { name = "Тіркелуші", email, language, consent = true })).Is(201), email);
        }

        var (first, second, third) = (await Register("kk"), await Register("ru"), await Register("kk"));
        Assert.Equal(["Seated", "Waiting", "Waiting"], new[] { first, second, third }.Select(r => r.Own.Text("state")));
        for (var again = 0; again < 2; again++)
        {
            (await post.Anybody.Send(HttpMethod.Post, $"/v1/registrations/{first.Own.Text("id")}/withdraw", null, [("Registration-Code", first.Own.Text("code")!)])).Is(200);
        }

        Assert.Contains("вы переведены из листа ожидания", (await post.Letter(second.Email, "Место за вами")).TextBody, StringComparison.Ordinal);
        var terms = await Editor.Get($"/v1/press-events/{id}/registrations/terms");
        (await Editor.Post($"/v1/press-events/{id}/registrations/capacity", new { capacity = 5 }, terms.Version)).Is(200);
        await post.Letter(third.Email, "Сізге орын берілді");
        await post.AllSent(id);
        Assert.Equal([0, 1, 1], new[] { first, second, third }.Select(r => post.LettersTo(r.Email).Count));
        Assert.Equal(2, await Sql.One<long>(post.Database, "select count(*) from notices where about = $1 and what = 'seat/registrant/moved-up' and state = 'delivered'", Guid.Parse(id)));
        Assert.Equal(0, await Sql.One<long>(post.Database, "select count(*) from mt_events where data::text like $1", $"%{second.Email}%"));
    }

    [Fact]
    public async Task A_journalist_registers_by_his_own_token_comes_in_once_and_his_badge_outlives_a_move()
    {
        var (name, desk) = ("Тіркелген" + Guid.NewGuid().ToString("N")[..8], Of(post.Process, "Асқар Аккредитор", Roles.Accreditor, "scc"));
        var (me, email) = (Of(post.Process, name, Roles.Journalist), PressPost.Address("journalist"));
        var record = (await me.Post("/v1/journalists", new { category = "Freelancer", language = "ru", person = new { surname = name, name = "Мадина", email } })).Is(201);
        var announced = await Announced("PressConference");
        var path = $"/v1/press-events/{announced.Text("id")}";
        (await Editor.Post(path + "/open-registration", new { capacity = 3 })).Is(200);
        (await me.Post(path + "/registrations", new { language = "ru" })).Is(403, "not-accredited");
        (await post.Anybody.Post(path + "/registrations", new { language = "ru" })).Is(401, "unauthenticated");
        var applied = (await me.Post("/v1/accreditations", new { kind = "Permanent" })).Is(201);
        (await desk.Post($"/v1/accreditations/{applied.Text("id")}/refuse", new { reason = "ApplicationIncomplete" }, 1)).Is(200);
        var again = (await me.Post("/v1/accreditations", new { kind = "Permanent" })).Is(201); // a rejected journalist applies anew
        Assert.Equal(applied.Text("id"), again.Text("previousId"));
        (await desk.Post($"/v1/accreditations/{again.Text("id")}/grant", new { }, 1)).Is(200);

        var own = (await me.Post(path + "/registrations", new { language = "ru" })).Is(201);
        Assert.Equal(("Seated", own.Body), (own.Text("state"), (await me.Post(path + "/registrations", new { language = "kk" })).Is(200).Body));
        var line = (await Editor.Get($"{path}/registrations/{own.Text("id")}")).Is(200);
        Assert.Equal((record.Text("id"), "Freelancer"), (line.Text("journalistId"), line.Text("category")));
        Task<Reply> Badge(string? code) => post.Anybody.Get($"/v1/registrations/{own.Text("id")}/badge", ("Registration-Code", code!));
        (await Badge("AAAAA-BBBBB-CCCCC-DDDDD")).Is(404);
        var badge = (await Badge(own.Text("code"))).Is(200).Text("badge")!;
        Assert.StartsWith("<svg", (await post.Anybody.Get($"/v1/registrations/{own.Text("id")}/badge.svg", ("Registration-Code", own.Text("code")!))).Is(200).Body, StringComparison.Ordinal);

        var (oldEnd, later) = (announced.Json.GetProperty("end").GetDateTimeOffset(), house.Slot());
        var (start, end) = (later.Start.AddDays(3), later.End.AddDays(3));
        var before = (await desk.Get(path + "/badges/revoked")).Is(200);
        (await Editor.Post(path + "/reschedule", new { start = House.Text(start), end = House.Text(end) }, announced.Version)).Is(200);
        var list = (await desk.Get(path + "/badges/revoked")).Is(200);
        Assert.Equal((end.AddHours(6), before.Version + 1), (list.Json.GetProperty("goodUntil").GetDateTimeOffset(), list.Version));
        Assert.Equal([1, 0, 1], await Offline(announced.Text("id")!, badge, (oldEnd.AddHours(7), null), (end, list.Text("jws")), (end.AddHours(7), list.Text("jws"))));

        (await desk.Post($"/v1/journalists/{record.Text("id")}/suspend", new { reason = "BadgeLent" }, 1)).Is(200);
        (await desk.Post(path + "/check-ins", new { badge, door = "door-0" })).Is(409, "suspended");
        (await desk.Post($"/v1/journalists/{record.Text("id")}/lift-suspension", new { reason = "ImposedInError" }, 2)).Is(200);
        var doors = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => desk.Post(path + "/check-ins", new { badge, door = "door-" + i })));
        Assert.Single(doors, d => d.Status == 201);
        Assert.All(doors.Where(d => d.Status != 201), d => d.Is(409, "already-in"));
        Assert.Equal(0, await Sql.One<long>(post.Database, "select count(*) from mt_events where data::text like $1 or user_name like $1", $"%{name}%"));
    }

    [Fact]
    public async Task The_accrediting_service_hears_of_decisions_and_of_a_suspension_that_a_court_lifts()
    {
        var (name, desk) = ("Тоқтатылған" + Guid.NewGuid().ToString("N")[..8], Of(house.PressEvents, "Асқар Аккредитор", Roles.Accreditor, "scc"));
        var me = Of(house.PressEvents, name, Roles.Journalist);
        var record = (await me.Post("/v1/journalists", new { category = "Blogger", language = "kk", person = new { surname = name, name = "Мадина", email = name + "@example.kz" } })).Is(201);
        var (id, path) = (record.Json.GetProperty("id").GetGuid(), $"/v1/journalists/{record.Text("id")}");
        var applied = (await me.Post("/v1/accreditations", new { kind = "Permanent" })).Is(201);
        (await desk.Post($"/v1/accreditations/{applied.Text("id")}/grant", new { }, 1)).Is(200);
        (await desk.Post(path + "/lift-suspension", new { reason = "CourtDecision" }, 1)).Is(409, "not-suspended");
        Assert.Equal("Suspended", (await desk.Post(path + "/suspend", new { reason = "RulesBroken" }, 1)).Is(200).Text("state"));
        var suspended = DateTimeOffset.UtcNow;
        (await me.Post(path + "/lift-suspension", new { reason = "CourtDecision" }, 2)).Is(403, "forbidden");
        (await Of(house.PressEvents, "Бөтен", Roles.Accreditor, "min-health").Post(path + "/lift-suspension", new { reason = "CourtDecision" }, 2)).Is(403, "body-forbidden");
        (await desk.Post(path + "/lift-suspension", new { reason = "CourtDecision" })).Is(428, "version-required");
        (await desk.Post(path + "/lift-suspension", new { reason = "CourtDecision", words = "\0" }, 2)).Is(400, "text-invalid");
        var lifted = (await desk.Post(path + "/lift-suspension", new { reason = "CourtDecision", words = "Сот шешімі " + name }, 2)).Is(200);
        Assert.Equal(("Registered", 3L), (lifted.Text("state"), lifted.Version));
        Assert.Equal(3, (await desk.Post(path + "/lift-suspension", new { reason = "CourtDecision" }, 3)).Is(200).Version); // said twice
        Assert.DoesNotContain(record.Text("id"), (await desk.Get("/v1/journalists?suspended=true&limit=200")).Is(200).Items.Select(i => i.GetProperty("id").GetString()));
        Assert.Equal((false, true), Suspension((await desk.Get(path)).Is(200)));
        Assert.Equal((true, true), Suspension((await desk.Get($"{path}?asOf={Uri.EscapeDataString(suspended.ToString("O"))}")).Is(200)));
        Assert.Equal(["journalist_registered", "journalist_suspended", "journalist_suspension_lifted"], (await desk.Get(path + "/history")).Is(200).Json.EnumerateArray().Select(e => e.GetProperty("fact").GetString()));

        var heard = await Eventually.Get("all of it was heard", () => Task.FromResult(house.Wire.Heard.About(id).Concat(house.Wire.Heard.About(applied.Json.GetProperty("id").GetGuid())).ToList()), all => all.Count >= 3);
        Assert.Equal(["AccreditationDecided", "JournalistSuspended", "JournalistSuspensionEnded"], heard.Select(m => m.Message.GetType().Name).Order());
        var changes = await Changes(desk);
        Assert.Equal(3, changes.Count(c => c.Contains(record.Text("id")!, StringComparison.Ordinal)));
        Assert.DoesNotContain(changes, c => c.Contains(name, StringComparison.Ordinal));
        Assert.DoesNotContain(await Changes(Ground.Wire.As(house.PressEvents, null)), c => c.Contains(record.Text("id")!, StringComparison.Ordinal));
        Assert.DoesNotContain(await Changes(house.Press(body: "min-health")), c => c.Contains(record.Text("id")!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_series_moved_together_is_told_of_once_and_histories_say_who_did_what()
    {
        var reader = await post.Subscribe("ru", ["announcements"], Body);
        var first = house.Event(Body, hall: null);
        first["channels"] = new JsonArray();
        var series = (await Editor.Post("/v1/series", new { first, count = 3 })).Is(201);
        var ids = series.Json.GetProperty("pressEvents").EnumerateArray().Select(e => e.GetProperty("id").GetString()!).ToList();
        foreach (var id in ids)
        {
            (await Editor.Post($"/v1/press-events/{id}/announce", new { }, 1)).Is(200);
            await post.AllSent(id);
        }

        var invited = (await Editor.Post($"/v1/press-events/{ids[1]}/invitations", new { name = new { kk = "Сәуле Нұр", ru = "Сауле Нур" }, email = PressPost.Address("speaker"), language = "kk" })).Is(201);
        var technician = PressPost.Address("technician");
        foreach (var id in ids[..2])
        {
            (await Editor.Post($"/v1/press-events/{id}/contacts", new { role = "technician", email = technician, language = "kk" })).Is(201);
        }

        var slot = house.Slot();
        (await Editor.Post($"/v1/series/{series.Text("id")}/reschedule", new { pressEventId = ids[0], scope = "All", start = House.Text(slot.Start), end = House.Text(slot.End) }, series.Version)).Is(200);
        var letter = await post.Letter(reader, "серии мероприятий");
        await post.AllSent(series.Text("id")!);
        await Task.WhenAll(ids.Select(post.AllSent));
        Assert.Equal(4, post.LettersTo(reader).Count(l => l.Subject!.Contains("ероприяти", StringComparison.Ordinal))); // three announcements, and one about the move
        Assert.All(ids, id => Assert.Contains(id, letter.TextBody, StringComparison.Ordinal));
        Assert.Contains("Отписаться", letter.TextBody, StringComparison.Ordinal);
        var told = Assert.Single(post.LettersTo(technician)); // of two events, for he works at two
        Assert.Equal([true, true, false], ids.Select(id => told.TextBody!.Contains(id, StringComparison.Ordinal)));

        var history = (await Editor.Get($"/v1/press-events/{ids[1]}/invitations/{invited.Text("id")}/history")).Is(200).Json.EnumerateArray().Single();
        Assert.Equal(("speaker_invited", "editor of scc"), (history.GetProperty("fact").GetString(), history.GetProperty("by").GetString()));
        (await Editor.Get($"/v1/press-events/{ids[0]}/invitations/{invited.Text("id")}/history")).Is(404);
        (await post.As(Roles.Editor, "min-health").Get($"/v1/press-events/{ids[1]}/invitations/{invited.Text("id")}/history")).Is(404);
        var statement = (await Editor.Post("/v1/statements", new { body = Body, title = new { kk = "Мәлімдеме", ru = "Заявление" }, text = new { kk = "Мәтін", ru = "Текст" } })).Is(201);
        var drafted = (await Editor.Get($"/v1/statements/{statement.Text("id")}/history")).Is(200).Json.EnumerateArray().Single();
        Assert.Equal("statement_drafted", drafted.GetProperty("fact").GetString());
        (await post.Anybody.Get($"/v1/statements/{statement.Text("id")}/history")).Is(401);
        (await post.As(Roles.Editor, "min-health").Get($"/v1/statements/{statement.Text("id")}/history")).Is(404);
        foreach (var unknown in new[] { "questions", "proposals" })
        {
            (await Editor.Get($"/v1/press-events/{ids[0]}/{unknown}/{Guid.Empty}")).Is(404);
            (await Editor.Get($"/v1/press-events/{ids[0]}/{unknown}/{Guid.Empty}/history")).Is(404);
        }
    }

    [Fact]
    public async Task A_slot_over_midnight_is_taken_on_both_days_and_its_neighbours_touch()
    {
        var night = new DateTimeOffset(DateTime.UtcNow.Date.AddDays(210).AddHours(18.5), TimeSpan.Zero).ToOffset(TimeSpan.FromHours(5)); // 23:30 in Almaty
        Task<Reply> File(double from, double to) => Editor.Post("/v1/press-events", house.Event(Body, (night.AddMinutes(from), night.AddMinutes(to)), "hall-1"));
        var filed = (await File(0, 60)).Is(201);
        var taken = (await File(30, 90)).Is(409, "hall-taken"); // begins on the other day
        Assert.Equal(filed.Text("start"), taken.Json.GetProperty("collidesWith")[0].GetProperty("start").GetString());
        (await File(-30, 1)).Is(409, "hall-taken");
        (await File(60, 120)).Is(201);
        (await File(-30, 0)).Is(201);
    }

    /// <summary>Of a journalist with one suspension: whether it was not lifted.</summary>
    private static (bool Runs, bool Only) Suspension(Reply journalist) => journalist.Json.GetProperty("suspensions").EnumerateArray().ToList() is [var one]
        ? (one.GetProperty("liftedAt").ValueKind == System.Text.Json.JsonValueKind.Null, true) : default;

    private static async Task<List<string>> Changes(Door door)
    {
        List<string> all = [];
        for (string after = "0", last = ""; after != last;)
        {
            var page = (await door.Get($"/v1/changes?after={after}&limit=200")).Is(200);
            all.AddRange(page.Items.Select(i => i.GetRawText()));
            (last, after) = (after, page.Json.GetProperty("next").GetString()!);
        }

        return all;
    }

    /// <summary>What the verifier of infra/Dev, given files alone, says at these instants, with and without the door's list.</summary>
    private async Task<List<int>> Offline(string pressEvent, string badge, params (DateTimeOffset At, string? List)[] asked)
    {
        var folder = Directory.CreateTempSubdirectory("badges");
        var (key, list) = (Path.Combine(folder.FullName, "key.pem"), Path.Combine(folder.FullName, "list"));
        await File.WriteAllTextAsync(key, (await post.Anybody.Get("/v1/badges/key")).Is(200).Text("publicKey"));
        List<int> said = [];
        foreach (var (at, jws) in asked)
        {
            await File.WriteAllTextAsync(list, jws ?? "");
            said.Add(Dev.CheckBadge.Run([badge, "--event", pressEvent, "--key", key, "--at", House.Text(at), .. jws is null ? Array.Empty<string>() : ["--revoked", list]]));
        }

        folder.Delete(recursive: true);
        return said;
    }
}
