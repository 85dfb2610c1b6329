using System.Text.Json.Nodes;

namespace Platform.Wire;

/// <summary>Search over personal text by keyed hashes, likeness, duplicates and a shared answer; all of it gone with its subject.</summary>
public sealed class Likeness_and_search(Ground.Wire wire)
{
    private const string Body = "min-culture", Other = "min-foreign";
    private Door Officer => wire.Officer(Body);

    private async Task<(Guid Id, JsonObject Form)> Ask(string text, string iin, string holder = Body)
    {
        var form = Forms.For(holder);
        (form["text"], form["applicant"]!["iin"]) = (text, iin);
        Forms.Sent.Enqueue(form.ToJsonString());
        return ((await wire.Gateway().Post("/v1/egov/forms", form)).Is(201).Json.GetProperty("inquiryId").GetGuid(), form);
    }

    private async Task<List<Guid>> Found(string q, string body = Body) => [.. (await wire.Officer(body).Get("/v1/inquiries?limit=200&q=" + Uri.EscapeDataString(q))).Is(200).Items.Select(i => i.GetProperty("id").GetGuid())];
    private async Task<Reply> Act(Guid id, string command, object ask, Door? by = null) => await (by ?? Officer).Post($"/v1/inquiries/{id}/{command}", ask, (await Officer.Get($"/v1/inquiries/{id}")).Version);

    [Fact]
    public async Task A_request_is_found_by_who_asks_and_by_words_until_it_is_blocked()
    {
        var mark = "Ыңғайлы" + Guid.NewGuid().ToString("N")[..4];
        var (id, form) = await Ask($"Сколько велодорожек {mark} построено в городе за прошлый год", "990101300409");
        var (foreign, _) = await Ask($"Сколько велодорожек {mark} построено в городе за прошлый год", "990101300409", Other);

        Assert.Contains(id, await Found("990101300409"));
        Assert.Contains(id, await Found(form["contacts"]!["phone"]!.ToString()));
        Assert.Contains(id, await Found(form["messageId"]!.ToString()));
        Assert.Contains(id, await Found("велодорожка")); // another ending
        Assert.DoesNotContain(id, await Found("велодорожка самолёт"));
        Assert.DoesNotContain(foreign, await Found("велодорожка"));
        Assert.Contains(foreign, await Found("велодорожка", Other));
        Assert.Empty(await Found("   '--  "));

        (await Act(id, "block-personal-data", new { reason = "По требованию" })).Is(200);
        Assert.DoesNotContain(id, await Found("велодорожка"));
        (await Act(id, "unblock-personal-data", new { reason = "Снято" }, Ground.Wire.As(wire.Inquiries, Tokens.For(Roles.Head, Body)))).Is(200);
        (await Act(id, "correct-personal-data", new { corrections = new Dictionary<string, string> { ["applicant.iin"] = "990101300410" }, reason = "Ошибка" })).Is(200);
        Assert.DoesNotContain(id, await Found("990101300409"));
        Assert.Contains(id, await Found("990101300410"));
    }

    [Fact]
    public async Task A_duplicate_is_suspected_confirmed_and_undone()
    {
        var text = $"Прошу сообщить количество библиотек района {Guid.NewGuid():N} и часы работы каждой из них";
        var ((first, _), (again, _), (another, _)) = (await Ask(text, "990101300013"), await Ask(text.ToUpperInvariant(), "990101300013"), await Ask(text, "990101300023"));
        var similar = (await Officer.Get($"/v1/inquiries/{again}/similar")).Is(200).Json.EnumerateArray().ToDictionary(s => s.GetProperty("inquiryId").GetGuid(), s => s.GetProperty("samePerson").GetBoolean());
        Assert.Equal((true, false), (similar[first], similar[another]));
        Assert.False(similar.ContainsKey(again));

        (await Act(another, "confirm-duplicate", new { of = first })).Is(409, "not-the-same");
        (await Act(again, "confirm-duplicate", new { })).Is(400, "of-missing");
        (await Act(again, "confirm-duplicate", new { of = first })).Is(200);
        Assert.Equal(first.ToString(), (await Officer.Get($"/v1/inquiries/{again}")).Text("duplicateOf"));
        var seen = (await Officer.Get($"/v1/inquiries/{again}")).Version;
        Assert.Equal(seen + 1, (await wire.Grpc().UndoDuplicateAsync(new() { InquiryId = again.ToString(), Version = seen }, Tokens.Headers(Tokens.Officer(Body)))).Version);
        Assert.Equal("", (await Officer.Get($"/v1/inquiries/{again}")).Text("duplicateOf"));
        (await wire.Officer(Other).Get($"/v1/inquiries/{again}/similar")).Is(404, "not-found");
    }

    [Fact]
    public async Task Two_who_ask_the_same_may_share_an_answer_that_names_neither()
    {
        var text = $"Сколько музеев {Guid.NewGuid():N} открыто для посещения в выходные дни";
        var ((one, form), (two, _)) = (await Ask(text, "990101300013"), await Ask(text, "990101300023"));
        (await Act(two, "share-answer", new { from = one })).Is(409, "not-answered");
        (await Act(one, "answer", new { text = $"Уважаемый {form["applicant"]!["surname"]}, открыты два музея." })).Is(200);
        (await Act(two, "share-answer", new { from = one })).Is(400, "personal-data-left");

        var (three, four) = ((await Ask(text, "990101300409")).Id, (await Ask(text, "990101300410")).Id);
        (await Act(three, "answer", new { text = "Открыты два музея." })).Is(200);
        (await Act(four, "share-answer", new { from = Guid.NewGuid() })).Is(404, "not-found");
        (await Act(four, "share-answer", new { from = three })).Is(200);
        Assert.Equal("Answered", (await Officer.Get($"/v1/inquiries/{four}")).Text("state"));
    }

    [Fact]
    public async Task Published_answers_that_match_are_shown_before_drafting()
    {
        var word = "Арасан" + new string([.. Guid.NewGuid().ToString("N").Where(char.IsLetter).Take(6)]);
        var (asked, _) = await Ask($"Когда откроют бани {word} после ремонта", "990101300013");
        (await Act(asked, "answer", new { text = "Весной." })).Is(200);
        (await Act(asked, "clear-for-disclosure", new { title = new { ru = $"Бани {word}" }, text = new { ru = "Откроют весной." } })).Is(200);
        var (later, _) = await Ask($"Работают ли бани {word}", "990101300023");
        var matching = (await Officer.Get($"/v1/inquiries/{later}/matching-disclosures")).Is(200).Json.EnumerateArray().First();
        Assert.Equal($"Бани {word}", matching.GetProperty("title").GetProperty("ru").GetString());
    }
}
