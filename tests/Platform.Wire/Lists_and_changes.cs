using System.Text.Json;

namespace Platform.Wire;

/// <summary>The desk's list and the feed of changes, page by page.</summary>
public sealed class Lists_and_changes(Ground.Wire wire)
{
    private const string Body = "akimat-47";

    private sealed record Change(long Position, Guid MessageId, string Type, JsonElement Message);

    [Fact]
    public async Task The_cursor_visits_each_request_once_though_new_ones_come_in_between()
    {
        var before = await Task.WhenAll(Enumerable.Range(0, 11).Select(_ => wire.Receive(Body)));
        var officer = wire.Officer(Body);
        List<Guid> visited = [];

        for (string? cursor = "", next; cursor is not null; cursor = next)
        {
            var page = (await officer.Get("/v1/inquiries?limit=3" + (cursor.Length > 0 ? "&cursor=" + cursor : ""))).Is(200);
            visited.AddRange(page.Items.Select(i => i.GetProperty("id").GetGuid()));
            next = page.Json.GetProperty("next").GetString();
            if (visited.Count == 6)
            {
                await wire.Receive(Body);
            }
        }

        Assert.Equal(visited.Count, visited.Distinct().Count());
        Assert.Subset(visited.ToHashSet(), before.Select(b => b.Id).ToHashSet());
        (await officer.Get("/v1/inquiries?cursor=nonsense")).Is(400, "cursor-invalid");
        (await officer.Get("/v1/inquiries?limit=201")).Is(400, "limit-invalid");
        (await officer.Get("/v1/inquiries?limit=0")).Is(400, "limit-invalid");
    }

    [Fact]
    public async Task Changes_page_through_everything_in_order_for_an_auditor_and_match_what_was_heard()
    {
        var request = await wire.Receive(Body);
        await wire.Officer(Body).Post($"/v1/inquiries/{request.Id}/assign", new { unit = "Отдел" }, 2);
        await Eventually.So("it is heard", () => wire.Heard.About(request.Id).Any(m => m.Version == 3));

        var all = await All(Tokens.Auditor(), 7);

        Assert.Equal(all.Select(c => c.Position).Order(), all.Select(c => c.Position));
        Assert.Equal(all.Count, all.Select(c => c.MessageId).Distinct().Count());
        await Eventually.So("what the feed shows was heard", () => all.Select(c => c.MessageId).ToHashSet().IsSubsetOf(wire.Heard.All.Select(m => m.MessageId)));
        Assert.Equal(["Contracts.Inquiries.InquiryRegistered", "Contracts.Inquiries.InquiryAssigned"],
            all.Where(c => c.Message.GetProperty("inquiryId").GetGuid() == request.Id).Select(c => c.Type));
    }

    [Fact]
    public async Task Changes_show_a_body_its_own_and_everybody_what_is_public()
    {
        var (mine, others) = (await wire.Receive(Body), await wire.Receive("akimat-55"));
        var officer = wire.Officer(Body);
        await officer.Post($"/v1/inquiries/{mine.Id}/answer", new { text = "Ответ" }, 2);
        (await officer.Post($"/v1/inquiries/{mine.Id}/clear-for-disclosure", new { title = new { ru = "Тема" }, text = new { ru = "Слова для всех" } }, 3)).Is(200);

        var seen = await Eventually.Get("the disclosure is in the feed", () => All(Tokens.Officer(Body), 200), all => all.Any(c => c.Type.EndsWith("AnswerDisclosed", StringComparison.Ordinal) && Of(c) == mine.Id));
        Assert.Equal(3, seen.Count(c => Of(c) == mine.Id));
        Assert.DoesNotContain(seen, c => Of(c) == others.Id);
        var everybody = await All(null, 200);
        Assert.Contains(everybody, c => Of(c) == mine.Id);
        Assert.All(everybody, c => Assert.Equal("Contracts.Inquiries.AnswerDisclosed", c.Type));
        (await wire.Anybody().Get("/v1/changes?after=x")).Is(400, "position-invalid");
    }

    private static Guid Of(Change change) => change.Message.GetProperty("inquiryId").GetGuid();

    private async Task<IReadOnlyList<Change>> All(string? token, int limit)
    {
        List<Change> all = [];
        for (string after = "0", last = ""; after != last;)
        {
            var page = (await Ground.Wire.As(wire.Inquiries, token).Get($"/v1/changes?after={after}&limit={limit}")).Is(200);
            all.AddRange(page.Items.Select(i => i.Deserialize<Change>(Json.Options)!));
            (last, after) = (after, page.Json.GetProperty("next").GetString()!);
        }

        return all;
    }
}
