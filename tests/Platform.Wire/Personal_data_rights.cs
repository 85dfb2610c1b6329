extern alias service;
using System.Text;
using System.Text.Json;
using Grpc.Core;
using Grpc.Net.Client;
using Inquiries.V1;
using Npgsql;

namespace Platform.Wire;

/// <summary>Block, correct, erase and demand (94-V), each honoured by every reader, at both doors.</summary>
public sealed class Personal_data_rights(Ground.Wire wire)
{
    private const string Body = "akimat-55", There = "akimat-59";

    private string Store => wire.Servers.Database("inquiries");
    private string Keys => wire.Servers.Postgres + ";Database=inquiries_keys";
    private Door Officer => wire.Officer(Body);
    private Door Head(string body = Body) => Ground.Wire.As(wire.Inquiries, Tokens.For(Roles.Head, body));
    private static object Reason => new { reason = "требование субъекта" };
    private static object ByCourt => new { @override = "court-decision", act = "7599-26/2" };

    private Task<Reply> Applicant(Guid id, string body = Body) => wire.Officer(body).Get($"/v1/inquiries/{id}/applicant?reason=x");
    private Task<Reply> Citizen(Received request) => wire.Anybody().Get($"/v1/citizen/inquiries/{request.Number}", ("Slip-Code", request.Code));
    private Task<Guid> Subject(Guid id) => Sql.One<Guid>(Store, "select (data ->> 'subjectId')::uuid from mt_events where stream_id = $1 and version = 1", id);

    private async Task<(Received Request, long Version)> Answered()
    {
        var request = await wire.Receive(Body);
        return (request, (await Officer.Post($"/v1/inquiries/{request.Id}/answer", new { text = "Ответ по существу" }, 2)).Is(200).Version);
    }

    [Fact]
    public async Task A_block_is_honoured_by_every_reader_until_it_is_lifted()
    {
        var (request, version) = await Answered();

        var blocked = (await Officer.Post($"/v1/inquiries/{request.Id}/block-personal-data", Reason, version)).Is(200);

        (await Applicant(request.Id)).Is(409, "personal-data-blocked");
        var path = $"/v1/inquiries/{request.Id}";
        (await Officer.Post(path + "/masking-suggestions", new { text = "слова" })).Is(409, "personal-data-blocked");
        (await Officer.Post(path + "/clear-for-disclosure", new { title = new { ru = "Название" }, text = new { ru = "Слова" } }, blocked.Version)).Is(409, "personal-data-blocked");
        (await Officer.Post(path + "/correct-personal-data", new { corrections = new Dictionary<string, string> { ["applicant.name"] = "Ерлан" }, reason = "x" }, blocked.Version)).Is(409, "personal-data-blocked");
        var seen = (await Citizen(request)).Is(200);
        Assert.Equal(("Answered", "Blocked", JsonValueKind.Null), (seen.Text("state"), seen.Text("personalData"), seen.Json.GetProperty("answer").ValueKind));
        Assert.Equal("Blocked", (await Officer.Get(path)).Text("personalData"));
        var log = (await Head().Get(path + "/vault-reads")).Is(200);
        Assert.All(log.Items, r => Assert.Equal(JsonValueKind.Null, r.GetProperty("reason").ValueKind));

        (await Officer.Post(path + "/unblock-personal-data", Reason, blocked.Version)).Is(403);
        (await Head().Post(path + "/unblock-personal-data", Reason, blocked.Version)).Is(200);
        (await Applicant(request.Id)).Is(200);
        Assert.Equal("Ответ по существу", (await Citizen(request)).Json.GetProperty("answer").GetProperty("ru").GetString());
    }

