using Grpc.Core;
using Inquiries.V1;
using Client = Inquiries.V1.Inquiries.InquiriesClient;

namespace Platform.Wire;

/// <summary>A request from its registration through every kind of act to the end of a complaint, at the doors of holders, superior body and asker.</summary>
public sealed class The_life_of_a_request(Ground.Wire wire)
{
    private const string Body = "ktz", Other = "min-health", Superior = "min-transport";
    private Door Officer => wire.Officer(Body);
    private Door Head => Ground.Wire.As(wire.Inquiries, Tokens.For(Roles.Head, Body));

    private static Task<Reply> Act(Door by, Guid id, string command, object ask, long seen) => by.Post($"/v1/inquiries/{id}/{command}", ask, seen);
    private Task<Reply> Asker(Received request, string act, object? words = null) => wire.Anybody().Send(HttpMethod.Post, $"/v1/citizen/inquiries/{request.Number}/{act}",
        words is null ? null : new ByteArrayContent(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(words)) { Headers = { ContentType = new("application/json") } }, [("Slip-Code", request.Code)]);
    private async Task<Reply> Status(Received request) => (await wire.Anybody().Get($"/v1/citizen/inquiries/{request.Number}", ("Slip-Code", request.Code))).Is(200);
    private async Task<IReadOnlyDictionary<string, string>> Terms(Guid id) => (await Officer.Get($"/v1/inquiries/{id}/deadlines")).Is(200).Json.EnumerateArray()
        .ToDictionary(d => d.GetProperty("rule").GetString()!, d => d.GetProperty("state").GetString()!);

    [Fact]
    public async Task Goes_through_every_act_to_the_decision_on_a_complaint()
    {
        var request = await wire.Receive(Body);
        var seen = (await Act(Officer, request.Id, "confirm-regime", new { regime = "AccessToInformation" }, 2)).Is(200);
        seen = (await Act(Officer, request.Id, "tag", new { tags = new[] { 9 } }, seen.Version)).Is(200);
        seen = (await Act(Officer, request.Id, "assign", new { unit = "Пути" }, seen.Version)).Is(200);
        seen = (await Act(Officer, request.Id, "clarify", new { question = "Какой участок?" }, seen.Version)).Is(200);
        Assert.Equal("Какой участок?", (await Status(request)).Text("question"));
        Assert.Equal("Assigned", (await Asker(request, "clarify", new { text = "Участок Астана — Алматы" })).Is(200).Text("state"));

        (await Act(Officer, request.Id, "extend", new { holders = new[] { Other }, reason = "Нужны сведения" }, seen.Version + 1)).Is(403, "forbidden");
        seen = (await Act(Head, request.Id, "extend", new { holders = new[] { Other }, reason = "Нужны сведения" }, seen.Version + 1)).Is(200);
        Assert.Equal("running", (await Terms(request.Id))["extension-notice"]);
        seen = (await Act(Officer, request.Id, "record-notice", new { about = "extension", by = "email" }, seen.Version)).Is(200);
        Assert.Equal(("met", "running"), await Terms(request.Id) is var terms ? (terms["extension-notice"], terms["extended-reply"]) : default);

        seen = (await Act(Officer, request.Id, "answer-partly", new { text = "Вот", withheld = new[] { new { what = "Схема", ground = "Restricted", article = "ЗРК о секретах, ст. 14" } } }, seen.Version)).Is(409, "restricted-forbidden");
        seen = (await Act(Officer, request.Id, "answer-partly", new { text = "Вот", withheld = new[] { new { what = "Схема", ground = "Restricted", article = "ЗРК о секретах, ст. 14" } }, @override = new { article = "ЗРК о секретах, ст. 17" } },
            (await Officer.Get($"/v1/inquiries/{request.Id}")).Version)).Is(200);
        Assert.Equal("AnsweredPartly", seen.Text("state"));

        Assert.Equal("Complained", (await Asker(request, "complain", new { text = "Схема не секретна" })).Is(200).Text("state"));
        (await Act(Officer, request.Id, "decide-complaint", new { outcome = "denied", reason = "Нет" }, seen.Version + 1)).Is(409, "satisfy-or-pass-up");
        (await Act(wire.Officer(Superior), request.Id, "decide-complaint", new { outcome = "satisfied", reason = "Открыть" }, seen.Version + 1)).Is(404, "not-found");
        seen = (await Act(Officer, request.Id, "pass-complaint-up", new { }, seen.Version + 1)).Is(200);
        Assert.Contains((await wire.Officer(Superior).Get("/v1/complaints")).Is(200).Items, item => item.GetProperty("id").GetGuid() == request.Id);
        (await Act(Officer, request.Id, "decide-complaint", new { outcome = "satisfied", reason = "Сами" }, seen.Version)).Is(409, "passed-up");
        seen = (await Act(wire.Officer(Superior), request.Id, "decide-complaint", new { outcome = "satisfied", reason = "Открыть" }, seen.Version)).Is(200);
        Assert.Equal("Assigned", seen.Text("state"));

        seen = (await Act(Officer, request.Id, "answer", new { text = "Вот и схема", signer = new { name = "А. Серик", post = "Директор" } }, seen.Version)).Is(200);
        var status = await Status(request);
        Assert.Equal(("Answered", "Вот и схема", "satisfied"), (status.Text("state"), status.Json.GetProperty("answer").GetProperty("ru").GetString(), status.Text("complaintOutcome")));
        (await Act(Officer, request.Id, "record-dispatch", new { by = "post", tracking = "KZ1" }, seen.Version)).Is(200);

        var history = (await Officer.Get($"/v1/inquiries/{request.Id}/history")).Is(200).Json.EnumerateArray().Select(e => (e.GetProperty("fact").GetString(), e.GetProperty("forBody").ToString())).ToList();
        Assert.Contains(("complaint_filed", Body), history);
        Assert.Contains(("complaint_decided", Superior), history);
        await Eventually.So("its progress left as messages", () => Task.FromResult(new[] { "InquiryExtended", "InquiryConcluded", "InquiryComplaintMoved", "InquiryAnswered" }
            .All(name => wire.Heard.About(request.Id).Any(m => m.Message.GetType().Name == name))));
    }

