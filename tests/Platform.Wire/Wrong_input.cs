using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Platform.Wire;

/// <summary>Whatever comes in, the answer is the caller's error, told as problem details with code and trace; never a 5xx.</summary>
public sealed class Wrong_input(Ground.Wire wire)
{
    private const string Body = "akimat-71";
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    [Fact]
    public async Task At_the_door_of_forms_is_refused_by_field_and_code()
    {
        var form = Forms.For(Body).ToJsonString();
        string With(string member, string json)
        {
            var changed = JsonNode.Parse(form)!;
            changed[member] = "@@";
            return changed.ToJsonString().Replace("\"@@\"", json, StringComparison.Ordinal);
        }

        var deep = new StringBuilder().Insert(0, "[", 5000).Append(']', 5000).ToString();
        await Refuses("/v1/egov/forms", Tokens.Egov(),
        [
            ("nothing", "", 400, "form-invalid"), ("no JSON", "{", 400, "form-invalid"), ("a number", "7", 400, "form-invalid"), ("null", "null", 400, "form-invalid"),
            ("a list", $"[{form}]", 400, "form-invalid"), ("something after it", form + "x", 400, "form-invalid"), ("a comment", "/* */" + form, 400, "form-invalid"),
            ("U+0000", With("text", "\"a\\u0000b\""), 400, "text-invalid"), ("U+0000 in a name", "{\"a\\u0000b\": 1}", 400, "form-invalid"),
            ("half a surrogate pair", With("text", "\"\\ud83d\""), 400, "text-invalid"), ("half a pair in a name", "{\"\\ud83d\": 1}", 400, "text-invalid"),
            ("a key twice", "{\"messageId\": \"1\", " + form[1..], 400, "form-invalid"), ("a key twice, once escaped", "{\"message\\u0049d\": \"1\", " + form[1..], 400, "form-invalid"),
            ("deep", With("text", deep), 400, "form-invalid"), ("text is a number", With("text", "7"), 400, "form-invalid"), ("text is an object", With("text", "{}"), 400, "form-invalid"),
            ("applicant is text", With("applicant", "\"me\""), 400, "form-invalid"), ("applicant is null", With("applicant", "null"), 400, "form-invalid"),
            ("contacts is a list", With("contacts", "[]"), 400, "form-invalid"), ("attachments is an object", With("attachments", "{}"), 400, "form-invalid"),
            ("an attachment is null", With("attachments", "[null]"), 400, "form-invalid"), ("an attachment is not base64", With("attachments", "[{\"name\":\"a\",\"contentBase64\":\"$\"}]"), 400, "form-invalid"),
            ("no messageId", With("messageId", "null"), 400, "form-invalid"), ("a long messageId", With("messageId", $"\"{new string('x', 201)}\""), 400, "form-invalid"),
            ("another form", With("form", "\"complaint\""), 400, "form-invalid"), ("a number beyond numbers", With("holder", "1e99999"), 400, "form-invalid"),
            ("files above 5 MiB", With("attachments", $"[{{\"name\":\"a\",\"contentBase64\":\"{Convert.ToBase64String(new byte[(5 << 20) + 1])}\"}}]"), 413, "too-large"),
        ]);
        await Refuses("/v1/egov/forms", null, [("no token", form, 401, "unauthenticated")]);
        await Refuses("/v1/egov/forms", "nonsense", [("a token that is none", form, 401, "unauthenticated")]);
        await Refuses("/v1/egov/forms", Tokens.For(Roles.Egov, seconds: -60), [("expired", form, 401, "unauthenticated")]);
        await Refuses("/v1/egov/forms", Tokens.Officer(Body), [("wrong role", form, 403, "forbidden")]);
    }

