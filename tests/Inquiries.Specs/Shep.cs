using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Platform;
using Specs;
using static Inquiries.Specs.Given;

namespace Inquiries.Specs;

/// <summary>Envelopes as a sender makes them.</summary>
internal static class Envelopes
{
    public static readonly string Sample = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "samples", "shep-request.xml"));

    public static byte[] With(string data, string attributes = "") => Encoding.UTF8.GetBytes($"""
        <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><ns:SendMessage xmlns:ns="http://bip.bee.kz/SyncChannel/v10/Types"><request>
        <requestInfo><messageId>m-1</messageId><serviceId>S</serviceId><messageDate>2026-11-20T10:15:00+05:00</messageDate><sender><senderId>egov</senderId><password>p</password></sender></requestInfo>
        <requestData><data{attributes}>{data}</data></requestData></request></ns:SendMessage></soap:Body></soap:Envelope>
        """);

    public static JsonElement Form(byte[] envelope) => JsonDocument.Parse(ShepEnvelope.Read(envelope).ToForm()).RootElement;
    public static JsonElement Form(string envelope) => Form(Encoding.UTF8.GetBytes(envelope));
}

public class An_envelope_of_SHEP
{
    [Fact]
    public void brings_the_form_that_the_other_doors_take()
    {
        var form = FormReader.Read(Envelopes.Form(Envelopes.Sample));
        Assert.Equal(("3f0d7f4e-6b5a-4d8e-9a55-0c1a7e0d2b11", "akimat-75", "ru", "electronic", "Ливневая канализация"), (form.MessageId, form.Holder, form.Language, form.AnswerForm, form.Subject));
        Assert.Equal(new Applicant("individual", "990101300013", "Ахметова", "Динара", "Сериковна", null, null, null, null), form.Applicant);
        Assert.Equal(new Contacts("dinara@example.kz", "+77011234567", null), form.Contacts);
        Assert.Equal("2026-11-20T10:15:00.000+05:00", Envelopes.Form(Envelopes.Sample).GetProperty("sentAt").GetString());
    }

    [Fact]
    public void may_bring_its_data_as_an_escaped_string()
    {
        var typed = XDocument.Parse(Envelopes.Sample).Descendants("data").Single();
        var inner = string.Concat(typed.Elements().Select(e => e.ToString(SaveOptions.DisableFormatting)));
        var text = Envelopes.Form(Envelopes.With(new XText($"<informationRequest>{inner}</informationRequest>").ToString()));
        foreach (var member in new[] { "applicant", "contacts", "holder", "text" })
        {
            Assert.Equal(Envelopes.Form(Envelopes.Sample).GetProperty(member).ToString(), text.GetProperty(member).ToString());
        }
    }

    [Fact]
    public void brings_files_and_a_signature()
    {
        var form = FormReader.Read(Envelopes.Form(Envelopes.With("""
            <applicant kind="legalEntity"><bin>1</bin><name>ТОО</name><signer><surname>П</surname><post>Директор</post></signer></applicant><language>kk</language><answerForm>paper</answerForm>
            <attachments><attachment><name>a.txt</name><contentBase64>YWJj</contentBase64></attachment></attachments><signature><format>cms</format><value>AQID</value></signature>
            """)));
        Assert.Equal(("П", "Директор", "AQID", "a.txt"), (form.Applicant.SignerSurname, form.Applicant.SignerPost, form.Cms, form.Attachments.Single().Name));
        Assert.Equal("abc"u8.ToArray(), form.Attachments.Single().Content);
    }

    [Fact]
    public void keeps_what_the_envelope_says_over_what_the_data_says() => Assert.Equal("m-1", Envelopes.Form(Envelopes.With("<messageId>other</messageId><text>x</text>")).GetProperty("messageId").GetString());

