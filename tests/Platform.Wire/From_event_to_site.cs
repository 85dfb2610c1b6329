using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Wire;

/// <summary>An announced event, a disclosed answer: drafted by the message, approved, and on the site exactly once, whatever dies in between.</summary>
public sealed class From_event_to_site(Ground.Wire wire) : IAsyncLifetime
{
    private const string Body = "min-finance";
    private static int _weeks;

    public async ValueTask InitializeAsync()
    {
        await Faults("none");
        if (!wire.Publications.Runs)
        {
            await wire.Publications.Start();
            await wire.Publications.Ready();
        }
    }

    private Door Editor => Ground.Wire.As(wire.Publications, Tokens.For(Roles.Editor, Body));
    private Door Approver => Ground.Wire.As(wire.Publications, Tokens.For(Roles.Approver, Body));
    private Door Planner => Ground.Wire.As(wire.PressEvents, Tokens.For(Roles.Editor, Holders.CentralCommunications));

    [Fact]
    public async Task A_hall_asked_for_ten_times_at_once_is_given_once_and_the_others_hear_what_is_free()
    {
        var asked = Event();
        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Planner.Post("/v1/press-events", asked)));

        Assert.Single(replies, r => r.Status == 201);
        Assert.All(replies.Where(r => r.Status != 201), r =>
        {
            r.Is(409, "hall-taken");
            Assert.Equal(asked["start"]!.ToString(), r.Json.GetProperty("collidesWith")[0].GetProperty("start").GetString());
            Assert.NotEmpty(r.Json.GetProperty("free").EnumerateArray());
        });
        // neighbours may touch
        asked["start"] = asked["end"]!.ToString();
        asked["end"] = DateTimeOffset.Parse(asked["end"]!.ToString(), CultureInfo.InvariantCulture).AddHours(1).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        (await Planner.Post("/v1/press-events", asked)).Is(201);
    }

    [Fact]
    public async Task An_announced_event_is_drafted_once_though_its_message_comes_twice_and_becomes_public()
    {
        var filed = (await Planner.Post("/v1/press-events", Event())).Is(201);
        var id = filed.Json.GetProperty("id").GetGuid();
        var path = $"/v1/press-events/{id}";
        (await Ground.Wire.As(wire.PressEvents, null).Get(path)).Is(404, "not-found");

        (await Planner.Post(path + "/announce", new { }, filed.Version)).Is(200);

        (await Ground.Wire.As(wire.PressEvents, null).Get(path)).Is(200);
        Assert.Contains(id.ToString(), (await Ground.Wire.As(wire.PressEvents, null).Get("/feeds/press-events.kk.ics")).Is(200).Body, StringComparison.Ordinal);
        var cause = $"press-event:{id}";
        await Eventually.Get("a draft", () => Drafts(cause), found => found.Count == 1);
        var message = await Eventually.Get("the message is heard", () => Task.FromResult(wire.Heard.About(id).FirstOrDefault()), m => m is not null);
        await Queues.Repeat(wire.Servers.Rabbit, message!.MessageId, Queues.Archive, Queues.Publications);
        await Eventually.So("the repeat is taken", async () => await Queues.Count(wire.Servers.Rabbit, Queues.Publications) == 0);

        // heard after the repeat, and by the same consumer
        var later = (await Planner.Post("/v1/press-events", Event())).Is(201);
        (await Planner.Post($"/v1/press-events/{later.Text("id")}/announce", new { }, later.Version)).Is(200);
        await Eventually.Get("the next draft", () => Drafts($"press-event:{later.Text("id")}"), found => found.Count == 1);
        Assert.Single(await Drafts(cause));
    }

    [Fact]
    public async Task A_disclosed_answer_is_drafted_for_its_holder()
    {
        var request = await wire.Receive(Body);
        await wire.Officer(Body).Post($"/v1/inquiries/{request.Id}/answer", new { text = "Ответ" }, 2);
        (await wire.Officer(Body).Post($"/v1/inquiries/{request.Id}/clear-for-disclosure", new { title = new { kk = "Тақырып", ru = "Тема" }, text = new { kk = "Сөз", ru = "Слово" } }, 3)).Is(200);

        var disclosure = await Eventually.Get("the message", () => Task.FromResult(wire.Heard.About(request.Id).Select(m => m.Message).OfType<Contracts.Inquiries.AnswerDisclosed>().FirstOrDefault()), m => m is not null);
        var draft = await Eventually.Get("a draft", () => Drafts("disclosure:" + disclosure!.DisclosureId), found => found.Count == 1);

        Assert.Equal("Слово", draft[0].GetProperty("text").GetProperty("ru").GetString());
    }

    [Fact]
    public async Task What_is_approved_and_scheduled_stands_on_the_site_once_and_not_early()
    {
        var due = DateTimeOffset.UtcNow.AddSeconds(5); // time to approve and arm it on a busy machine
        var id = await Scheduled(due);

        var released = await Eventually.Get("it is released", () => Editor.Get($"/v1/publications/{id}"), r => r.Text("state") == "Released");

        Assert.True(released.Json.GetProperty("releasedAt").GetDateTimeOffset() >= due);
        Assert.Equal(1, await OnSite(id));
        await Eventually.So("its message is heard", () => wire.Heard.About(id).Any(m => m.Message is Contracts.Publications.PublicationReleased));
        Assert.Equal("Released", (await Ground.Wire.As(wire.Publications, null).Get($"/v1/publications/{id}")).Is(200).Text("state"));
    }

    [Fact]
    public async Task A_releaser_killed_in_the_middle_of_the_call_and_two_at_its_work_release_once()
    {
        await wire.SecondPublications.Start();
        await wire.SecondPublications.Ready();
        await Faults("slow", 2500);
        var ids = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Scheduled(DateTimeOffset.UtcNow.AddSeconds(4))));
        var editor = Ground.Wire.As(wire.SecondPublications, Tokens.For(Roles.Editor, Body));
        await Eventually.So("the calls are under way", async () => (await editor.Get($"/v1/publications/{ids[0]}")).Text("state") == "Releasing");

        await wire.Publications.Kill();

        foreach (var id in ids)
        {
            await Eventually.So("the other one finishes it", async () => (await editor.Get($"/v1/publications/{id}")).Text("state") == "Released", 40);
            Assert.Equal(1, await OnSite(id));
        }
    }

    [Fact]
    public async Task An_answer_of_the_site_that_was_lost_is_asked_for_and_not_sent_again()
    {
        await Faults("lose-answer");
        var id = await Scheduled(DateTimeOffset.UtcNow.AddSeconds(5));
        await Eventually.So("the site has it", async () => await OnSite(id) == 1);
        await Faults("none");

        await Eventually.So("it counts as released", async () => (await Editor.Get($"/v1/publications/{id}")).Text("state") == "Released", 30);

        Assert.Equal(1, await OnSite(id));
    }

    [Fact]
    public async Task An_approval_is_of_the_words_as_they_were_and_never_the_authors_own()
    {
        var draft = (await Editor.Post("/v1/publications", Draft(DateTimeOffset.UtcNow.AddDays(1)))).Is(201);
        var path = $"/v1/publications/{draft.Text("id")}";
        var hash = draft.Json.GetProperty("contentHash").GetProperty("kk").GetString();
        var both = Ground.Wire.As(wire.Publications, Dev.Token.Make(Repository.Secrets, [Roles.Editor, Roles.Approver], Body, "editor of " + Body, 3600));
        var edited = (await Editor.Post(path + "/edit", new { title = new { kk = "Басқа", ru = "Другое" } }, draft.Version)).Is(200);
        var submitted = (await Editor.Post(path + "/submit", new { }, edited.Version)).Is(200);

        (await Approver.Post(path + "/approve", new { language = "kk", contentHash = hash }, submitted.Version)).Is(409, "content-changed");
        (await both.Post(path + "/approve", new { language = "kk", contentHash = submitted.Json.GetProperty("contentHash").GetProperty("kk").GetString() }, submitted.Version)).Is(409, "approver-is-author");
        (await Editor.Post(path + "/approve", new { language = "kk", contentHash = hash }, submitted.Version)).Is(403, "forbidden");
        (await Editor.Post(path + "/schedule", new { }, submitted.Version)).Is(409);
        (await Ground.Wire.As(wire.Publications, null).Get(path)).Is(404, "not-found");
        (await Ground.Wire.As(wire.Publications, Tokens.For(Roles.Editor, "min-water")).Get(path)).Is(404, "not-found");
    }

    private async Task<Guid> Scheduled(DateTimeOffset due)
    {
        var draft = (await Editor.Post("/v1/publications", Draft(due))).Is(201);
        var path = $"/v1/publications/{draft.Text("id")}";
        var last = (await Editor.Post(path + "/submit", new { }, draft.Version)).Is(200);
        foreach (var language in new[] { "kk", "ru" })
        {
            last = (await Approver.Post(path + "/approve", new { language, contentHash = last.Json.GetProperty("contentHash").GetProperty(language).GetString() }, last.Version)).Is(200);
        }

        (await Editor.Post(path + "/schedule", new { }, last.Version)).Is(200);
        return draft.Json.GetProperty("id").GetGuid();
    }

    private static object Draft(DateTimeOffset wantedAt) => new
    {
        kind = "News",
        title = new { kk = "Жаңалық", ru = "Новость" },
        text = new { kk = "Мәтін", ru = "Слова новости" },
        channels = new[] { "site" },
        wantedAt,
    };

    /// <summary>An event in a hall at a time that no other has.</summary>
    private static JsonObject Event()
    {
        var e = JsonNode.Parse(File.ReadLines(Repository.Sample("press-events.jsonl")).First())!.AsObject();
        var sample = DateTimeOffset.Parse(e["start"]!.ToString(), CultureInfo.InvariantCulture);
        // whole weeks from the sample, so that day and hour stay those of its hall; ten of them from today, where no sample and no slot lies
        var start = sample.AddDays(7 * (Math.Ceiling((DateTimeOffset.UtcNow - sample).TotalDays / 7) + 10 + Interlocked.Increment(ref _weeks)));
        e["start"] = start.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        e["end"] = start.AddHours(1).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        e["body"] = Body;
        // words that no citizen's form holds, for those are looked for in public messages
        e["title"] = new JsonObject { ["kk"] = "Брифинг", ["ru"] = "Пресс-подход" };
        e["summary"] = new JsonObject { ["kk"] = "Брифинг болады", ["ru"] = "Пресс-подход в зале" };
        return e;
    }

    private async Task<IReadOnlyList<JsonElement>> Drafts(string cause)
    {
        List<JsonElement> all = [];
        for (var path = "/v1/publications?limit=200"; ;)
        {
            var page = (await Editor.Get(path)).Is(200);
            all.AddRange(page.Items.Where(i => i.TryGetProperty("cause", out var c) && c.ValueKind == JsonValueKind.String && c.GetString() == cause));
            if (page.Text("next") is not { Length: > 0 } next)
            {
                return all;
            }

            path = $"/v1/publications?limit=200&cursor={Uri.EscapeDataString(next)}";
        }
    }

    private async Task<int> OnSite(Guid publication) =>
        (await Ground.Wire.As(wire.Site, null).Get("/counts")).Json.GetProperty("publications").TryGetProperty(publication.ToString(), out var count) ? count.GetInt32() : 0;

    private Task<Reply> Faults(string mode, int ms = 0) => Ground.Wire.As(wire.Site, null).Post("/faults", new { mode, ms });

    public async ValueTask DisposeAsync()
    {
        await Faults("none");
        if (!wire.Publications.Runs)
        {
            await wire.Publications.Start();
            await wire.Publications.Ready();
        }

        await wire.SecondPublications.DisposeAsync();
    }
}
