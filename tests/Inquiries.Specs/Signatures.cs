using System.Text;
using System.Text.Json;
using static Inquiries.Specs.Given;

namespace Inquiries.Specs;

public class The_text_that_is_signed
{
    private static string Of(string json) => Encoding.UTF8.GetString(SignedText.Of(JsonDocument.Parse(json).RootElement));

    [Fact] public void leaves_out_the_signature_and_the_senders_clock() => Assert.Equal("""{"messageId":"1"}""", Of("""{ "sentAt": "x", "signature": {"value": "y"}, "messageId": "1" }"""));
    [Fact] public void leaves_out_nothing_deeper() => Assert.Equal("""{"a":{"sentAt":"1","signature":null}}""", Of("""{"a": {"signature": null, "sentAt": "1"}}"""));
    [Fact]
    public void sorts_by_code_units_as_RFC_8785_does() => Assert.Equal("{\"\\r\":\"1\",\"1\":\"2\",\"\u0080\":\"3\",\"ö\":\"4\",\"€\":\"5\",\"😂\":\"6\",\"\uFB33\":\"7\"}",
        Of("""{"€": "5", "\r": "1", "\ufb33": "7", "1": "2", "😂": "6", "\u0080": "3", "ö": "4"}"""));
    [Fact] public void escapes_as_little_as_RFC_8785_does() => Assert.Equal("""{"a":"€$\u000f\nA'B\"\\\\\"/ә"}""", Of("""{"a": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/ә"}"""));
    [Fact] public void keeps_lists_and_plain_values() => Assert.Equal("""{"a":[true,false,null,{"b":[]}]}""", Of("""{"a": [ true, false, null, {"b": [ ]} ] }"""));
}

public class The_act_that_an_official_signs
{
    private static string Of(AnswerWords? text, params Guid[] files) => Encoding.UTF8.GetString(SignedAct.Of(Id, text, files));

    [Fact] public void is_the_words_as_the_command_has_them() => Assert.Equal($$"""{"inquiryId":"{{Id}}","text":"Пять."}""", Of(new("Пять.", null)));
    [Fact] public void in_two_languages_has_both() => Assert.Equal($$$"""{"inquiryId":"{{{Id}}}","text":{"kk":"Бес.","ru":"Пять."}}""", Of(new(null, new("Бес.", "Пять."))));
    [Fact] public void names_its_files() => Assert.Equal($$"""{"answerFiles":["{{Id}}"],"inquiryId":"{{Id}}","text":"Пять."}""", Of(new("Пять.", null), Id));

    [Fact]
    public void tells_what_became_of_the_signature() => Assert.Equal([Answered with { Signature = "valid" }], new object[] { Answered }.WithSignature("valid"));
}

public class A_signature
{
    private static readonly Applicant Person = new("individual", "990101300013", "А", "Б", null, null, null, null, null);
    private static readonly Applicant Firm = Person with { Kind = "legalEntity", Id = "990101300409" };
    private static CmsSigner By(string? iin, string? bin, params string[] roles) => new(iin, bin, roles, false, null);
    private static (string, string) Of(Applicant who, bool valid, params CmsSigner[] signers)
    {
        var verdict = SignatureRules.Judge(new(valid, signers), who, Noon);
        return (verdict.Outcome, verdict.Reason);
    }

