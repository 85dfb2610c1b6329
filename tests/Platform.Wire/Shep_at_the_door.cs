using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Xml.Linq;
using Specs;

namespace Platform.Wire;

/// <summary>POST /v1/shep: SOAP 1.1 on the same intake; a token of the gateway or a registered sender's signature lets in.</summary>
public sealed class Shep_at_the_door(Ground.Wire wire, Shep_at_the_door.Registered registered) : IClassFixture<Shep_at_the_door.Registered>
{
    private const string Body = "akimat-63";

    /// <summary>A replica that knows one sender's certificate.</summary>
    public sealed class Registered : IAsyncLifetime
    {
        public X509Certificate2 Certificate { get; }
        public ServiceProcess Process { get; }

        public Registered(Ground.Wire wire)
        {
            Certificate = new CertificateRequest("CN=gateway", RSA.Create(2048), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            Process = new(wire.Servers, "Inquiries", "inquiries", 5805)
            { Settings = new Dictionary<string, string> { ["Shep__Senders__egov__Thumbprint"] = Certificate.GetCertHashString(HashAlgorithmName.SHA256) } };
        }

        public async ValueTask InitializeAsync() => await House.Up(Process);

        public async ValueTask DisposeAsync()
        {
            await Process.DisposeAsync();
            Certificate.Dispose();
        }
    }

    private static string Envelope(string? messageId = null, string? text = null)
    {
        var mark = Guid.NewGuid().ToString("N")[..8];
        var envelope = XDocument.Parse(File.ReadAllText(Repository.Sample("shep-request.xml")), LoadOptions.PreserveWhitespace);
        void Set(string name, string value) => envelope.Descendants(name).Single().Value = value;
        Set("messageId", messageId ?? Guid.NewGuid().ToString());
        Set("holder", Body);
        Set("surname", "Фамилия" + mark);
        Set("email", mark + "@asker.example");
        Set("text", text ?? "Прошу сообщить о деле " + mark);
        return envelope.Declaration + envelope.ToString(SaveOptions.DisableFormatting);
    }

    private Door Gateway => wire.Gateway();
    private Door Unknown => Ground.Wire.As(registered.Process, null);

