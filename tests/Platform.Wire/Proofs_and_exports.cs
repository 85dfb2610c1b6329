extern alias service;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using service::Inquiries;

namespace Platform.Wire;

/// <summary>Chains recomputed from the store, days closed once with the clock set ahead, exports that verify offline.</summary>
public sealed class Proofs_and_exports(Ground.Wire wire)
{
    private const string Body = "akimat-61";

    private string Database => wire.Servers.Database("inquiries");
    private Door Officer => wire.Officer(Body);
    private static string Verifier => Repository.Program("Dev");

    private sealed class Later(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow + by;
    }

    /// <summary>Closes days as a replica does whose clock is so many days ahead, until none is due.</summary>
    private async Task<IReadOnlyList<DateOnly>> Close(int days)
    {
        await using var provider = InProcess.Inquiries(Database);
        await using var database = NpgsqlDataSource.Create(Database + ";Pooling=false");
        await Eventually.So("the high-water mark has passed every fact", async () => await Sql.One<bool>(Database,
            "select coalesce((select last_seq_id from mt_event_progression where name = 'HighWaterMark'), 0) >= (select max(seq_id) from mt_events)"));
        using var key = new ProofKey(Repository.Secrets, development: true);
        using var closer = new CloseDays(database, provider.Store(), new ProofStore(database), key, new(), new Later(TimeSpan.FromDays(days)), NullLogger<CloseDays>.Instance);
        List<DateOnly> closed = [];
        while (await closer.CloseNext(default) is { } date)
        {
            closed.Add(date);
        }

        return closed;
    }

    private async Task<DateOnly?> LastClosed() => await Sql.One<bool>(Database, "select exists (select from proofs.days)") ? DateOnly.FromDateTime(await Sql.One<DateTime>(Database, "select max(date)::timestamp from proofs.days")) : null;

    private async Task<int> DaysToClose() => Math.Max(1, ((await LastClosed() ?? DateOnly.FromDateTime(DateTime.UtcNow)).DayNumber - DateOnly.FromDateTime(DateTime.UtcNow).DayNumber) + 2);

