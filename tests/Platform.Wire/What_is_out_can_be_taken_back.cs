namespace Platform.Wire;

/// <summary>After the release: corrected, withdrawn, owed an approval, followed by Russian; and kept until its embargo is over.</summary>
[Collection(House.Collection)]
public sealed class What_is_out_can_be_taken_back(House house) : IAsyncLifetime
{
    private const string Body = "min-education";
    private Door Editor => house.Publishing(Roles.Editor, Body);
    private Door Approver => house.Publishing(Roles.Approver, Body);
    private Door Anybody => Ground.Wire.As(house.Publications, null);
    private static readonly object Notice = new { kk = "Түзету жарияланды", ru = "Опубликована поправка" };

    public async ValueTask InitializeAsync()
    {
        await House.Up(house.Publications);
        await house.SiteBehaves("none");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_correction_is_approved_like_the_first_words_and_a_withdrawal_leaves_the_notice_alone()
    {
        var id = await house.Soon(Body);
        var path = $"/v1/publications/{id}";
        var released = await house.Becomes(id, Body, "Released");
        var proposed = (await Editor.Post(path + "/correct", new { text = new { kk = "Түзетілген", ru = "Исправлено" }, notice = Notice, reason = "Қате сан" }, released.Version)).Is(200);
        Assert.Equal("Текст", (await Anybody.Get(path)).Is(200).Json.GetProperty("text").GetProperty("ru").GetString());
        (await Approver.Post(path + "/approve", new { language = "kk", contentHash = proposed.Json.GetProperty("contentHash").GetProperty("kk").GetString() }, proposed.Version)).Is(409, "content-changed");

        var seen = proposed;
        foreach (var language in new[] { "kk", "ru" })
        {
            seen = (await Approver.Post(path + "/approve", new { language, contentHash = proposed.Json.GetProperty("correctionHash").GetProperty(language).GetString() }, seen.Version)).Is(200);
        }

        Assert.Equal("Corrected", seen.Text("state"));
        var shown = (await Anybody.Get(path)).Is(200);
        Assert.Equal(("Исправлено", "Опубликована поправка"), (shown.Json.GetProperty("text").GetProperty("ru").GetString(), shown.Json.GetProperty("notice").GetProperty("ru").GetString()));
        // what was public before can be shown
        var before = $"{path}?asOf={Uri.EscapeDataString(released.Json.GetProperty("releasedAt").GetDateTimeOffset().AddMilliseconds(1).ToString("O"))}";
        Assert.Equal("Текст", (await Anybody.Get(before)).Is(200).Json.GetProperty("text").GetProperty("ru").GetString());
        await Followed(id);

        seen = await house.Publication(id, Body);
        (await Editor.Post(path + "/withdraw", new { notice = Notice, reason = "Басқа адамның суреті" }, seen.Version)).Is(200);
        var gone = (await Anybody.Get(path)).Is(200);
        Assert.Equal(("Withdrawn", null), (gone.Text("state"), gone.Json.GetProperty("text").GetProperty("ru").GetString()));
        Assert.Equal("canceled", (await Anybody.Get(path + ".ninjs.json")).Is(200).Text("pubStatus"));
        var feed = (await Anybody.Get("/feeds/publications.kk.atom")).Is(200).Body;
        Assert.Contains($"ref=\"urn:uuid:{id}\"", feed, StringComparison.Ordinal);
        Assert.DoesNotContain("Түзетілген", feed, StringComparison.Ordinal);
        // nor can it be shown as it was, but to officials
        Assert.Null((await Anybody.Get(before)).Is(200).Json.GetProperty("text").GetProperty("ru").GetString());
        Assert.Equal("Текст", (await Editor.Get(before)).Is(200).Json.GetProperty("text").GetProperty("ru").GetString());
        await Followed(id);
        seen = await house.Publication(id, Body);
        Assert.Equal(seen.Version, (await Editor.Post(path + "/withdraw", new { notice = Notice, reason = "тағы" }, seen.Version)).Is(200).Version);
        await Eventually.So("both are heard", () => house.Wire.Heard.About(id).Select(m => m.Message.GetType().Name).Intersect(["PublicationCorrected", "PublicationWithdrawn"]).Count() == 2);
    }

    /// <summary>The site has done what it can, or a person has seen to it.</summary>
    private async Task Followed(Guid id)
    {
        var open = await Eventually.Get("the site follows, or a person has to", () => house.Publication(id, Body), p => p.Json.GetProperty("followUps").EnumerateArray().Last() is var f
            && (!f.GetProperty("isOpen").GetBoolean() || f.GetProperty("plan").GetProperty("how").GetString() == "nothing"));
        if (open.Json.GetProperty("followUps").EnumerateArray().Last().GetProperty("isOpen").GetBoolean())
        {
            var settled = (await Editor.Post($"/v1/publications/{id}/settle-follow-up", new { channel = "site", note = "Сайтта қолмен түзетілді" }, open.Version)).Is(200);
            Assert.DoesNotContain(settled.Json.GetProperty("followUps").EnumerateArray(), f => f.GetProperty("isOpen").GetBoolean());
        }
    }

    [Fact]
    public async Task What_one_person_let_out_is_a_debt_until_a_second_one_approves_it()
    {
        var draft = (await Editor.Post("/v1/publications", new { kind = "Apology", title = new { kk = "Кешірім", ru = "Извинение" }, text = new { kk = "Кешіріңіздер", ru = "Простите" } })).Is(201);
        var (id, path) = (draft.Json.GetProperty("id").GetGuid(), $"/v1/publications/{draft.Text("id")}");
        (await Editor.Post(path + "/release-now", new { reason = "Өзен арнасынан асты" }, 1)).Is(200);
        var released = await house.Becomes(id, Body, "Released");
        Assert.Single(await house.AtSite(id));
        Assert.Contains((await Approver.Get("/v1/publications/debts")).Is(200).Items, d => d.GetProperty("id").GetGuid() == id);

        var hash = draft.Json.GetProperty("contentHash");
        (await house.Publishing(Roles.Editor, Body).Post(path + "/approve", new { language = "kk", contentHash = hash.GetProperty("kk").GetString() }, released.Version)).Is(403);
        var first = (await Approver.Post(path + "/approve", new { language = "kk", contentHash = hash.GetProperty("kk").GetString() }, released.Version)).Is(200);
        (await Approver.Post(path + "/approve", new { language = "ru", contentHash = hash.GetProperty("ru").GetString() }, first.Version)).Is(200);
        Assert.DoesNotContain((await Approver.Get("/v1/publications/debts")).Is(200).Items, d => d.GetProperty("id").GetGuid() == id);
    }

    [Fact]
    public async Task Kazakh_goes_first_and_Russian_follows_its_own_approval()
    {
        var draft = (await Editor.Post("/v1/publications", new
        {
            kind = "News",
            title = new { kk = "Тақырып", ru = "Русский заголовок" },
            text = new { kk = "Мәтін", ru = "Русский текст" },
            wantedAt = DateTimeOffset.UtcNow.AddSeconds(8),
            languagePolicy = "kk-first",
        })).Is(201);
        var (id, path, hash) = (draft.Json.GetProperty("id").GetGuid(), $"/v1/publications/{draft.Text("id")}", draft.Json.GetProperty("contentHash"));
        var seen = (await Editor.Post(path + "/submit", new { }, 1)).Is(200);
        seen = (await Approver.Post(path + "/approve", new { language = "kk", contentHash = hash.GetProperty("kk").GetString() }, seen.Version)).Is(200);
        (await Editor.Post(path + "/schedule", new { }, seen.Version)).Is(200);
        var released = await house.Becomes(id, Body, "Released", 40);

        Assert.DoesNotContain("Русский", (await Anybody.Get(path)).Is(200).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Русский", (await Anybody.Get("/feeds/publications.ru.atom")).Is(200).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Русский", (await Ground.Wire.As(house.Wire.Site, null).Get("/items")).Is(200).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Русский", (await Anybody.Get("/v1/changes?after=0&limit=200")).Is(200).Body, StringComparison.Ordinal);

        (await Approver.Post(path + "/approve", new { language = "ru", contentHash = hash.GetProperty("ru").GetString() }, released.Version)).Is(200);
        await Eventually.So("Russian is out too", async () => (await Anybody.Get(path)).Is(200).Json.GetProperty("releasedLanguages").GetArrayLength() == 2);
        Assert.Equal(2, (await house.AtSite(id)).Count);
        Assert.Contains("Русский", (await Anybody.Get(path)).Is(200).Body, StringComparison.Ordinal);
    }
}
