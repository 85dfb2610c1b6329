extern alias publications;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using publications::Publications;
using SkiaSharp;

namespace Platform.Wire;

/// <summary>
/// The condolence with the photo of another, from the registry of people to the dispute: who vouches for whom, what the gates say, who sees the bytes when, whom a dispute halts.
/// Where a publication only has to be there, its facts are written by the service's own store.
/// </summary>
[Collection(House.Collection)]
public sealed class Pictures_of_people(House house) : IAsyncLifetime
{
    private const string Body = "akimat-31", Elsewhere = "ktz", Words = "Бұл менің ағам емес, оның аттасы";
    private readonly string _mark = Guid.NewGuid().ToString("N")[..8];

    private string Store => house.Wire.Servers.Database("publications");
    private Door As(string name, string role, string? body = Body) => Ground.Wire.As(house.Publications, Dev.Token.Make(Repository.Secrets, [role], body, name, 3600));
    private Door Editor => As("photo editor " + _mark, Roles.Editor);
    private Door Witness => As("witness " + _mark, Roles.Editor);
    private Door Approver => As("approver " + _mark, Roles.Approver);
    private Door Third => As("third " + _mark, Roles.Approver);
    private Door Anybody => Ground.Wire.As(house.Publications, null);

    public async ValueTask InitializeAsync()
    {
        await House.Up(house.Publications);
        await house.SiteBehaves("none");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The head of a JPEG of 800 × 600, and bytes that no other has.</summary>
    private static byte[] Jpeg() => [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF"u8, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xFF, 0xC0, 0, 17, 8, 2, 88, 3, 32, 3, .. RandomNumberGenerator.GetBytes(500)];

    private static ByteArrayContent Octets(byte[] bytes) => new(bytes) { Headers = { ContentType = new("application/octet-stream") } };
    private static Task<Reply> Upload(Door door, byte[] bytes, string query = "") => door.Send(HttpMethod.Post, "/v1/media" + query, Octets(bytes), []);
    private static Guid Id(Reply reply) => reply.Json.GetProperty("id").GetGuid();

    private async Task<Guid> Person(string name, int year, bool? isAnother = null) =>
        Id((await Editor.Post("/v1/people", new { name = new { kk = $"{name} {_mark}", ru = $"{name}ов {_mark}" }, birthYear = year, isAnother })).Is(201));

    private async Task Dead(Guid person)
    {
        (await Editor.Post($"/v1/people/{person}/record-death", new { year = 2015, source = "Некролог" }, 1)).Is(200);
        (await Editor.Post($"/v1/people/{person}/confirm-death", new { }, 2)).Is(409, "confirmer-is-recorder");
        Assert.Equal("Dead", (await Approver.Post($"/v1/people/{person}/confirm-death", new { }, 2)).Is(200).Text("state"));
    }

    /// <summary>A picture with rights, brought by the photo editor; at version 2.</summary>
    private async Task<Guid> Picture(byte[]? bytes = null) => Id((await Upload(Editor, bytes ?? Jpeg(), "?fileName=" + Uri.EscapeDataString("жазушы.jpg") + "&credit=Kazinform&category=agency")).Is(201));

    private async Task<Guid> Shows(Guid picture, Guid person, long version) =>
        Id((await Witness.Post($"/v1/media/{picture}/depictions", new { persons = new[] { new { personId = person } }, evidence = "Мұрағат" }, version)).Is(201));

    private static Content About(string kind, Guid? subject, Guid? picture, DateTimeOffset? embargo = null) => new(kind, new("Тақырып", "Заголовок"), new("Мәтін", "Текст"), ["site"], null, "PT1H", "hold")
    {
        SubjectPersonId = subject,
        Media = picture is { } id ? [new(id, null, null, null)] : null,
        Embargo = embargo,
    };

    private async Task<Guid> Write(Content content, bool released = false, string body = Body)
    {
        await using var provider = InProcess.Publications(Store);
        await using var session = provider.Store().LightweightSession();
        var (id, now) = (Guid.CreateVersion7(), DateTimeOffset.UtcNow);
        object[] facts = [new PublicationDrafted(id, body, content, "author " + _mark, null, null, null, now), .. released ? [new PublicationReleased(id, body, content.Kind, content.Title, ["site"], null, now)] : Array.Empty<object>()];
        session.Events.StartStream<Publication>(id, facts);
        await session.SaveChangesAsync();
        return id;
    }

    private async Task<Reply> Draft(string kind, Guid? subject, Guid picture, DateTimeOffset wantedAt) => (await house.Publishing(Roles.Editor, Body).Post("/v1/publications", new
    {
        kind,
        title = new { kk = "Тақырып " + _mark, ru = "Заголовок " + _mark },
        text = new { kk = "Мәтін", ru = "Текст" },
        subjectPersonId = subject,
        media = new[] { new { mediaId = picture } },
        wantedAt,
    })).Is(201);

    /// <summary>Written, approved, armed and out; where a busy machine took longer than that to arm it, another one with more time.</summary>
    private async Task<Guid> Released(string kind, Guid? subject, Guid picture)
    {
        for (var seconds = 2.0; ; seconds *= 2)
        {
            var draft = await Draft(kind, subject, picture, DateTimeOffset.UtcNow.AddSeconds(seconds));
            if (await house.Arm(Body, draft) is { Status: 200 })
            {
                await house.Becomes(Id(draft), Body, "Released", seconds + 20);
                return Id(draft);
            }
        }
    }

    private async Task<string[]> Gates(Content content)
    {
        await using var provider = InProcess.Publications(Store);
        await using var session = provider.Store().QuerySession();
        var publication = new Publication(Guid.NewGuid(), Body, content, PublicationState.Approved, DateTimeOffset.UtcNow) { Authors = ["author " + _mark] };
        return [.. (await new IReleaseGate[] { new IdentityGate(), new RightsGate() }.Check(session, publication, DateTimeOffset.UtcNow, default)).Select(f => f.Code)];
    }

    [Fact]
    public async Task Another_of_the_name_who_lives_never_stands_over_a_condolence()
    {
        var writer = await Person("Әбіш Кекілбай", 1939);
        var twin = (await Editor.Post("/v1/people", new { name = new { kk = $"әбіш кекілбай {_mark}", ru = $"Другой {_mark}" }, birthYear = 1961 })).Is(409, "person-like");
        Assert.Equal((writer, 1939), (twin.Json.GetProperty("like")[0].GetProperty("id").GetGuid(), twin.Json.GetProperty("like")[0].GetProperty("birthYear").GetInt32()));
        var namesake = await Person("Әбіш Кекілбай", 1961, isAnother: true);
        Assert.Equal([1939, 1961], (await Approver.Get($"/v1/people?name={Uri.EscapeDataString("абиш " + _mark)}")).Is(200).Items.Select(p => p.GetProperty("birthYear").GetInt32()).Order());
        await Dead(writer);

        var picture = await Picture();
        var grief = About("Condolence", writer, picture);
        var draft = await Draft("Condolence", writer, picture, DateTimeOffset.UtcNow.AddHours(1));
        (await house.Arm(Body, draft)).Is(409, "depiction-unconfirmed"); // its file's name says who it is
        Task<Reply> Schedule() => house.Publishing(Roles.Editor, Body).Post($"/v1/publications/{Id(draft)}/schedule", new { }, draft.Version + 3);
        var wrong = await Shows(picture, namesake, 2);
        (await Approver.Post($"/v1/media/{picture}/depictions/{wrong}/confirm", new { }, 3)).Is(200);
        Assert.Equal(["person-living", "depiction-unconfirmed"], await Gates(grief));
        (await Schedule()).Is(409, "person-living");
        (await Witness.Post($"/v1/media/{picture}/depictions/{wrong}/withdraw", new { reason = "Аттасы" }, 4)).Is(200);

        var right = await Shows(picture, writer, 5);
        (await Schedule()).Is(409, "depiction-unconfirmed");
        (await Witness.Post($"/v1/media/{picture}/depictions/{right}/confirm", new { }, 6)).Is(409, "confirmer-is-asserter");
        (await Editor.Post($"/v1/media/{picture}/depictions/{right}/confirm", new { }, 6)).Is(409, "confirmer-is-uploader");
        (await Approver.Post($"/v1/media/{picture}/depictions/{right}/confirm", new { })).Is(428, "version-required");
        (await Approver.Post($"/v1/media/{picture}/depictions/{right}/confirm", new { }, 6)).Is(200);
        (await Editor.Post($"/v1/media/{picture}/set-rights", new { leaseUntil = DateTimeOffset.UtcNow.AddMinutes(30) }, 7)).Is(200);
        (await Schedule()).Is(409, "rights-missing");
        (await Editor.Post($"/v1/media/{picture}/set-rights", new { noLease = true }, 8)).Is(200);
        (await Schedule()).Is(200);
    }

    [Fact]
    public async Task A_correction_swaps_in_nobody_who_lives_and_nothing_without_rights()
    {
        var (writer, living) = (await Person("Қаламгер", 1939), await Person("Қоғам қайраткері", 1961));
        await Dead(writer);
        var right = await Picture();
        var (wrong, unpaid) = (await Picture(), Id((await Upload(Editor, Jpeg())).Is(201)));
        foreach (var (picture, person, version) in new[] { (right, writer, 2), (wrong, living, 2), (unpaid, writer, 1) })
        {
            (await Approver.Post($"/v1/media/{picture}/depictions/{await Shows(picture, person, version)}/confirm", new { }, version + 1)).Is(200);
        }

        var id = await Released("Condolence", writer, right);
        var (path, editor, approver) = ($"/v1/publications/{id}", house.Publishing(Roles.Editor, Body), house.Publishing(Roles.Approver, Body));
        foreach (var (picture, code) in new[] { (wrong, "person-living"), (unpaid, "rights-missing") })
        {
            var seen = (await editor.Post(path + "/correct", new { media = new[] { new { mediaId = picture } }, notice = new { kk = "Сурет ауыстырылды", ru = "Снимок заменён" }, reason = "Сапасы" }, (await house.Publication(id, Body)).Version)).Is(200);
            Assert.Contains((await editor.Get(path + "/checks")).Is(200).Items, f => f.GetProperty("code").GetString() == code);
            var hash = seen.Json.GetProperty("correctionHash");
            seen = (await approver.Post(path + "/approve", new { language = "kk", contentHash = hash.GetProperty("kk").GetString() }, seen.Version)).Is(200);
            (await approver.Post(path + "/approve", new { language = "ru", contentHash = hash.GetProperty("ru").GetString() }, seen.Version)).Is(409, code);
            Assert.Equal(right, (await Anybody.Get(path)).Is(200).Json.GetProperty("media")[0].GetProperty("mediaId").GetGuid());
            (await Anybody.Get($"/v1/media/{picture}/bytes")).Is(404, "not-found");
            Assert.Equal("Released", (await approver.Post(path + "/reject", new { reason = "Басқа сурет" }, seen.Version)).Is(200).Text("state"));
        }
    }

    [Fact]
    public async Task A_dispute_about_what_is_out_halts_everybody_concerned_and_lists_every_use()
    {
        var writer = await Person("Жазушы", 1939);
        var bytes = Jpeg();
        var picture = await Picture(bytes);
        (await Approver.Post($"/v1/media/{picture}/depictions/{await Shows(picture, writer, 2)}/confirm", new { }, 3)).Is(200);
        (await Anybody.Post($"/v1/media/{picture}/disputes", new { text = Words })).Is(404, "not-found");
        var first = await Released("News", null, picture);
        await Task.Delay(20);
        var between = DateTimeOffset.UtcNow;
        await Task.Delay(20);
        var second = await Write(About("Award", writer, picture));
        var there = Id((await Upload(As("stranger " + _mark, Roles.Editor, Elsewhere), bytes)).Is(201));
        await Write(About("News", null, there), body: Elsewhere); // another body's draft
        var elsewhere = await Write(About("News", null, there), released: true, body: Elsewhere);

        var receipt = (await Anybody.Post($"/v1/media/{picture}/disputes", new { text = Words, name = "Інісі", contact = "inisi@example.kz" })).Is(201);
        Assert.Equal(["id", "receivedAt", "state", "version"], receipt.Json.EnumerateObject().Select(p => p.Name).Order());
        var dispute = Assert.Single((await Approver.Get($"/v1/media/{picture}/disputes")).Is(200).Items);
        Assert.Equal(writer, Assert.Single(dispute.GetProperty("halted").EnumerateArray()).GetGuid());
        Assert.Equal(["halted"], await Gates(About("Award", writer, null)));
        Assert.Contains((await Ground.Wire.As(house.Publications, Tokens.Auditor()).Get("/v1/halts")).Is(200).Items, h => h.ToString().Contains(writer.ToString(), StringComparison.Ordinal));
        Assert.Equal(["depiction-unconfirmed", "halted"], await Gates(About("News", null, picture)));

        async Task<Guid[]> Uses(string asOf = "") => [.. (await Approver.Get($"/v1/media/{picture}/uses{asOf}")).Is(200).Items.Select(u => u.GetProperty("publicationId").GetGuid())];
        Assert.Equal([first, second, elsewhere], await Uses());
        Assert.Equal([first], await Uses("?asOf=" + Uri.EscapeDataString(between.ToString("O"))));
        Assert.Empty(await Uses("?asOf=2026-01-01T00:00:00Z"));
        Assert.Equal([first, second, elsewhere], (await Third.Post($"/v1/media/{picture}/disputes", new { text = "Мен де солай ойлаймын" })).Is(201).Json.GetProperty("uses").EnumerateArray().Select(u => u.GetProperty("publicationId").GetGuid()));
        (await As("stranger " + _mark, Roles.Editor, Elsewhere).Get($"/v1/media/{picture}/uses")).Is(404, "not-found");

        await Sealed(picture, receipt.Text("id")!);
        var path = $"/v1/media/{picture}/disputes";
        (await Approver.Post($"{path}/{receipt.Text("id")}/resolve", new { outcome = "rejected", reason = "Солай" }, 6)).Is(409, "resolver-is-party");
        (await Third.Post($"{path}/{receipt.Text("id")}/resolve", new { outcome = "upheld", reason = "Отбасы растады" }, 6)).Is(200);
        Assert.Equal(["halted"], await Gates(About("Award", writer, null))); // the other dispute is open
        (await Third.Post($"{path}/{(await Approver.Get(path)).Items.Last().GetProperty("id").GetString()}/resolve", new { outcome = "upheld", reason = "Сол" }, 7)).Is(200);
        Assert.Empty(await Gates(About("Award", writer, null)));
        Assert.Equal(["depiction-unconfirmed"], await Gates(About("News", null, picture)));
    }

    /// <summary>What the disputer wrote stands nowhere but in the vault, is read with a reason, and is erased with its key.</summary>
    private async Task Sealed(Guid picture, string dispute)
    {
        await foreach (var (where, text) in Dump.Of(Store))
        {
            Assert.False(text.Contains(Words, StringComparison.Ordinal) || text.Contains("inisi@example.kz", StringComparison.Ordinal), where);
        }

        var words = $"/v1/media/{picture}/disputes/{dispute}/words";
        (await Approver.Get(words)).Is(400, "reason-missing");
        var read = (await Approver.Get(words + "?reason=check")).Is(200);
        Assert.Equal((Words, "Інісі", "inisi@example.kz"), (read.Text("text"), read.Text("name"), read.Text("contact")));
        (await Anybody.Get(words + "?reason=check")).Is(401);
        var subject = await Sql.One<Guid>(Store, "select (data ->> 'subjectId')::uuid from mt_events where type = 'media_disputed' and data ->> 'disputeId' = $1", dispute);
        (await Ground.Wire.As(house.Publications, Tokens.Admin()).Post($"/v1/personal-data/{subject}/erase", new { reason = "consent-withdrawn" })).Is(204);
        await Eventually.So("the key is destroyed", async () => await Sql.One<long>(house.Wire.Servers.Database("publications_keys"), "select count(*) from subject_keys where subject_id = $1", subject) == 0);
        (await Approver.Get(words + "?reason=check")).Is(409, "subject-erased");
    }

    [Fact]
    public async Task Bytes_are_everybodys_once_they_are_out_and_not_a_moment_before()
    {
        var bytes = Jpeg();
        var (picture, path) = (await Picture(bytes), "");
        path = $"/v1/media/{picture}/bytes";
        await Write(About("News", null, picture));
        await Write(About("News", null, picture, DateTimeOffset.UtcNow.AddHours(1)), released: true); // an embargo that only the clock ends
        Assert.Equal(404, (await Anybody.Get(path)).Status);
        Assert.Equal(404, (await Anybody.Get($"/v1/media/{picture}")).Status);
        Assert.Equal(404, (await As("stranger", Roles.Editor, Elsewhere).Get(path)).Status);
        (await Approver.Get(path)).Is(200);

        var ends = DateTimeOffset.UtcNow.AddSeconds(3);
        await Write(About("News", null, picture, ends), released: true);
        (await Anybody.Get(path)).Is(404);
        var seen = await Eventually.Get("the bytes are out", () => Anybody.Get(path), r => r.Status == 200);
        Assert.True(DateTimeOffset.UtcNow >= ends);
        Assert.Equal(("image/jpeg", $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\""), (seen.ContentType, seen.ETag));
        Assert.Equal(304, (await Anybody.Get(path, ("If-None-Match", seen.ETag!))).Status);
        Assert.Equal("Kazinform", (await Anybody.Get($"/v1/media/{picture}")).Is(200).Text("credit"));
        Assert.Null((await Anybody.Get($"/v1/media/{picture}")).Text("depictions"));
    }

    [Fact]
    public async Task What_was_cropped_away_is_nobodys_before_and_after_it_is_out()
    {
        using var whole = new SKBitmap(40, 20);
        using (var canvas = new SKCanvas(whole))
        {
            canvas.Clear(SKColors.Red); // who is in the left half is not shown
            using var shown = new SKPaint { Color = SKColors.Blue };
            canvas.DrawRect(20, 0, 20, 20, shown);
        }

        // another mark in each run, for the same bytes are the same picture
        whole.SetPixel(0, 0, new((uint)BitConverter.ToInt32(RandomNumberGenerator.GetBytes(4)) | 0xFF000000));
        var bytes = whole.Encode(SKEncodedImageFormat.Png, 100).ToArray();
        var picture = await Picture(bytes);
        var path = $"/v1/media/{picture}/bytes";
        Content Cut(DateTimeOffset? embargo) => About("News", null, picture, embargo) with { Media = [new(picture, new(20, 5, 15, 10), null, null)] };
        await Write(About("News", null, picture)); // a draft that shows the whole
        var ends = DateTimeOffset.UtcNow.AddSeconds(2);
        await Write(Cut(ends), released: true);
        (await Anybody.Get(path)).Is(404);

        await Eventually.Get("a part of it is out", () => Anybody.Get(path), r => r.Status == 200);
        Assert.True(DateTimeOffset.UtcNow >= ends);
        using var http = new HttpClient { BaseAddress = house.Publications.Rest };
        using var official = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Authorization = new("Bearer", Dev.Token.Make(Repository.Secrets, [Roles.Approver], Body, "approver " + _mark, 3600)) } };
        Assert.Equal(bytes, await (await http.SendAsync(official)).Content.ReadAsByteArrayAsync());
        foreach (var (name, value, query) in new[] { ("Accept", "*/*", ""), ("Range", "bytes=0-", ""), ("If-None-Match", $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\"", ""), ("Accept", "*/*", "?crop=0,0,40,20&body=" + Body) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path + query);
            request.Headers.TryAddWithoutValidation(name, value);
            using var reply = await http.SendAsync(request);
            using var seen = SKBitmap.Decode(await reply.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync());
            Assert.Equal((15, 10), (seen.Width, seen.Height));
            Assert.All(seen.Pixels, pixel => Assert.Equal(SKColors.Blue, pixel));
        }
    }

