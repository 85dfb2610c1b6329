using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Platform.Wire;

/// <summary>
/// A replica of PressEvents whose way to Inquiries leads over a gate: open, shut (503), or losing replies (the call gets through, and its reply does not).
/// </summary>
public sealed class Gated(House house) : IAsyncLifetime
{
    private const int Port = 5846;
    private static readonly HttpClient Http = new();
    private readonly ConcurrentQueue<(string Key, HttpStatusCode Status)> _calls = new();
    private WebApplication? _gate;
    private volatile string _mode = "open";

    public string Mode { get => _mode; set => _mode = value; }

    public ServiceProcess Press { get; } = new(house.Wire.Servers, "PressEvents", "press_events", 5815)
    {
        Settings = new Dictionary<string, string>
        {
            ["Peers__Inquiries"] = $"http://127.0.0.1:{Port}",
            ["HandOver__LeaseSeconds"] = "4",
            ["HandOver__TimeoutSeconds"] = "2",
            ["HandOver__MostWaitSeconds"] = "2",
        },
    };

    public IEnumerable<(string Key, HttpStatusCode Status)> CallsFor(Guid question) => _calls.Where(c => c.Key == question.ToString());

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, Port));
        _gate = builder.Build();
        _gate.Run(Pass);
        await _gate.StartAsync();
        await House.Up(Press);
    }

    public async ValueTask DisposeAsync()
    {
        await Press.DisposeAsync();
        await _gate!.DisposeAsync();
    }

    private async Task Pass(HttpContext http)
    {
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (Mode == "shut")
        {
            _calls.Enqueue((key, HttpStatusCode.ServiceUnavailable));
            http.Response.StatusCode = 503;
            return;
        }

        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        using var call = new HttpRequestMessage(HttpMethod.Post, new Uri(house.Wire.Inquiries.Rest, http.Request.Path + http.Request.QueryString))
        { Content = new ByteArrayContent(body.ToArray()) { Headers = { ContentType = new("application/json") } } };
        call.Headers.Authorization = AuthenticationHeaderValue.Parse(http.Request.Headers.Authorization.ToString());
        call.Headers.Add("Idempotency-Key", key);
        using var reply = await Http.SendAsync(call);
        _calls.Enqueue((key, reply.StatusCode));
        if (Mode == "lose")
        {
            await Task.Delay(TimeSpan.FromSeconds(30), http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return;
        }

        http.Response.StatusCode = (int)reply.StatusCode;
        http.Response.ContentType = reply.Content.Headers.ContentType?.ToString();
        await http.Response.WriteAsync(await reply.Content.ReadAsStringAsync());
    }
}

/// <summary>A question becomes one request in Inquiries, whatever happens on the way; and the ways of questions, promises and proposals at the doors.</summary>
[Collection(House.Collection)]
public sealed class From_question_to_request(House house, Gated gated) : IClassFixture<Gated>
{
    private const string Body = "gov-office", Holder = "ktz", Hall = "hall-2";
    private static int _days;

    private Ground.Wire Wire => house.Wire;
    private string PressDatabase => Wire.Servers.Database("press_events");
    private Door Moderator => Ground.Wire.As(gated.Press, Tokens.For(Roles.Moderator, Body));
    private Door Anybody => Ground.Wire.As(gated.Press, null);

    /// <summary>A round table, announced, on a day of its own.</summary>
    private async Task<Guid> Announced()
    {
        var start = new DateTimeOffset(DateTime.UtcNow.Date.AddDays(70 + Interlocked.Increment(ref _days)), TimeSpan.Zero).AddHours(5).ToOffset(TimeSpan.FromHours(5));
        var filing = house.Event(Body, (start, start.AddHours(1)), Hall);
        filing["format"] = "Lectorium";
        filing["channels"] = new JsonArray();
        var editor = Ground.Wire.As(gated.Press, Tokens.For(Roles.Editor, Body));
        var filed = (await editor.Post("/v1/press-events", filing)).Is(201);
        (await editor.Post($"/v1/press-events/{filed.Text("id")}/announce", new { }, filed.Version)).Is(200);
        return filed.Json.GetProperty("id").GetGuid();
    }