    [Fact]
    public async Task In_bytes_that_are_no_text_and_bodies_of_another_kind_or_size()
    {
        var door = wire.Gateway();
        var form = Forms.For(Body).Bytes();
        async Task<Reply> Send(HttpContent body, MediaTypeHeaderValue? type, bool waits = false)
        {
            body.Headers.ContentType = type;
            return await door.Send(HttpMethod.Post, "/v1/egov/forms", body, waits ? [("Expect", "100-continue")] : []);
        }

        Problem((await Send(new ByteArrayContent([0xff, 0xfe, .. form]), Json)).Is(400, "form-invalid"));
        Problem((await Send(new ByteArrayContent(form[..^1]), Json)).Is(400, "form-invalid"));
        Problem((await Send(new ByteArrayContent(Encoding.UTF8.GetBytes("\"\xff\"")), Json)).Is(400, "form-invalid"));
        Problem((await Send(new ByteArrayContent(form), new("text/plain"))).Is(415, "media-type-unsupported"));
        Problem((await Send(new ByteArrayContent(form), null)).Is(415, "media-type-unsupported"));
        Problem((await Send(new ByteArrayContent(new byte[29 << 20]), Json, waits: true)).Is(413, "too-large"));
        // ten million letters are a long question, and a question
        var words = Forms.For(Body);
        words["text"] = new string('ә', 5_000_000);
        Assert.Equal("registered", (await door.Post("/v1/egov/forms", words)).Is(201).Text("outcome"));
    }

    [Fact]
    public async Task At_the_doors_of_commands_names_the_field()
    {
        var request = await wire.Receive(Body);
        (string Command, string Body, int Status, string Code, string? Field)[] cases =
        [
            ("answer", "", 400, "request-invalid", null), ("answer", "{", 400, "body-invalid", null), ("answer", "[]", 400, "body-invalid", null), ("answer", "null", 400, "request-invalid", null),
            ("answer", "{\"text\": 7}", 400, "body-invalid", "text"), ("answer", "{\"text\": \"\\u0000\"}", 400, "text-invalid", "text"), ("answer", "{\"text\": {\"kk\": \"\\ud800\"}}", 400, "text-invalid", "text"), ("answer", "{\"text\": \"a\", \"\\ud800\": 1}", 400, "body-invalid", null),
            ("answer", "{\"text\": \"a\", \"text\": \"b\"}", 400, "body-invalid", null), ("answer", "{}", 400, "answer-empty", "text"), ("answer", "{\"text\": {\"ru\": null}}", 400, "answer-empty", "text"),
            ("assign", "{\"unit\": {}}", 400, "body-invalid", "unit"), ("assign", "{\"unit\": null}", 400, "unit-missing", "unit"), ("forward", "{\"holder\": \"akimat-404\"}", 400, "holder-unknown", "holder"),
            ("forward", "{}", 400, "holder-unknown", "holder"), ("clear-for-disclosure", "{\"text\": \"words\"}", 400, "body-invalid", "text"), ("clear-for-disclosure", "{}", 400, "text-missing", "text"),
        ];
        foreach (var c in cases)
        {
            var reply = await wire.Officer(Body).Post($"/v1/inquiries/{request.Id}/{c.Command}", c.Body, 2);
            Assert.True((reply.Status, reply.Code) == (c.Status, c.Code), $"{c.Command} {c.Body}: {reply.Status} {reply.Body}");
            Assert.True(c.Field is null || reply.Json.GetProperty("errors").TryGetProperty(c.Field, out _), $"{c.Command} {c.Body} names {c.Field}: {reply.Body}");
            Problem(reply);
        }

        Assert.Equal(2, (await wire.Officer(Body).Get($"/v1/inquiries/{request.Id}")).Version);
    }