    [Fact]
    public async Task Files_are_blocked_and_erased_with_their_subject()
    {
        var request = await wire.Receive(Body);
        var path = $"/v1/inquiries/{request.Id}";
        using var file = new ByteArrayContent(Encoding.UTF8.GetBytes("тайна файла")) { Headers = { ContentType = new("application/octet-stream") } };
        var put = (await wire.Gateway().Send(HttpMethod.Put, path + "/attachments/a.txt", file, [])).Is(201);
        (await Officer.Get(path + "/attachments/a.txt?reason=x")).Is(200);

        var blocked = (await Officer.Post(path + "/block-personal-data", Reason, put.Version)).Is(200);
        (await Officer.Get(path + "/attachments/a.txt?reason=x")).Is(409, "personal-data-blocked");
        Assert.Equal(JsonValueKind.Null, (await Officer.Get(path + "/attachments")).Is(200).Json[0].GetProperty("name").ValueKind);

        (await Head().Post(path + "/erase-personal-data", ByCourt, blocked.Version)).Is(200);
        (await Officer.Get($"{path}/attachments/{put.Text("id")}?reason=x")).Is(409, "subject-erased");
        using var late = new ByteArrayContent([1]) { Headers = { ContentType = new("application/octet-stream") } };
        (await wire.Gateway().Send(HttpMethod.Put, path + "/attachments/b.txt", late, [])).Is(409, "subject-erased");
    }

    [Fact]
    public async Task A_forwarded_request_shares_its_parents_subject_in_blocking_and_erasing()
    {
        var request = await wire.Receive(Body);
        var forwarded = (await Officer.Post($"/v1/inquiries/{request.Id}/forward", new { holder = There }, 2)).Is(200);
        var child = forwarded.Json.GetProperty("forwardedInquiryId").GetGuid();

        (await Officer.Post($"/v1/inquiries/{request.Id}/block-personal-data", Reason, forwarded.Version)).Is(200);
        (await Applicant(child, There)).Is(409, "personal-data-blocked");
        var seen = (await wire.Officer(There).Get($"/v1/inquiries/{child}")).Is(200);
        Assert.Equal(("Blocked", 3), (seen.Text("personalData"), seen.Version));

        // the child is open: the retention has not begun for the subject that both share
        (await Head().Post($"/v1/inquiries/{request.Id}/erase-personal-data", new { }, forwarded.Version + 1)).Is(409, "retention-running");
        (await Head(There).Post($"/v1/inquiries/{child}/erase-personal-data", ByCourt, seen.Version)).Is(200);
        (await Applicant(request.Id)).Is(409, "subject-erased");
        Assert.Equal("Erased", (await Officer.Get($"/v1/inquiries/{request.Id}")).Text("personalData"));
    }

    [Fact]
    public async Task A_correction_supersedes_and_the_former_version_is_destroyed()
    {
        var request = await wire.Receive(Body);
        var subject = await Subject(request.Id);
        var former = await Sql.One<Guid>(Store, "select item_id from vault.items where subject_id = $1 and kind = 'form'", subject);
        var ask = new { corrections = new Dictionary<string, string> { ["applicant.surname"] = "Исправленов", ["contacts.email"] = "right@asker.example" }, reason = "опечатка" };

        var done = (await Officer.Post($"/v1/inquiries/{request.Id}/correct-personal-data", ask, 2)).Is(200);

        var form = (await Applicant(request.Id)).Is(200).Json;
        Assert.Equal(("Исправленов", "right@asker.example"), (form.GetProperty("applicant").GetProperty("surname").GetString(), form.GetProperty("contacts").GetProperty("email").GetString()));
        Assert.Equal(0L, await Sql.One<long>(Store, "select count(*) from vault.items where item_id = $1", former));
        var history = (await Officer.Get($"/v1/inquiries/{request.Id}/history")).Body;
        Assert.Contains("personal_data_corrected", history, StringComparison.Ordinal);
        Assert.DoesNotContain("Исправленов", history, StringComparison.Ordinal);
        Assert.Equal(done.Version, (await Officer.Post($"/v1/inquiries/{request.Id}/correct-personal-data", ask, done.Version)).Is(200).Version);
    }

