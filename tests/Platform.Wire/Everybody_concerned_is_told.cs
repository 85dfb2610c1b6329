using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dev;
using MimeKit;

namespace Platform.Wire;

/// <summary>Speakers, technicians and subscribers are told once per change, by letter or webhook, in their language; statements reach all at one instant.</summary>
[Collection(House.Collection)]
public sealed partial class Everybody_concerned_is_told(House house, Everybody_concerned_is_told.Outside outside) : IClassFixture<Everybody_concerned_is_told.Outside>
{
    private const string Body = "akimat-79", Speaking = "akimat-75";
    private const int HookPort = 5847, MailPort = 5848;
    private string Database => house.Wire.Servers.Database("press_events");

    /// <summary>A subscriber's door, a mail server, and a replica that sends.</summary>
    public sealed class Outside(Ground.Wire wire) : IAsyncLifetime
    {
        public SmtpSimulator Mail { get; } = new(IPAddress.Loopback, MailPort);
        public HookDoor Hooks { get; } = new(HookPort, _ => 204);

        public ServiceProcess Process { get; } = new(wire.Servers, "PressEvents", "press_events", 5815)
        {
            Settings = new Dictionary<string, string>
            {
                ["Notices__RetrySeconds"] = "0.2",
                ["Notices__LeaseSeconds"] = "3",
                ["Mail__Host"] = "127.0.0.1",
                ["Mail__Port"] = $"{MailPort}",
                ["Mail__From"] = "no-reply@ortcom.example",
                ["Mail__Security"] = "None",
                ["Peers__Inquiries"] = wire.Inquiries.Rest.ToString(),
            },
        };

        public async ValueTask InitializeAsync()
        {
            await Hooks.Start();
            await House.Up(Process);
        }

        public async ValueTask DisposeAsync()
        {
            await Process.DisposeAsync();
            await Mail.DisposeAsync();
            await Hooks.DisposeAsync();
        }
    }

    private Door As(string role, string? body = "scc") => Ground.Wire.As(outside.Process, Tokens.For(role, body));
    private Door Anybody => Ground.Wire.As(outside.Process, null);

    private static string Address(string who) => $"{who}-{Guid.NewGuid():N}@press.example";

