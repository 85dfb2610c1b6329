using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Grpc.Core;
using Grpc.Net.Client;
using Publications.V1;

namespace Platform.Wire;

/// <summary>A replica of Publications that knows accounts with an inbox, and the way to Inquiries.</summary>
public sealed class Answering(House house) : IAsyncLifetime
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", Token = "telegram-token-of-this-test";

    public ServiceProcess Publications { get; } = new(house.Wire.Servers, "Publications", "publications", 5825)
    {
        Settings = new Dictionary<string, string>
        {
            ["Peers__Inquiries"] = "http://127.0.0.1:5801",
            ["HandOver__MostWaitSeconds"] = "2",
            ["Inbox__Accounts__akimat-62-web__Kind"] = "webhook",
            ["Inbox__Accounts__akimat-62-web__Body"] = What_people_write_back.Body,
            ["Inbox__Accounts__akimat-62-web__Secret"] = Secret,
            ["Inbox__Accounts__akimat-62-tg__Kind"] = "telegram",
            ["Inbox__Accounts__akimat-62-tg__Body"] = What_people_write_back.Body,
            ["Inbox__Accounts__akimat-62-tg__Secret"] = Token,
            ["Inbox__Accounts__akimat-62-fb__Kind"] = "facebook",
            ["Inbox__Accounts__akimat-62-fb__Body"] = What_people_write_back.Body,
            ["Inbox__Accounts__akimat-62-fb__Secret"] = "app",
            ["Inbox__Accounts__akimat-62-fb__VerifyToken"] = "verify",
        },
    };

    public async ValueTask InitializeAsync() => await House.Up(house.Wire.Inquiries, Publications);

    public ValueTask DisposeAsync() => Publications.DisposeAsync();
}

/// <summary>Comments and messages come in once, get an owner and a reply of two persons, or become a request; and akimats report and watch.</summary>
[Collection(House.Collection)]
public sealed class What_people_write_back(House house, Answering answering) : IClassFixture<Answering>
{
    public const string Body = "akimat-62";
    private static readonly JsonObject Form = Forms.For(Body);

    private string Store => house.Wire.Servers.Database("publications");
    private Door As(string role, string? body = Body) => Ground.Wire.As(answering.Publications, Tokens.For(role, body));
    private Door Anybody => Ground.Wire.As(answering.Publications, null);

    /// <summary>What the sweep for personal data looks for in the end.</summary>
    private static object Written(string externalId, JsonObject? form = null) => new
    {
        externalId,
        kind = "comment",
        text = (string)(form ?? Form)["text"]!,
        language = "ru",
        postedAt = DateTimeOffset.UtcNow,
        name = (string)(form ?? Form)["applicant"]!["surname"]!,
    };

    private Task<Reply> Call(object content, string secret = Answering.Secret, string account = "akimat-62-web")
    {
        var (body, now, id) = (JsonSerializer.SerializeToUtf8Bytes(content, Json.Options), DateTimeOffset.UtcNow, Guid.NewGuid().ToString());
        return Anybody.Send(HttpMethod.Post, "/v1/inbox/" + account, new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
        [
            ("webhook-id", id), ("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)), ("webhook-signature", new StandardWebhook(secret).Sign(id, now, body)),
        ]);
    }

    private async Task<Guid> Came(string externalId, JsonObject? form = null) => (await Call(Written(externalId, form))).Is(200).Items.Single().GetProperty("id").GetGuid();

    [Fact]
    public async Task Ten_times_at_once_it_is_one_item()
    {
        var content = Written("ten-" + Guid.NewGuid());

        var calls = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Call(content)));

