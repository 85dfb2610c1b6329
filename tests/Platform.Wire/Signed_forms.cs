extern alias service;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Dev;
using Microsoft.AspNetCore.Builder;
using SignedText = service::Inquiries.SignedText;

namespace Platform.Wire;

/// <summary>ЭЦП: real CMS of a test authority, verified by a verifier beside us; one replica requires signatures, the other records them.</summary>
public sealed class Signed_forms(Ground.Wire wire, Signed_forms.Replicas replicas) : IClassFixture<Signed_forms.Replicas>
{
    private const string Body = "akimat-31", Iin = "610714907430", Bin = "990101300409";
    private const int Port = 5842;

    public sealed class Replicas(Ground.Wire wire) : IAsyncLifetime
    {
        private WebApplication? _verifier;
        public TestAuthority Authority { get; } = new();
        public ServiceProcess Requiring { get; } = Replica(wire, 5805, "Require");
        public ServiceProcess Recording { get; } = Replica(wire, 5807, "Record");

        private static ServiceProcess Replica(Ground.Wire wire, int port, string mode) => new(wire.Servers, "Inquiries", "inquiries", port)
        { Settings = new Dictionary<string, string> { ["Signatures__Mode"] = mode, ["Signatures__Url"] = $"http://127.0.0.1:{Port}/", ["Signatures__RetrySeconds"] = "0.5", ["Signatures__TimeoutSeconds"] = "20" } };

        public async Task VerifierComes() => await (_verifier = NcanodeSimulator.Build(Authority, "127.0.0.1", Port)).StartAsync();

        public async Task VerifierGoes()
        {
            await _verifier!.StopAsync();
            await _verifier.DisposeAsync();
        }

        public async ValueTask InitializeAsync()
        {
            await VerifierComes();
            await House.Up(Requiring);
        }

        public async ValueTask DisposeAsync()
        {
            await Requiring.DisposeAsync();
            await Recording.DisposeAsync();
            await VerifierGoes();
            Authority.Dispose();
        }
    }

    private static JsonObject Signed(X509Certificate2 certificate, JsonObject? form = null, bool detached = true, Action<JsonObject>? afterwards = null)
    {
        form ??= Forms.For(Body);
        form["signature"] = new JsonObject { ["format"] = "cms", ["value"] = TestAuthority.Sign(certificate, SignedText.Of(System.Text.Json.JsonDocument.Parse(form.ToJsonString()).RootElement), detached) };
        afterwards?.Invoke(form);
        return form;
    }

    private X509Certificate2 Person(string iin = Iin, DateTimeOffset? notAfter = null) => replicas.Authority.Issue(iin, null, notAfter, "INDIVIDUAL");

    private static JsonObject Firm()
    {
        var form = Forms.For(Body);
        var applicant = form["applicant"]!.AsObject();
        (applicant["kind"], applicant["bin"], applicant["outgoingNumber"], applicant["outgoingDate"]) = ("legalEntity", Bin, "12", "2026-11-20");
        applicant["signer"] = new JsonObject { ["surname"] = "Подписант", ["post"] = "Директор" };
        return form;
    }

    private async Task<(string Outcome, string Reason, string Defects)> Send(JsonObject form, ServiceProcess? replica = null)
    {
        var reply = (await Ground.Wire.As(replica ?? replicas.Requiring, Tokens.Egov()).Post("/v1/egov/forms", form)).Is(201);
        Assert.Equal("registered", reply.Text("outcome"));
        var view = (await wire.Officer(Body).Get($"/v1/inquiries/{reply.Text("inquiryId")}")).Is(200);
        return (view.Text("signature")!, view.Text("signatureReason")!, string.Join(',', reply.Json.GetProperty("defects").EnumerateArray().Select(d => d.GetString())));
    }

    [Fact]
    public async Task The_askers_own_signature_is_valid()
    {
        using var own = Person();
        Assert.Equal(("valid", "valid", ""), await Send(Signed(own)));
        Assert.Equal(("valid", "valid", ""), await Send(Signed(own, afterwards: form => form["sentAt"] = "later")));
        Assert.Equal(("valid", "valid", ""), await Send(Signed(own, detached: false)));
    }

    [Fact]
    public async Task Anothers_altered_expired_revoked_and_foreign_ones_are_the_defect_and_are_registered()
    {
        using var own = Person();
        using var another = Person("990101300013");
        using var expired = Person(notAfter: DateTimeOffset.UtcNow.AddDays(-1));
        using var revoked = Person();
        replicas.Authority.Revoke(revoked);
        using var elsewhere = new TestAuthority();
        using var foreign = elsewhere.Issue(Iin, null, null, "INDIVIDUAL");
        void Alter(JsonObject form) => form["text"] = "Другой текст";

        Assert.Equal(("invalid", "iin-mismatch", "signature-missing"), await Send(Signed(another)));
        Assert.Equal(("invalid", "signature-invalid", "signature-missing"), await Send(Signed(own, afterwards: Alter)));
        Assert.Equal(("invalid", "signature-invalid", "signature-missing"), await Send(Signed(own, detached: false, afterwards: Alter)));
        Assert.Equal(("invalid", "certificate-expired", "signature-missing"), await Send(Signed(expired)));
        Assert.Equal(("invalid", "certificate-revoked", "signature-missing"), await Send(Signed(revoked)));
        Assert.Equal(("invalid", "signature-invalid", "signature-missing"), await Send(Signed(foreign)));
        Assert.Equal(("invalid", "cms-unreadable", "signature-missing"), await Send(Forms.For(Body)));
        Assert.Equal(("invalid", "cms-unreadable", "signature-missing"), await Send(Signed(own, afterwards: form => form["signature"]!["value"] = "не base64")));
    }

