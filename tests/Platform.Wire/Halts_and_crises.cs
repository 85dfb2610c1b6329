using System.Diagnostics;

namespace Platform.Wire;

/// <summary>The kill switch against many sends at once, and a crisis from its plan to its timeline.</summary>
[Collection(House.Collection)]
public sealed class Halts_and_crises(House house, ITestOutputHelper output) : IAsyncLifetime
{
    private const string Body = "min-education", Other = "min-water";

    public async ValueTask InitializeAsync()
    {
        await House.Up(house.Publications);
        await house.SiteBehaves("none");
    }

    public async ValueTask DisposeAsync()
    {
        await house.SiteBehaves("none");
        await house.SecondPublications.DisposeAsync();
    }

    [Fact]
    public async Task A_halt_while_many_are_due_lets_nothing_of_its_scope_out_once_it_has_answered_and_its_lift_makes_no_burst()
    {
        const int items = 40;
        await House.Up(house.SecondPublications);
        var first = DateTimeOffset.UtcNow.AddSeconds(8);
        var due = new List<Guid>();
        await Parallel.ForEachAsync(Enumerable.Range(0, items), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            var id = await house.Scheduled(Body, first.AddSeconds(4.0 * i / items), i % 2 == 0 ? house.Publications : house.SecondPublications);
            lock (due)
            {
                due.Add(id);
            }
        });
        await house.SiteBehaves("slow", 300); // so that there are calls under way when it is placed
        await Eventually.So("a quarter is out", async () => await Out() >= items / 4, 20);

        var watch = Stopwatch.StartNew();
        var approver = house.Publishing(Roles.Approver, Body);
        var placed = (await approver.Post("/v1/halts", new { scope = new { kind = "body", value = Body }, reason = "Жалпыұлттық аза тұту күні" }, key: Guid.NewGuid().ToString())).Is(201);
        var (answered, outThen) = (DateTimeOffset.UtcNow, await Out());
        output.WriteLine($"the halt answered after {watch.ElapsedMilliseconds} ms with {outThen} of {items} out");
        Assert.InRange(outThen, items / 4, items - 1);

        var elsewhere = await house.Soon(Other);
        await house.Becomes(elsewhere, Other, "Released");
        var missed = await Eventually.Get("all others are missed", () => States("Missed"), ids => ids.Count == items - outThen, 30);
        Assert.Equal("halted", (await house.Publication(missed[0], Body)).Text("missReason"));
        await It_is_halted(placed, missed[0]);

        await Only_a_second_person_lifts(placed);
        await Task.Delay(2000); // time enough for a burst
        Assert.Equal(outThen, await Out());
        Assert.DoesNotContain((await house.AtSite()).Where(i => due.Contains(i.PublicationId)), i => i.ReceivedAt > answered);
        (await approver.Post($"/v1/publications/{missed[0]}/decide-missed", new { decision = "publish" }, (await house.Publication(missed[0], Body)).Version)).Is(200);
        await house.Becomes(missed[0], Body, "Released");