    private async Task<byte[]> Export(Guid id, string token)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var reply = await http.GetAsync(new Uri(wire.Inquiries.Rest, $"/v1/inquiries/{id}/export?reason=" + Uri.EscapeDataString("запрос суда")));
        Assert.Equal((200, "application/zip"), ((int)reply.StatusCode, reply.Content.Headers.ContentType?.MediaType));
        return await reply.Content.ReadAsByteArrayAsync();
    }

    private static string Entry(byte[] zip, string name)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        using var reader = new StreamReader(archive.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    private async Task<(Received Request, Reply Reply)> Received()
    {
        var reply = (await wire.Gateway().Post("/v1/egov/forms", Forms.For(Body))).Is(201);
        return (Ground.Received.From(reply), reply);
    }

    [Fact]
    public async Task The_slips_head_is_the_chain_in_the_store_and_repeats()
    {
        var form = Forms.For(Body);
        var first = (await wire.Gateway().Post("/v1/egov/forms", form)).Is(201);
        Assert.Equal(first.Body, (await wire.Gateway().Post("/v1/egov/forms", form)).Is(200).Body);
        var proof = (await Officer.Get($"/v1/inquiries/{first.Text("inquiryId")}/proof")).Is(200).Json;
        var slip = first.Json.GetProperty("slip").GetProperty("proof");
        Assert.Equal(proof.GetProperty("links")[1].GetProperty("link").GetString(), slip.GetProperty("head").GetString());
        Assert.Equal(Law.Registration.AlmatyDate(DateTimeOffset.Parse(first.Text("receivedAt")!, System.Globalization.CultureInfo.InvariantCulture)).ToDateOnly().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            slip.GetProperty("day").GetString());
    }

    [Fact]
    public async Task A_request_stands_under_signed_roots_that_anybody_can_get()
    {
        var (request, _) = await Received();
        (await Officer.Post($"/v1/inquiries/{request.Id}/answer", new { text = "Ответ" }, 2)).Is(200);
        (await wire.Anybody().Get("/v1/proofs/2099-01-01")).Is(404, "not-found");
        (await wire.Anybody().Get("/v1/proofs/today")).Is(400, "date-invalid");

        var closed = await Close(await DaysToClose());
        Assert.NotEmpty(closed);
        Assert.Empty(await Close(0)); // each day once

        var proof = (await Officer.Get($"/v1/inquiries/{request.Id}/proof")).Is(200).Json;
        Assert.Equal((3, 3), (proof.GetProperty("version").GetInt32(), proof.GetProperty("provenVersion").GetInt32()));
        var day = proof.GetProperty("days").EnumerateArray().Last();
        var root = (await wire.Anybody().Get($"/v1/proofs/{day.GetProperty("date").GetString()}")).Is(200);
        Assert.Equal((day.GetProperty("root").GetString(), day.GetProperty("signature").GetString()), (root.Text("root"), root.Text("signature")));
        using var key = System.Security.Cryptography.ECDsa.Create();
        key.ImportFromPem((await wire.Anybody().Get("/v1/proofs/key")).Is(200).Body);
        Assert.True(RootSignature.Holds(key, root.Text("root")!, root.Text("signature")!));
        Assert.Equal(RootSignature.IdOf(key), root.Text("keyId"));

        var citizen = (await wire.Anybody().Get($"/v1/citizen/inquiries/{request.Number}/proof", ("Slip-Code", request.Code))).Is(200).Json;
        Assert.Equal(proof.ToString(), citizen.ToString());
        (await wire.Anybody().Get($"/v1/citizen/inquiries/{request.Number}/proof", ("Slip-Code", "wrong"))).Is(404, "not-found");
        (await wire.Officer("akimat-62").Get($"/v1/inquiries/{request.Id}/proof")).Is(404, "not-found");
        using var channel = GrpcChannel.ForAddress(wire.Inquiries.Grpc);
        var twin = await new global::Inquiries.V1.Proofs.ProofsClient(channel).GetAsync(new() { InquiryId = request.Id.ToString() }, Tokens.Headers(Tokens.Officer(Body)));
        Assert.Equal((proof.GetProperty("head").GetString(), day.GetProperty("root").GetString()), (twin.Head, twin.Days[^1].Root));
    }

    [Fact]
    public async Task Days_that_nobody_closed_are_caught_up_with_each_once_and_in_a_row()
    {
        await Received();
        var before = await DaysToClose();
        // two replicas at once: one closes, both come to the same end
        var closed = (await Task.WhenAll(Close(before + 3), Close(before + 3))).SelectMany(d => d).Order().ToList();
        closed.AddRange(await Close(before + 3));
        Assert.Equal(closed.Distinct(), closed);
        Assert.True(closed.Count >= 3, $"{closed.Count} days");
        Assert.Equal(0L, await Sql.One<long>(Database, """
            select count(*) from proofs.days d join proofs.days p on p.date = d.date - 1
            where d.signed ->> 'previousRoot' <> p.signed ->> 'root' or d.from_sequence <> p.up_to_sequence
            """));
        Assert.Equal(await Sql.One<long>(Database, "select count(*) from mt_events where type = 'daily_root_signed'"), await Sql.One<long>(Database, "select count(*) from proofs.days"));
        Assert.Equal(await Sql.One<long>(Database, "select count(*) from mt_events where type = 'daily_root_signed'"), await Sql.One<long>(Database, "select max(date) - min(date) + 1::bigint from proofs.days"));
        var empty = (await wire.Anybody().Get($"/v1/proofs/{closed[^1]:yyyy-MM-dd}")).Is(200);
        Assert.Equal("0", empty.Text("count"));
    }

    [Fact]
    public async Task The_store_is_checked_against_its_roots_and_tampering_shows()
    {
        var (request, _) = await Received();
        await Close(await DaysToClose());
        await using var provider = InProcess.Inquiries(Database);
        await using var database = NpgsqlDataSource.Create(Database + ";Pooling=false");
        var check = new CheckProofs(database, provider.Store(), new ProofStore(database));
        using var said = new StringWriter();
        Assert.Equal(0, await check.Run(said, default));

        await Sql.One<Guid>(Database, "update mt_events set timestamp = timestamp - interval '1 day' where stream_id = $1 and version = 2 returning stream_id", request.Id);
        try
        {
            Assert.Equal(1, await check.Run(said, default));
            Assert.Contains("do not lead to the signed root", said.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            await Sql.One<Guid>(Database, "update mt_events set timestamp = timestamp + interval '1 day' where stream_id = $1 and version = 2 returning stream_id", request.Id);
        }

        // rows of the days can be made again
        var day = await Sql.One<byte[]>(Database, "select leaves from proofs.days order by date limit 1");
        await Sql.One<int>(Database, "with d as (delete from proofs.days where date = (select min(date) from proofs.days) returning 1) select 1 from d");
        Assert.Equal(0, await check.Run(said, default));
        Assert.Equal(day, await Sql.One<byte[]>(Database, "select leaves from proofs.days order by date limit 1"));
    }

    [Fact]
    public async Task An_export_is_verified_offline_with_the_public_key_alone()
    {
        var (request, _) = await Received();
        (await Officer.Post($"/v1/inquiries/{request.Id}/answer", new { text = "Ответ по существу" }, 2)).Is(200);
        var folder = Directory.CreateTempSubdirectory("export").FullName;
        var (zip, pem) = (Path.Combine(folder, "export.zip"), Path.Combine(folder, "key.pem"));
        try
        {
            await File.WriteAllTextAsync(pem, (await wire.Anybody().Get("/v1/proofs/key")).Body);
            await File.WriteAllBytesAsync(zip, await Export(request.Id, Tokens.Officer(Body)));
            var early = await Assert.ThrowsAsync<InvalidOperationException>(() => Repository.Run("dotnet", [Verifier, "verify", zip, "--key", pem]));
            Assert.Contains("ended with 3", early.Message, StringComparison.Ordinal);

            await Close(await DaysToClose());
            var export = await Export(request.Id, Tokens.Officer(Body));
            await File.WriteAllBytesAsync(zip, export);
            Assert.EndsWith("PROVEN\n", await Repository.Run("dotnet", [Verifier, "verify", zip, "--key", pem]), StringComparison.Ordinal);
            Assert.Contains("Ответ по существу", Entry(export, "ru.html"), StringComparison.Ordinal);
            Assert.Contains("Ответ по существу", Entry(export, "vault.json"), StringComparison.Ordinal);
            Assert.Equal(export, await Export(request.Id, Tokens.Officer(Body))); // the same state, the same bytes

            await File.WriteAllBytesAsync(zip, Altered(export));
            var wrong = await Assert.ThrowsAsync<InvalidOperationException>(() => Repository.Run("dotnet", [Verifier, "verify", zip, "--key", pem]));
            Assert.Contains("Fact 2 (inquiry_registered)", wrong.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static byte[] Altered(byte[] zip)
    {
        using var stream = new MemoryStream();
        stream.Write(zip);
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            var facts = Entry(zip, "facts.json");
            archive.GetEntry("facts.json")!.Delete();
            using var changed = archive.CreateEntry("facts.json").Open();
            changed.Write(Encoding.UTF8.GetBytes(facts.Replace("\"number\": \"" + Body, "\"number\": \"akimat-62", StringComparison.Ordinal)));
        }

        return stream.ToArray();
    }

    [Fact]
    public async Task An_export_is_logged_with_its_reason_and_gives_no_words_once_blocked_or_erased()
    {
        var (request, _) = await Received();
        (await Officer.Get($"/v1/inquiries/{request.Id}/export")).Is(400, "reason-missing");
        (await wire.Officer("akimat-62").Get($"/v1/inquiries/{request.Id}/export?reason=x")).Is(404, "not-found");
        (await wire.Gateway().Get($"/v1/inquiries/{request.Id}/export?reason=x")).Is(403);
        Assert.Contains("Фамилия", Entry(await Export(request.Id, Tokens.Auditor()), "vault.json"), StringComparison.Ordinal);
        var head = Ground.Wire.As(wire.Inquiries, Tokens.For(Roles.Head, Body));
        Assert.Contains((await Ground.Wire.As(wire.Inquiries, Tokens.Auditor()).Get($"/v1/inquiries/{request.Id}/vault-reads")).Items, r => r.GetProperty("reason").GetString() == "запрос суда");

        (await head.Post($"/v1/inquiries/{request.Id}/block-personal-data", new { reason = "требование" }, 2)).Is(200);
        Assert.DoesNotContain("Фамилия", Entry(await Export(request.Id, Tokens.Officer(Body)), "vault.json"), StringComparison.Ordinal);
        Assert.Contains("заблокированы", Entry(await Export(request.Id, Tokens.Officer(Body)), "ru.html"), StringComparison.Ordinal);

        (await head.Post($"/v1/inquiries/{request.Id}/erase-personal-data", new { @override = "law-requires", act = "94-V" }, 3)).Is(200);
        await Close(await DaysToClose());
        var export = await Export(request.Id, Tokens.Officer(Body));
        Assert.Contains("уничтожены", Entry(export, "ru.html"), StringComparison.Ordinal);
        Assert.DoesNotContain("Прошу сообщить", Entry(export, "vault.json"), StringComparison.Ordinal);
        // the chain still verifies
        Assert.Equal(0, Verification.Check(new MemoryStream(export), (await wire.Anybody().Get("/v1/proofs/key")).Body).Code);
    }

    [Fact]
    public async Task Reads_are_as_they_were_recorded_at_an_instant()
    {
        var (request, _) = await Received();
        var then = DateTimeOffset.UtcNow;
        (await Officer.Post($"/v1/inquiries/{request.Id}/answer", new { text = "Ответ" }, 2)).Is(200);
        var asOf = "?asOf=" + Uri.EscapeDataString(then.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        var path = $"/v1/inquiries/{request.Id}";

        Assert.Equal("Registered", (await Officer.Get(path + asOf)).Is(200).Text("state"));
        Assert.Equal(2, (await Officer.Get(path + "/history" + asOf)).Is(200).Json.GetArrayLength());
        Assert.Equal(3, (await Officer.Get(path + "/history")).Is(200).Json.GetArrayLength());
        Assert.Equal("running", (await Officer.Get(path + "/deadlines" + asOf)).Is(200).Json.EnumerateArray().First().GetProperty("state").GetString());
        Assert.Equal("met", (await Officer.Get(path + "/deadlines")).Is(200).Json.EnumerateArray().First().GetProperty("state").GetString());
        Assert.Equal(2, (await Officer.Get(path + "/proof" + asOf)).Is(200).Json.GetProperty("version").GetInt32());
        using var file = new ByteArrayContent([1]) { Headers = { ContentType = new("application/octet-stream") } };
        (await wire.Gateway().Send(HttpMethod.Put, path + "/attachments/a.txt", file, [])).Is(201);
        Assert.Equal((0, 1), ((await Officer.Get(path + "/attachments" + asOf)).Is(200).Json.GetArrayLength(), (await Officer.Get(path + "/attachments")).Is(200).Json.GetArrayLength()));
        var never = "?asOf=2020-01-01T00:00:00Z";
        foreach (var read in new[] { "", "/history", "/deadlines", "/proof", "/attachments" })
        {
            (await Officer.Get(path + read + never)).Is(404, "not-found");
        }
    }
}