    [Fact]
    public async Task A_firm_needs_its_BIN_and_its_head_or_the_right_to_sign()
    {
        using var head = replicas.Authority.Issue(Iin, Bin, null, "ORGANIZATION", "CEO");
        using var signer = replicas.Authority.Issue(Iin, Bin, null, "ORGANIZATION", "CAN_SIGN");
        using var employee = replicas.Authority.Issue(Iin, Bin, null, "ORGANIZATION", "EMPLOYEE");
        using var anotherFirm = replicas.Authority.Issue(Iin, "990101300410", null, "ORGANIZATION", "CEO");

        Assert.Equal(("valid", "valid", ""), await Send(Signed(head, Firm())));
        Assert.Equal(("valid", "valid", ""), await Send(Signed(signer, Firm())));
        Assert.Equal(("invalid", "role-missing", "signature-missing"), await Send(Signed(employee, Firm())));
        Assert.Equal(("invalid", "bin-mismatch", "signature-missing"), await Send(Signed(anotherFirm, Firm())));
        using var person = Person();
        Assert.Equal(("invalid", "bin-mismatch", "signature-missing"), await Send(Signed(person, Firm())));
    }

    [Fact]
    public async Task An_official_signs_what_he_answers_and_a_signature_that_does_not_hold_is_refused()
    {
        var officer = Ground.Wire.As(replicas.Requiring, Tokens.Officer(Body));
        var request = await wire.Receive(Body);
        var path = $"/v1/inquiries/{request.Id}/answer";
        using var official = replicas.Authority.Issue("990101300013", Bin, null, "ORGANIZATION", "EMPLOYEE");
        using var revoked = replicas.Authority.Issue("990101300013", Bin, null, "ORGANIZATION", "EMPLOYEE");
        replicas.Authority.Revoke(revoked);
        object Answer(string text, X509Certificate2 by, string signed = "Школ построено пять.") => new
        {
            text,
            signer = new { name = "Ахметова А.", post = "Руководитель", cms = TestAuthority.Sign(by, System.Text.Encoding.UTF8.GetBytes($$"""{"inquiryId":"{{request.Id}}","text":"{{signed}}"}""")) },
        };

        (await officer.Post(path, Answer("Школ построено семь.", official), 2)).Is(400, "signature-invalid");
        (await officer.Post(path, Answer("Школ построено пять.", revoked), 2)).Is(400, "signature-invalid");
        (await officer.Post(path, new { text = "x", signer = new { name = "А", post = "Б", cms = "не base64" } }, 2)).Is(400, "signature-invalid");
        (await officer.Post(path, Answer("Школ построено пять.", official), 2)).Is(200);
        var history = (await wire.Officer(Body).Get($"/v1/inquiries/{request.Id}/history")).Is(200);
        Assert.Equal("valid", history.Json.EnumerateArray().Single(e => e.GetProperty("fact").GetString() == "inquiry_answered").GetProperty("data").GetProperty("signature").GetString());
        Assert.DoesNotContain("Ахметова", history.Body, StringComparison.Ordinal);
        Assert.Contains("подписано электронной цифровой подписью", (await wire.Officer(Body).Get($"/v1/inquiries/{request.Id}/printable?reason=print")).Is(200).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_they_are_recorded_an_invalid_one_is_shown_and_is_no_defect()
    {
        using var another = Person("990101300013");
        await House.Up(replicas.Recording); // and only here: a replica with another rule would check what the others left
        Assert.Equal(("invalid", "iin-mismatch", ""), await Send(Signed(another), replicas.Recording));
        await replicas.Recording.Stop();
        Assert.Equal(("", "", ""), await Send(Signed(another), wire.Inquiries));
    }

    [Fact]
    public async Task A_verifier_that_is_away_stops_nothing_and_is_asked_again()
    {
        using var own = Person();
        using var another = Person("990101300013");
        await replicas.VerifierGoes();
        Guid good, bad;
        try
        {
            async Task<Guid> Unchecked(JsonObject form)
            {
                var reply = (await Ground.Wire.As(replicas.Requiring, Tokens.Egov()).Post("/v1/egov/forms", form)).Is(201);
                Assert.Empty(reply.Json.GetProperty("defects").EnumerateArray());
                Assert.Equal("unchecked", (await wire.Officer(Body).Get($"/v1/inquiries/{reply.Text("inquiryId")}")).Text("signature"));
                return Guid.Parse(reply.Text("inquiryId")!);
            }

            (good, bad) = (await Unchecked(Signed(own)), await Unchecked(Signed(another)));
        }
        finally
        {
            await replicas.VerifierComes();
        }

        async Task<Reply> Checked(Guid id) => await Eventually.Get("it is checked", () => wire.Officer(Body).Get($"/v1/inquiries/{id}"), v => v.Text("signature") != "unchecked", 30);
        Assert.Equal("valid", (await Checked(good)).Text("signature"));
        var late = await Checked(bad);
        Assert.Equal(("invalid", "iin-mismatch"), (late.Text("signature"), late.Text("signatureReason")));
        Assert.Contains(late.Json.GetProperty("defects").EnumerateArray(), d => d.GetString() is "signature-missing");
    }
}
