using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Dev;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace Platform.Wire;

/// <summary>Files of a request: streamed in, sealed, scanned, handed out with a reason; names are data. The replica here has a scanner.</summary>
public sealed class Attachments_at_the_door(Ground.Wire wire, Attachments_at_the_door.Scanned replica) : IClassFixture<Attachments_at_the_door.Scanned>
{
    private const string Body = "akimat-39";
    private const int ScannerPort = 5841;
    private readonly ServiceProcess _scanned = replica.Process;

    public sealed class Scanned(Ground.Wire wire) : IAsyncLifetime
    {
        public ServiceProcess Process { get; } = new(wire.Servers, "Inquiries", "inquiries", 5805)
        { Settings = new Dictionary<string, string> { ["Attachments__Clamd"] = $"127.0.0.1:{ScannerPort}", ["Attachments__ScanRetrySeconds"] = "0.2" } };

        public async ValueTask InitializeAsync() => await House.Up(Process);

        public ValueTask DisposeAsync() => Process.DisposeAsync();
    }

    private static ByteArrayContent Bytes(byte[] bytes) => new ByteArrayContent(bytes) { Headers = { ContentType = new("application/octet-stream") } };
    private static string Path(Guid id, string name, string folder = "attachments") => $"/v1/inquiries/{id}/{folder}/{Uri.EscapeDataString(name)}";
    private static Task<Reply> Put(Door door, string path, byte[] bytes, params (string, string)[] headers) => door.Send(HttpMethod.Put, path, Bytes(bytes), headers);
    private static async Task<IReadOnlyList<JsonNode>> List(Door officer, Guid id) => [.. JsonNode.Parse((await officer.Get($"/v1/inquiries/{id}/attachments")).Is(200).Body)!.AsArray().Select(n => n!)];
    private static Task<Reply> Fetch(Door officer, Guid id, string name) => officer.Get(Path(id, name) + "?reason=test");

    private Door Gateway => wire.Gateway();
    private Door Officer => wire.Officer(Body);
    private Door ScannedGateway => Ground.Wire.As(_scanned, Tokens.Egov());
    private Door ScannedOfficer => Ground.Wire.As(_scanned, Tokens.Officer(Body));

