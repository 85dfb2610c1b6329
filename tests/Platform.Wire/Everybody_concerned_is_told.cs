using System.Text.Json.Nodes;

namespace Platform.Wire;

/// <summary>Speakers, technicians and subscribers are told once per change, by letter or webhook, in their language.</summary>
[Collection(House.Collection)]
public sealed class Everybody_concerned_is_told(House house, PressPost post) : IClassFixture<PressPost>
{
    private const string Body = "akimat-79";

    private async Task<Reply> Filed(string body = Body)
    {
        var ask = house.Event(body, hall: null);
        ask["channels"] = new JsonArray();
        return (await post.As(Roles.Editor).Post("/v1/press-events", ask)).Is(201);
    }

    private async Task<(string Email, string Invitation)> Invite(string id, string language)
    {
        var email = PressPost.Address("speaker");
        var done = (await post.As(Roles.Editor).Post($"/v1/press-events/{id}/invitations", new { name = new { kk = "Сәуле Нұр", ru = "Сауле Нур" }, email, language })).Is(201);
        return (email, done.Text("id")!);
    }

    [Fact]
    public async Task Each_is_told_of_each_change_once_and_in_his_language()
    {
        var filed = await Filed();
        var id = filed.Text("id")!;
        var technician = PressPost.Address("technician");
        (await post.As(Roles.Editor).Post($"/v1/press-events/{id}/contacts", new { role = "technician", email = technician, language = "kk" })).Is(201);
        var (speaker, _) = await Invite(id, "ru");
        var subscriber = await post.Subscribe("ru", ["announcements"], Body);
        var hook = (await post.As(Roles.Journalist, null).Post("/v1/news-subscriptions", new { language = "kk", kinds = new[] { "announcements" }, bodies = new[] { Body }, url = post.Hooks.Url })).Is(201);

        var announced = (await post.As(Roles.Editor).Post($"/v1/press-events/{id}/announce", new { }, filed.Version, "once")).Is(200);
        (await post.As(Roles.Editor).Post($"/v1/press-events/{id}/announce", new { }, filed.Version, "once")).Is(200);
        (await post.As(Roles.Editor).Post($"/v1/press-events/{id}/announce", new { }, announced.Version)).Is(200);
        var later = house.Slot();
        (await post.As(Roles.Editor).Post($"/v1/press-events/{id}/reschedule", new { start = House.Text(later.Start), end = House.Text(later.End) }, announced.Version)).Is(200);
        await post.AllSent(id);

        Assert.Equal(["Іс-шара жарияланды", "Іс-шараның уақыты немесе орны өзгерді"], post.LettersTo(technician).Select(l => l.Subject!.Split(':')[0]).Order());
        foreach (var ru in new[] { speaker, subscriber })
        {
            Assert.Equal(["Анонсировано мероприятие", "Изменились время или место мероприятия"],
                post.LettersTo(ru).Select(l => l.Subject!.Split(':')[0]).Where(s => s.Contains("мероприяти", StringComparison.Ordinal)).Order());
        }

        var hooks = post.Hooks.Hooks.Where(h => h.Type.StartsWith("press-event.", StringComparison.Ordinal) && h.Data.GetProperty("pressEventId").ToString() == id).ToList();
        Assert.Equal([("press-event.announced", 2L), ("press-event.rescheduled", 3L)], hooks.DistinctBy(h => h.Id).Select(h => (h.Type, h.Data.GetProperty("version").GetInt64())).Order());
        Assert.All(hooks, h => Assert.True(h.IsSignedBy(hook.Text("secret")!)));
        Assert.Equal(0, await Sql.One<long>(post.Database, "select count(*) from (select 1 from notices where about = $1 group by recipient, cause having count(*) > 1) twice", Guid.Parse(id)));
        foreach (var address in new[] { technician, speaker, subscriber })
        {
            Assert.Equal(0, await Sql.One<long>(post.Database, "select count(*) from mt_events where data::text like $1", $"%{address}%"));
        }
    }

