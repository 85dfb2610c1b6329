using System.Globalization;

namespace Platform.Wire;

/// <summary>Official statements reach every accredited journalist and subscriber at one instant; what is asked about them becomes a request.</summary>
[Collection(House.Collection)]
public sealed class Statements_reach_all(House house, PressPost post) : IClassFixture<PressPost>
{
    private const string Speaking = "akimat-75", Other = "akimat-79";

    private async Task<(string Id, Reply Released)> Release(string text)
    {
        var draft = (await post.As(Roles.Editor, Speaking).Post("/v1/statements", new { body = Speaking, title = new { kk = "Мәлімдеме", ru = "Заявление" }, text = new { kk = text + " қазақша", ru = text + " по-русски" } })).Is(201);
        var path = $"/v1/statements/{draft.Text("id")}";
        var submitted = (await post.As(Roles.Editor, Speaking).Post(path + "/submit", new { }, draft.Version)).Is(200);
        (await post.As(Roles.Editor, Speaking).Post(path + "/release", new { }, submitted.Version)).Is(409, "not-approved");
        (await post.Anybody.Get(path)).Is(404, "not-found");
        var approved = (await post.As(Roles.Approver, Speaking).Post(path + "/approve", new { }, submitted.Version)).Is(200);
        return (draft.Text("id")!, (await post.As(Roles.Editor, Speaking).Post(path + "/release", new { }, approved.Version)).Is(200));
    }

    [Fact]
    public async Task A_statement_reaches_all_subscribers_at_one_instant_in_their_languages()
    {
        var (kk, ru) = (await post.Subscribe("kk", ["statements"], Speaking), await post.Subscribe("ru", ["statements"], Speaking));
        var others = await post.Subscribe("ru", ["notices"], Speaking);
        var journalist = await post.Accredit("kk");
        (await post.As(Roles.Journalist, null).Post("/v1/news-subscriptions", new { language = "ru", kinds = new[] { "statements" }, bodies = new[] { Speaking }, url = post.Hooks.Url })).Is(201);
        var mark = Guid.NewGuid().ToString("N")[..8];
        var (id, released) = await Release(mark);
        await post.AllSent(id);

        Assert.Contains(mark + " қазақша", Assert.Single(post.LettersTo(kk), l => l.Subject == "Мәлімдеме").TextBody, StringComparison.Ordinal);
        Assert.Contains(mark + " қазақша", Assert.Single(post.LettersTo(journalist), l => l.Subject == "Мәлімдеме").TextBody, StringComparison.Ordinal);
        Assert.Contains(mark + " по-русски", Assert.Single(post.LettersTo(ru), l => l.Subject == "Заявление").TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain(post.LettersTo(others), l => l.Subject == "Заявление");
        Assert.Contains(post.Hooks.Hooks, h => h.Type == "statement.released" && h.Data.GetProperty("statementId").ToString() == id);
        var shown = (await post.Anybody.Get($"/v1/statements/{id}")).Is(200);
        (await post.Anybody.Get($"/v1/statements/{id}?asOf={Uri.EscapeDataString(shown.Json.GetProperty("releasedAt").GetDateTimeOffset().AddSeconds(-1).ToString("O", CultureInfo.InvariantCulture))}")).Is(404, "not-found");

        var deliveries = (await post.As(Roles.Editor, Speaking).Get($"/v1/statements/{id}/deliveries")).Is(200);
        Assert.Equal(3, deliveries.Items.Count(d => d.GetProperty("role").GetString() == "subscriber"));
        Assert.Contains(deliveries.Items, d => d.GetProperty("role").GetString() == "journalist");
        Assert.All(deliveries.Items, d => Assert.Equal("delivered", d.GetProperty("state").GetString()));
        Assert.Equal(1, await Sql.One<long>(post.Database, "select count(distinct queued_at) from notices where about = $1", Guid.Parse(id)));
        Assert.DoesNotContain("@", deliveries.Body, StringComparison.Ordinal);
        (await post.As(Roles.Editor, Other).Get($"/v1/statements/{id}/deliveries")).Is(404, "not-found");

        // one who goes is told nothing more, and the others are told of the correction
        var (subscription, code) = PressPost.LinkIn(post.LettersTo(ru)[^1], "news-subscriptions");
        Assert.Equal("Ended", (await post.ByLink($"/v1/news-subscriptions/{subscription}/unsubscribe", "Subscription-Code", code)).Is(200).Text("state"));
        (await post.As(Roles.Approver, Speaking).Post($"/v1/statements/{id}/correct", new { text = new { kk = "Түзетілді", ru = "Исправлено" }, reason = new { kk = "Қате", ru = "Ошибка" } }, released.Version)).Is(200);
        Assert.Contains("Түзетілді", (await post.Letter(kk, "Түзету")).TextBody, StringComparison.Ordinal);
        await post.AllSent(id);
        Assert.DoesNotContain(post.LettersTo(ru), l => l.Subject!.StartsWith("Исправление", StringComparison.Ordinal));
        await Eventually.So("the address is destroyed", async () => await Sql.One<long>(post.Database, "select count(*) from vault.erasures e join notices n on n.recipient = e.subject_id where n.about = $1", Guid.Parse(id)) > 0);
    }

    [Fact]
    public async Task A_request_to_clarify_a_statement_becomes_a_request_with_its_term_of_two_working_days()
    {
        var (id, _) = await Release("Нақтылау");
        var form = Forms.For(Speaking);
        var applicant = form["applicant"]!;
        var asked = (await post.Anybody.Post($"/v1/statements/{id}/clarification-requests", new
        {
            language = "ru",
            text = "Прошу уточнить число",
            particulars = new { kind = "individual", surname = applicant["surname"]!.ToString(), name = applicant["name"]!.ToString(), iin = applicant["iin"]!.ToString(), email = form["contacts"]!["email"]!.ToString(), phone = form["contacts"]!["phone"]!.ToString() },
        })).Is(201);
        Assert.Equal("media-statement-clarification", asked.Json.GetProperty("deadline").GetProperty("rule").GetString());
        Assert.NotEmpty(asked.Json.GetProperty("deadline").GetProperty("trace").EnumerateArray());
        var taken = await Eventually.Get("it is a request", async () => (await post.As(Roles.Editor, Speaking).Get($"/v1/statements/{id}/clarification-requests")).Is(200).Items.Single(),
            c => c.GetProperty("state").GetString() == "HandedOver", 40);
        var inquiry = (await Ground.Wire.As(house.Wire.Inquiries, Tokens.Officer(Speaking)).Get($"/v1/inquiries/{taken.GetProperty("inquiryId").GetGuid()}")).Is(200);
        Assert.Equal(("MediaStatementClarification", taken.GetProperty("number").GetString()), (inquiry.Text("regime"), inquiry.Text("number")));
        (await post.Anybody.Post($"/v1/statements/{Guid.NewGuid()}/clarification-requests", new { language = "ru", text = "Что?" })).Is(404, "not-found");
        (await post.Anybody.Post($"/v1/statements/{id}/clarification-requests", new { language = "ru", text = "Что?" })).Is(400, "particulars-missing");
    }
}