    [Fact]
    public async Task A_demand_at_the_citizens_door_is_listed_until_it_is_met()
    {
        var request = await wire.Receive(Body);
        Task<Reply> Demand(object ask) => wire.Anybody().Send(HttpMethod.Post, $"/v1/citizen/inquiries/{request.Number}/personal-data",
            new StringContent(JsonSerializer.Serialize(ask), Encoding.UTF8, "application/json"), [("Slip-Code", request.Code)]);

        var made = (await Demand(new { kind = "block", words = "прошу закрыть мои данные" })).Is(200);
        Assert.Equal(made.Text("demandId"), (await Demand(new { kind = "block" })).Is(200).Text("demandId"));
        (await Demand(new { kind = "forget" })).Is(400, "demand-unknown");
        (await wire.Anybody().Post($"/v1/citizen/inquiries/{request.Number}/personal-data", new { kind = "block" })).Is(400, "slip-code-missing");

        async Task<JsonElement?> Listed(string query) => (await Officer.Get("/v1/personal-data/demands?limit=200" + query)).Is(200).Items
            .Where(d => d.GetProperty("inquiryId").GetGuid() == request.Id).Select(d => (JsonElement?)d).SingleOrDefault();
        Assert.Equal("subject", (await Listed(""))!.Value.GetProperty("by").GetString());
        Assert.NotNull(await Listed("&overdue=false"));
        Assert.Null(await Listed("&overdue=true"));
        await ARebuildGivesTheSameDemands();
        Assert.DoesNotContain((await wire.Officer(There).Get("/v1/personal-data/demands?limit=200")).Items, d => d.GetProperty("holder").GetString() == Body);

        (await Officer.Post($"/v1/inquiries/{request.Id}/block-personal-data", Reason, made.Version)).Is(200);
        Assert.Null(await Listed(""));
    }

    private async Task ARebuildGivesTheSameDemands()
    {
        const string rows = "select string_agg(id || ' ' || data::text, e'\\n' order by id) from mt_doc_personaldatademand";
        var before = await Sql.One<string>(Store, rows);
        await Sql.One<Guid>(Store, "update mt_doc_personaldatademand set data = data || '{\"kind\": \"lost\"}' where id = (select min(id::text)::uuid from mt_doc_personaldatademand) returning id");
        await using var provider = InProcess.Inquiries(Store);
        using var daemon = await provider.Store().BuildProjectionDaemonAsync();
        await daemon.RebuildProjectionAsync(typeof(service::Inquiries.PersonalDataDemands).FullName!, CancellationToken.None);
        Assert.Equal(before, await Sql.One<string>(Store, rows));
    }

    [Fact]
    public async Task A_demand_on_paper_runs_from_its_day_and_may_be_declined()
    {
        var request = await wire.Receive(Body);
        var ask = new { kind = "erase", receivedOn = "2026-01-12", words = "бумажное заявление" };
        var made = (await Officer.Post($"/v1/inquiries/{request.Id}/record-personal-data-demand", ask, 2)).Is(200);
        Assert.Equal("2026-01-13", made.Text("due"));
        Assert.Contains((await Officer.Get("/v1/personal-data/demands?overdue=true&limit=200")).Items, d => d.GetProperty("id").GetString() == made.Text("demandId"));

        var no = new { demandId = made.Text("demandId"), ground = "retention-running", words = "идёт срок хранения" };
        (await Officer.Post($"/v1/inquiries/{request.Id}/decline-personal-data-demand", no, made.Version)).Is(200);
        Assert.DoesNotContain((await Officer.Get("/v1/personal-data/demands?limit=200")).Items, d => d.GetProperty("id").GetString() == made.Text("demandId"));
    }

    [Fact]
    public async Task Every_read_of_the_vault_shows_who_and_why()
    {
        var request = await wire.Receive(Body);
        (await Officer.Get($"/v1/inquiries/{request.Id}/applicant?reason=" + Uri.EscapeDataString("готовлю ответ"))).Is(200);
        (await Officer.Post($"/v1/inquiries/{request.Id}/masking-suggestions", new { text = "слова" })).Is(200);

        var read = Assert.Single((await Head().Get($"/v1/inquiries/{request.Id}/vault-reads")).Is(200).Items);
        Assert.Equal(("готовлю ответ", $"officer of {Body}", Body), (read.GetProperty("reason").GetString(), read.GetProperty("reader").GetString(), read.GetProperty("body").GetString()));
        Assert.Empty((await Head().Get($"/v1/inquiries/{request.Id}/vault-reads?asOf=2026-01-01T00:00:00Z")).Is(200).Items);
        Assert.Single((await Ground.Wire.As(wire.Inquiries, Tokens.Auditor()).Get($"/v1/inquiries/{request.Id}/vault-reads")).Is(200).Items);
        (await Officer.Get($"/v1/inquiries/{request.Id}/vault-reads")).Is(403);
        (await Head(There).Get($"/v1/inquiries/{request.Id}/vault-reads")).Is(404, "not-found");
    }