    private static Task<Reply> Send(Door door, string envelope, string type = "text/xml") => door.Send(HttpMethod.Post, "/v1/shep",
        new ByteArrayContent(Encoding.UTF8.GetBytes(envelope)) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } }, [("SOAPAction", "\"\"")]);

    private static string? Value(Reply reply, string name) => XDocument.Parse(reply.Body).Descendants().FirstOrDefault(e => e.Name.LocalName == name)?.Value;

    private static void IsFault(Reply reply, int status, string code)
    {
        Assert.True((reply.Status, Value(reply, "code")) == (status, code), $"expected {status} {code}, got {reply.Status}: {reply.Body}");
        Assert.NotNull(Value(reply, "faultcode"));
        Assert.DoesNotContain("Exception", reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_envelope_becomes_a_request_and_again_gets_the_same_answer()
    {
        var envelope = Envelope();
        var first = await Send(Gateway, envelope);
        Assert.Equal(200, first.Status);
        Assert.StartsWith("text/xml", first.ContentType, StringComparison.Ordinal);
        Assert.StartsWith(Body + "-", Value(first, "number"), StringComparison.Ordinal);
        Assert.Equal(first.Body, (await Send(Gateway, envelope)).Body);

        var view = (await wire.Officer(Body).Get($"/v1/inquiries/{Value(first, "inquiryId")}")).Is(200);
        Assert.Equal(("shep", "signature-missing"), (view.Text("channel"), Assert.Single(view.Json.GetProperty("defects").EnumerateArray()).GetString()));
        var applicant = (await wire.Officer(Body).Get($"/v1/inquiries/{Value(first, "inquiryId")}/applicant?reason=test")).Is(200);
        Assert.Equal("990101300013", applicant.Json.GetProperty("applicant").GetProperty("iin").GetString());
        IsFault(await Send(Gateway, Envelope(Value(first, "correlationId"), "Другой текст")), 500, "message-id-reused");
    }

    [Fact]
    public async Task Lets_in_a_token_or_a_registered_signature_and_no_password()
    {
        IsFault(await Send(Unknown, Envelope()), 401, "unauthenticated");
        IsFault(await Send(Unknown, "rubbish"), 401, "unauthenticated");
        IsFault(await Send(Ground.Wire.As(registered.Process, Tokens.Officer(Body)), Envelope()), 403, "forbidden");
        IsFault(await Send(Ground.Wire.As(registered.Process, Tokens.For(Roles.Egov, seconds: -60)), Envelope()), 401, "unauthenticated");

        var signed = WsSigning.Sign(Envelope(), registered.Certificate, s => s.Created = DateTimeOffset.UtcNow);
        var reply = await Send(Unknown, signed.OuterXml);
        Assert.True(reply.Status == 200, reply.Body);
        Assert.Equal("shep egov", (await wire.Officer(Body).Get($"/v1/inquiries/{Value(reply, "inquiryId")}/history")).Is(200).Json[0].GetProperty("by").GetString());
        IsFault(await Send(Ground.Wire.As(wire.Inquiries, null), signed.OuterXml), 401, "signature-invalid"); // a replica that knows no sender
    }

    [Fact]
    public async Task A_wrapped_or_altered_envelope_is_not_let_in()
    {
        var altered = WsSigning.Sign(Envelope(), registered.Certificate);
        altered.SelectSingleNode("//text")!.InnerText = "Подделка";
        IsFault(await Send(Unknown, altered.OuterXml), 401, "signature-invalid");

        var wrapped = WsSigning.Sign(Envelope(), registered.Certificate);
        var parts = wrapped.DocumentElement!.ChildNodes.OfType<System.Xml.XmlElement>().ToList();
        var forged = parts[1].CloneNode(true);
        forged.SelectSingleNode(".//text")!.InnerText = "Подделка";
        wrapped.DocumentElement.ReplaceChild(forged, parts[1]);
        parts[0].AppendChild(wrapped.CreateElement("Wrapper"))!.AppendChild(parts[1]);
        IsFault(await Send(Unknown, wrapped.OuterXml), 401, "signature-invalid");
        using var stranger = new CertificateRequest("CN=stranger", RSA.Create(2048), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        IsFault(await Send(Unknown, WsSigning.Sign(Envelope(), stranger).OuterXml), 401, "signature-invalid");
    }

    [Fact]
    public async Task What_does_not_parse_is_a_fault_and_lies_in_the_quarantine()
    {
        var mark = Guid.NewGuid().ToString("N");
        var before = await Waiting();
        IsFault(await Send(Gateway, $"<a>{mark}"), 500, "envelope-invalid");
        IsFault(await Send(Gateway, $"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;{mark}</a>"), 500, "envelope-invalid");
        IsFault(await Send(Gateway, $"<!DOCTYPE a [<!ENTITY x \"{new string('h', 1000)}\"><!ENTITY y \"{string.Concat(Enumerable.Repeat("&x;", 1000))}\">]><a>&y;&y;{mark}</a>"), 500, "envelope-invalid");
        IsFault(await Send(Gateway, string.Concat(Enumerable.Repeat("<a>", 200_000)) + mark), 500, "envelope-invalid");
        IsFault(await Send(Gateway, Envelope().Replace("<language>ru", "<language>по-русски", StringComparison.Ordinal)), 500, "form-invalid");
        (await Send(Gateway, Envelope(), "application/json")).Is(415);
        Assert.Equal(before + 5, await Waiting());
        Assert.Equal(200, (await Send(Gateway, Envelope())).Status); // none of them stands in the way
    }

    [Fact]
    public async Task Ten_megabytes_of_text_are_taken_and_seventeen_are_too_large()
    {
        var reply = await Send(Gateway, Envelope(text: new string('ж', 5 * 1024 * 1024)));
        Assert.True(reply.Status == 200, $"{reply.Status} {reply.Body[..Math.Min(300, reply.Body.Length)]}");
        IsFault(await Send(Gateway, Envelope(text: new string('x', 17 * 1024 * 1024))), 413, "too-large");
    }

    [Fact]
    public async Task A_quarantined_envelope_is_replayed_as_what_it_is()
    {
        var admin = Ground.Wire.As(wire.Inquiries, Tokens.Admin());
        var broken = Envelope().Replace("<senderId>egov</senderId>", "<senderId>egov</senderId><!--" + Guid.NewGuid() + "-->", StringComparison.Ordinal).Replace("<requestData>", "<requestData/><requestData>", StringComparison.Ordinal);
        IsFault(await Send(Gateway, broken), 500, "envelope-invalid");
        var kept = await Sql.One<Guid>(wire.Servers.Database("inquiries"), "select quarantine_id from quarantine where channel = 'shep' order by quarantine_id desc limit 1");
        (await admin.Post($"/v1/egov/quarantine/{kept}/replay", new { })).Is(400, "envelope-invalid");
    }

    private async Task<long> Waiting() => await Sql.One<long>(wire.Servers.Database("inquiries"), "select count(*) from quarantine where channel = 'shep'");
}