    [Fact]
    public async Task Goes_on_in_parts_and_each_hand_over_can_be_followed()
    {
        var request = await wire.Receive(Body);
        var done = (await Act(Officer, request.Id, "forward", new { parts = new[] { new { holder = Other, text = "Медпункты" } }, reason = "Не наше" }, 2)).Is(200);
        var part = done.Json.GetProperty("parts").EnumerateArray().Single();
        var child = part.GetProperty("inquiryId").GetGuid();
        Assert.Equal(("ForwardedInPart", $"{Other}-{DateTime.UtcNow.Year}-"), (done.Text("state"), part.GetProperty("number").GetString()![..^6]));
        async Task<string> HandOver() => (await Officer.Get("/v1/hand-overs")).Is(200).Items.Single(h => h.GetProperty("inquiryId").GetGuid() == child).GetProperty("state").GetString()!;
        Assert.Equal("sent", await HandOver());

        (await Act(wire.Officer(Other), child, "accept", new { }, 2)).Is(200);
        Assert.Equal("acknowledged", await HandOver());
        (await Act(wire.Officer(Other), child, "answer", new { text = "Двенадцать" }, 3)).Is(200);
        var status = await Status(request);
        var there = status.Json.GetProperty("parts").EnumerateArray().Single();
        Assert.Equal(("ForwardedInPart", "Answered", "Двенадцать"), (status.Text("state"), there.GetProperty("state").GetString(), there.GetProperty("answer").GetProperty("ru").GetString()));
        Assert.Equal("Answered", (await Act(Officer, request.Id, "answer", new { text = "Остальное" }, done.Version)).Is(200).Text("state"));
    }

