using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Dev;
using MimeKit;
using Received = Platform.Wire.Ground.Received;

namespace Platform.Wire;

/// <summary>Status changes back to the sender as signed webhooks, and to the asker as letters; a ledger of every try.</summary>
public sealed class Notices_go_out(Ground.Wire wire, Notices_go_out.Outside outside) : IClassFixture<Notices_go_out.Outside>
{
    private const string Body = "akimat-55", Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const int HookPort = 5843, MailPort = 5844;

    /// <summary>A sender's door, a mail server, and a replica that knows both.</summary>
    public sealed class Outside(Ground.Wire wire) : IAsyncLifetime
    {
        private HookDoor? _sender;
        public SmtpSimulator? Mail { get; private set; }
        public ConcurrentQueue<Hook> Hooks => _sender!.Hooks;

        /// <summary>What the sender's door answers for a request, while it is there.</summary>
        public ConcurrentDictionary<Guid, int> Answers { get; } = new();

        public ServiceProcess Process { get; } = new(wire.Servers, "Inquiries", "inquiries", 5805)
        {
            Settings = new Dictionary<string, string>
            {
                ["Notices__Webhooks__egov__Url"] = $"http://127.0.0.1:{HookPort}/hooks",
                ["Notices__Webhooks__egov__Secret"] = Secret,
                ["Notices__RetrySeconds"] = "0.2",
                ["Mail__Host"] = "127.0.0.1",
                ["Mail__Port"] = $"{MailPort}",
                ["Mail__From"] = "no-reply@holder.example",
                ["Mail__Security"] = "None",
            },
        };

        public void MailComes() => Mail = new(IPAddress.Loopback, MailPort);

        public async Task MailGoes() => await Mail!.DisposeAsync();

        public async ValueTask InitializeAsync()
        {
            _sender = new(HookPort, hook => Answers.GetValueOrDefault(hook.Data.GetProperty("inquiryId").GetGuid(), 204));
            await _sender.Start();
            MailComes();
            await House.Up(Process);
        }

        public async ValueTask DisposeAsync()
        {
            await Process.DisposeAsync();
            await MailGoes();
            await _sender!.DisposeAsync();
        }
    }

    private async Task<(Received Request, string Email)> Receive(string language = "ru", string answerForm = "electronic", SmtpSimulator.Ways mail = SmtpSimulator.Ways.Take)
    {
        outside.Mail!.Behaves = mail;
        var form = Forms.For(Body, language: language);
        form["answerForm"] = answerForm;
        return (Received.From((await Ground.Wire.As(outside.Process, Tokens.Egov()).Post("/v1/egov/forms", form)).Is(201)), form["contacts"]!["email"]!.GetValue<string>());
    }

    private async Task<IReadOnlyList<JsonElement>> Ledger(Guid id) => [.. (await wire.Officer(Body).Get($"/v1/inquiries/{id}/notices")).Is(200).Json.EnumerateArray()];

    private Task<JsonElement> Becomes(Guid id, string kind, string what, string state) => Eventually.Get($"{kind} of {what} is {state}",
        async () => (await Ledger(id)).FirstOrDefault(n => (n.GetProperty("kind").GetString(), n.GetProperty("what").GetString()) == (kind, what)),
        n => n.ValueKind == JsonValueKind.Object && n.GetProperty("state").GetString() == state, 40);

