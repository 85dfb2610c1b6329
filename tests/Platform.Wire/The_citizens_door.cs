using System.Text.Json;

namespace Platform.Wire;

/// <summary>GET /v1/citizen/inquiries/{number}: public, opened by the slip's code.</summary>
public sealed class The_citizens_door(Ground.Wire wire)
{
    private const string Body = "akimat-43";

    private Task<Reply> Ask(string number, string? code) => code is null ? wire.Anybody().Get($"/v1/citizen/inquiries/{number}")
        : wire.Anybody().Get($"/v1/citizen/inquiries/{number}", ("Slip-Code", code));

    [Fact]
    public async Task Opens_to_the_right_code_alone()
    {
        var (request, other) = (await wire.Receive(Body), await wire.Receive(Body));

        var seen = (await Ask(request.Number, request.Code)).Is(200);
        Assert.Equal((request.Number, "Registered", "Зарегистрирован"), (seen.Text("number"), seen.Text("state"), seen.Json.GetProperty("stateName").GetProperty("ru").GetString()));
        Assert.Equal("no-store", seen.Headers.CacheControl?.ToString());
        (await Ask(request.Number, request.Code.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal))).Is(200);
        (await Ask(request.Number, other.Code)).Is(404, "not-found");
        (await Ask(Body + "-2026-999999", request.Code)).Is(404, "not-found");
        (await Ask(request.Number, null)).Is(400, "slip-code-missing");
    }

    [Fact]
    public async Task Shows_the_answer_once_it_is_given()
    {
        var request = await wire.Receive(Body, "kk");
        Assert.Equal(JsonValueKind.Null, (await Ask(request.Number, request.Code)).Json.GetProperty("answer").ValueKind);

        (await wire.Officer(Body).Post($"/v1/inquiries/{request.Id}/answer", new { text = "Жауап: иә" }, 2)).Is(200);

        var seen = (await Ask(request.Number, request.Code)).Is(200);
        Assert.Equal(("Answered", "Жауап: иә"), (seen.Text("state"), seen.Json.GetProperty("answer").GetProperty("kk").GetString()));
    }

    [Fact]
    public async Task Shows_where_a_forwarded_request_went_and_the_answer_given_there()
    {
        var request = await wire.Receive(Body);
        var forwarded = (await wire.Officer(Body).Post($"/v1/inquiries/{request.Id}/forward", new { holder = "min-water", reason = "не наша вода" }, 2)).Is(200);
        var next = forwarded.Json.GetProperty("forwardedInquiryId").GetGuid();
        Assert.StartsWith("min-water-", forwarded.Text("forwardedNumber"), StringComparison.Ordinal);
        (await wire.Officer("min-water").Post($"/v1/inquiries/{next}/answer", new { text = "Вода есть" }, 2)).Is(200);

        var seen = (await Ask(request.Number, request.Code)).Is(200).Json;

        Assert.Equal("Forwarded", seen.GetProperty("state").GetString());
        var there = seen.GetProperty("forwardedTo");
        Assert.Equal(("min-water", "Answered", "Вода есть"), (there.GetProperty("holder").GetString(), there.GetProperty("state").GetString(), there.GetProperty("answer").GetProperty("ru").GetString()));
        Assert.Equal(forwarded.Text("forwardedNumber"), there.GetProperty("number").GetString());
    }

    [Fact]
    public async Task Another_bodys_request_is_unknown_and_an_auditor_reads_it()
    {
        var request = await wire.Receive(Body);

        (await wire.Officer("akimat-47").Get($"/v1/inquiries/{request.Id}")).Is(404, "not-found");
        (await wire.Officer("akimat-47").Get($"/v1/inquiries/{request.Id}/applicant?reason=x")).Is(404, "not-found");
        (await Ground.Wire.As(wire.Inquiries, Tokens.Auditor()).Get($"/v1/inquiries/{request.Id}")).Is(200);
        (await wire.Officer(Body).Get($"/v1/inquiries/{request.Id}/applicant")).Is(400, "reason-missing");
        var form = (await wire.Officer(Body).Get($"/v1/inquiries/{request.Id}/applicant?reason=" + Uri.EscapeDataString("готовлю ответ"))).Is(200);
        Assert.Equal("610714907430", form.Json.GetProperty("applicant").GetProperty("iin").GetString());
        Assert.True(await Sql.One<long>(wire.Servers.Database("inquiries"), "select count(*) from vault.reads where body = $1", Body) >= 1);
    }
}