    [Fact]
    public async Task A_file_is_taken_once_and_handed_out_with_a_reason()
    {
        var request = await wire.Receive(Body);
        var bytes = Encoding.UTF8.GetBytes("план работ " + Guid.NewGuid());
        var first = (await Put(Gateway, Path(request.Id, "план.pdf"), bytes)).Is(201);
        var again = (await Put(Officer, Path(request.Id, "план.pdf"), bytes)).Is(200);
        Assert.Equal((first.Text("id"), first.Version), (again.Text("id"), again.Version));
        (await Put(Gateway, Path(request.Id, "план.pdf"), [1])).Is(422, "attachment-name-reused");

        var file = Assert.Single(await List(Officer, request.Id));
        Assert.Equal(("план.pdf", bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)), "unscanned-allowed"),
            ((string?)file["name"], (int)file["size"]!, (string?)file["sha256"], (string?)file["state"]));
        Assert.Equal(Encoding.UTF8.GetString(bytes), (await Fetch(Officer, request.Id, "план.pdf")).Is(200).Body);
        (await Officer.Get(Path(request.Id, "план.pdf"))).Is(400, "reason-missing");
        (await Fetch(Officer, request.Id, "нет.pdf")).Is(404, "not-found");
        (await Fetch(wire.Officer("akimat-35"), request.Id, "план.pdf")).Is(404, "not-found");
        (await Fetch(Gateway, request.Id, "план.pdf")).Is(403, "forbidden");
        (await Put(wire.Officer("akimat-35"), Path(request.Id, "план.pdf"), bytes)).Is(404, "not-found");
        (await Put(Gateway, Path(Guid.NewGuid(), "план.pdf"), bytes)).Is(404, "not-found");
        (await Put(wire.Anybody(), Path(request.Id, "план.pdf"), bytes)).Is(401, "unauthenticated");
        (await Gateway.Send(HttpMethod.Put, Path(request.Id, "a"), new StringContent("{}", Encoding.UTF8, "application/json"), [])).Is(415);

        Assert.DoesNotContain(Stored().Select(File.ReadAllBytes), sealedBytes => sealedBytes.AsSpan().IndexOf(bytes) >= 0);
        Assert.DoesNotContain("план.pdf", (await Officer.Get($"/v1/inquiries/{request.Id}/history")).Is(200).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_at_once_are_one_file()
    {
        var request = await wire.Receive(Body);
        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Put(Gateway, Path(request.Id, "one.bin"), [1, 2, 3])));
        Assert.Equal(1, replies.Count(r => r.Status == 201));
        Assert.Equal(9, replies.Count(r => r.Status == 200));
        Assert.Single(replies.Select(r => r.Text("id")).Distinct());
        Assert.Single(await List(Officer, request.Id));
    }

    [Fact]
    public async Task A_file_holds_25_MiB_however_it_is_sent()
    {
        var request = await wire.Receive(Body);
        var most = new byte[25 * 1024 * 1024];
        Assert.Equal("26214400", (await Put(Gateway, Path(request.Id, "most.bin"), most)).Is(201).Text("size"));
        Assert.Equal(most.Length, (await Fetch(Officer, request.Id, "most.bin")).Is(200).Body.Length);
        (await Put(Gateway, Path(request.Id, "more.bin"), new byte[most.Length + 1])).Is(413, "too-large");
        using var chunked = new StreamContent(new MemoryStream(new byte[most.Length + 40_000_000])) { Headers = { ContentType = new("application/octet-stream") } };
        (await Gateway.Send(HttpMethod.Put, Path(request.Id, "chunked.bin"), chunked, [("Transfer-Encoding", "chunked")])).Is(413, "too-large");
        (await Put(Gateway, Path(request.Id, "expecting.bin"), new byte[most.Length + 1], ("Expect", "100-continue"))).Is(413, "too-large");
        Assert.Single(await List(Officer, request.Id));
        Assert.Empty(Directory.GetFiles(System.IO.Path.Combine(Folder, "incoming")));
    }

    [Fact]
    public async Task Names_are_data_and_never_paths()
    {
        var request = await wire.Receive(Body);
        string[] names = ["../../../../tmp/escaped", "/etc/passwd", @"..\..\windows", "a%2Fb%00", "\u202Egpj.exe", "отчёт за год.pdf", "CON", ";rm -rf ~", "a?b#c", new('д', 1000), "x\r\nSet-Cookie: a=b", "nul\u200B"];
        foreach (var (name, i) in names.Select((n, i) => (n, i)))
        {
            (await Put(Gateway, Path(request.Id, name), [(byte)i])).Is(201);
        }

        Assert.Equal(names, (await List(Officer, request.Id)).Select(f => (string?)f["name"]));
        foreach (var (name, i) in names.Select((n, i) => (n, i)))
        {
            Assert.Equal(((char)i).ToString(), (await Fetch(Officer, request.Id, name)).Is(200).Body);
        }

        (await Put(Gateway, Path(request.Id, new('a', 1001)), [1])).Is(400, "attachment-name-invalid");
        Assert.StartsWith("HTTP/1.1 400", await Raw($"PUT /v1/inquiries/{request.Id}/attachments/a%00b HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"), StringComparison.Ordinal);
        Assert.All(Stored(), file => Assert.Matches("^[0-9a-f]{32}$", System.IO.Path.GetFileName(file)));
        Assert.False(File.Exists("/tmp/escaped"));
    }

    [Fact]
    public async Task A_hash_that_does_not_fit_is_said_and_the_file_is_kept()
    {
        var request = await wire.Receive(Body);
        var digest = Convert.ToBase64String(SHA256.HashData("abc"u8));
        foreach (var (i, header) in (new (string, string)[] { ("Digest", "sha-256=" + digest), ("Content-Digest", $"sha-256=:{digest}:"), ("X-Content-SHA256", Convert.ToHexString(SHA256.HashData("abc"u8))) }).Index())
        {
            Assert.Empty((await Put(Gateway, Path(request.Id, $"fits {i}"), "abc"u8.ToArray(), header)).Is(201).Json.GetProperty("defects").EnumerateArray());
            Assert.Equal("attachment-hash-mismatch", Assert.Single((await Put(Gateway, Path(request.Id, $"other {i}"), "abd"u8.ToArray(), header)).Is(201).Json.GetProperty("defects").EnumerateArray()).GetString());
        }

        (await Put(Gateway, Path(request.Id, "x"), [1], ("X-Content-SHA256", "abc"))).Is(400, "digest-invalid");
        Assert.Equal("abd", (await Fetch(Officer, request.Id, "other 0")).Is(200).Body);
    }

    [Fact]
    public async Task Files_inside_a_form_are_stored_also_two_of_one_name()
    {
        var form = Forms.For(Body);
        JsonObject File(string content) => new() { ["name"] = "скан.pdf", ["sha256"] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(content))), ["contentBase64"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(content)) };
        form["attachments"] = new JsonArray(File("первый"), File("второй"), new JsonObject { ["name"] = "следует.zip" });
        var request = Received.From((await Gateway.Post("/v1/egov/forms", form)).Is(201));
        (await Gateway.Post("/v1/egov/forms", form)).Is(200);

        var files = await List(Officer, request.Id);
        Assert.Equal(["скан.pdf", "скан.pdf"], files.Select(f => (string?)f["name"]));
        (await Fetch(Officer, request.Id, "скан.pdf")).Is(409, "attachment-name-ambiguous");
        Assert.Equal("второй", (await Fetch(Officer, request.Id, (string)files[1]["id"]!)).Is(200).Body);
        Assert.Equal("2", (await Officer.Get($"/v1/inquiries/{request.Id}")).Is(200).Text("filesStored"));
        (await Put(Gateway, Path(request.Id, "следует.zip"), [1])).Is(201);

        var forwarded = (await Officer.Post($"/v1/inquiries/{request.Id}/forward", new { holder = "min-water", reason = "не наше" }, 5)).Is(200);
        Assert.Equal(3, (await List(wire.Officer("min-water"), forwarded.Json.GetProperty("forwardedInquiryId").GetGuid())).Count);
    }

    [Fact]
    public async Task An_infected_file_is_held_back_and_a_scanner_that_is_away_is_waited_for()
    {
        var request = await wire.Receive(Body);
        var infected = (byte[])[.. new byte[70_000], .. ClamdSimulator.Eicar];
        Assert.Equal("unscanned", (await Put(ScannedGateway, Path(request.Id, "virus.doc"), infected)).Is(201).Text("state"));
        Assert.Equal("unscanned", (await Put(ScannedGateway, Path(request.Id, "good.doc"), [1])).Is(201).Text("state"));
        (await Fetch(ScannedOfficer, request.Id, "good.doc")).Is(409, "attachment-held");

        await using (new ClamdSimulator(IPAddress.Loopback, ScannerPort))
        {
            await Eventually.So("both are scanned", async () => (await List(ScannedOfficer, request.Id)).Select(f => (string?)f["state"]).SequenceEqual(["held-back", "clean"]));
        }

        (await Fetch(ScannedOfficer, request.Id, "virus.doc")).Is(409, "attachment-held");
        (await Fetch(ScannedOfficer, request.Id, "good.doc")).Is(200);
        Assert.Contains("Eicar-Test-Signature", (await Officer.Get($"/v1/inquiries/{request.Id}/history")).Is(200).Body, StringComparison.Ordinal);
        Assert.Equal("1", (await Officer.Get($"/v1/inquiries/{request.Id}")).Is(200).Text("filesHeldBack"));
    }

    [Fact]
    public async Task The_asker_gets_an_answers_file_with_the_code_once_it_is_given_and_scanned()
    {
        var request = await wire.Receive(Body);
        using var channel = GrpcChannel.ForAddress(_scanned.Grpc);
        var client = new Inquiries.V1.Inquiries.InquiriesClient(channel);
        var bytes = RandomNumberGenerator.GetBytes(200_000);
        using var call = client.PutAnswerFile(Tokens.Headers(Tokens.Officer(Body)));
        await call.RequestStream.WriteAsync(new() { InquiryId = request.Id.ToString(), Name = "ответ.pdf", Sha256 = Convert.ToHexString(SHA256.HashData(bytes)) });
        foreach (var chunk in bytes.Chunk(60_000))
        {
            await call.RequestStream.WriteAsync(new() { Data = ByteString.CopyFrom(chunk) });
        }

        await call.RequestStream.CompleteAsync();
        var sent = await call;
        Assert.Equal((bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)), 0), (sent.Size, sent.Sha256, sent.Defects.Count));
        (await Put(Gateway, Path(request.Id, "x", "answer-files"), [1])).Is(403, "forbidden");
        var door = $"/v1/citizen/inquiries/{request.Number}/files/{sent.AttachmentId}";
        Task<Reply> Ask(string code) => Ground.Wire.As(_scanned, null).Get(door, ("Slip-Code", code));
        (await Ask(request.Code)).Is(404, "not-found");

        (await Officer.Post($"/v1/inquiries/{request.Id}/answer", new { text = "Ответ в файле", answerFiles = new[] { sent.AttachmentId } }, sent.Version)).Is(200);
        (await Ask(request.Code)).Is(409, "attachment-held");
        await using (new ClamdSimulator(IPAddress.Loopback, ScannerPort))
        {
            await Eventually.So("it is scanned", async () => (await Ask(request.Code)).Status == 200);
        }

        (await Ask("AAAAA-AAAAA-AAAAA-AAAAA")).Is(404, "not-found");
        var seen = (await wire.Anybody().Get($"/v1/citizen/inquiries/{request.Number}", ("Slip-Code", request.Code))).Is(200).Json.GetProperty("files");
        Assert.Equal(("ответ.pdf", sent.AttachmentId, "clean"), (seen[0].GetProperty("name").GetString(), seen[0].GetProperty("id").GetString(), seen[0].GetProperty("state").GetString()));
    }

    [Fact]
    public async Task Both_doors_refuse_a_file_alike()
    {
        var request = await wire.Receive(Body);
        var client = wire.Grpc();
        async Task<string?> ByGrpc(string token, Guid id, string name, byte[] data, string sha256 = "")
        {
            using var call = client.PutAttachment(Tokens.Headers(token));
            await call.RequestStream.WriteAsync(new() { InquiryId = id.ToString(), Name = name, Sha256 = sha256, Data = ByteString.CopyFrom(data) });
            await call.RequestStream.CompleteAsync();
            try
            {
                await call;
                return null;
            }
            catch (RpcException refused)
            {
                return refused.GetRpcStatus()?.GetDetail<Google.Rpc.ErrorInfo>()?.Reason;
            }
        }

        Assert.Null(await ByGrpc(Tokens.Egov(), request.Id, "a", [1]));
        Assert.Equal("attachment-name-reused", await ByGrpc(Tokens.Officer(Body), request.Id, "a", [2]));
        Assert.Equal("not-found", await ByGrpc(Tokens.Officer("akimat-35"), request.Id, "a", [1]));
        Assert.Equal("not-found", await ByGrpc(Tokens.Egov(), Guid.NewGuid(), "a", [1]));
        Assert.Equal("forbidden", await ByGrpc(Tokens.For(Roles.Auditor), request.Id, "a", [1]));
        Assert.Equal("digest-invalid", await ByGrpc(Tokens.Egov(), request.Id, "b", [1], "zz"));
        Assert.Equal("attachment-name-invalid", await ByGrpc(Tokens.Egov(), request.Id, " ", [1]));
        Assert.Equal("text-invalid", await ByGrpc(Tokens.Egov(), request.Id, "a\0b", [1]));
    }

    [Fact]
    public async Task Destroying_the_subjects_key_destroys_its_files()
    {
        var request = await wire.Receive(Body);
        (await Put(Gateway, Path(request.Id, "a.txt"), [1])).Is(201);
        var subject = await Sql.One<Guid>(wire.Servers.Database("inquiries"), "select (data->>'subjectId')::uuid from mt_events where stream_id = $1 and type = 'inquiry_received'", request.Id);
        await Sql.One<Guid>(wire.Servers.Database("inquiries_keys"), "delete from subject_keys where subject_id = $1 returning subject_id", subject);

        Assert.Null((string?)Assert.Single(await List(Officer, request.Id))["name"]);
        (await Put(Gateway, Path(request.Id, "b.txt"), [1])).Is(409, "subject-erased");
        (await Officer.Get($"/v1/inquiries/{request.Id}/attachments/{(await List(Officer, request.Id))[0]["id"]}?reason=test")).Is(409, "subject-erased");
    }

    private static string Folder => System.IO.Path.Combine(Repository.Root, ".test", "files");

    private static IEnumerable<string> Stored() => Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories);

    /// <summary>What no client library sends.</summary>
    private async Task<string> Raw(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, wire.Inquiries.Rest.Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(socket.GetStream());
        return await reader.ReadLineAsync() ?? "";
    }
}