    private IReadOnlyList<MimeMessage> LettersTo(string email) => [.. outside.Mail!.Letters.Select(l => MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(l)))).Where(m => m.To.ToString() == email)];

    private IEnumerable<Hook> HooksOf(Guid id) => outside.Hooks.Where(h => h.Data.GetProperty("inquiryId").GetGuid() == id);

    [Fact]
    public async Task A_letter_that_arrived_tells_the_asker_of_an_extension()
    {
        var (request, _) = await Receive();
        (await Ground.Wire.As(outside.Process, Tokens.For(Roles.Head, Body)).Post($"/v1/inquiries/{request.Id}/extend", new { reason = "Нужны сведения других", holders = new[] { "min-finance" } }, 2)).Is(200);
        var told = await Eventually.Get("the asker was told", async () => (await wire.Officer(Body).Get($"/v1/inquiries/{request.Id}/history")).Is(200).Json.EnumerateArray()
            .FirstOrDefault(e => e.GetProperty("fact").GetString() == "asker_notified"), e => e.ValueKind == JsonValueKind.Object, 40);
        Assert.Equal("notices", told.GetProperty("by").GetString());
    }

    [Fact]
    public async Task A_status_change_goes_to_the_sender_signed_and_to_the_asker_by_mail()
    {
        var (request, email) = await Receive();
        (await Ground.Wire.As(outside.Process, Tokens.Officer(Body)).Post($"/v1/inquiries/{request.Id}/answer", new { text = "Тайный ответ" }, 2)).Is(200);
        foreach (var what in new[] { "registered", "answered" })
        {
            await Becomes(request.Id, "webhook", what, "delivered");
            await Becomes(request.Id, "e-mail", what, "delivered");
        }

        var hooks = HooksOf(request.Id).ToList();
        Assert.Equal(["inquiry.answered", "inquiry.registered"], hooks.Select(h => h.Type).Order());
        Assert.All(hooks, hook =>
        {
            Assert.True(hook.IsSignedBy(Secret));
            Assert.Equal((request.Id, request.Number), (hook.Data.GetProperty("originalInquiryId").GetGuid(), hook.Data.GetProperty("number").GetString()));
            Assert.Equal(["holder", "inquiryId", "number", "originalInquiryId"], hook.Data.EnumerateObject().Select(m => m.Name).Order());
        });
        var letters = LettersTo(email);
        Assert.Equal([$"Ваш запрос зарегистрирован: {request.Number}", $"На ваш запрос дан ответ: {request.Number}"], letters.Select(l => l.Subject));
        Assert.All(letters, letter => Assert.DoesNotContain("Тайный", letter.TextBody, StringComparison.Ordinal));
        Assert.DoesNotContain(email, (await wire.Officer(Body).Get($"/v1/inquiries/{request.Id}/notices")).Body, StringComparison.Ordinal);
        (await wire.Officer("akimat-59").Get($"/v1/inquiries/{request.Id}/notices")).Is(404, "not-found");
    }

    [Fact]
    public async Task A_sender_that_fails_is_asked_again_with_the_same_id_and_stands_in_nobodys_way()
    {
        var (poison, _) = await Receive();
        outside.Answers[poison.Id] = 500;
        var (other, _) = await Receive();
        await Becomes(other.Id, "webhook", "registered", "delivered");
        await Eventually.So("it was tried three times", async () => (await Becomes(poison.Id, "webhook", "registered", "queued")).GetProperty("attempts").GetArrayLength() >= 3 || HooksOf(poison.Id).Count() >= 3, 40);
        outside.Answers.Clear();

        var ledger = await Becomes(poison.Id, "webhook", "registered", "delivered");
        Assert.Single(HooksOf(poison.Id).Select(h => h.Id).Distinct());
        Assert.Equal("status-204", ledger.GetProperty("attempts").EnumerateArray().Last().GetProperty("code").GetString());
    }

    [Fact]
    public async Task Letters_speak_the_language_of_the_request_and_go_to_nobody_who_wants_paper()
    {
        var (kk, kkEmail) = await Receive("kk");
        var (third, thirdEmail) = await Receive("en");
        var (paper, paperEmail) = await Receive(answerForm: "paper");
        await Becomes(kk.Id, "e-mail", "registered", "delivered");
        await Becomes(third.Id, "e-mail", "registered", "delivered");
        await Becomes(paper.Id, "webhook", "registered", "delivered");

        Assert.Equal($"Сұрау салуыңыз тіркелді: {kk.Number}", Assert.Single(LettersTo(kkEmail)).Subject);
        Assert.Equal($"Сұрау салуыңыз тіркелді: {third.Number} / Ваш запрос зарегистрирован: {third.Number}", Assert.Single(LettersTo(thirdEmail)).Subject);
        await Eventually.So("the letter nobody wants is at its end", async () => await Sql.One<string>(wire.Servers.Database("inquiries"), "select state from notices where inquiry_id = $1 and kind = 'e-mail'", paper.Id) == "not-wanted");
        Assert.Empty(LettersTo(paperEmail));
        Assert.DoesNotContain(await Ledger(paper.Id), n => n.GetProperty("kind").GetString() == "e-mail");
    }

    [Fact]
    public async Task A_letter_whose_answer_was_lost_is_unknown_and_does_not_go_again()
    {
        var (request, email) = await Receive(mail: SmtpSimulator.Ways.LoseAnswer);
        await Becomes(request.Id, "e-mail", "registered", "unknown");
        outside.Mail!.Behaves = SmtpSimulator.Ways.Take;
        var (later, _) = await Receive();
        await Becomes(later.Id, "e-mail", "registered", "delivered");
        Assert.Single(LettersTo(email));
        Assert.Contains((await Ground.Wire.As(wire.Inquiries, Tokens.Admin()).Get("/v1/egov/notices?state=unknown&limit=200")).Is(200).Items, n => n.GetProperty("inquiryId").GetGuid() == request.Id);
    }

    [Fact]
    public async Task A_busy_or_absent_mail_server_is_asked_again_and_a_refusing_one_is_not()
    {
        var (refused, refusedEmail) = await Receive(mail: SmtpSimulator.Ways.Refuse);
        await Becomes(refused.Id, "e-mail", "registered", "refused");
        var (busy, busyEmail) = await Receive(mail: SmtpSimulator.Ways.Busy);
        await Eventually.So("it was tried twice", async () => (await Becomes(busy.Id, "e-mail", "registered", "queued")).GetProperty("attempts").GetArrayLength() >= 2, 40);
        await outside.MailGoes();
        await Eventually.So("it is away", async () => (await Becomes(busy.Id, "e-mail", "registered", "queued")).GetProperty("attempts").EnumerateArray().Any(a => a.GetProperty("code").GetString() == "not-reached"), 40);
        outside.MailComes();
        await Becomes(busy.Id, "e-mail", "registered", "delivered");
        Assert.Single(LettersTo(busyEmail));
        Assert.Empty(LettersTo(refusedEmail));
    }

    [Fact]
    public async Task Where_nothing_is_configured_nothing_is_queued() => Assert.Empty(await Ledger((await wire.Receive(Body)).Id));
}