    private IReadOnlyList<MimeMessage> LettersTo(string email) => [.. outside.Mail.Letters.Select(l => MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(l)))).Where(m => m.To.ToString() == email)];

    private async Task<MimeMessage> Letter(string email, string about) => (await Eventually.Get($"a letter with «{about}»", () => Task.FromResult(LettersTo(email)),
        letters => letters.Any(l => l.Subject!.Contains(about, StringComparison.Ordinal)), 40)).Last(l => l.Subject!.Contains(about, StringComparison.Ordinal));

    /// <summary>Id and code out of the link of a letter.</summary>
    private static (string Id, string Code) LinkIn(MimeMessage letter, string page)
    {
        var link = Link().Matches(letter.TextBody!).First(m => m.Groups["page"].Value == page);
        return (link.Groups["id"].Value, link.Groups["code"].Value);
    }

    [GeneratedRegex(@"/(?<page>invitations|news-subscriptions)/(?<id>[0-9a-f-]{36})(/[a-z]+)?#(?<code>[0-9a-f]+-[0-9A-Z]{20})")]
    private static partial Regex Link();

    private Task<Reply> ByLink(string path, string header, string code, object? body = null) => Anybody.Send(HttpMethod.Post, path,
        new StringContent(JsonSerializer.Serialize(body ?? new { }, Platform.Json.Options), Encoding.UTF8, "application/json"), [(header, code)]);

    private async Task<Reply> Filed(string body = Body)
    {
        var ask = house.Event(body, hall: null);
        ask["channels"] = new JsonArray();
        return (await As(Roles.Editor).Post("/v1/press-events", ask)).Is(201);
    }

    private async Task<(string Email, string Invitation)> Invite(string id, string language)
    {
        var email = Address("speaker");
        var done = (await As(Roles.Editor).Post($"/v1/press-events/{id}/invitations", new { name = new { kk = "Сәуле Нұр", ru = "Сауле Нур" }, email, language })).Is(201);
        return (email, done.Text("id")!);
    }

    /// <summary>Confirmed by the link of its letter.</summary>
    private async Task<string> Subscribe(string language, string[] kinds, string body)
    {
        var email = Address("subscriber");
        (await Anybody.Post("/v1/news-subscriptions", new { language, kinds, bodies = new[] { body }, email })).Is(201);
        var (id, code) = LinkIn(await Letter(email, language == "kk" ? "растаңыз" : "Подтвердите"), "news-subscriptions");
        Assert.Equal("Active", (await ByLink($"/v1/news-subscriptions/{id}/confirm", "Subscription-Code", code)).Is(200).Text("state"));
        return email;
    }

    /// <summary>Every notice about a thing has come to its end.</summary>
    private Task AllSent(string about) => Eventually.So("all was sent", async () =>
        await Sql.One<long>(Database, "select count(*) from notices where about = $1 and state = 'queued'", Guid.Parse(about)) == 0, 60);

    [Fact]
    public async Task Each_is_told_of_each_change_once_and_in_his_language()
    {
        var filed = await Filed();
        var id = filed.Text("id")!;
        var technician = Address("technician");
        (await As(Roles.Editor).Post($"/v1/press-events/{id}/contacts", new { role = "technician", email = technician, language = "kk" })).Is(201);
        var (speaker, _) = await Invite(id, "ru");
        var subscriber = await Subscribe("ru", ["announcements"], Body);
        var hook = (await As(Roles.Journalist, null).Post("/v1/news-subscriptions", new { language = "kk", kinds = new[] { "announcements" }, bodies = new[] { Body }, url = outside.Hooks.Url })).Is(201);

        var announced = (await As(Roles.Editor).Post($"/v1/press-events/{id}/announce", new { }, filed.Version, "once")).Is(200);
        (await As(Roles.Editor).Post($"/v1/press-events/{id}/announce", new { }, filed.Version, "once")).Is(200);
        (await As(Roles.Editor).Post($"/v1/press-events/{id}/announce", new { }, announced.Version)).Is(200);
        var later = house.Slot();
        (await As(Roles.Editor).Post($"/v1/press-events/{id}/reschedule", new { start = House.Text(later.Start), end = House.Text(later.End) }, announced.Version)).Is(200);
        await AllSent(id);

        Assert.Equal(["Іс-шара жарияланды", "Іс-шараның уақыты немесе орны өзгерді"], LettersTo(technician).Select(l => l.Subject!.Split(':')[0]).Order());
        foreach (var ru in new[] { speaker, subscriber })
        {
            Assert.Equal(["Анонсировано мероприятие", "Изменились время или место мероприятия"],
                LettersTo(ru).Select(l => l.Subject!.Split(':')[0]).Where(s => s.Contains("мероприяти", StringComparison.Ordinal)).Order());
        }

        var hooks = outside.Hooks.Hooks.Where(h => h.Type.StartsWith("press-event.", StringComparison.Ordinal) && h.Data.GetProperty("pressEventId").ToString() == id).ToList();
        Assert.Equal([("press-event.announced", 2L), ("press-event.rescheduled", 3L)], hooks.DistinctBy(h => h.Id).Select(h => (h.Type, h.Data.GetProperty("version").GetInt64())).Order());
        Assert.All(hooks, h => Assert.True(h.IsSignedBy(hook.Text("secret")!)));
        Assert.Equal(0, await Sql.One<long>(Database, "select count(*) from (select 1 from notices where about = $1 group by recipient, cause having count(*) > 1) twice", Guid.Parse(id)));
        foreach (var address in new[] { technician, speaker, subscriber })
        {
            Assert.Equal(0, await Sql.One<long>(Database, "select count(*) from mt_events where data::text like $1", $"%{address}%"));
        }
    }

    [Fact]
    public async Task Of_a_plan_the_public_hears_nothing()
    {
        var subscriber = await Subscribe("kk", ["announcements"], Body);
        var filed = await Filed();
        var id = filed.Text("id")!;
        var (speaker, _) = await Invite(id, "kk");
        var later = house.Slot();
        (await As(Roles.Editor).Post($"/v1/press-events/{id}/reschedule", new { start = House.Text(later.Start), end = House.Text(later.End) }, filed.Version)).Is(200);
        await Letter(speaker, "өзгерді");
        await AllSent(id);
        Assert.DoesNotContain(LettersTo(subscriber), l => l.Subject!.Contains("өзгерді", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_speaker_confirms_by_the_link_and_again_after_a_move_and_sends_somebody_else()
    {
        var filed = await Filed();
        var id = filed.Text("id")!;
        var (email, invitation) = await Invite(id, "ru");
        var letter = await Letter(email, "Приглашение выступить");
        var (linked, code) = LinkIn(letter, "invitations");
        Assert.Equal(invitation, linked);
        var own = $"/v1/invitations/{invitation}";
        async Task<string?> State() => (await As(Roles.Editor).Get($"/v1/press-events/{id}/invitations/{invitation}")).Is(200).Text("state");

        (await Anybody.Get(own)).Is(400, "code-missing");
        (await Anybody.Get(own, ("Invitation-Code", code[..^1] + (code[^1] == '0' ? '1' : '0')))).Is(404, "not-found");
        (await Anybody.Get(own, ("Invitation-Code", code))).Is(200);
        Assert.Equal("Confirmed", (await ByLink(own + "/confirm", "Invitation-Code", code)).Is(200).Text("state"));
        Assert.Equal("True", (await ByLink(own + "/consent", "Invitation-Code", code, new { consents = true })).Is(200).Text("consentsToRecording"));
        var later = house.Slot();
        (await As(Roles.Editor).Post($"/v1/press-events/{id}/reschedule", new { start = House.Text(later.Start), end = House.Text(later.End) }, filed.Version)).Is(200);
        Assert.Equal("ToBeConfirmedAgain", await State());
        Assert.Equal(invitation, LinkIn(await Letter(email, "Изменились"), "invitations").Id);
        Assert.Equal("Confirmed", (await ByLink(own + "/confirm", "Invitation-Code", code)).Is(200).Text("state"));

        var substitute = Address("substitute");
        (await ByLink(own + "/send-substitute", "Invitation-Code", code, new { name = new { kk = "Болат Ән", ru = "Болат Ан" }, email = substitute, language = "kk" })).Is(200);
        Assert.Equal("SubstituteSent", await State());
        (await ByLink(own + "/confirm", "Invitation-Code", code)).Is(409, "invitation-used");
        var (another, anothersCode) = LinkIn(await Letter(substitute, "Сөз сөйлеуге шақыру"), "invitations");
        Assert.Equal("Declined", (await ByLink($"/v1/invitations/{another}/decline", "Invitation-Code", anothersCode, new { reason = "Науқаспын" })).Is(200).Text("state"));
        (await ByLink($"/v1/invitations/{invitation}/confirm", "Invitation-Code", anothersCode)).Is(404, "not-found");
        Assert.Equal(0, await Sql.One<long>(Database, "select count(*) from mt_events where data::text like $1 or data::text like $2 or data::text like '%Науқаспын%'", $"%{substitute}%", $"%{anothersCode}%"));
    }

    [Fact]
    public async Task A_worker_that_is_killed_leaves_nobody_told_twice()
    {
        var filed = await Filed();
        var id = filed.Text("id")!;
        List<string> all = [];
        for (var i = 0; i < 12; i++)
        {
            all.Add(Address("host"));
            (await As(Roles.Editor).Post($"/v1/press-events/{id}/contacts", new { role = "host", email = all[^1], language = i % 2 == 0 ? "kk" : "ru" })).Is(201);
        }

        (await As(Roles.Editor).Post($"/v1/press-events/{id}/announce", new { }, filed.Version)).Is(200);
        await Eventually.So("the first letters are out", () => all.Any(email => LettersTo(email).Count > 0), 40);
        await outside.Process.Kill();
        await House.Up(outside.Process);
        (await As(Roles.Editor).Post($"/v1/press-events/{id}/announce", new { }, 2)).Is(200);
        await AllSent(id);

        Assert.All(all, email => Assert.True(LettersTo(email).Count <= 1));
        // a letter that was under way when it died may have arrived, and is said to be unknown; every other one went
        var (delivered, unknown) = (await Count(id, "delivered"), await Count(id, "unknown"));
        Assert.Equal(12, delivered + unknown);
        Assert.InRange(all.Count(email => LettersTo(email).Count == 1), delivered, 12);
    }

    private Task<long> Count(string about, string state) => Sql.One<long>(Database, "select count(*) from notices where about = $1 and state = $2", Guid.Parse(about), state);

    private async Task<(string Id, Reply Released)> Release(string text)
    {
        var draft = (await As(Roles.Editor, Speaking).Post("/v1/statements", new { body = Speaking, title = new { kk = "Мәлімдеме", ru = "Заявление" }, text = new { kk = text + " қазақша", ru = text + " по-русски" } })).Is(201);
        var path = $"/v1/statements/{draft.Text("id")}";
        var submitted = (await As(Roles.Editor, Speaking).Post(path + "/submit", new { }, draft.Version)).Is(200);
        (await As(Roles.Editor, Speaking).Post(path + "/release", new { }, submitted.Version)).Is(409, "not-approved");
        (await Anybody.Get(path)).Is(404, "not-found");
        var approved = (await As(Roles.Approver, Speaking).Post(path + "/approve", new { }, submitted.Version)).Is(200);
        return (draft.Text("id")!, (await As(Roles.Editor, Speaking).Post(path + "/release", new { }, approved.Version)).Is(200));
    }

    [Fact]
    public async Task A_statement_reaches_all_subscribers_at_one_instant_in_their_languages()
    {
        var (kk, ru) = (await Subscribe("kk", ["statements"], Speaking), await Subscribe("ru", ["statements"], Speaking));
        var others = await Subscribe("ru", ["notices"], Speaking);
        (await As(Roles.Journalist, null).Post("/v1/news-subscriptions", new { language = "ru", kinds = new[] { "statements" }, bodies = new[] { Speaking }, url = outside.Hooks.Url })).Is(201);
        var mark = Guid.NewGuid().ToString("N")[..8];
        var (id, released) = await Release(mark);
        await AllSent(id);

        Assert.Contains(mark + " қазақша", Assert.Single(LettersTo(kk), l => l.Subject == "Мәлімдеме").TextBody, StringComparison.Ordinal);
        Assert.Contains(mark + " по-русски", Assert.Single(LettersTo(ru), l => l.Subject == "Заявление").TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain(LettersTo(others), l => l.Subject == "Заявление");
        Assert.Contains(outside.Hooks.Hooks, h => h.Type == "statement.released" && h.Data.GetProperty("statementId").ToString() == id);
        var shown = (await Anybody.Get($"/v1/statements/{id}")).Is(200);
        (await Anybody.Get($"/v1/statements/{id}?asOf={Uri.EscapeDataString(shown.Json.GetProperty("releasedAt").GetDateTimeOffset().AddSeconds(-1).ToString("O", CultureInfo.InvariantCulture))}")).Is(404, "not-found");

        var deliveries = (await As(Roles.Editor, Speaking).Get($"/v1/statements/{id}/deliveries")).Is(200);
        Assert.Equal(3, deliveries.Items.Count());
        Assert.All(deliveries.Items, d => Assert.Equal("delivered", d.GetProperty("state").GetString()));
        Assert.DoesNotContain("@", deliveries.Body, StringComparison.Ordinal);
        (await As(Roles.Editor, Body).Get($"/v1/statements/{id}/deliveries")).Is(404, "not-found");

        // one who goes is told nothing more, and the others are told of the correction
        var (subscription, code) = LinkIn(LettersTo(ru)[^1], "news-subscriptions");
        Assert.Equal("Ended", (await ByLink($"/v1/news-subscriptions/{subscription}/unsubscribe", "Subscription-Code", code)).Is(200).Text("state"));
        (await As(Roles.Approver, Speaking).Post($"/v1/statements/{id}/correct", new { text = new { kk = "Түзетілді", ru = "Исправлено" }, reason = new { kk = "Қате", ru = "Ошибка" } }, released.Version)).Is(200);
        Assert.Contains("Түзетілді", (await Letter(kk, "Түзету")).TextBody, StringComparison.Ordinal);
        await AllSent(id);
        Assert.DoesNotContain(LettersTo(ru), l => l.Subject!.StartsWith("Исправление", StringComparison.Ordinal));
        await Eventually.So("the address is destroyed", async () => await Sql.One<long>(Database, "select count(*) from vault.erasures e join notices n on n.recipient = e.subject_id where n.about = $1", Guid.Parse(id)) > 0);
    }

    [Fact]
    public async Task A_request_to_clarify_a_statement_becomes_a_request_with_its_term_of_two_working_days()
    {
        var (id, _) = await Release("Нақтылау");
        var form = Forms.For(Speaking);
        var applicant = form["applicant"]!;
        var asked = (await Anybody.Post($"/v1/statements/{id}/clarification-requests", new
        {
            language = "ru",
            text = "Прошу уточнить число",
            particulars = new { kind = "individual", surname = applicant["surname"]!.ToString(), name = applicant["name"]!.ToString(), iin = applicant["iin"]!.ToString(), email = form["contacts"]!["email"]!.ToString(), phone = form["contacts"]!["phone"]!.ToString() },
        })).Is(201);
        Assert.Equal("media-statement-clarification", asked.Json.GetProperty("deadline").GetProperty("rule").GetString());
        Assert.NotEmpty(asked.Json.GetProperty("deadline").GetProperty("trace").EnumerateArray());
        var taken = await Eventually.Get("it is a request", async () => (await As(Roles.Editor, Speaking).Get($"/v1/statements/{id}/clarification-requests")).Is(200).Items.Single(),
            c => c.GetProperty("state").GetString() == "HandedOver", 40);
        var inquiry = (await Ground.Wire.As(house.Wire.Inquiries, Tokens.Officer(Speaking)).Get($"/v1/inquiries/{taken.GetProperty("inquiryId").GetGuid()}")).Is(200);
        Assert.Equal(("MediaStatementClarification", taken.GetProperty("number").GetString()), (inquiry.Text("regime"), inquiry.Text("number")));
        (await Anybody.Post($"/v1/statements/{Guid.NewGuid()}/clarification-requests", new { language = "ru", text = "Что?" })).Is(404, "not-found");
        (await Anybody.Post($"/v1/statements/{id}/clarification-requests", new { language = "ru", text = "Что?" })).Is(400, "particulars-missing");
    }
}