        Assert.All(calls, call => call.Is(200));
        var id = Assert.Single(calls.Select(c => c.Items.Single().GetProperty("id").GetGuid()).Distinct());
        Assert.Single(calls, c => c.Items.Single().GetProperty("isNew").GetBoolean());
        Assert.Equal(1, await Sql.One<long>(Store, "select count(*) from mt_events where type = 'inbox_item_received' and stream_id = $1", id));
        Assert.Equal(2, await Sql.One<long>(Store, "select count(*) from vault.items i join mt_events e on (e.data ->> 'subjectId')::uuid = i.subject_id where e.stream_id = $1", id));
        var item = (await As(Roles.Moderator).Get($"/v1/inbox/{id}")).Is(200);
        Assert.Equal(("New", "Comment", "workingDays", "inbox-answer"), (item.Text("state"), item.Text("kind"), item.Json.GetProperty("term").GetProperty("unit").GetString(), item.Json.GetProperty("term").GetProperty("deadline").GetProperty("rule").GetString()));
        Assert.DoesNotContain((string)Form["text"]!, item.Body, StringComparison.Ordinal);
        (await As(Roles.Moderator, "min-culture").Get($"/v1/inbox/{id}")).Is(404, "not-found");
        (await As(Roles.Editor).Get("/v1/inbox?state=Nowhere")).Is(400, "state-unknown");
    }

    [Fact]
    public async Task Nobody_else_writes_into_it()
    {
        (await Call(Written("forged"), "whsec_" + Convert.ToBase64String(new byte[32]))).Is(401, "signature-invalid");
        (await Call(Written("nowhere"), account: "nobody")).Is(401, "signature-invalid");
        (await Anybody.Post("/v1/inbox/akimat-62-web", Written("unsigned"))).Is(401, "signature-invalid");
        (await Call(new { kind = "comment" })).Is(400, "item-invalid");
        var update = JsonSerializer.Serialize(new { message = new { message_id = 5, date = 1_796_000_000, chat = new { id = 77, type = "private" }, from = new { id = 77, first_name = "Т" }, text = (string)Form["text"]! } });
        Task<Reply> Telegram(string token) => Anybody.Send(HttpMethod.Post, "/v1/inbox/akimat-62-tg", new StringContent(update, Encoding.UTF8, "application/json"), [("X-Telegram-Bot-Api-Secret-Token", token)]);
        (await Telegram("other")).Is(401, "signature-invalid");
        Assert.True((await Telegram(Answering.Token)).Is(200).Items.Single().GetProperty("isNew").GetBoolean());
        Assert.Equal("12345", (await Anybody.Get("/v1/inbox/akimat-62-fb?hub.mode=subscribe&hub.verify_token=verify&hub.challenge=12345")).Is(200).Body);
        (await Anybody.Get("/v1/inbox/akimat-62-fb?hub.mode=subscribe&hub.verify_token=other&hub.challenge=12345")).Is(403, "verify-token-invalid");
    }

    [Fact]
    public async Task A_reply_is_written_by_one_and_approved_by_another_person()
    {
        var id = await Came("reply-" + Guid.NewGuid());
        var (editor, approver, path) = (As(Roles.Editor), As(Roles.Approver), $"/v1/inbox/{id}");
        (await As(Roles.Moderator).Post(path + "/assign", new { officer = "officer-7" })).Is(428, "version-required");
        var assigned = (await As(Roles.Moderator).Post(path + "/assign", new { officer = "officer-7" }, 1)).Is(200);
        var tagged = (await As(Roles.Moderator).Post(path + "/tag", new { tags = new[] { "crisis" } }, assigned.Version)).Is(200);
        Assert.Equal("crisis", tagged.Json.GetProperty("tags")[0].GetString());
        Assert.Contains((await editor.Get("/v1/inbox?tag=crisis&officer=officer-7&overdue=false")).Is(200).Items, i => i.GetProperty("id").GetGuid() == id);

        var drafted = (await editor.Post(path + "/reply", new { language = "kk", text = "Рақмет, жұмыс басталды." }, tagged.Version)).Is(200);
        Assert.DoesNotContain("Рақмет", drafted.Body, StringComparison.Ordinal);
        (await approver.Get(path + "/words")).Is(400, "reason-missing");
        var words = (await approver.Get(path + "/words?reason=" + Uri.EscapeDataString("жауапты тексеремін"))).Is(200);
        Assert.Equal(((string)Form["text"]!, "Рақмет, жұмыс басталды."), (words.Text("text"), words.Text("reply")));
        var hash = words.Text("contentHash");
        (await approver.Post(path + "/approve-reply", new { contentHash = hash + "0" }, drafted.Version)).Is(409, "content-changed");
        var both = Ground.Wire.As(answering.Publications, Dev.Token.Make(Repository.Secrets, [Roles.Editor, Roles.Approver], Body, "editor of " + Body, 3600));
        (await both.Post(path + "/approve-reply", new { contentHash = hash }, drafted.Version)).Is(409, "approver-is-author");
        var rivals = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => approver.Post(path + "/approve-reply", new { contentHash = hash }, drafted.Version)));
        Assert.Single(rivals, r => r.Status == 200);

        // nobody here speaks for that kind of channel: the ledger says so, and tries again
        var tried = await Eventually.Get("it was tried", async () => (await editor.Get(path)).Is(200), i => i.Json.GetProperty("reply").GetProperty("attempts").EnumerateArray().Any(a => a.GetProperty("state").GetString() is "Rejected" or "Accepted" or "OutcomeUnknown"));
        Assert.Equal(1, tried.Json.GetProperty("reply").GetProperty("attempts")[0].GetProperty("number").GetInt32());
        (await editor.Get(path + "/history")).Is(200);
        (await editor.Get(path + "?asOf=" + Uri.EscapeDataString(DateTimeOffset.UtcNow.AddDays(-1).ToString("O", CultureInfo.InvariantCulture)))).Is(404, "not-found");
    }

    [Fact]
    public async Task On_an_officials_account_a_delegate_of_another_body_answers_too()
    {
        var (head, code, name) = (As(Roles.Head), "mayor-" + Guid.NewGuid().ToString("N")[..10], "press of the mayor");
        var term = new { post = new { kk = "Әкім", ru = "Аким" }, from = "2026-01-01", delegates = new[] { name } };
        (await head.Post("/v1/channels", new { code, kind = "webhook", settings = new { url = "https://hooks.example/mayor" }, official = term })).Is(201);
        (await head.Post($"/v1/channels/{code}/set-credentials", new { credentials = new { secret = Answering.Secret } }, 1)).Is(200);
        var path = $"/v1/inbox/{(await Call(Written("delegate-" + Guid.NewGuid()), account: code)).Is(200).Items.Single().GetProperty("id").GetString()}";
        var press = Ground.Wire.As(answering.Publications, Dev.Token.Make(Repository.Secrets, [Roles.Editor], "min-culture", name, 3600));
        var reply = new { language = "kk", text = "Рақмет, жұмыс басталды." };
        (await As(Roles.Editor, "min-culture").Post(path + "/reply", reply, 1)).Is(404, "not-found");
        Assert.Single((await press.Get("/v1/inbox?account=" + code)).Is(200).Items);
        Assert.Empty((await As(Roles.Editor, "min-culture").Get("/v1/inbox?account=" + code)).Is(200).Items);
        var drafted = (await press.Post(path + "/reply", reply, 1)).Is(200);
        Assert.True(drafted.Json.GetProperty("reply").GetProperty("byOfficial").GetBoolean());
        var other = (await As(Roles.Editor).Post(path + "/reply", new { language = "kk", text = "Рақмет, біз көрдік." }, drafted.Version)).Is(200); // whoever acts for the body as before
        Assert.False(other.Json.GetProperty("reply").GetProperty("byOfficial").GetBoolean());
    }

    [Fact]
    public async Task With_consent_it_becomes_one_request()
    {
        var form = Forms.For(Body);
        var (id, moderator) = (await Came("inquiry-" + Guid.NewGuid(), form), As(Roles.Moderator));
        var ask = new
        {
            consent = true,
            particulars = new
            {
                surname = (string)form["applicant"]!["surname"]!,
                name = (string)form["applicant"]!["name"]!,
                iin = (string)form["applicant"]!["iin"]!,
                email = (string)form["contacts"]!["email"]!,
                phone = (string)form["contacts"]!["phone"]!,
            },
        };
        (await moderator.Post($"/v1/inbox/{id}/make-inquiry", new { ask.particulars }, 1)).Is(400, "consent-missing");

        var clicks = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => moderator.Post($"/v1/inbox/{id}/make-inquiry", ask, 1)));

        Assert.All(clicks, c => Assert.Contains(c.Status, new[] { 201, 412 })); // 412: it was a request already
        var item = await Eventually.Get("it is a request", () => moderator.Get($"/v1/inbox/{id}"), i => i.Text("state") == "MadeInquiry", 30);
        var link = (await moderator.Get($"/v1/inbox/{id}/inquiry")).Is(200);
        Assert.Equal(("HandedOver", item.Text("inquiryId"), item.Text("number")), (link.Text("state"), link.Text("inquiryId"), link.Text("number")));
        Assert.Equal(1, await Sql.One<long>(house.Wire.Servers.Database("inquiries"), "select count(*) from mt_events where type = 'inquiry_registered' and data -> 'origin' ->> 'id' = $1", id.ToString()));
        var inquiry = (await house.Wire.Officer(Body).Get($"/v1/inquiries/{item.Text("inquiryId")}")).Is(200);
        Assert.Equal(("inbox", item.Text("number")), (inquiry.Text("channel"), inquiry.Text("number")));
        Assert.Equal((string)form["text"]!, (await house.Wire.Officer(Body).Get($"/v1/inquiries/{item.Text("inquiryId")}/applicant?reason=x")).Is(200).Text("text"));

        // erased, its words are gone and the item stays
        var subject = item.Json.GetProperty("subjectId").GetGuid();
        (await As(Roles.Moderator, "scc").Post($"/v1/personal-data/{subject}/erase", new { reason = "consent-withdrawn" })).Is(204);
        (await moderator.Get($"/v1/inbox/{id}/words?reason=x")).Is(409, "subject-erased");
        Assert.Equal(0, await Sql.One<long>(Store, "select count(*) from vault.items where subject_id = $1", subject));
        await Eventually.So("the key is destroyed", async () => await Sql.One<long>(house.Wire.Servers.Database("publications_keys"), "select count(*) from subject_keys where subject_id = $1", subject) == 0);
        (await moderator.Get($"/v1/inbox/{id}")).Is(200);
    }

    [Fact]
    public async Task Akimats_report_what_they_published_and_watch_what_goes_out()
    {
        using var channel = GrpcChannel.ForAddress(answering.Publications.Grpc);
        var (grpc, headers) = (new global::Publications.V1.Publications.PublicationsClient(channel), Tokens.Headers(Tokens.For(Roles.Editor, Body)));
        var ask = new ReportPublishedRequest { Url = "https://ulytau.example/news/" + Guid.NewGuid(), PublishedAt = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow.AddHours(-1)), Title = new() { Kk = "Жаңалық" } };

        var reports = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => grpc.ReportPublishedAsync(ask, headers).ResponseAsync));
        Assert.Equal([1L], reports.Select(r => r.Version).Distinct());
        Assert.Single(reports.Select(r => r.Id).Distinct());
        ask.Title.Ru = "Новость";
        Assert.Equal(2, (await grpc.ReportPublishedAsync(ask, headers)).Version);
        Assert.Contains((await grpc.ListPublishedAsync(new(), headers)).Items, p => p.Url == ask.Url && p.Title.Ru == "Новость");
        Assert.Contains((await As(Roles.Editor).Get("/v1/published-elsewhere")).Is(200).Items, p => p.GetProperty("url").GetString() == ask.Url);
        Assert.DoesNotContain((await As(Roles.Editor, "min-culture").Get("/v1/published-elsewhere")).Is(200).Items, p => p.GetProperty("url").GetString() == ask.Url);
        ask.Url = "javascript:alert(1)";
        Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(async () => await grpc.ReportPublishedAsync(ask, headers))).StatusCode);

        await House.Up(house.Publications);
        await house.SiteBehaves("none");
        var released = await house.Soon(Body);
        await house.Becomes(released, Body, "Released");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var watch = grpc.WatchPublications(new() { HeartbeatSeconds = 1 }, headers, cancellationToken: limit.Token);
        List<(long Position, string Step)> heard = [];
        while (heard is not [.., (_, "PublicationReleased")] && await watch.ResponseStream.MoveNext(limit.Token))
        {
            if (watch.ResponseStream.Current is { MessageJson: var json } change && json.Contains(released.ToString(), StringComparison.Ordinal))
            {
                heard.Add((change.Position, (string?)JsonNode.Parse(json)!["step"] ?? change.Type.Split('.')[^1]));
            }
        }

        Assert.Equal(["drafted", "submitted", "approved", "approved", "scheduled", "PublicationReleased"], heard.Select(h => h.Step));
        await The_way_there_is_its_bodys_own(released, heard[0].Position - 1);
    }

    /// <summary>Others hear of it when it is out, and nobody reads its words before.</summary>
    private async Task The_way_there_is_its_bodys_own(Guid id, long after)
    {
        foreach (var (door, steps) in new[] { (Anybody, 0), (As(Roles.Editor, "min-culture"), 0), (As(Roles.Approver), 5), (As(Roles.Auditor, null), 5) })
        {
            var page = (await door.Get($"/v1/changes?after={after}&limit=200")).Is(200).Items.Where(c => c.GetProperty("message").GetProperty("publicationId").GetGuid() == id).ToList();
            var moved = page.Where(c => c.GetProperty("type").GetString() == "Contracts.Publications.PublicationMoved").ToList();
            Assert.Equal((steps, steps + 1), (moved.Count, page.Count));
            Assert.All(moved, c => Assert.DoesNotContain("title", c.GetRawText(), StringComparison.OrdinalIgnoreCase));
        }
    }
}