    public static TheoryData<string> Wrong => new(
        "", "<a/>", "no xml", "<soap:Envelope xmlns:soap='http://www.w3.org/2003/05/soap-envelope'/>", "{}",
        """<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body/></soap:Envelope>""",
        Envelopes.Sample.Replace("<messageId>3f0d7f4e-6b5a-4d8e-9a55-0c1a7e0d2b11</messageId>", "", StringComparison.Ordinal),
        Envelopes.Sample.Replace("</soap:Body>", "</soap:Body><soap:Body/>", StringComparison.Ordinal),
        Envelopes.Sample.Replace("<holder>", "<holder>a</holder><holder>", StringComparison.Ordinal),
        Envelopes.Sample.Replace("<requestData>", "<requestData/><requestData>", StringComparison.Ordinal),
        Encoding.UTF8.GetString(Envelopes.With("only text")));

    [Theory, MemberData(nameof(Wrong))]
    public void that_is_none_is_refused(string text) => Refuses("envelope-invalid", () => Envelopes.Form(text), RefusalKind.Invalid);

    private const string Laughs = """<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>""";

    [Fact]
    public void that_is_a_bomb_is_refused()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "secret");
        string[] bombs =
        [
            Laughs + Envelopes.Sample.Replace("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "", StringComparison.Ordinal),
            $"""<!DOCTYPE r [<!ENTITY x SYSTEM "file://{file}">]><r>&x;</r>""", """<!DOCTYPE r SYSTEM "http://127.0.0.1:1/x.dtd"><r/>""",
            Encoding.UTF8.GetString(Envelopes.With(new XText(Laughs + "<r>&c;</r>").ToString())),
            Encoding.UTF8.GetString(Envelopes.With(new string('x', 0) + string.Concat(Enumerable.Repeat("<a>", 50_000)))),
            Encoding.UTF8.GetString(Envelopes.With(string.Concat(Enumerable.Repeat("<a>", 60)) + string.Concat(Enumerable.Repeat("</a>", 60)))),
            Encoding.UTF8.GetString(Envelopes.With(new XText(string.Concat(Enumerable.Repeat("<a>", 20_000)) + string.Concat(Enumerable.Repeat("</a>", 20_000))).ToString())),
            Encoding.UTF8.GetString(Envelopes.With(string.Concat(Enumerable.Range(0, 110_000).Select(i => "<a/>")))),
            Encoding.UTF8.GetString(Envelopes.With("<a " + string.Concat(Enumerable.Range(0, 100).Select(i => $"b{i}='' ")) + "/>")),
            Envelopes.Sample.Replace("<requestData>", "<?php evil ?><requestData>", StringComparison.Ordinal), Envelopes.Sample.Replace("<subject>", "<subject>&x;", StringComparison.Ordinal),
        ];
        Assert.All(bombs, bomb => Refuses("envelope-invalid", () => Envelopes.Form(bomb), RefusalKind.Invalid));
        File.Delete(file);
    }

    [Fact]
    public void is_answered_in_the_form_it_came_in()
    {
        var reply = new FormReply(Id, "akimat-75-2026-000001", "registered", ["phone-invalid", "signature-missing"], Noon, Noon, new(2026, 12, 8), new(2026, 12, 8), new("n", "CODE", Noon, "Акимат <1>"));
        XElement Data(ShepEnvelope asked) => XDocument.Parse(Encoding.UTF8.GetString(ShepReply.Of(asked, reply))).Descendants("data").Single();
        var typed = Data(ShepEnvelope.Read(Encoding.UTF8.GetBytes(Envelopes.Sample)));
        var text = XElement.Parse(Data(ShepEnvelope.Read(Envelopes.With("&lt;r&gt;&lt;text&gt;x&lt;/text&gt;&lt;/r&gt;"))).Value);
        foreach (var data in new[] { typed, text })
        {
            Assert.Equal(("akimat-75-2026-000001", "2026-12-08", "CODE", "Акимат <1>"), ((string?)data.Element("number"), (string?)data.Element("due"), (string?)data.Element("slip")!.Element("code"), (string?)data.Element("slip")!.Element("receiver")));
            Assert.Equal(["phone-invalid", "signature-missing"], data.Element("defects")!.Elements("defect").Select(d => d.Value));
        }

        Assert.Equal(ShepReply.Of(ShepEnvelope.Read(Encoding.UTF8.GetBytes(Envelopes.Sample)), reply), ShepReply.Of(ShepEnvelope.Read(Encoding.UTF8.GetBytes(Envelopes.Sample)), reply));
    }

    [Fact]
    public void is_refused_without_a_word_of_ours_that_is_none_of_his_business()
    {
        var fault = Encoding.UTF8.GetString(ShepReply.Fault(null));
        Assert.Contains("soap:Server", fault, StringComparison.Ordinal);
        Assert.Contains("<code>internal</code>", fault.Replace("xmlns=\"urn:platform:ati:v1\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}

public class A_signed_envelope
{
    private static readonly X509Certificate2 Own = Certificate("CN=gateway", RSA.Create(2048)), Stranger = Certificate("CN=stranger", RSA.Create(2048));

    private static X509Certificate2 Certificate(string name, AsymmetricAlgorithm key, DateTimeOffset? end = null)
    {
        var request = key is RSA rsa ? new CertificateRequest(name, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) : new CertificateRequest(name, (ECDsa)key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-1), end ?? DateTimeOffset.UtcNow.AddYears(1));
    }

    private static ShepSignature Verifier(X509Certificate2? registered = null) => new(new()
    { Senders = new Dictionary<string, ShepSender> { ["egov"] = new() { Thumbprint = (registered ?? Own).GetCertHashString(HashAlgorithmName.SHA256) } } }, TimeProvider.System);

    private static string? Verify(XmlDocument document, ShepSignature? verifier = null) => (verifier ?? Verifier()).Verify(ShepEnvelope.Read(Encoding.UTF8.GetBytes(document.OuterXml)));
    private static void IsRefused(XmlDocument document, ShepSignature? verifier = null) => Refuses("signature-invalid", () => Verify(document, verifier), RefusalKind.Unauthenticated);
    private static XmlDocument Signed(Action<WsSigning>? how = null) => WsSigning.Sign(Envelopes.Sample, Own, how);

    private static (XmlElement Header, XmlElement Body) Parts(XmlDocument document) => document.DocumentElement!.ChildNodes.OfType<XmlElement>().ToList() is [var header, var body] ? (header, body)
        : throw new InvalidOperationException("An envelope has a header and a body.");

    [Fact] public void of_a_registered_sender_is_his() => Assert.Equal("egov", Verify(Signed()));
    [Fact] public void of_a_registered_sender_may_bear_a_fresh_timestamp() => Assert.Equal("egov", Verify(Signed(s => s.Created = DateTimeOffset.UtcNow)));

    [Fact]
    public void may_be_signed_with_ECDSA()
    {
        using var certificate = Certificate("CN=ec", ECDsa.Create(ECCurve.NamedCurves.nistP256));
        Assert.Equal("egov", Verify(WsSigning.Sign(Envelopes.Sample, certificate), Verifier(certificate)));
    }

    [Fact] public void without_a_signature_is_nobodys() => Assert.Null(Verifier().Verify(ShepEnvelope.Read(Encoding.UTF8.GetBytes(Envelopes.Sample))));
    [Fact] public void of_aOwn_that_is_not_registered_is_refused() => IsRefused(WsSigning.Sign(Envelopes.Sample, Stranger));
    [Fact] public void of_another_senders_id_is_refused() => IsRefused(WsSigning.Sign(Envelopes.Sample.Replace("<senderId>egov", "<senderId>other", StringComparison.Ordinal), Own));

    [Fact]
    public void of_an_expiredOwn_is_refused()
    {
        using var expired = Certificate("CN=old", RSA.Create(2048), DateTimeOffset.UtcNow.AddDays(-1));
        IsRefused(WsSigning.Sign(Envelopes.Sample, expired), Verifier(expired));
    }

    [Fact]
    public void that_was_altered_is_refused()
    {
        var document = Signed();
        document.SelectSingleNode("//text")!.InnerText = "Другой текст";
        IsRefused(document);
    }

    [Fact]
    public void whose_body_was_wrapped_is_refused()
    {
        foreach (var keepId in new[] { true, false })
        {
            var document = Signed();
            var (header, body) = Parts(document);
            var forged = (XmlElement)body.CloneNode(true);
            forged.SelectSingleNode(".//text")!.InnerText = "Подделка";
            if (!keepId)
            {
                forged.SetAttribute("Id", ShepXml.Utility, "forged");
            }

            document.DocumentElement!.ReplaceChild(forged, body);
            var wrapper = (XmlElement)header.AppendChild(document.CreateElement("Wrapper"))!;
            wrapper.AppendChild(body);
            IsRefused(document);
        }
    }

    [Fact]
    public void whose_body_was_wrapped_inside_the_security_header_is_refused()
    {
        var document = Signed();
        var (header, body) = Parts(document);
        var forged = (XmlElement)body.CloneNode(true);
        forged.RemoveAttribute("Id", ShepXml.Utility);
        forged.SelectSingleNode(".//text")!.InnerText = "Подделка";
        document.DocumentElement!.ReplaceChild(forged, body);
        header.FirstChild!.AppendChild(body);
        IsRefused(document);
    }

    [Fact]
    public void that_covers_something_else_or_too_little_is_refused()
    {
        IsRefused(Signed(s => s.Cover = WsSigning.What.NotTheBody));
        IsRefused(Signed(s => (s.Created, s.Cover) = (DateTimeOffset.UtcNow, WsSigning.What.NotTheTimestamp)));
        IsRefused(Signed(s => s.Reference = ""));
    }

    [Fact] public void with_a_stale_timestamp_is_refused() => IsRefused(Signed(s => s.Created = DateTimeOffset.UtcNow.AddMinutes(-20)));
    [Fact] public void from_the_future_is_refused() => IsRefused(Signed(s => s.Created = DateTimeOffset.UtcNow.AddMinutes(20)));
    [Fact] public void by_a_weak_algorithm_is_refused() => IsRefused(Signed(s => s.SignatureMethod = SignedXml.XmlDsigRSASHA1Url));
    [Fact] public void by_a_weak_digest_is_refused() => IsRefused(Signed(s => s.DigestMethod = SignedXml.XmlDsigSHA1Url));
    [Fact] public void with_a_transform_of_its_own_is_refused() => IsRefused(Signed(s => s.Transform = new XmlDsigC14NTransform()));

    [Fact]
    public void whose_parts_are_missing_or_double_is_refused()
    {
        void Without(string name, bool twice)
        {
            var document = Signed();
            var part = document.GetElementsByTagName(name, name == "Signature" ? ShepXml.Signature : ShepXml.Security)[0]!;
            if (twice)
            {
                part.ParentNode!.AppendChild(part.CloneNode(true));
                Assert.Throws<RefusedException>(() => Verify(document));
            }
            else
            {
                part.ParentNode!.RemoveChild(part);
                IsRefused(document);
            }
        }

        foreach (var name in new[] { "Signature", "BinarySecurityToken" })
        {
            Without(name, twice: false);
            Without(name, twice: true);
        }
    }

    [Fact]
    public void that_is_rubbish_is_refused_and_nothing_else()
    {
        foreach (var rubbish in new[] { "<wsse:BinarySecurityToken ValueType='x'>!!</wsse:BinarySecurityToken>", "<ds:Signature/>", "<wsse:BinarySecurityToken/><ds:Signature><ds:SignedInfo/></ds:Signature>", "" })
        {
            var header = $"<soap:Header><wsse:Security xmlns:wsse='{ShepXml.Security}' xmlns:ds='{ShepXml.Signature}'>{rubbish}</wsse:Security></soap:Header><soap:Body>";
            Refuses("signature-invalid", () => Verifier().Verify(ShepEnvelope.Read(Encoding.UTF8.GetBytes(Envelopes.Sample.Replace("<soap:Body>", header, StringComparison.Ordinal)))), RefusalKind.Unauthenticated);
        }
    }
}