    [Fact]
    public async Task An_officer_is_shown_what_to_mask()
    {
        var request = await wire.Receive(Body);
        const string text = "Заявителю, ИИН 610714907430, тел. 8 701 991 79 08, Ерлану Маратовичу.";
        var spans = (await Officer.Post($"/v1/inquiries/{request.Id}/masking-suggestions", new { text })).Is(200).Json.GetProperty("spans").EnumerateArray()
            .Select(s => (s.GetProperty("kind").GetString(), text.Substring(s.GetProperty("start").GetInt32(), s.GetProperty("length").GetInt32()))).ToList();
        Assert.Equal([("iin-bin", "610714907430"), ("phone", "8 701 991 79 08"), ("name", "Ерлану"), ("name", "Маратовичу")], spans);
    }

    [Fact]
    public async Task After_erasure_nothing_of_the_subject_can_be_read_anywhere()
    {
        var form = Forms.For(Body);
        var request = Received.From((await wire.Gateway().Post("/v1/egov/forms", form, key: Guid.NewGuid().ToString())).Is(201));
        var answered = (await Officer.Post($"/v1/inquiries/{request.Id}/answer", new { text = "Ответ о деле " + form["subject"] }, 2, key: Guid.NewGuid().ToString())).Is(200);
        var (subject, before) = (await Subject(request.Id), (await Officer.Get($"/v1/inquiries/{request.Id}")).Json);

        var early = (await Head().Post($"/v1/inquiries/{request.Id}/erase-personal-data", new { }, answered.Version)).Is(409, "retention-running");
        Assert.Equal(5, DateTime.Parse(early.Text("until")!, System.Globalization.CultureInfo.InvariantCulture).Year - DateTime.UtcNow.Year);
        (await Officer.Post($"/v1/inquiries/{request.Id}/erase-personal-data", ByCourt, answered.Version)).Is(403);
        var done = (await Head().Post($"/v1/inquiries/{request.Id}/erase-personal-data", ByCourt, answered.Version)).Is(200);

        (await Applicant(request.Id)).Is(409, "subject-erased");
        (await Officer.Post($"/v1/inquiries/{request.Id}/masking-suggestions", new { text = "x" })).Is(409, "subject-erased");
        Assert.Equal(0L, await Sql.One<long>(Keys, "select count(*) from subject_keys where subject_id = $1", subject));
        Assert.Equal(0L, await Sql.One<long>(Store, "select count(*) from vault.items where subject_id = $1", subject));
        Assert.Contains(subject.ToString(), await File.ReadAllTextAsync(Ledger), StringComparison.Ordinal);
        var seen = (await Citizen(request)).Is(200);
        Assert.Equal(("Answered", "Erased", JsonValueKind.Null), (seen.Text("state"), seen.Text("personalData"), seen.Json.GetProperty("answer").ValueKind));
        Assert.Equal(before.GetProperty("answeredAt").ToString(), seen.Text("answeredAt"));
        // what is counted stays as it was
        var after = (await Officer.Get($"/v1/inquiries/{request.Id}")).Json;
        Assert.Equal(Counted(before), Counted(after));
        Assert.Equal(done.Version, (await Head().Post($"/v1/inquiries/{request.Id}/erase-personal-data", ByCourt, done.Version)).Is(200).Version);
        await NothingOpens([form["applicant"]!["surname"]!.ToString(), form["contacts"]!["email"]!.ToString(), form["subject"]!.ToString(), form["text"]!.ToString()]);
    }