    [Fact]
    public async Task In_addresses_and_headers_is_refused_too()
    {
        var (officer, anybody) = (wire.Officer(Body), wire.Anybody());
        var request = await wire.Receive(Body);
        var path = $"/v1/inquiries/{request.Id}";
        (string Path, int Status, string Code)[] gets =
        [
            ("/v1/inquiries?limit=many", 400, "request-invalid"), ("/v1/inquiries?limit=-1", 400, "limit-invalid"), ("/v1/inquiries?cursor=%00", 400, "cursor-invalid"),
            ("/v1/inquiries?q=610714907430%00", 400, "text-invalid"), ("/v1/inquiries?status=%00", 400, "text-invalid"), ("/v1/inquiries?dueBefore=2026-02-30", 400, "request-invalid"),
            ("/v1/inquiries?overdue=perhaps", 400, "request-invalid"), (path + "?asOf=yesterday", 400, "request-invalid"), (path + "?asOf=0001-01-01T00:00:00Z", 404, "not-found"),
            ("/v1/inquiries/not-a-guid", 404, "not-found"), ("/v1/nothing", 404, "not-found"), (path + "/applicant?reason=%20", 400, "reason-missing"),
            ("/v1/changes?after=-1", 400, "position-invalid"), ("/v1/changes?after=9223372036854775808", 400, "position-invalid"),
            ("/v1/deadlines?rule=reply&from=2026-02-30", 400, "date-invalid"), ("/v1/deadlines?rule=tea&from=2026-03-06", 400, "rule-unknown"), ("/v1/deadlines?rule=reply&from=2051-01-01", 400, "calendar-unknown"),
            ("/v1/deadlines?rule=reply&from=9999-12-31", 400, "calendar-unknown"), ("/v1/deadlines?rule=reply&from=-9998-01-01", 400, "calendar-unknown"), ("/v1/deadlines?from=2026-03-06", 400, "rule-unknown"), ("/v1/deadlines", 400, "date-invalid"),
        ];
        foreach (var (address, status, code) in gets)
        {
            var reply = await officer.Get(address);
            Assert.True((reply.Status, reply.Code) == (status, code), $"{address}: {reply.Status} {reply.Body}");
            Problem(reply);
        }

        Assert.Equal(400, (await anybody.Get("/v1/citizen/inquiries/%00", ("Slip-Code", "x"))).Status); // the server itself, before any door
        Problem((await anybody.Get($"/v1/citizen/inquiries/{new string('9', 3000)}", ("Slip-Code", new string('x', 3000)))).Is(404, "not-found"));
        Problem((await officer.Send(HttpMethod.Delete, path, null, [])).Is(405, "method-not-allowed"));
        Problem((await officer.Post(path + "/assign", new { unit = "Отдел" }, 2, new string('k', 256))).Is(400, "idempotency-key-invalid"));
        foreach (var (tag, status, code) in new[] { ("2", 400, "if-match-invalid"), ("\"2", 400, "if-match-invalid"), ("\"2\", \"3\"", 400, "if-match-invalid"), ("W/\"2\"", 412, "version-stale"), ("\"abc\"", 412, "version-stale"), ("\"99999999999999999999\"", 412, "version-stale") })
        {
            var reply = await officer.Send(HttpMethod.Post, path + "/assign", new StringContent("{\"unit\": \"Отдел\"}", Json), [("If-Match", tag)]);
            Assert.True((reply.Status, reply.Code) == (status, code), $"If-Match {tag}: {reply.Status} {reply.Body}");
        }

        (await officer.Send(HttpMethod.Post, path + "/assign", new StringContent("{\"unit\": \"Отдел\"}", Json), [("If-Match", "*")])).Is(200);
    }

    private async Task Refuses(string path, string? token, IEnumerable<(string What, string Body, int Status, string Code)> cases)
    {
        List<string> wrong = [];
        foreach (var c in cases)
        {
            var reply = await Ground.Wire.As(wire.Inquiries, token).Post(path, c.Body);
            if ((reply.Status, reply.Code) != (c.Status, c.Code))
            {
                wrong.Add($"{c.What}: {reply.Status} {reply.Body}");
                continue;
            }

            Problem(reply);
        }

        Assert.Empty(wrong);
    }

    private static void Problem(Reply reply)
    {
        Assert.StartsWith("application/problem+json", reply.ContentType, StringComparison.Ordinal);
        Assert.Equal(reply.Status.ToString(System.Globalization.CultureInfo.InvariantCulture), reply.Text("status"));
        Assert.Matches("^[0-9a-f]{32}$", reply.Text("traceId"));
        Assert.NotNull(reply.Code);
    }
}
