using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dev;
using MimeKit;

namespace Platform.Wire.Ground;

/// <summary>A replica of PressEvents that sends letters and webhooks, with a mail server and a subscriber's door; and the ways of those who get them.</summary>
public sealed partial class PressPost(Wire wire) : IAsyncLifetime
{
    private const int HookPort = 5847, MailPort = 5848;

    public string Database { get; } = wire.Servers.Database("press_events");
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

    public Door As(string role, string? body = "scc") => Wire.As(Process, Tokens.For(role, body));
    public Door Anybody => Wire.As(Process, null);

    public static string Address(string who) => $"{who}-{Guid.NewGuid():N}@press.example";

    public IReadOnlyList<MimeMessage> LettersTo(string email) => [.. Mail.Letters.Select(l => MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(l)))).Where(m => m.To.ToString() == email)];

    public async Task<MimeMessage> Letter(string email, string about) => (await Eventually.Get($"a letter with «{about}»", () => Task.FromResult(LettersTo(email)),
        letters => letters.Any(l => l.Subject!.Contains(about, StringComparison.Ordinal)), 40)).Last(l => l.Subject!.Contains(about, StringComparison.Ordinal));

    /// <summary>Id and code out of the link of a letter.</summary>
    public static (string Id, string Code) LinkIn(MimeMessage letter, string page)
    {
        var link = Link().Matches(letter.TextBody!).First(m => m.Groups["page"].Value == page);
        return (link.Groups["id"].Value, link.Groups["code"].Value);
    }

    [GeneratedRegex(@"/(?<page>invitations|news-subscriptions)/(?<id>[0-9a-f-]{36})(/[a-z]+)?#(?<code>[0-9a-f]+-[0-9A-Z]{20})")]
    private static partial Regex Link();

    public Task<Reply> ByLink(string path, string header, string code, object? body = null) => Anybody.Send(HttpMethod.Post, path,
        new StringContent(JsonSerializer.Serialize(body ?? new { }, Platform.Json.Options), Encoding.UTF8, "application/json"), [(header, code)]);

    /// <summary>Confirmed by the link of its letter.</summary>
    public async Task<string> Subscribe(string language, string[] kinds, string body)
    {
        var email = Address("subscriber");
        (await Anybody.Post("/v1/news-subscriptions", new { language, kinds, bodies = new[] { body }, email })).Is(201);
        var (id, code) = LinkIn(await Letter(email, language == "kk" ? "растаңыз" : "Подтвердите"), "news-subscriptions");
        Assert.Equal("Active", (await ByLink($"/v1/news-subscriptions/{id}/confirm", "Subscription-Code", code)).Is(200).Text("state"));
        return email;
    }

    /// <summary>A journalist with a permanent accreditation, who subscribed to nothing.</summary>
    public async Task<string> Accredit(string language)
    {
        var (name, email) = ("Журналист" + Guid.NewGuid().ToString("N")[..8], Address("journalist"));
        var me = Wire.As(Process, Token.Make(Repository.Secrets, [Roles.Journalist], null, name, 3600));
        (await me.Post("/v1/journalists", new
        {
            category = "Freelancer",
            language,
            person = new { surname = name, name = "Мадина", email, phone = "+7 701 765 43 21" },
            documents = new[] { new { kind = "identity", words = name } },
        })).Is(201);
        var applied = (await me.Post("/v1/accreditations", new { kind = "Permanent" })).Is(201);
        (await As(Roles.Accreditor).Post($"/v1/accreditations/{applied.Text("id")}/grant", new { }, 1)).Is(200);
        return email;
    }

    /// <summary>Every notice about a thing has come to its end.</summary>
    public Task AllSent(string about) => Eventually.So("all was sent", async () =>
        await Sql.One<long>(Database, "select count(*) from notices where about = $1 and state = 'queued'", Guid.Parse(about)) == 0, 60);
}