    [Fact] public void of_a_person_is_his_own() => Assert.Equal(("valid", "valid"), Of(Person, true, By("990101300013", null)));
    [Fact] public void of_another_person_does_not_count() => Assert.Equal(("invalid", "iin-mismatch"), Of(Person, true, By("990101300023", null)));
    [Fact] public void of_nobody_does_not_count() => Assert.Equal(("invalid", "iin-mismatch"), Of(Person with { Id = null }, true, By(null, null)));
    [Fact] public void without_a_signer_does_not_count() => Assert.Equal(("invalid", "signer-unknown"), Of(Person, true));
    [Theory, InlineData("CEO"), InlineData("CAN_SIGN")]
    public void for_a_firm_is_by_its_head_or_with_the_right_to_sign(string role) => Assert.Equal(("valid", "valid"), Of(Firm, true, By("990101300013", "990101300409", "ORGANIZATION", role)));
    [Fact] public void for_a_firm_by_an_employee_does_not_count() => Assert.Equal(("invalid", "role-missing"), Of(Firm, true, By("990101300013", "990101300409", "ORGANIZATION", "EMPLOYEE")));
    [Fact] public void for_another_firm_does_not_count() => Assert.Equal(("invalid", "bin-mismatch"), Of(Firm, true, By("990101300013", "990101300410", "CEO")));
    [Fact] public void for_a_firm_by_a_person_as_such_does_not_count() => Assert.Equal(("invalid", "bin-mismatch"), Of(Firm, true, By("990101300409", null, "INDIVIDUAL")));
    [Fact] public void that_does_not_fit_says_so() => Assert.Equal(("invalid", "signature-invalid"), Of(Person, false, By("990101300013", null)));
    [Fact] public void by_a_revoked_certificate_says_so() => Assert.Equal(("invalid", "certificate-revoked"), Of(Person, false, By("990101300013", null) with { Revoked = true }));
    [Fact] public void by_an_expired_certificate_says_so() => Assert.Equal(("invalid", "certificate-expired"), Of(Person, false, By("990101300013", null) with { NotAfter = Noon.AddDays(-1) }));

    [Fact]
    public void is_a_defect_only_where_it_is_required_and_invalid()
    {
        Assert.True(SignatureRules.Fails(new("invalid", "x"), required: true));
        Assert.False(SignatureRules.Fails(new("invalid", "x"), required: false));
        Assert.False(SignatureRules.Fails(SignatureVerifier.Away, required: true));
        Assert.False(SignatureRules.Fails(null, required: true));
    }

    [Fact]
    public void is_recorded_once_and_again_after_it_was_unchecked()
    {
        var unchecked_ = Checked with { Outcome = "unchecked", Reason = "verifier-away", Defect = null };
        IReadOnlyList<object> When(SignatureVerdict verdict, params object[] given) => SignatureRules.Decide(State(given), verdict, required: true, Noon);
        Assert.Equal([Checked], When(new("invalid", "iin-mismatch"), Received, Registered, unchecked_));
        Assert.Empty(When(SignatureVerifier.Away, Received, Registered, unchecked_));
        Assert.Empty(When(new("valid", "valid"), Received, Registered, Checked));
    }

    [Fact]
    public void that_is_invalid_later_shows_its_defect_then()
    {
        object[] facts = [Received with { Defects = ["phone-invalid"] }, Registered, Checked, Checked with { InquiryId = Id }];
        Assert.Equal(["phone-invalid", "signature-missing"], facts.Aggregate((InquiryView?)null, InquiryViewFold.Evolve)!.Defects);
    }

    [Fact]
    public void is_read_out_of_NCANodes_answer()
    {
        var answer = SignatureVerifier.Read(JsonDocument.Parse("""
            {"status": 200, "valid": true, "signers": [{"certificates": [
                {"valid": true, "subject": {"iin": "990101300013", "bin": "990101300409"}, "keyUser": ["ORGANIZATION", "CEO"], "notAfter": "2027-01-01T00:00:00Z", "revocations": [{"revoked": false}]},
                {"subject": {"commonName": "root"}}]}]}
            """).RootElement);
        var signer = Assert.Single(answer.Signers);
        Assert.Equal((true, "990101300013", "990101300409", false, 2027), (answer.Valid, signer.Iin, signer.Bin, signer.Revoked, signer.NotAfter!.Value.Year));
        Assert.Equal(["ORGANIZATION", "CEO"], signer.Roles);
    }
}