    [Fact]
    public async Task Ten_at_once_are_one_picture_and_one_person()
    {
        var bytes = Jpeg();
        var pictures = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Upload(Editor, bytes)));
        Assert.Equal(1, pictures.Count(r => r.Status == 201));
        Assert.Equal(9, pictures.Count(r => r.Status == 200));
        Assert.Single(pictures.Select(r => r.Text("id")).Distinct());

        var person = new { name = new { kk = "Он адам " + _mark, ru = "Десять человек " + _mark }, birthYear = 1970 };
        var people = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Editor.Post("/v1/people", person)));
        Assert.Single(people, r => r.Status == 201);
        Assert.Equal(9, people.Count(r => r.Code == "person-like"));

        var picture = Id(pictures[0]);
        await Write(About("News", null, picture), released: true);
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Anybody.Post($"/v1/media/{picture}/disputes", new { text = $"{i}" }))), r => r.Is(201));
        Assert.Equal(10, (await Approver.Get($"/v1/media/{picture}/disputes")).Is(200).Items.Count());
    }

    [Fact]
    public async Task What_is_no_picture_is_not_taken()
    {
        (await Upload(Editor, Encoding.UTF8.GetBytes("<script>alert(1)</script>" + new string(' ', 100)))).Is(400, "media-type-unknown");
        (await Upload(Editor, [])).Is(400, "media-type-unknown");
        (await Upload(Editor, [.. Jpeg(), .. new byte[25 * 1024 * 1024]])).Is(413, "too-large");
        (await Upload(Editor, Jpeg(), "?category=found")).Is(400, "category-invalid");
        (await Upload(Editor, Jpeg(), "?fileName=a%00b")).Is(400, "text-invalid");
        (await Upload(Editor, Jpeg(), "?body=" + Elsewhere)).Is(403, "body-not-own");
        (await Upload(Approver, Jpeg())).Is(403);
        (await Upload(Anybody, Jpeg())).Is(401);
        (await Editor.Post("/v1/media", new { })).Is(415);

        using var form = new MultipartFormDataContent { { new StringContent("Kazinform"), "credit" }, { new StringContent("own-work"), "category" }, { Octets(Jpeg()), "file", "сурет.png" } };
        var taken = (await Editor.Send(HttpMethod.Post, "/v1/media", form, [])).Is(201);
        Assert.Equal(("image/jpeg", "сурет.png", "Kazinform", "own-work", "800", "600"), (taken.Text("mediaType"), taken.Text("fileName"), taken.Text("credit"), taken.Text("category"), taken.Text("width"), taken.Text("height")));
        using var broken = new StringContent("--x\r\nnothing", Encoding.UTF8) { Headers = { ContentType = new MediaTypeHeaderValue("multipart/form-data") { Parameters = { new("boundary", "x") } } } };
        (await Editor.Send(HttpMethod.Post, "/v1/media", broken, [])).Is(400, "multipart-invalid");
        Assert.Empty(Directory.GetFiles(Path.Combine(Path.GetDirectoryName(Repository.Secrets)!, "media", "incoming")));

        (await Witness.Post($"/v1/media/{Id(taken)}/depictions", new { persons = new[] { new { personId = Guid.NewGuid() } }, evidence = "x" })).Is(400, "person-unknown");
        (await Witness.Post($"/v1/media/{Id(taken)}/depictions", new { nobody = "animal", evidence = "Көріп тұрмын" }, 9)).Is(412);
        (await As("stranger", Roles.Editor, Elsewhere).Post($"/v1/media/{Id(taken)}/depictions", new { nobody = "animal", evidence = "x" })).Is(404, "not-found");
    }
}