    [Fact]
    public async Task Of_a_plan_the_public_hears_nothing()
    {
        var subscriber = await post.Subscribe("kk", ["announcements"], Body);
        var filed = await Filed();
        var id = filed.Text("id")!;
        var (speaker, _) = await Invite(id, "kk");
        var later = house.Slot();
        (await post.As(Roles.Editor).Post($"/v1/press-events/{id}/reschedule", new { start = House.Text(later.Start), end = House.Text(later.End) }, filed.Version)).Is(200);
        await post.Letter(speaker, "өзгерді");
        await post.AllSent(id);
        Assert.DoesNotContain(post.LettersTo(subscriber), l => l.Subject!.Contains("өзгерді", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_speaker_confirms_by_the_link_and_again_after_a_move_and_sends_somebody_else()
    {
        var filed = await Filed();
        var id = filed.Text("id")!;
        var (email, invitation) = await Invite(id, "ru");
        var letter = await post.Letter(email, "Приглашение выступить");
        var (linked, code) = PressPost.LinkIn(letter, "invitations");
        Assert.Equal(invitation, linked);
        var own = $"/v1/invitations/{invitation}";
        async Task<string?> State() => (await post.As(Roles.Editor).Get($"/v1/press-events/{id}/invitations/{invitation}")).Is(200).Text("state");

        (await post.Anybody.Get(own)).Is(400, "code-missing");
        (await post.Anybody.Get(own, ("Invitation-Code", code[..^1] + (code[^1] == '0' ? '1' : '0')))).Is(404, "not-found");
        (await post.Anybody.Get(own, ("Invitation-Code", code))).Is(200);
        Assert.Equal("Confirmed", (await post.ByLink(own + "/confirm", "Invitation-Code", code)).Is(200).Text("state"));
        Assert.Equal("True", (await post.ByLink(own + "/consent", "Invitation-Code", code, new { consents = true })).Is(200).Text("consentsToRecording"));
        var later = house.Slot();
        (await post.As(Roles.Editor).Post($"/v1/press-events/{id}/reschedule", new { start = House.Text(later.Start), end = House.Text(later.End) }, filed.Version)).Is(200);
        Assert.Equal("ToBeConfirmedAgain", await State());
        Assert.Equal(invitation, PressPost.LinkIn(await post.Letter(email, "Изменились"), "invitations").Id);
        Assert.Equal("Confirmed", (await post.ByLink(own + "/confirm", "Invitation-Code", code)).Is(200).Text("state"));

        var substitute = PressPost.Address("substitute");
        (await post.ByLink(own + "/send-substitute", "Invitation-Code", code, new { name = new { kk = "Болат Ән", ru = "Болат Ан" }, email = substitute, language = "kk" })).Is(200);
        Assert.Equal("SubstituteSent", await State());
        (await post.ByLink(own + "/confirm", "Invitation-Code", code)).Is(409, "invitation-used");
        var (another, anothersCode) = PressPost.LinkIn(await post.Letter(substitute, "Сөз сөйлеуге шақыру"), "invitations");
        Assert.Equal("Declined", (await post.ByLink($"/v1/invitations/{another}/decline", "Invitation-Code", anothersCode, new { reason = "Науқаспын" })).Is(200).Text("state"));
        (await post.ByLink($"/v1/invitations/{invitation}/confirm", "Invitation-Code", anothersCode)).Is(404, "not-found");
        Assert.Equal(0, await Sql.One<long>(post.Database, "select count(*) from mt_events where data::text like $1 or data::text like $2 or data::text like '%Науқаспын%'", $"%{substitute}%", $"%{anothersCode}%"));
    }

    [Fact]
    public async Task Of_ten_invitations_of_one_spokesperson_at_once_one_is_made_and_goes_to_the_address_that_stands()
    {
        var (former, email) = (PressPost.Address("former"), PressPost.Address("spokesperson"));
        var speaker = (await post.As(Roles.Editor).Post("/v1/speakers", new { body = Body, name = new { kk = "Айдос Бек", ru = "Айдос Бек" }, post = new { kk = "Ресми өкіл", ru = "Официальный представитель" }, email = former, language = "kk" })).Is(201);
        var path = $"/v1/speakers/{speaker.Text("id")}";
        (await post.As(Roles.Editor, "min-health").Post(path + "/revise", new { email, language = "ru" }, speaker.Version)).Is(404, "not-found");
        var revised = (await post.As(Roles.Editor).Post(path + "/revise", new { email, language = "ru" }, speaker.Version)).Is(200);
        var id = (await Filed()).Text("id")!;

        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => post.As(Roles.Editor).Post($"/v1/press-events/{id}/invitations", new { speakerId = speaker.Text("id") })));
        Assert.Single(replies, r => r.Status == 201);
        Assert.All(replies.Where(r => r.Status != 201), r => r.Is(409, "already-invited"));
        await post.Letter(email, "Приглашение выступить");
        Assert.Empty(post.LettersTo(former));

        (await post.As(Roles.Editor).Post(path + "/retire", new { }, revised.Version)).Is(200);
        Assert.Equal("Retired", (await post.Anybody.Get(path)).Is(200).Text("state"));
        Assert.DoesNotContain("@", (await post.Anybody.Get($"/v1/speakers?body={Body}")).Is(200).Body, StringComparison.Ordinal);
        (await post.As(Roles.Editor).Post($"/v1/press-events/{(await Filed()).Text("id")}/invitations", new { speakerId = speaker.Text("id") })).Is(409, "retired");
    }

    [Fact]
    public async Task A_worker_that_is_killed_leaves_nobody_told_twice()
    {
        var filed = await Filed();
        var id = filed.Text("id")!;
        List<string> all = [];
        for (var i = 0; i < 12; i++)
        {
            all.Add(PressPost.Address("host"));
            (await post.As(Roles.Editor).Post($"/v1/press-events/{id}/contacts", new { role = "host", email = all[^1], language = i % 2 == 0 ? "kk" : "ru" })).Is(201);
        }

        (await post.As(Roles.Editor).Post($"/v1/press-events/{id}/announce", new { }, filed.Version)).Is(200);
        await Eventually.So("the first letters are out", () => all.Any(email => post.LettersTo(email).Count > 0), 40);
        await post.Process.Kill();
        await House.Up(post.Process);
        (await post.As(Roles.Editor).Post($"/v1/press-events/{id}/announce", new { }, 2)).Is(200);
        await post.AllSent(id);

        Assert.All(all, email => Assert.True(post.LettersTo(email).Count <= 1));
        // a letter that was under way when it died may have arrived, and is said to be unknown; every other one went
        var (delivered, unknown) = (await Contacts(id, "delivered"), await Contacts(id, "unknown"));
        Assert.Equal(12, delivered + unknown);
        Assert.InRange(all.Count(email => post.LettersTo(email).Count == 1), delivered, 12);
    }

    /// <summary>Accredited journalists, of other tests, are told of the same.</summary>
    private Task<long> Contacts(string about, string state) =>
        Sql.One<long>(post.Database, "select count(*) from notices where about = $1 and state = $2 and what like 'event/contact/%'", Guid.Parse(about), state);
}