    private static string Counted(JsonElement view) => string.Join('\n', view.EnumerateObject().Where(p => p.Name is not ("version" or "personalData")).Select(p => p.ToString()));

    /// <summary>All that our keys open, and all that lies open, in every table of both databases.</summary>
    private async Task NothingOpens(string[] words)
    {
        var sealing = Sealing.FromFolder(Repository.Secrets, development: true);
        foreach (var (table, column, purpose) in new[] { ("quarantine", "sealed", "quarantine"), ("platform.idempotency", "reply", Idempotency.Purpose) })
        {
            await foreach (var box in Cells(Store, $"select {column} from {table} where {column} is not null"))
            {
                Assert.All(words, w => Assert.DoesNotContain(w, Encoding.UTF8.GetString(sealing.Open(purpose, box)), StringComparison.Ordinal));
            }
        }

        foreach (var database in new[] { Store, Keys })
        {
            await foreach (var row in Rows(database))
            {
                Assert.All(words, w => Assert.False(row.Contains(w, StringComparison.Ordinal), w));
            }
        }
    }

    private static async IAsyncEnumerable<byte[]> Cells(string connection, string sql)
    {
        await using var database = NpgsqlDataSource.Create(connection + ";Pooling=false");
        await using var select = database.CreateCommand(sql);
        await using var reader = await select.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            yield return reader.GetFieldValue<byte[]>(0);
        }
    }

    private static async IAsyncEnumerable<string> Rows(string connection)
    {
        List<string> tables = [];
        await using var database = NpgsqlDataSource.Create(connection + ";Pooling=false");
        await using (var list = database.CreateCommand("select quote_ident(table_schema) || '.' || quote_ident(table_name) from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')"))
        await using (var reader = await list.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                tables.Add(reader.GetString(0));
            }
        }

        foreach (var table in tables)
        {
            await using var rows = database.CreateCommand($"select t::text from {table} t");
            await using var reader = await rows.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                yield return reader.GetString(0);
            }
        }
    }

    private static string Ledger => Path.Combine(Repository.Root, ".test", "erased", "erased-subjects");

    [Fact]
    public async Task Erasing_under_an_idempotency_key_ends_after_its_commit()
    {
        var request = await wire.Receive(Body);
        var subject = await Subject(request.Id);
        var key = Guid.NewGuid().ToString();
        var first = (await Head().Post($"/v1/inquiries/{request.Id}/erase-personal-data", ByCourt, 2, key)).Is(200);
        (await Applicant(request.Id)).Is(409, "subject-erased");
        await Eventually.So("the key is destroyed", async () => await Sql.One<long>(Keys, "select count(*) from subject_keys where subject_id = $1", subject) == 0);
        Assert.Equal(first.Body, (await Head().Post($"/v1/inquiries/{request.Id}/erase-personal-data", ByCourt, 2, key)).Is(200).Body);
        Assert.Single(await File.ReadAllLinesAsync(Ledger), l => l.StartsWith(subject.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_restored_backup_brings_back_is_destroyed_before_the_doors_open()
    {
        var request = await wire.Receive(Body);
        var subject = await Subject(request.Id);
        var wrapped = await Sql.One<byte[]>(Keys, "select wrapped from subject_keys where subject_id = $1", subject);
        var row = (await Sql.One<Guid>(Store, "select item_id from vault.items where subject_id = $1", subject), await Sql.One<byte[]>(Store, "select sealed from vault.items where subject_id = $1", subject));
        (await Head().Post($"/v1/inquiries/{request.Id}/erase-personal-data", ByCourt, 2)).Is(200);

        await Sql.One<int>(Keys, "with i as (insert into subject_keys values ($1, $2) returning 1) select 1", subject, wrapped);
        await Sql.One<int>(Store, "with i as (insert into vault.items values ($1, $2, 'form', $3) returning 1) select 1", row.Item1, subject, row.Item2);
        await wire.SecondInquiries.Start();
        try
        {
            await wire.SecondInquiries.Ready();
            Assert.Equal(0L, await Sql.One<long>(Keys, "select count(*) from subject_keys where subject_id = $1", subject));
            Assert.Equal(0L, await Sql.One<long>(Store, "select count(*) from vault.items where subject_id = $1", subject));
        }
        finally
        {
            await wire.SecondInquiries.Stop();
        }
    }

    [Fact]
    public async Task Both_doors_refuse_alike()
    {
        var (open, (answered, version)) = (await wire.Receive(Body), await Answered());
        var gone = await wire.Receive(Body);
        (await Head().Post($"/v1/inquiries/{gone.Id}/erase-personal-data", ByCourt, 2)).Is(200);
        var (officer, head) = (Tokens.Officer(Body), Tokens.For(Roles.Head, Body));
        static global::Inquiries.V1.PersonalData.PersonalDataClient Client(GrpcChannel c) => new(c);

        DoorCase Block(string name, int status, string code, StatusCode grpc, Guid id, string? token, long? seen, string? reason) => new(name, status, code, grpc, token,
            $"/v1/inquiries/{id}/block-personal-data", new { reason }, seen, (c, h) =>
            {
                var ask = new PersonalDataReasonRequest { InquiryId = id.ToString(), Reason = reason ?? "" };
                if (seen is { } v)
                {
                    ask.Version = v;
                }

                return Client(c).BlockAsync(ask, h).ResponseAsync;
            });
        DoorCase Correct(string name, int status, string code, string path, string words) => new(name, status, code, StatusCode.InvalidArgument, officer,
            $"/v1/inquiries/{open.Id}/correct-personal-data", new { corrections = new Dictionary<string, string> { [path] = words }, reason = "x" }, 2,
            (c, h) => Client(c).CorrectAsync(new() { InquiryId = open.Id.ToString(), Version = 2, Reason = "x", Corrections = { [path] = words } }, h).ResponseAsync);
        DoorCase Erase(string name, int status, string code, StatusCode grpc, string token, string? ground, string? act) => new(name, status, code, grpc, token,
            $"/v1/inquiries/{answered.Id}/erase-personal-data", new { @override = ground, act }, version,
            (c, h) => Client(c).EraseAsync(new() { InquiryId = answered.Id.ToString(), Version = version, Override = ground ?? "", Act = act ?? "" }, h).ResponseAsync);
        DoorCase Demand(string name, int status, string code, string kind, string day) => new(name, status, code, StatusCode.InvalidArgument, officer,
            $"/v1/inquiries/{open.Id}/record-personal-data-demand", new { kind, receivedOn = day }, 2,
            (c, h) => Client(c).RecordDemandAsync(new() { InquiryId = open.Id.ToString(), Version = 2, Kind = kind, ReceivedOn = day }, h).ResponseAsync);
        DoorCase Decline(string name, int status, string code, StatusCode grpc, string ground) => new(name, status, code, grpc, officer,
            $"/v1/inquiries/{open.Id}/decline-personal-data-demand", new { demandId = open.Id, ground }, 2,
            (c, h) => Client(c).DeclineDemandAsync(new() { InquiryId = open.Id.ToString(), Version = 2, DemandId = open.Id.ToString(), Ground = ground }, h).ResponseAsync);
        DoorCase Mask(string name, int status, string code, StatusCode grpc, Guid id, string text) => new(name, status, code, grpc, officer,
            $"/v1/inquiries/{id}/masking-suggestions", new { text }, null, (c, h) => Client(c).SuggestMaskingAsync(new() { InquiryId = id.ToString(), Text = text }, h).ResponseAsync);

        await DoorCase.Ask(wire.Inquiries,
        [
            Block("unknown id", 404, "not-found", StatusCode.NotFound, Guid.NewGuid(), officer, 2, "x"),
            Block("another body's", 404, "not-found", StatusCode.NotFound, open.Id, Tokens.Officer(There), 2, "x"),
            Block("no token", 401, "unauthenticated", StatusCode.Unauthenticated, open.Id, null, 2, "x"),
            Block("no version", 428, "version-required", StatusCode.FailedPrecondition, open.Id, officer, null, "x"),
            Block("stale", 412, "version-stale", StatusCode.Aborted, open.Id, officer, 1, "x"),
            Block("no reason", 400, "reason-missing", StatusCode.InvalidArgument, open.Id, officer, 2, null),
            Block("erased", 409, "subject-erased", StatusCode.FailedPrecondition, gone.Id, officer, 3, "x"),
            Correct("unknown field", 400, "field-unknown", "messageId", "x"),
            Correct("an IIN that cannot be", 400, "id-invalid", "applicant.iin", "123456789011"),
            Correct("a phone that cannot be", 400, "phone-invalid", "contacts.phone", "12"),
            Correct("an e-mail that cannot be", 400, "email-invalid", "contacts.email", "none"),
            Correct("no words", 400, "words-missing", "applicant.name", " "),
            Erase("retention", 409, "retention-running", StatusCode.FailedPrecondition, head, null, null),
            Erase("unknown override", 400, "override-unknown", StatusCode.InvalidArgument, head, "wish", "1"),
            Erase("no act", 400, "act-invalid", StatusCode.InvalidArgument, head, "court-decision", "по делу"),
            Erase("an officer", 403, "forbidden", StatusCode.PermissionDenied, officer, "court-decision", "1"),
            Demand("unknown kind", 400, "demand-unknown", "forget", "2026-01-12"),
            Demand("tomorrow", 400, "received-in-future", "erase", "2099-01-01"),
            Decline("unknown ground", 400, "ground-unknown", StatusCode.InvalidArgument, "no wish"),
            Decline("unknown demand", 404, "not-found", StatusCode.NotFound, "data-correct"),
            Mask("no text", 400, "text-missing", StatusCode.InvalidArgument, open.Id, " "),
            Mask("erased", 409, "subject-erased", StatusCode.FailedPrecondition, gone.Id, "x"),
        ]);
    }

    [Fact]
    public async Task What_gRPC_did_REST_shows()
    {
        var request = await wire.Receive(Body);
        using var channel = GrpcChannel.ForAddress(wire.Inquiries.Grpc);
        var client = new global::Inquiries.V1.PersonalData.PersonalDataClient(channel);
        var (id, officer, head) = (request.Id.ToString(), Tokens.Headers(Tokens.Officer(Body)), Tokens.Headers(Tokens.For(Roles.Head, Body)));

        var demand = await client.RecordDemandAsync(new() { InquiryId = id, Version = 2, Kind = "block", ReceivedOn = "2026-01-12" }, officer);
        Assert.Contains((await client.ListDemandsAsync(new() { Overdue = true, Limit = 200 }, officer)).Items, d => d.Id == demand.DemandId && d.Due == demand.Due);
        Assert.Single((await client.SuggestMaskingAsync(new() { InquiryId = id, Text = "ИИН 610714907430" }, officer)).Spans);
        var corrected = await client.CorrectAsync(new() { InquiryId = id, Version = demand.Version, Reason = "опечатка", Corrections = { ["applicant.name"] = "Ерланбек" } }, officer);
        var blocked = await client.BlockAsync(new() { InquiryId = id, Version = corrected.Version, Reason = "x" }, officer);
        Assert.Equal("Blocked", (await Officer.Get($"/v1/inquiries/{id}")).Text("personalData"));
        var unblocked = await client.UnblockAsync(new() { InquiryId = id, Version = blocked.Version, Reason = "x" }, head);
        Assert.Equal("Ерланбек", (await Applicant(request.Id)).Is(200).Json.GetProperty("applicant").GetProperty("name").GetString());
        Assert.Single((await client.ListVaultReadsAsync(new() { InquiryId = id }, head)).Items);
        var erased = await client.EraseAsync(new() { InquiryId = id, Version = unblocked.Version, Override = "unlawful-processing", Act = "12-3/45" }, head);
        Assert.Equal(erased.Version, (await Officer.Get($"/v1/inquiries/{id}")).Version);
        (await Applicant(request.Id)).Is(409, "subject-erased");
    }
}