    /// <summary>Asked on the site by somebody, and with it the form whose values the sweep for personal data looks for.</summary>
    private async Task<(Guid Id, JsonObject Form)> Asked(Guid pressEvent)
    {
        var form = Forms.For(Holder);
        var asked = (await Anybody.Post($"/v1/press-events/{pressEvent}/questions", new
        {
            text = (string)form["text"]!,
            language = "ru",
            source = "Site",
            name = (string)form["applicant"]!["surname"]!,
            email = (string)form["contacts"]!["email"]!,
        })).Is(201);
        return (asked.Json.GetProperty("id").GetGuid(), form);
    }

    private static object Click(JsonObject form) => new
    {
        consent = true,
        holder = Holder,
        particulars = new
        {
            surname = (string)form["applicant"]!["surname"]!,
            name = (string)form["applicant"]!["name"]!,
            iin = (string)form["applicant"]!["iin"]!,
            email = (string)form["contacts"]!["email"]!,
            phone = (string)form["contacts"]!["phone"]!,
            postalAddress = (string)form["contacts"]!["postalAddress"]!,
        },
    };

    private Task<Reply> HandOver(Guid pressEvent, Guid question, JsonObject form, Door? by = null) => (by ?? Moderator).Post($"/v1/press-events/{pressEvent}/questions/{question}/hand-over", Click(form), 1);

    private Task<Reply> Becomes(Guid pressEvent, Guid question, string state, double seconds = 30) =>
        Eventually.Get($"the hand-over of {question} is {state}", () => Moderator.Get($"/v1/press-events/{pressEvent}/questions/{question}/hand-over"), h => h.Text("state") == state, seconds);

    /// <summary>The requests that came of a question, by the facts of Inquiries.</summary>
    private Task<long> Requests(Guid question) => Sql.One<long>(Wire.Servers.Database("inquiries"), "select count(*) from mt_events where type = 'inquiry_registered' and data -> 'origin' ->> 'id' = $1", question.ToString());

    private Task<long> Particulars(Guid question) => Sql.One<long>(PressDatabase,
        "select count(*) from vault.items i join mt_events e on e.type = 'hand_over_asked' and (e.data ->> 'subjectId')::uuid = i.subject_id where e.data ->> 'originId' = $1", question.ToString());

