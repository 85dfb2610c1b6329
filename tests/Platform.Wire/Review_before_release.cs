extern alias publications;

using System.Globalization;
using System.Text.Json;
using publications::Publications;

namespace Platform.Wire;

/// <summary>What officials see before they let something out, and what everybody can ask about afterwards.</summary>
[Collection(House.Collection)]
public sealed class Review_before_release(House house) : IAsyncLifetime
{
    private const string Body = "akimat-11", Other = "min-education";

    public async ValueTask InitializeAsync()
    {
        await House.Up(house.Publications);
        await house.SiteBehaves("none");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Door Editor => house.Publishing(Roles.Editor, Body);
    private Door Approver => house.Publishing(Roles.Approver, Body);
    private Door Anybody => Ground.Wire.As(house.Publications, null);
    private Door Admin => Ground.Wire.As(house.Publications, Tokens.Admin());

    private async Task<Reply> Draft(string kk, string ru, string kind = "News") =>
        (await Editor.Post("/v1/publications", new { kind, title = new { kk = "Жаңалық туралы", ru = "О новости" }, text = new { kk, ru } })).Is(201);

    private static string[] Codes(Reply checks) => [.. checks.Items.Select(f => f.GetProperty("code").GetString()!).Distinct().Order(StringComparer.Ordinal)];

    [Fact]
    public async Task A_bad_draft_hears_everything_that_is_wrong_with_it()
    {
        var (there, nowhere) = ($"http://127.0.0.1:{Ground.Wire.SitePort}/items", $"http://127.0.0.1:{Ground.Wire.SitePort}/nowhere");
        var draft = await Draft($"Қызмет бабында пайдалану үшін. 5 наурызда 100 адам келді: {there}", $"Для служебного пользования. 6 марта пришли 120 человек: {there} и {nowhere}, пишите someone@mail.kz");
        var path = $"/v1/publications/{draft.Text("id")}";

        var checks = await Eventually.Get("the links were looked at", () => Editor.Get(path + "/checks"), r => !Codes(r).Contains("link-unchecked"));

        checks.Is(200);
        Assert.Equal(["dates-differ", "link-dead", "links-differ", "numbers-differ", "personal-identifier", "restricted-word"], Codes(checks));
        Assert.True(checks.Json.GetProperty("blocked").GetBoolean());
        Assert.Equal(draft.Version, checks.Version);
        Assert.DoesNotContain("someone@mail.kz", checks.Body, StringComparison.Ordinal);
        var dead = Assert.Single(checks.Items, f => f.GetProperty("code").GetString() == "link-dead");
        Assert.Contains("/nowhere answered 404", dead.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(("Сілтеме жауап бермейді", "Ссылка не отвечает"), (dead.GetProperty("words").GetProperty("kk").GetString(), dead.GetProperty("words").GetProperty("ru").GetString()));
        (await house.Publishing(Roles.Editor, Other).Get(path + "/checks")).Is(404, "not-found");
        (await house.Publishing(Roles.Officer, Body).Get(path + "/checks")).Is(403, "forbidden");
        (await Anybody.Get(path + "/checks")).Is(401, "unauthenticated");
        (await Editor.Get($"/v1/publications/{Guid.Empty}/checks")).Is(404, "not-found");
        await AsItStood(path, draft, Codes(checks));
    }

    /// <summary>Put right, it still says what was wrong with it, and what would have stood there.</summary>
    private async Task AsItStood(string path, Reply draft, string[] wrong)
    {
        var then = "?asOf=" + Uri.EscapeDataString(DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture));
        await Task.Delay(20);
        (await Editor.Post(path + "/edit", new { text = new { kk = "Көпір ашылды.", ru = "Мост открыли." } }, draft.Version)).Is(200);
        Assert.Empty(Codes((await Editor.Get(path + "/checks")).Is(200)));
        Assert.Equal(JsonValueKind.Null, (await Editor.Get(path + "/checks")).Json.GetProperty("ofNow").ValueKind);
        var checks = (await Editor.Get(path + "/checks" + then)).Is(200);
        Assert.Equal((draft.Version, true), (checks.Version, checks.Json.GetProperty("blocked").GetBoolean()));
        Assert.Equal(wrong, Codes(checks));
        Assert.Contains("links", checks.Json.GetProperty("ofNow").EnumerateArray().Select(o => o.GetString()));
        var preview = (await Editor.Get(path + "/preview" + then)).Is(200);
        Assert.Equal((draft.Version, "accounts"), (preview.Version, preview.Json.GetProperty("ofNow")[0].GetString()));
        Assert.Contains("Для служебного пользования", preview.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Для служебного пользования", (await Editor.Get(path + "/preview")).Is(200).Body, StringComparison.Ordinal);
        (await Editor.Get(path + "/checks?asOf=2026-01-01T00:00:00Z")).Is(404, "not-found");
        (await Editor.Get(path + "/preview?asOf=2026-01-01T00:00:00Z")).Is(404, "not-found");
        (await house.Publishing(Roles.Editor, Other).Get(path + "/checks" + then)).Is(404, "not-found");
    }

    [Fact]
    public async Task A_word_is_restricted_from_the_moment_that_an_admin_keeps_it_until_he_removes_it()
    {
        var mark = "сөз" + Guid.NewGuid().ToString("N")[..8];
        var (draft, code) = (await Draft($"Мұнда {mark} бар", "Здесь его нет"), "wire-" + Guid.NewGuid().ToString("N")[..8]);
        var (checks, entry) = ($"/v1/publications/{draft.Text("id")}/checks", $"/v1/restricted-words/{code}");
        var keep = new { pattern = mark[..6] + "*", reason = new { kk = "Сынақ үшін", ru = "Для проверки" }, because = "Проверка", language = "kk" };
        Assert.DoesNotContain("restricted-word", Codes(await Editor.Get(checks)));

        (await Editor.Post(entry + "/keep", keep, 0)).Is(403, "forbidden");
        (await Admin.Post(entry + "/keep", keep)).Is(428, "version-required");
        var kept = (await Admin.Post(entry + "/keep", keep, 0)).Is(200);
        (await Admin.Post(entry + "/keep", keep, 0)).Is(412, "version-stale");
        Assert.Equal(1, (await Admin.Post(entry + "/keep", keep, kept.Version)).Is(200).Version);
        Assert.Contains("restricted-word", Codes(await Editor.Get(checks)));
        (await Admin.Post(entry + "/remove", new { because = "Проверено" }, 1)).Is(200);
        Assert.DoesNotContain("restricted-word", Codes(await Editor.Get(checks)));
        Assert.Equal(2, (await Editor.Get(entry + "/history")).Is(200).Json.GetArrayLength());
        (await Editor.Get("/v1/restricted-words/never-kept")).Is(404, "not-found");
        Assert.Contains((await Editor.Get("/v1/restricted-words?limit=200")).Is(200).Items, e => e.GetProperty("code").GetString() == "dsp-ru");
    }

    [Fact]
    public async Task Ten_remark_at_once_and_the_publication_does_not_move()
    {
        var draft = await Draft("Бірінші сөйлем.", "Первое предложение.");
        var path = $"/v1/publications/{draft.Text("id")}";
        var made = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => (i % 2 == 0 ? Editor : Approver).Post(path + "/comments", new { text = $"Ескертпе {i}", language = "kk", field = "text", quote = new { start = 0, text = "Бірінші" } })));

        Assert.Equal(Enumerable.Range(1, 10).Select(v => (201, (long)v)), made.Select(r => (r.Status, r.Version)).Order());
        Assert.Equal(draft.Version, (await Editor.Get(path)).Version);
        var first = made.Single(r => r.Version == 1).Text("id");
        (await Editor.Post(path + "/comments", new { text = "Жоқ", language = "kk", field = "text", quote = new { start = 1, text = "Бірінші" } })).Is(409, "quote-not-there");
        (await Editor.Post(path + "/comments", new { text = "a\0b" })).Is(400, "text-invalid");
        (await house.Publishing(Roles.Editor, Other).Post(path + "/comments", new { text = "Бөтен" })).Is(404, "not-found");
        (await Ground.Wire.As(house.Publications, Tokens.Auditor()).Post(path + "/comments", new { text = "Аудитор" })).Is(403, "forbidden");
        Assert.Equal(11, (await Editor.Post($"{path}/comments/{first}/replies", new { text = "Түзетілді" })).Is(201).Version);
        (await Approver.Post($"{path}/comments/{first}/resolve", new { })).Is(428, "version-required");
        (await Approver.Post($"{path}/comments/{first}/resolve", new { }, 3)).Is(412, "version-stale");
        Assert.Equal("Resolved", (await Approver.Post($"{path}/comments/{first}/resolve", new { }, 11)).Is(200).Text("state"));
        (await Editor.Post($"{path}/comments/{first}/replies", new { text = "Тағы" })).Is(409, "comment-resolved");
        (await Editor.Post($"{path}/comments/{Guid.NewGuid()}/replies", new { text = "Тағы" })).Is(404, "not-found");

        var page = (await Editor.Get(path + "/comments?state=Open&limit=5")).Is(200);
        var rest = (await Editor.Get($"{path}/comments?state=Open&limit=5&cursor={page.Text("next")}")).Is(200);
        Assert.Equal(9, page.Items.Concat(rest.Items).Select(c => c.GetProperty("id").GetGuid()).Distinct().Count());
        Assert.Contains("9 comments are open", (await Editor.Get(path + "/checks")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_is_shown_word_by_word_and_both_languages_beside_each_other_and_on_their_channel()
    {
        var draft = await Draft("Бірінші.\nКөпір ертең ашылады <b>.", "Первое.\nМост откроют завтра <b>.");
        var path = $"/v1/publications/{draft.Text("id")}";
        var edited = (await Editor.Post(path + "/edit", new { text = new { kk = "Бірінші.\nКөпір бүгін ашылады <b>." }, maxLateness = "PT2H" }, 1)).Is(200);

        var diff = (await Editor.Get(path + "/diff")).Is(200).Json;
        Assert.Equal((1, 2), (diff.GetProperty("from").GetInt64(), diff.GetProperty("to").GetInt64()));
        var text = Assert.Single(diff.GetProperty("texts").EnumerateArray());
        Assert.Equal(["same:Бірінші.\nКөпір ", "removed:ертең", "added:бүгін", "same: ашылады <b>."], text.GetProperty("pieces").EnumerateArray().Select(p => $"{p.GetProperty("op")}:{p.GetProperty("text")}"));
        Assert.Equal("maxLateness", Assert.Single(diff.GetProperty("parts").EnumerateArray()).GetProperty("field").GetString());
        (await Editor.Get(path + "/diff?from=7")).Is(400, "version-unknown");
        Assert.Empty((await Editor.Get(path + "/diff?from=2&to=2")).Is(200).Json.GetProperty("texts").EnumerateArray());

        var beside = (await Approver.Get(path + "/side-by-side")).Is(200);
        Assert.Equal(edited.Json.GetProperty("contentHash").GetProperty("ru").GetString(), beside.Json.GetProperty("sides")[1].GetProperty("contentHash").GetString());
        Assert.Equal(["Бірінші.", "Көпір бүгін ашылады <b>."], beside.Json.GetProperty("paragraphs").EnumerateArray().Select(p => p.GetProperty("kk").GetString()));

        var preview = (await Editor.Get(path + "/preview?channel=site")).Is(200);
        var post = preview.Json.GetProperty("channels")[0].GetProperty("posts")[0];
        Assert.Contains("Мост откроют завтра &lt;b&gt;.", post.GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.Equal("no-store", preview.Headers.CacheControl!.ToString());
        (await Editor.Get(path + "/preview?channel=facebook")).Is(400, "channel-unknown");
        (await house.Publishing(Roles.Approver, Other).Get(path + "/preview")).Is(404, "not-found");
        (await Anybody.Get(path + "/preview")).Is(401, "unauthenticated");
    }

    [Fact]
    public async Task The_public_record_tells_what_stood_where_at_an_instant()
    {
        var before = DateTimeOffset.UtcNow;
        var id = await house.Soon(Body);
        var released = await house.Becomes(id, Body, "Released");
        string At(DateTimeOffset at, string more = "") => $"/v1/public-record?body={Body}&at={Uri.EscapeDataString(at.ToString("O", CultureInfo.InvariantCulture))}{more}";
        static JsonElement[] Of(Reply page, Guid id) => [.. page.Is(200).Items.Where(r => r.GetProperty("publicationId").GetGuid() == id)];

        var rows = Of(await Eventually.Get("the record has it", () => Editor.Get($"/v1/public-record?body={Body}"), r => Of(r, id).Length == 4), id);

        Assert.Equal([("platform", "kk"), ("platform", "ru"), ("site", "kk"), ("site", "ru")], rows.Select(r => (r.GetProperty("channel").GetString(), r.GetProperty("language").GetString())).Order());
        Assert.All(rows, r => Assert.Equal((released.Json.GetProperty("contentHash").GetProperty(r.GetProperty("language").GetString()!).GetString(), $"approver of {Body}"), (r.GetProperty("contentHash").GetString(), r.GetProperty("approvedBy").GetString())));
        Assert.Empty(Of(await Editor.Get(At(before)), id));
        Assert.Empty(Of(await Editor.Get($"/v1/public-record?body={Body}&asOf={Uri.EscapeDataString(before.ToString("O", CultureInfo.InvariantCulture))}"), id));
        var everybody = Of(await Anybody.Get(At(DateTimeOffset.UtcNow, "&channel=site&language=ru")), id);
        Assert.Equal(("Текст", JsonValueKind.Null), (everybody.Single().GetProperty("text").GetString(), everybody[0].GetProperty("approvedBy").ValueKind));
        Assert.All(Of(await house.Publishing(Roles.Editor, Other).Get(At(DateTimeOffset.UtcNow)), id), r => Assert.Equal(JsonValueKind.Null, r.GetProperty("approvedBy").ValueKind));
        (await Anybody.Get(At(DateTimeOffset.UtcNow.AddDays(1)))).Is(400, "at-ahead");
        (await Anybody.Get("/v1/public-record?body=nobody")).Is(400, "holder-unknown");

        var history = (await Editor.Get($"/v1/publications/{id}/history")).Is(200).Json.EnumerateArray().Select(e => e.GetProperty("fact").GetString()).ToList();
        Assert.Equal(("publication_drafted", "publication_released"), (history[0], history[^1]));
        Assert.Equal(released.Version, history.Count);
        (await house.Publishing(Roles.Editor, Other).Get($"/v1/publications/{id}/history")).Is(404, "not-found");

        var russian = await Taken_by_an_account_of_Russian("record-" + Guid.NewGuid().ToString("N")[..10]);
        var stood = Of(await Eventually.Get("the record has the account's", () => Editor.Get($"/v1/public-record?body={Body}"), r => Of(r, russian).Length > 0), russian);
        Assert.Equal("ru", Assert.Single(stood).GetProperty("language").GetString());
    }

    /// <summary>By its facts: a call for whatever the account spoke then, which speaks both languages by now.</summary>
    private async Task<Guid> Taken_by_an_account_of_Russian(string code)
    {
        var head = house.Publishing(Roles.Head, Body);
        (await head.Post("/v1/channels", new { code, kind = "telegram", languages = new[] { "ru" }, settings = new { chat = "@record" } })).Is(201);
        await using var provider = InProcess.Publications(house.Wire.Servers.Database("publications"));
        await using var session = provider.Store().LightweightSession();
        var (id, call, now) = (Guid.CreateVersion7(), Guid.CreateVersion7(), DateTimeOffset.UtcNow);
        var content = ContentRules.Empty with { Title = new("Жаңалық", "Новость"), Text = new("Мәтін", "Текст"), Channels = [code] };
        session.Events.StartStream<Publication>(id, new PublicationDrafted(id, Body, content, "editor", null, null, null, now), new DeliveryAttemptStarted(id, call, code, 1, now, now));
        await session.SaveChangesAsync();
        (await head.Post($"/v1/channels/{code}/edit", new { languages = new[] { "kk", "ru" } }, 1)).Is(200);
        session.Events.Append(id, 3, new DeliveryAccepted(id, call, code, "7", "answer", null, now));
        await session.SaveChangesAsync();
        return id;
    }
}