    [Fact]
    public async Task Pointed_to_a_publication_can_be_asked_for_in_full()
    {
        var request = await wire.Receive(Body);
        (await Act(Officer, request.Id, "point-to-publication", new { address = "https://ktz.example.kz/open", how = "Раздел «Отчёты»" }, 2)).Is(200);
        var status = await Status(request);
        Assert.Equal(("PointedToPublication", "https://ktz.example.kz/open", "Раздел «Отчёты»"), (status.Text("state"), status.Text("publishedAt"), status.Text("howToFind")));

        var slip = (await Asker(request, "ask-in-full")).Is(200).Json.GetProperty("next");
        Assert.Equal(slip.ToString(), (await Asker(request, "ask-in-full")).Is(200).Json.GetProperty("next").ToString());
        var next = (await Officer.Get($"/v1/inquiries?q={slip.GetProperty("number").GetString()}")).Is(200).Items.Single();
        Assert.True(next.GetProperty("mustAnswerInFull").GetBoolean());
        (await Act(Officer, next.GetProperty("id").GetGuid(), "point-to-publication", new { address = "https://ktz.example.kz/open" }, 2)).Is(409, "must-answer-in-full");
    }

    [Fact]
    public async Task An_anonymous_form_is_confirmed_or_registered_after_all()
    {
        async Task<Guid> Anonymous()
        {
            var form = Forms.For(Body);
            (form["applicant"], form["signature"]) = (new System.Text.Json.Nodes.JsonObject { ["kind"] = "individual" }, null);
            return (await wire.Gateway().Post("/v1/egov/forms", form)).Is(201).Json.GetProperty("inquiryId").GetGuid();
        }

        var (one, two) = (await Anonymous(), await Anonymous());
        (await Act(Officer, one, "confirm-anonymous", new { reportsCrime = true }, 2)).Is(400, "passed-to-unknown");
        Assert.Equal("NotConsidered", (await Act(Officer, one, "confirm-anonymous", new { reportsCrime = true, passedTo = "police" }, 2)).Is(200).Text("state"));
        var registered = (await Act(Officer, two, "confirm-anonymous", new { anonymous = false }, 2)).Is(200);
        Assert.Equal(("Registered", 4), (registered.Text("state"), registered.Version));
        Assert.StartsWith(Body + "-", (await Officer.Get($"/v1/inquiries/{two}")).Is(200).Text("number"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_withdrawn_one_waits_for_nothing()
    {
        var request = await wire.Receive(Body);
        Assert.Equal("Withdrawn", (await Asker(request, "withdraw")).Is(200).Text("state"));
        Assert.Equal("Withdrawn", (await Asker(request, "withdraw")).Is(200).Text("state"));
        (await Act(Officer, request.Id, "answer", new { text = "Поздно" }, 3)).Is(409, "not-open");
        (await Asker(request, "complain", new { text = "?" })).Is(409, "nothing-to-complain");
    }

    [Fact]
    public async Task A_holder_watches_its_changes_from_a_position_on()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var (client, officer) = (wire.Grpc(), Tokens.Headers(Tokens.Officer(Body)));
        var first = await wire.Receive(Body);
        async Task<AssignedChange> Until(long after, Func<AssignedChange, bool> isIt)
        {
            using var stream = client.WatchAssigned(new() { After = after, HeartbeatSeconds = 1 }, officer, cancellationToken: limit.Token);
            while (await stream.ResponseStream.MoveNext(limit.Token))
            {
                Assert.True(stream.ResponseStream.Current.Position >= after);
                if (isIt(stream.ResponseStream.Current))
                {
                    return stream.ResponseStream.Current;
                }
            }

            throw new InvalidOperationException("the stream ended");
        }

        var seen = await Until(0, c => c.MessageJson.Contains(first.Id.ToString(), StringComparison.Ordinal));
        Assert.Equal("Contracts.Inquiries.InquiryRegistered", seen.Type);
        var beat = await Until(seen.Position, c => c.MessageId.Length == 0);
        var foreign = await wire.Receive(Other);
        (await Act(Officer, first.Id, "assign", new { unit = "Пути" }, 2)).Is(200);
        var next = await Until(beat.Position, c => c.MessageId.Length > 0);
        Assert.Equal("Contracts.Inquiries.InquiryAssigned", next.Type);
        Assert.DoesNotContain(foreign.Id.ToString(), next.MessageJson, StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await client.WatchAssigned(new() { HeartbeatSeconds = 301 }, officer).ResponseStream.MoveNext(limit.Token));
        Assert.Equal("heartbeat-invalid", refused.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>()!.Reason);
    }

    [Fact]
    public async Task An_answer_goes_out_with_its_files_and_as_a_letter()
    {
        var request = await wire.Receive(Body);
        async Task<string> File(string name) => (await Officer.Send(HttpMethod.Put, $"/v1/inquiries/{request.Id}/answer-files/{name}",
            new ByteArrayContent("чертёж"u8.ToArray().Concat(System.Text.Encoding.UTF8.GetBytes(name)).ToArray()) { Headers = { ContentType = new("application/octet-stream") } }, [])).Json.GetProperty("id").GetString()!;
        var (mine, spare) = (await File("plan.txt"), await File("spare.txt"));
        var seen = (await Officer.Get($"/v1/inquiries/{request.Id}")).Is(200).Version;
        (await Act(Officer, request.Id, "answer", new { text = "См. план", answerFiles = new[] { Guid.NewGuid() } }, seen)).Is(400, "answer-file-unknown");
        (await Act(Officer, request.Id, "answer", new { text = "См. план", answerFiles = new[] { mine }, signer = new { name = "А. Серик", post = "Директор" } }, seen)).Is(200);

        (await wire.Anybody().Get($"/v1/citizen/inquiries/{request.Number}/files/{mine}", ("Slip-Code", request.Code))).Is(200);
        (await wire.Anybody().Get($"/v1/citizen/inquiries/{request.Number}/files/{spare}", ("Slip-Code", request.Code))).Is(404, "not-found");
        (await Officer.Get($"/v1/inquiries/{request.Id}/printable")).Is(400, "reason-missing");
        var letter = (await Officer.Get($"/v1/inquiries/{request.Id}/printable?reason=печать")).Is(200);
        Assert.All(["См. план", request.Number, "А. Серик", "Директор"], words => Assert.Contains(words, letter.Body, StringComparison.Ordinal));
        (await wire.Officer(Other).Get($"/v1/inquiries/{request.Id}/printable?reason=x")).Is(404, "not-found");
    }

    [Fact]
    public async Task A_paper_typed_in_late_keeps_its_real_day_and_is_overdue_at_once()
    {
        System.Text.Json.Nodes.JsonObject Paper(string? receivedAt)
        {
            var form = Forms.For(Body);
            form.Remove("messageId");
            form.Remove("holder");
            form.Remove("signature");
            (form["receivedAt"], form["signed"]) = (receivedAt, true);
            return form;
        }

        var late = (await Officer.Post("/v1/inquiries", Paper("2026-03-06T12:00:00+05:00"))).Is(201);
        var id = late.Json.GetProperty("inquiryId").GetGuid();
        // the rows of the truth table for 6 March 2026
        Assert.Equal(("registered", "2026-03-26", 0), (late.Text("outcome"), late.Text("due"), late.Json.GetProperty("defects").GetArrayLength()));
        Assert.StartsWith(Body + "-2026-", late.Text("number"), StringComparison.Ordinal);
        Assert.Contains((await Officer.Get("/v1/inquiries?overdue=true&limit=200")).Is(200).Items, i => i.GetProperty("id").GetGuid() == id);
        Assert.StartsWith(Body + "-2025-", (await Officer.Post("/v1/inquiries", Paper("2025-12-10T12:00:00+05:00"))).Is(201).Text("number"), StringComparison.Ordinal);
        var history = (await Officer.Get($"/v1/inquiries/{id}/history")).Is(200).Json.EnumerateArray().First();
        Assert.Equal(new DateTimeOffset(2026, 3, 6, 7, 0, 0, TimeSpan.Zero), history.GetProperty("at").GetDateTimeOffset());
        Assert.True(history.GetProperty("recordedAt").GetDateTimeOffset() > DateTimeOffset.UtcNow.AddHours(-1));
        await Eventually.Get("it was missed, and is said so once", () => Officer.Get($"/v1/inquiries/{id}"), i => i.Json.GetProperty("reminded").GetInt32() == 3);
        var answered = (await Act(Officer, id, "answer", new { text = "Поздно" }, (await Officer.Get($"/v1/inquiries/{id}")).Version)).Is(200);
        Assert.Equal("Answered", answered.Text("state"));
        Assert.Equal(["reply"], (await Officer.Get($"/v1/inquiries/{id}")).Json.GetProperty("violations").EnumerateArray().Select(v => v.GetString()));

        (await Officer.Post("/v1/inquiries", Paper(null))).Is(400, "received-at-invalid");
        (await Officer.Post("/v1/inquiries", Paper("2999-01-01T00:00:00Z"))).Is(400, "received-at-invalid");
        var represented = Paper("2026-11-20T12:00:00+05:00");
        represented["representative"] = new System.Text.Json.Nodes.JsonObject { ["name"] = "Б. Сейт" };
        (await Officer.Post("/v1/inquiries", represented)).Is(400, "power-of-attorney-missing");
        represented["representative"]!["powerOfAttorney"] = true;
        Assert.Equal("registered", (await wire.Grpc().EnterPaperAsync(new() { FormJson = represented.ToJsonString() }, Tokens.Headers(Tokens.Officer(Body)))).Outcome);
        var refused = await Assert.ThrowsAsync<RpcException>(() => wire.Grpc().EnterPaperAsync(new() { FormJson = Paper(null).ToJsonString() }, Tokens.Headers(Tokens.Officer(Body))).ResponseAsync);
        Assert.Equal("received-at-invalid", refused.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>()!.Reason);
    }

    [Fact]
    public async Task An_oral_request_is_recorded_at_both_doors()
    {
        Assert.Equal("answered", (await Officer.Post("/v1/oral-requests", new { topic = "vacancies", way = "phone", post = "Специалист" })).Is(201).Text("outcome"));
        Assert.Equal("told-to-write", (await wire.Grpc().RecordOralRequestAsync(new() { Way = "in-person", Post = "Специалист" }, Tokens.Headers(Tokens.Officer(Body)))).Outcome);
        (await Officer.Post("/v1/oral-requests", new { topic = "budget", way = "phone", post = "Специалист" })).Is(400, "topic-unknown");
        (await wire.Anybody().Post("/v1/oral-requests", new { topic = "vacancies", way = "phone", post = "x" })).Is(401);
        Assert.Equal(["told-to-write", "answered"], (await Officer.Get("/v1/oral-requests?limit=2")).Is(200).Items.Select(i => i.GetProperty("outcome").GetString()));
        Assert.Equal(10, (await wire.Anybody().Get("/v1/oral-requests/topics")).Is(200).Json.GetArrayLength());
    }

    /// <summary>One table of the new commands' refusals, asked at both doors.</summary>
    [Fact]
    public async Task Every_refusal_has_the_same_code_by_REST_and_by_gRPC()
    {
        var open = await wire.Receive(Body);
        var (id, client, officer, head) = (open.Id.ToString(), wire.Grpc(), Tokens.Headers(Tokens.Officer(Body)), Tokens.Headers(Tokens.For(Roles.Head, Body)));
        (string Command, object Json, int Status, string Code, Func<Client, Task> Call)[] cases =
        [
            ("confirm-regime", new { regime = "Decree" }, 400, "regime-unknown", c => c.ConfirmRegimeAsync(new() { InquiryId = id, Version = 2, Regime = "Decree" }, officer).ResponseAsync),
            ("confirm-anonymous", new { }, 409, "not-anonymous", c => c.ConfirmAnonymousAsync(new() { InquiryId = id, Version = 2 }, officer).ResponseAsync),
            ("tag", new { tags = new[] { 16 } }, 400, "tag-unknown", c => c.TagAsync(new() { InquiryId = id, Version = 2, Tags = { 16 } }, officer).ResponseAsync),
            ("clarify", new { question = " " }, 400, "question-missing", c => c.ClarifyAsync(new() { InquiryId = id, Version = 2 }, officer).ResponseAsync),
            ("clarify", new { question = "?", defects = new[] { "ugly" }, until = "2099-01-05" }, 400, "defect-unknown", c => c.ClarifyAsync(new() { InquiryId = id, Version = 2, Question = "?", Defects = { "ugly" }, Until = "2099-01-05" }, officer).ResponseAsync),
            ("clarify", new { question = "?", defects = new[] { "phone-invalid" } }, 400, "until-missing", c => c.ClarifyAsync(new() { InquiryId = id, Version = 2, Question = "?", Defects = { "phone-invalid" } }, officer).ResponseAsync),
            ("accept", new { }, 409, "not-handed-over", c => c.AcceptAsync(new() { InquiryId = id, Version = 2 }, officer).ResponseAsync),
            ("record-notice", new { about = "extension", by = "email" }, 409, "not-extended", c => c.RecordNoticeAsync(new() { InquiryId = id, Version = 2, About = "extension", By = "email" }, officer).ResponseAsync),
            ("point-to-publication", new { address = "x" }, 400, "address-invalid", c => c.PointToPublicationAsync(new() { InquiryId = id, Version = 2, Address = "x" }, officer).ResponseAsync),
            ("answer", new { text = "x", signer = new { name = "А", cms = "?" } }, 400, "signature-invalid", c => c.AnswerAsync(new() { InquiryId = id, Version = 2, Text = "x", Signer = new() { Name = "А", Cms = "?" } }, officer).ResponseAsync),
            ("answer-partly", new { text = "x" }, 400, "withheld-missing", c => c.AnswerPartlyAsync(new() { InquiryId = id, Version = 2, Text = "x" }, officer).ResponseAsync),
            ("refuse", new { ground = "NotCompetent", reason = "x" }, 400, "ground-unknown", c => c.RefuseAsync(new() { InquiryId = id, Version = 2, Ground = "NotCompetent", Reason = "x" }, officer).ResponseAsync),
            ("refuse", new { ground = "ContentUnclear" }, 400, "reason-missing", c => c.RefuseAsync(new() { InquiryId = id, Version = 2, Ground = "ContentUnclear" }, officer).ResponseAsync),
            ("return", new { }, 409, "defects-not-named", c => c.ReturnAsync(new() { InquiryId = id, Version = 2 }, officer).ResponseAsync),
            ("record-dispatch", new { by = "post" }, 409, "not-answered", c => c.RecordDispatchAsync(new() { InquiryId = id, Version = 2, By = "post" }, officer).ResponseAsync),
            ("record-complaint", new { text = "x" }, 409, "nothing-to-complain", c => c.RecordComplaintAsync(new() { InquiryId = id, Version = 2, Text = "x" }, officer).ResponseAsync),
            ("pass-complaint-up", new { }, 409, "not-complained", c => c.PassComplaintUpAsync(new() { InquiryId = id, Version = 2 }, officer).ResponseAsync),
            ("decide-complaint", new { outcome = "perhaps", reason = "x" }, 400, "outcome-unknown", c => c.DecideComplaintAsync(new() { InquiryId = id, Version = 2, Outcome = "perhaps", Reason = "x" }, officer).ResponseAsync),
            ("forward", new { parts = new[] { new { holder = Other } } }, 400, "text-missing", c => c.ForwardAsync(new() { InquiryId = id, Version = 2, Parts = { new ForwardPart { Holder = Other } } }, officer).ResponseAsync),
            ("extend", new { holders = new[] { Other }, reason = "x" }, 403, "forbidden", c => c.ExtendAsync(new() { InquiryId = id, Version = 2, Holders = { Other }, Reason = "x" }, officer).ResponseAsync),
        ];

        List<string> wrong = [];
        foreach (var (command, json, status, code, call) in cases)
        {
            var rest = await Act(Officer, open.Id, command, json, 2);
            var grpc = await Assert.ThrowsAsync<RpcException>(() => call(client));
            if ((rest.Status, rest.Code, grpc.GetRpcStatus()?.GetDetail<Google.Rpc.ErrorInfo>()?.Reason) != (status, code, code))
            {
                wrong.Add($"{command}: {rest.Status} {rest.Code}, {grpc.StatusCode} {grpc.Status.Detail}; not {status} {code}");
            }
        }

        Assert.Empty(wrong);
        var extended = await client.ExtendAsync(new() { InquiryId = id, Version = 2, Length = 5, Holders = { Other }, Reason = "Нужны сведения" }, head);
        Assert.Equal(("Extended", 3), (extended.State, extended.Version));
        Assert.Equal("Withdrawn", (await client.RecordWithdrawalAsync(new() { InquiryId = id, Version = 3 }, officer)).State);
    }
}