    [Fact]
    public async Task Ten_clicks_at_once_make_one_request_and_the_link_is_kept_both_ways()
    {
        gated.Mode = "open";
        var pressEvent = await Announced();
        var (question, form) = await Asked(pressEvent);

        var clicks = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => HandOver(pressEvent, question, form)));

        Assert.All(clicks, click => click.Is(201));
        Assert.Single(clicks.Select(c => c.Text("id")).Distinct());
        var link = await Becomes(pressEvent, question, "HandedOver");
        Assert.Equal(1, await Requests(question));
        var inquiry = (await Wire.Officer(Holder).Get($"/v1/inquiries/{link.Text("inquiryId")}")).Is(200);
        Assert.Equal((link.Text("number"), "press-question", question.ToString()), (inquiry.Text("number"), inquiry.Text("channel"), inquiry.Json.GetProperty("origin").GetProperty("id").GetString()));
        Assert.StartsWith(Holder, link.Text("number"), StringComparison.Ordinal);
        var words = (await Wire.Officer(Holder).Get($"/v1/inquiries/{link.Text("inquiryId")}/applicant?reason=" + Uri.EscapeDataString("готовлю ответ"))).Is(200).Json;
        Assert.Equal(((string)form["text"]!, (string)form["applicant"]!["iin"]!), (words.GetProperty("text").GetString(), words.GetProperty("applicant").GetProperty("iin").GetString()));

        Assert.Equal(0, await Particulars(question));
        (await HandOver(pressEvent, question, form)).Is(201); // said again it is so already
        var other = form.DeepClone().AsObject();
        other["applicant"]!["name"] = "Другое";
        (await HandOver(pressEvent, question, other)).Is(409, "handed-over");
        await Eventually.So("others hear of it by ids alone", () => Wire.Heard.Of<Contracts.PressEvents.HandOverTaken>().Any(m => m.OriginId == question && m.InquiryId.ToString() == link.Text("inquiryId")));
        (await Ground.Wire.As(gated.Press, Tokens.For(Roles.Moderator, Holder)).Get($"/v1/press-events/{pressEvent}/questions/{question}/hand-over")).Is(404, "not-found");
    }

    [Fact]
    public async Task Inquiries_away_for_a_while_gets_it_afterwards_once()
    {
        gated.Mode = "shut";
        var pressEvent = await Announced();
        var (question, form) = await Asked(pressEvent);

        (await HandOver(pressEvent, question, form)).Is(201);
        Assert.Equal("http-503", (await Becomes(pressEvent, question, "OutcomeUnknown")).Text("code"));
        await Eventually.So("it is called again", () => gated.CallsFor(question).Count() > 1);
        Assert.Equal((0L, 1L), (await Requests(question), await Particulars(question)));

        gated.Mode = "open";
        await Becomes(pressEvent, question, "HandedOver");
        Assert.Equal((1L, 0L), (await Requests(question), await Particulars(question)));
        Assert.Equal(0, await Sql.One<long>(PressDatabase, "select count(*) from hand_overs h join mt_events e on e.stream_id = h.hand_over_id where e.data ->> 'originId' = $1", question.ToString()));
    }

    [Fact]
    public async Task Killed_between_call_and_reply_it_makes_one_request()
    {
        gated.Mode = "lose";
        var pressEvent = await Announced();
        var (question, form) = await Asked(pressEvent);

        (await HandOver(pressEvent, question, form)).Is(201);
        await Eventually.So("the call got through", () => gated.CallsFor(question).Any(c => c.Status == HttpStatusCode.Created));
        await gated.Press.Kill();
        gated.Mode = "open";
        await House.Up(gated.Press);

        var link = await Becomes(pressEvent, question, "HandedOver");
        Assert.Contains(link.Text("knownFrom"), new[] { "reply", "message" });
        Assert.Equal(1, await Requests(question));
        Assert.Equal(0, await Particulars(question));
    }

    [Fact]
    public async Task What_is_refused_says_why_and_may_be_asked_for_again()
    {
        gated.Mode = "open";
        var pressEvent = await Announced();
        var (question, form) = await Asked(pressEvent);
        (await Moderator.Post($"/v1/press-events/{pressEvent}/questions/{question}/hand-over", new { holder = Holder, particulars = new { } }, 1)).Is(400, "consent-missing");
        (await Moderator.Post($"/v1/press-events/{pressEvent}/questions/{question}/hand-over", new { consent = true, holder = Holder, particulars = new { surname = "А" } }, 1)).Is(400, "particulars-missing");
        (await Moderator.Post($"/v1/press-events/{pressEvent}/questions/{question}/hand-over", Click(form))).Is(428, "version-required");
        (await HandOver(pressEvent, question, form, Ground.Wire.As(gated.Press, Tokens.For(Roles.Moderator, "min-culture")))).Is(404, "not-found");
        (await HandOver(pressEvent, question, form, Ground.Wire.As(gated.Press, Tokens.For(Roles.Editor, Body)))).Is(403, "forbidden");

        // the door of Inquiries is for services
        (await Ground.Wire.As(Wire.Inquiries, Tokens.Egov()).Post($"/v1/forms/press-question/{question}", form)).Is(403, "forbidden");
        (await Ground.Wire.As(Wire.Inquiries, Tokens.For(Roles.Service)).Post($"/v1/forms/love-letter/{question}", form)).Is(404, "not-found");
        Assert.Equal(0, await Requests(question));
    }

    /// <summary>What a repeat meets, however the first reply was lost: the same key, or the same thing by another key.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public async Task The_door_of_Inquiries_takes_a_thing_once(bool sameKey)
    {
        var (thing, form) = (Guid.NewGuid(), Forms.For(Holder));
        var door = Ground.Wire.As(Wire.Inquiries, Tokens.For(Roles.Service));
        var path = $"/v1/forms/press-question/{thing}";

        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => door.Post(path, form.Bytes(), key: sameKey ? thing.ToString() : $"{thing}-{n}")));

        Assert.All(replies, reply => Assert.Contains(reply.Status, new[] { 200, 201 }));
        Assert.Single(replies.Select(reply => reply.Text("number")).Distinct());
        Assert.Equal(1, await Requests(thing));
        form["text"] = "другое";
        (await door.Post(path, form.Bytes(), key: sameKey ? thing.ToString() : "other")).Is(422, sameKey ? "idempotency-key-reused" : "message-id-reused");
    }

    [Fact]
    public async Task A_question_goes_its_way_in_public()
    {
        var pressEvent = await Announced();
        var path = $"/v1/press-events/{pressEvent}/questions";
        var (first, form) = await Asked(pressEvent);
        var fromTelegram = new { text = "Тот же вопрос " + (string)form["text"]!, language = "ru", source = "Telegram", externalId = "t-" + first };
        var twice = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Moderator.Post(path, fromTelegram)));
        Assert.Single(twice.Select(t => t.Text("id")).Distinct());
        Assert.Single(twice, t => t.Status == 201);
        (await Anybody.Post(path, fromTelegram)).Is(401, "unauthenticated");
        var second = twice[0].Json.GetProperty("id").GetGuid();

        Assert.Empty((await Anybody.Get(path)).Is(200).Items);
        var wording = new { kk = "Қашан?", ru = "Когда?" };
        var moderated = (await Moderator.Post($"{path}/{first}/moderate", new { wording }, 1)).Is(200);
        (await Moderator.Post($"{path}/{second}/merge", new { into = first }, 1)).Is(200);
        (await Moderator.Post($"{path}/{first}/merge", new { into = second }, moderated.Version)).Is(409, "merge-cycle");
        var shown = Assert.Single((await Anybody.Get(path)).Is(200).Items);
        Assert.Equal((1, "Когда?"), (shown.GetProperty("mergedCount").GetInt32(), shown.GetProperty("wording").GetProperty("ru").GetString()));

        (await Moderator.Post($"{path}/{first}/put-to-speaker", new { speaker = 0, timecode = "00:01:00" }, moderated.Version)).Is(409, "not-begun");
        var promised = (await Moderator.Post($"{path}/{first}/promise-in-writing", new { speaker = 0, workingDays = 3 }, moderated.Version)).Is(200);
        var owed = (await Anybody.Get($"/v1/promises?pressEventId={pressEvent}")).Is(200);
        Assert.Equal("written-promise", Assert.Single(owed.Items).GetProperty("promise").GetProperty("term").GetProperty("rule").GetString());
        Assert.Empty((await Anybody.Get($"/v1/promises?pressEventId={pressEvent}&overdue=true")).Is(200).Items);
        Assert.Single((await Anybody.Get($"/v1/promises?pressEventId={pressEvent}&overdue=false")).Is(200).Items);
        // what was promised long ago is overdue by itself: nothing but the day stands in the store
        await Sql.Run(PressDatabase, $"update mt_doc_questionview set data = jsonb_set(data, '{{promisedOn}}', '\"2026-11-02\"'), promised_on = '2026-11-02' where id = '{first}'");
        var overdue = Assert.Single((await Anybody.Get($"/v1/promises?pressEventId={pressEvent}&overdue=true")).Is(200).Items).GetProperty("promise");
        Assert.True(overdue.GetProperty("overdue").GetBoolean() && overdue.GetProperty("lateBy").GetInt32() > 5);
        await Sql.Run(PressDatabase, $"update mt_doc_questionview v set data = jsonb_set(v.data, '{{promisedOn}}', e.data -> 'from'), promised_on = (e.data ->> 'from')::date from mt_events e where e.stream_id = v.id and e.type = 'written_answer_promised' and v.id = '{first}'");

        (await Moderator.Post($"{path}/{first}/answer-in-writing", new { text = new { kk = "Ертең", ru = "Завтра" } }, promised.Version)).Is(200);
        var follows = (await Anybody.Get($"{path}/{second}")).Is(200).Json;
        Assert.Equal(("Merged", "Завтра"), (follows.GetProperty("state").GetString(), follows.GetProperty("promise").GetProperty("text").GetProperty("ru").GetString()));
        (await Anybody.Get($"{path}/{first}/words?reason=x")).Is(401, "unauthenticated");
        (await Moderator.Get($"{path}/{first}/words")).Is(400, "reason-missing");
        Assert.Equal((string)form["text"]!, (await Moderator.Get($"{path}/{first}/words?reason=" + Uri.EscapeDataString("модерация"))).Is(200).Text("text"));
    }

    [Fact]
    public async Task Off_the_record_it_never_shows_and_after_the_event_it_is_answered_in_writing()
    {
        var pressEvent = await Announced();
        var (path, editor) = ($"/v1/press-events/{pressEvent}/questions", Ground.Wire.As(gated.Press, Tokens.For(Roles.Editor, Body)));
        var started = (await editor.Post($"/v1/press-events/{pressEvent}/start", new { }, 2)).Is(200);
        var (question, _) = await Asked(pressEvent);
        var moderated = (await Moderator.Post($"{path}/{question}/moderate", new { wording = new { kk = "Құпия ма?", ru = "Секрет?" } }, 1)).Is(200);
        Assert.Single((await Anybody.Get(path)).Is(200).Items);

        // nobody vouches for this segment
        var put = (await Moderator.Post($"{path}/{question}/put-to-speaker", new { speaker = 0, timecode = "00:05:00", segmentId = Guid.NewGuid() }, moderated.Version)).Is(200);
        (await Moderator.Post($"{path}/{question}/promise-in-writing", new { }, put.Version)).Is(200);
        Assert.Empty((await Anybody.Get(path)).Is(200).Items);
        Assert.Empty((await Anybody.Get($"/v1/promises?pressEventId={pressEvent}")).Is(200).Items);
        (await Anybody.Get($"{path}/{question}")).Is(404, "not-found");
        Assert.True((await Moderator.Get($"{path}/{question}")).Is(200).Json.GetProperty("hidden").GetBoolean());

        (await editor.Post($"/v1/press-events/{pressEvent}/conclude", new { }, started.Version)).Is(200);
        var (late, _) = await Asked(pressEvent); // a lectorium is for the public: until the end of the next working day
        var wording = (await Moderator.Post($"{path}/{late}/moderate", new { wording = new { kk = "Кеш пе?", ru = "Поздно?" } }, 1)).Is(200);
        (await Moderator.Post($"{path}/{late}/put-to-speaker", new { speaker = 0, timecode = "00:05:00" }, wording.Version)).Is(409, "question-late");
        (await Moderator.Post($"{path}/{late}/promise-in-writing", new { speaker = 0 }, wording.Version)).Is(200);
        Assert.Equal(late.ToString(), Assert.Single((await Anybody.Get($"/v1/promises?pressEventId={pressEvent}")).Is(200).Items).GetProperty("questionId").GetString());
    }

    [Fact]
    public async Task An_akimat_asks_and_follows_by_gRPC()
    {
        var pressEvent = await Announced();
        using var channel = Grpc.Net.Client.GrpcChannel.ForAddress(gated.Press.Grpc);
        var grpc = new global::PressEvents.V1.PressEvents.PressEventsClient(channel);
        var ask = new global::PressEvents.V1.AskQuestionRequest { PressEventId = pressEvent.ToString(), Text = "Біздің облысқа қашан келеді?", Language = "kk", ExternalId = "1" };
        var asked = await grpc.AskQuestionAsync(ask, Tokens.Headers(Tokens.For(Roles.Editor, "akimat-71")));
        Assert.Equal(asked.QuestionId, (await grpc.AskQuestionAsync(ask, Tokens.Headers(Tokens.For(Roles.Editor, "akimat-71")))).QuestionId);
        var list = new global::PressEvents.V1.ListQuestionsRequest { PressEventId = pressEvent.ToString() };
        Assert.Equal("akimat-71", Assert.Single((await grpc.ListQuestionsAsync(list, Tokens.Headers(Tokens.For(Roles.Editor, "akimat-71")))).Items).AskingBody);
        Assert.Empty((await grpc.ListQuestionsAsync(list, Tokens.Headers(Tokens.For(Roles.Editor, "akimat-75")))).Items);
        var refused = await Assert.ThrowsAsync<RpcException>(() => grpc.AskQuestionAsync(ask, Tokens.Headers(Tokens.For(Roles.Editor, "min-culture"))).ResponseAsync);
        Assert.Equal((StatusCode.PermissionDenied, "body-forbidden"), (refused.StatusCode, refused.GetRpcStatus()?.GetDetail<Google.Rpc.ErrorInfo>()?.Reason));
    }

    [Fact]
    public async Task A_proposal_gets_its_decision()
    {
        var pressEvent = await Announced();
        var path = $"/v1/press-events/{pressEvent}/proposals";
        var form = Forms.For(Holder);
        var made = (await Anybody.Post(path, new { text = (string)form["text"]!, language = "ru", mayPublish = true, name = (string)form["applicant"]!["surname"]!, email = (string)form["contacts"]!["email"]! })).Is(201);
        var id = made.Text("id");
        Assert.Equal(JsonValueKind.Null, Assert.Single((await Anybody.Get(path)).Is(200).Items).GetProperty("wording").ValueKind);
        var published = (await Moderator.Post($"{path}/{id}/publish", new { wording = new { kk = "Саябақ", ru = "Парк" } }, made.Version)).Is(200);
        Assert.DoesNotContain((await Anybody.Get("/v1/proposals?undecided=overdue")).Is(200).Items, p => p.GetProperty("id").GetString() == id);
        Assert.Contains((await Anybody.Get($"/v1/proposals?undecided=all&body={Body}")).Is(200).Items, p => p.GetProperty("id").GetString() == id);
        var between = DateTimeOffset.UtcNow;
        (await Moderator.Post($"{path}/{id}/decide", new
        {
            decision = "Accepted",
            reason = new { kk = "Иә", ru = "Да" },
            official = new { name = new { kk = "Асан", ru = "Асанов" }, post = new { kk = "Әкім", ru = "Аким" } },
        }, published.Version)).Is(200);
        var shown = (await Anybody.Get($"{path}/{id}")).Is(200).Json;
        Assert.Equal(("Decided", "Accepted", "Парк"), (shown.GetProperty("state").GetString(), shown.GetProperty("decision").GetString(), shown.GetProperty("wording").GetProperty("ru").GetString()));
        Assert.Equal("Made", (await Anybody.Get($"{path}/{id}?asOf={Uri.EscapeDataString(between.ToString("O"))}")).Is(200).Text("state"));
        Assert.Equal(3, (await Moderator.Get($"{path}/{id}/history")).Is(200).Json.GetArrayLength());
    }
}