        async Task<int> Out() => (await house.AtSite()).Count(i => due.Contains(i.PublicationId));
        async Task<List<Guid>> States(string state) =>
            [.. (await Task.WhenAll(due.Select(async id => (id, (await house.Publication(id, Body)).Text("state"))))).Where(p => p.Item2 == state).Select(p => p.id)];
    }

    /// <summary>Going out is refused, arming for later is not; the halt is known to officials whom it concerns.</summary>
    private async Task It_is_halted(Reply placed, Guid missed)
    {
        var (approver, path) = (house.Publishing(Roles.Approver, Body), $"/v1/halts/{placed.Text("id")}");
        (await approver.Post($"/v1/publications/{missed}/decide-missed", new { decision = "publish" }, (await house.Publication(missed, Body)).Version)).Is(409, "halted");
        var later = await house.Scheduled(Body, DateTimeOffset.UtcNow.AddDays(2));
        (await house.Publishing(Roles.Editor, Body).Post($"/v1/publications/{later}/release-now", new { reason = "Шұғыл" }, (await house.Publication(later, Body)).Version)).Is(409, "halted");
        (await house.Publishing(Roles.Editor, Body).Post($"/v1/publications/{later}/cancel", new { }, (await house.Publication(later, Body)).Version)).Is(200);

        Assert.Contains((await approver.Get("/v1/halts?active=true")).Is(200).Items, h => h.GetProperty("id").GetGuid() == placed.Json.GetProperty("id").GetGuid());
        Assert.Equal(("Active", Body), ((await approver.Get(path)).Is(200).Text("state"), (await approver.Get(path)).Text("within")));
        (await house.Publishing(Roles.Approver, Other).Get(path)).Is(404);
        (await house.Publishing(Roles.Head, Other).Post(path + "/lift", new { }, 1)).Is(404);
        (await Ground.Wire.As(house.Publications, null).Get("/v1/halts")).Is(401);
        (await approver.Post("/v1/halts", new { scope = new { kind = "all" }, reason = "Бәрі" })).Is(403, "halt-not-own");
        (await approver.Post("/v1/halts", new { scope = new { kind = "body", value = Body } })).Is(400, "reason-missing");
    }

    private async Task Only_a_second_person_lifts(Reply placed)
    {
        var (head, path) = (house.Publishing(Roles.Head, Body), $"/v1/halts/{placed.Text("id")}");
        (await house.Publishing(Roles.Approver, Body).Post(path + "/lift", new { }, 1)).Is(409, "lifter-is-placer");
        (await head.Post(path + "/lift", new { })).Is(428, "version-required");
        var before = DateTimeOffset.UtcNow;
        Assert.Equal("Lifted", (await head.Post(path + "/lift", new { reason = "Аза тұту күні өтті" }, 1)).Is(200).Text("state"));
        (await head.Post(path + "/lift", new { }, 1)).Is(412);
        Assert.Equal("Lifted", (await head.Post(path + "/lift", new { }, 2)).Is(200).Text("state"));
        Assert.Equal("Active", (await head.Get($"{path}?asOf={Uri.EscapeDataString(before.ToString("O"))}")).Is(200).Text("state"));
        Assert.Equal(["halt_placed", "halt_lifted"], (await head.Get(path + "/history")).Is(200).Items.Select(e => e.GetProperty("fact").GetString()));
    }

    [Fact]
    public async Task A_crisis_goes_from_its_plan_past_the_halt_of_the_ordinary_to_its_timeline()
    {
        var (editor, approver, head) = (house.Publishing(Roles.Editor, Other), house.Publishing(Roles.Approver, Other), house.Publishing(Roles.Head, Other));
        var plan = (await editor.Post("/v1/crisis-plans", Plan("flood"))).Is(201);
        var path = $"/v1/crisis-plans/{plan.Text("id")}";
        (await editor.Post("/v1/crisis-plans", Plan("flood"))).Is(409, "plan-exists");
        (await editor.Post(path + "/start", Start, 1)).Is(409, "plan-not-approved");
        (await approver.Post(path + "/approve", new { }, 1)).Is(200);
        var rehearsed = (await editor.Post(path + "/rehearse", new { minutes = new { draft = 20, approve = 10, release = 5 } }, 2)).Is(200).Json.GetProperty("report");
        Assert.True(rehearsed.GetProperty("clock").GetProperty("kept").GetBoolean());
        Assert.Equal(["kk", "ru"], rehearsed.GetProperty("out").EnumerateArray().Select(o => o.GetProperty("language").GetString()));

        var ordinary = await house.Scheduled(Other, DateTimeOffset.UtcNow.AddSeconds(6));
        (await editor.Post(path + "/start", new { reason = "Бөгет бұзылды" }, 3)).Is(400, "placeholder-missing");
        (await house.Publishing(Roles.Approver, Body).Post(path + "/start", Start, 3)).Is(404);
        (await approver.Post(path + "/start", Start, 3)).Is(403, "not-named-in-plan");
        var crisis = (await editor.Post(path + "/start", Start, 3)).Is(201);
        Assert.Equal(("Open", "Running"), (crisis.Text("state"), crisis.Json.GetProperty("clock").GetProperty("state").GetString()));
        Assert.Contains((await head.Get("/v1/crises/clocks?overdue=false")).Is(200).Items, c => c.GetProperty("crisisId").ToString() == crisis.Text("id"));
        var opened = DateTimeOffset.UtcNow;
        var statement = Assert.Single(crisis.Json.GetProperty("publications").EnumerateArray());
        Assert.Equal(["approve:kk", "approve:ru"], statement.GetProperty("waitsFor").EnumerateArray().Select(w => w.GetString()));

        (await editor.Post($"/v1/crises/{crisis.Text("id")}/close", new { }, 1)).Is(409, "statement-owed");
        var id = statement.GetProperty("publicationId").GetGuid();
        (await editor.Post($"/v1/publications/{id}/release-now", new { reason = "Үш сағаттық мерзім" }, (await house.Publication(id, Other)).Version)).Is(200);
        await house.Becomes(id, Other, "Released");
        Assert.Equal("halted", (await house.Becomes(ordinary, Other, "Missed")).Text("missReason"));

        var open = (await head.Get($"/v1/crises/{crisis.Text("id")}")).Is(200).Json;
        Assert.Equal("Kept", open.GetProperty("clock").GetProperty("state").GetString());
        Assert.Equal(["kk", "ru"], open.GetProperty("publications")[0].GetProperty("owedApprovals").EnumerateArray().Select(l => l.GetString()));
        await The_timeline_tells(head, crisis, id, opened);
        await Only_the_people_of_the_plan_approve_and_put_on_its_tag(crisis, id);

        (await approver.Post($"/v1/crises/{crisis.Text("id")}/close", new { }, 1)).Is(403, "not-named-in-plan");
        Assert.Equal("Closed", (await editor.Post($"/v1/crises/{crisis.Text("id")}/close", new { }, 1)).Is(200).Text("state"));
        var halt = $"/v1/halts/{crisis.Text("haltId")}";
        Assert.Equal(("Active", $"crisis:{crisis.Text("id")}"), ((await head.Get(halt)).Is(200).Text("state"), (await head.Get(halt)).Text("except")));
        (await head.Post(halt + "/lift", new { }, 1)).Is(200);
        (await editor.Post("/v1/publications", Tagged(crisis.Text("tag")!))).Is(400, "crisis-not-running");
    }

    /// <summary>The approval that is owed, and drafts that the halt of the ordinary flow would let through.</summary>
    private async Task Only_the_people_of_the_plan_approve_and_put_on_its_tag(Reply crisis, Guid statement)
    {
        Door Someone(string role) => Ground.Wire.As(house.Publications, Dev.Token.Make(Repository.Secrets, [role], Other, "a colleague", 3600));
        var (editor, tag, seen) = (house.Publishing(Roles.Editor, Other), crisis.Text("tag")!, await house.Publication(statement, Other));
        var ask = new { language = "kk", contentHash = seen.Json.GetProperty("contentHash").GetProperty("kk").GetString() };
        (await Someone(Roles.Approver).Post($"/v1/publications/{statement}/approve", ask, seen.Version)).Is(403, "not-named-in-plan");
        Assert.Equal(["ru"], (await house.Publishing(Roles.Approver, Other).Post($"/v1/publications/{statement}/approve", ask, seen.Version)).Is(200).Json.GetProperty("approvalOwed").EnumerateArray().Select(l => l.GetString()));

        Assert.Contains("tags", (await editor.Post("/v1/publications", Tagged("crisis:" + Guid.NewGuid()))).Is(400, "crisis-not-running").Body, StringComparison.Ordinal);
        (await house.Publishing(Roles.Editor, Body).Post("/v1/publications", Tagged(tag))).Is(400, "crisis-not-running");
        (await Someone(Roles.Editor).Post("/v1/publications", Tagged(tag))).Is(403, "not-named-in-plan");
        var ordinary = (await Someone(Roles.Editor).Post("/v1/publications", Tagged("су-тасқыны"))).Is(201);
        (await Someone(Roles.Editor).Post($"/v1/publications/{ordinary.Text("id")}/edit", new { tags = new[] { tag.ToUpperInvariant() } }, 1)).Is(400, "crisis-not-running");
        (await Someone(Roles.Editor).Post($"/v1/publications/{ordinary.Text("id")}/edit", new { tags = new[] { tag } }, 1)).Is(403, "not-named-in-plan");
        var second = (await editor.Post("/v1/publications", Tagged(tag))).Is(201);
        Assert.Contains((await editor.Get($"/v1/crises/{crisis.Text("id")}")).Is(200).Json.GetProperty("publications").EnumerateArray(), p => p.GetProperty("publicationId").ToString() == second.Text("id"));
    }

    private static object Tagged(string tag) => new { kind = "Statement", title = new { kk = "Жағдай туралы", ru = "Об обстановке" }, text = new { kk = "Су тартылды.", ru = "Вода уходит." }, tags = new[] { tag } };

    private static async Task The_timeline_tells(Door head, Reply crisis, Guid publication, DateTimeOffset opened)
    {
        var path = $"/v1/crises/{crisis.Text("id")}/timeline";
        var timeline = (await head.Get(path)).Is(200).Items.Select(e => (e.GetProperty("of").GetString(), e.GetProperty("what").GetString(), e.GetProperty("channel").GetString())).ToList();
        Assert.Contains(("publication", "delivery_accepted", "site"), timeline);
        Assert.Contains(("publication", "publication_released", null), timeline);
        Assert.True(timeline.IndexOf(("crisis", "crisis_started", null)) < timeline.IndexOf(("publication", "publication_released", null)));
        Assert.Contains(("halt", "halt_placed", null), timeline);
        var then = (await head.Get($"{path}?asOf={Uri.EscapeDataString(opened.ToString("O"))}")).Is(200).Items.Select(e => e.GetProperty("what").GetString()).ToList();
        Assert.Equal(["crisis_started", "halt_placed", "publication_drafted", "publication_submitted"], then.Order());
        Assert.Equal("InReview", (await head.Get($"/v1/crises/{crisis.Text("id")}?asOf={Uri.EscapeDataString(opened.ToString("O"))}")).Is(200).Json.GetProperty("publications")[0].GetProperty("state").GetString());
        Assert.NotEqual(Guid.Empty, publication);
    }

    private static readonly object Start = new { reason = "Бөгет бұзылды", values = new { place = new { kk = "Құлсары", ru = "Кульсары" } } };

    private static object Plan(string topic) => new
    {
        topic,
        title = new { kk = "Өзеннің тасуы", ru = "Паводок" },
        disruptsLiving = true,
        haltsOrdinary = true,
        templates = new[] { new { code = "first", kind = "Statement", title = new { kk = "{place}: су тасқыны", ru = "{place}: паводок" }, text = new { kk = "{place} тұрғындары көшірілді.", ru = "Жители {place} эвакуированы." } } },
        roles = new object[]
        {
            new { role = "draft", who = "editor of " + Other, byId = true }, new { role = "approve", who = "approver of " + Other, byId = true }, new { role = "speak", who = "Ресми өкіл" },
            new { role = "start", who = "editor of " + Other, byId = true }, new { role = "close", who = "editor of " + Other, byId = true },
        },
    };
}
