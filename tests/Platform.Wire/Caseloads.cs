using System.Text;
using System.Text.Json;

namespace Platform.Wire;

/// <summary>A caseload in and out, as CSV and JSONL: dry run, every failed row, the same file again, and no personal data on the way out.</summary>
public sealed class Caseloads(Ground.Wire wire)
{
    private const string Body = "akimat-10";
    private Door Head => Ground.Wire.As(wire.Inquiries, Tokens.For(Roles.Head, Body));

    private async Task<List<JsonElement>> Import(string query, string file) => Lines((await Head.Send(HttpMethod.Post, "/v1/caseload/imports" + query, new ByteArrayContent(Encoding.UTF8.GetBytes(file)), [])).Is(200));
    private static List<JsonElement> Lines(Reply reply) => [.. reply.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    private static (int, int, int) Counts(JsonElement last) => last.GetProperty("result") is var r ? (r.GetProperty("imported").GetInt32(), r.GetProperty("known").GetInt32(), r.GetProperty("failed").GetInt32()) : default;

    [Fact]
    public async Task A_file_is_tried_imported_once_and_exported()
    {
        var mark = Guid.NewGuid().ToString("N")[..8];
        // for the sweep for personal data
        Forms.Sent.Enqueue($$"""{"applicant": {"kind": "individual", "surname": "Фамилия{{mark}}"}, "contacts": {"email": "{{mark}}a@asker.example"}, "text": "Прошу, сообщите {{mark}}"}""");
        var file = $"""
            receivedAt,kind,iin,surname,name,email,phone,language,answerForm,text,signed
            2026-10-01T10:00:00+05:00,individual,990101300013,Фамилия{mark},Имя,{mark}a@asker.example,+77011677726,ru,electronic,"Прошу, сообщите {mark}",true
            2999-10-01T10:00:00+05:00,individual,990101300013,Фамилия{mark},Имя,{mark}b@asker.example,+77011677726,ru,electronic,Прошу {mark},true
            2026-10-02T10:00:00+05:00,person,990101300013,Фамилия{mark},Имя,{mark}c@asker.example,+77011677726,ru,electronic,Прошу {mark},true
            2026-10-03T10:00:00+05:00,individual,990101300023,Фамилия{mark},Имя,{mark}d@asker.example,+77011677726,kk,electronic,Сұраймын {mark},true
            """;
        var tried = await Import("?format=csv&dryRun=true", file);
        Assert.Equal((2, 0, 2), Counts(tried[^1]));
        var lines = await Import("?format=csv", file);
        Assert.Equal((2, 0, 2), Counts(lines[^1]));
        Assert.Equal([(2, "receivedAt"), (3, "applicant.kind")], lines[..^1].Select(l => (l.GetProperty("row").GetInt32(), l.GetProperty("errors").EnumerateObject().First().Name)));
        Assert.DoesNotContain(mark, string.Concat(lines), StringComparison.Ordinal);
        Assert.Equal((0, 2, 2), Counts((await Import("?format=csv", file))[^1]));

        var rows = Lines((await Head.Get("/v1/caseload/export?from=2026-10-01&to=2026-10-03")).Is(200));
        Assert.Equal((2, 2), (rows[^1].GetProperty("exported").GetInt32(), rows.Count - 1));
        Assert.Equal(("2026-10-16", "import"), (rows[0].GetProperty("due").GetString(), rows[0].GetProperty("channel").GetString()));
        var csv = (await Head.Get("/v1/caseload/export?format=csv&from=2026-10-01&to=2026-10-03")).Is(200).Body;
        Assert.Equal(3, csv.TrimEnd().Split('\n').Length);
        Assert.DoesNotContain(mark, csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_of_JSON_tell_how_far_they_are()
    {
        var rows = Enumerable.Range(0, 120).Select(i =>
        {
            var form = Forms.For(Body);
            form.Remove("messageId");
            (form["receivedAt"], form["signed"]) = ("2026-09-01T10:00:00+05:00", true);
            form.Remove("signature");
            return form.ToJsonString();
        });
        var lines = await Import("?format=jsonl", string.Join('\n', rows.Append("{not json")));
        Assert.Contains(lines, l => l.TryGetProperty("done", out var done) && done.GetInt32() == 100 && l.GetProperty("of").GetInt32() == 121);
        Assert.Equal((120, 0, 1), Counts(lines[^1]));
    }

    [Fact]
    public async Task What_cannot_be_imported_as_a_whole_is_refused()
    {
        Task<Reply> Post(Door by, string query, string file) => by.Send(HttpMethod.Post, "/v1/caseload/imports" + query, new ByteArrayContent(Encoding.UTF8.GetBytes(file)), []);
        (await Post(wire.Officer(Body), "", "{}")).Is(403, "forbidden");
        (await Post(Head, "?format=xlsx", "x")).Is(400, "format-unknown");
        (await Post(Head, "?format=csv", "surnam\nx")).Is(400, "column-unknown");
        (await Post(Head, "?format=csv", "")).Is(400, "columns-missing");
        (await Head.Get("/v1/caseload/export?format=xlsx")).Is(400, "format-unknown");
        (await wire.Officer(Body).Get("/v1/caseload/export")).Is(403, "forbidden");
    }
}
