using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform;
using static Inquiries.Specs.Given;

namespace Inquiries.Specs;

public class Reading_a_form
{
    private const string Good = """
        {"messageId":"m-1","form":"information-request","applicant":{"kind":"individual","iin":"990101300013","surname":"Ахметова","name":"Динара"},
         "contacts":{"email":"d@example.kz","phone":"+77011234567"},"holder":"akimat-75","language":"ru","answerForm":"electronic","text":"Сколько?",
         "attachments":[],"signature":{"format":"cms","value":"AA=="}}
        """;

    private static Form Read(string json)
    {
        using var parsed = CanonicalJson.Parse(Encoding.UTF8.GetBytes(json));
        return FormReader.Read(parsed.RootElement);
    }

    private static string With(string path, string? json)
    {
        var root = JsonNode.Parse(Good)!;
        var names = path.Split('.');
        var parent = names[..^1].Aggregate(root, (node, name) => node[name]!).AsObject();
        parent.Remove(names[^1]);
        if (json is not null)
        {
            parent[names[^1]] = JsonNode.Parse(json);
        }

        return root.ToJsonString();
    }

    private static IReadOnlyList<string> DefectsOf(string json) => Read(json) is var form ? Defects.Of(form, Holders.Find(form.Holder) is not null) : [];

    [Fact] public void a_good_one_has_no_defects() => Assert.Empty(DefectsOf(Good));

    [Theory]
    [InlineData("applicant.iin", "\"123456789011\"", "id-invalid")]
    [InlineData("applicant.iin", null, "id-invalid")]
    [InlineData("applicant.surname", "\" \"", "name-missing")]
    [InlineData("applicant.name", null, "name-missing")]
    [InlineData("contacts.email", null, "contact-missing")]
    [InlineData("contacts.phone", "\"12345\"", "phone-invalid")]
    [InlineData("contacts.phone", null, "phone-invalid")]
    [InlineData("signature", null, "signature-missing")]
    [InlineData("signature.value", "\"\"", "signature-missing")]
    [InlineData("holder", "\"akimat-99\"", "holder-unknown")]
    [InlineData("holder", null, "holder-unknown")]
    [InlineData("text", "\"   \"", "text-missing")]
    [InlineData("text", null, "text-missing")]
    [InlineData("attachments", """[{"name":"a.txt","sha256":"00","contentBase64":"eA=="}]""", "attachment-hash-mismatch")]
    [InlineData("attachments", """[{"name":"a.txt","contentBase64":"eA=="}]""", "attachment-hash-mismatch")]
    public void names_its_defect(string path, string? json, string defect) => Assert.Equal([defect], DefectsOf(With(path, json)));

    [Theory]
    [InlineData("{\"kind\":\"legalEntity\",\"bin\":\"990101300013\",\"name\":\"ТОО\"}", "outgoing-missing", "signer-missing")]
    [InlineData("{\"kind\":\"legalEntity\",\"bin\":\"990101300013\",\"outgoingNumber\":\"1\",\"outgoingDate\":\"2026-11-01\",\"signer\":{\"surname\":\"Ш\",\"post\":\"директор\"}}", "name-missing")]
    [InlineData("{\"kind\":\"legalEntity\",\"name\":\"ТОО\",\"outgoingNumber\":\"1\",\"outgoingDate\":\"2026-11-01\",\"signer\":{\"surname\":\"Ш\"}}", "id-invalid", "signer-missing")]
    public void a_legal_entity_has_defects_of_its_own(string applicant, params string[] defects) => Assert.Equal(defects, DefectsOf(With("applicant", applicant)));

    [Fact]
    public void is_anonymous_only_without_name_id_and_signature()
    {
        var nobody = JsonNode.Parse(With("applicant", "{\"kind\":\"individual\"}"))!.AsObject();
        Assert.False(Read(nobody.ToJsonString()).IsAnonymous);
        nobody.Remove("signature");
        Assert.True(Read(nobody.ToJsonString()).IsAnonymous);
        Assert.Empty(DefectsOf(nobody.ToJsonString()));
        nobody["applicant"]!["iin"] = "wrong";
        Assert.False(Read(nobody.ToJsonString()).IsAnonymous);
    }

    [Theory]
    [InlineData("messageId", null)]
    [InlineData("messageId", "7")]
    [InlineData("applicant", null)]
    [InlineData("applicant", "[]")]
    [InlineData("applicant.kind", "\"martian\"")]
    [InlineData("language", "\"not a tag!\"")]
    [InlineData("language", null)]
    [InlineData("answerForm", "\"pigeon\"")]
    [InlineData("contacts", "\"x\"")]
    [InlineData("text", "5")]
    [InlineData("attachments", "{}")]
    public void refuses_what_does_not_parse_and_names_the_field(string path, string? json) => Refuses("form-invalid", () => Read(With(path, json)), RefusalKind.Invalid, path);

    [Fact] public void refuses_bad_base64_by_its_place() => Refuses("form-invalid", () => Read(With("attachments", """[{"name":"a","contentBase64":"%%"}]""")), RefusalKind.Invalid, "attachments[0].contentBase64");
    [Fact]
    public void refuses_more_than_5_MiB_inline() => Refuses("too-large",
        () => Read(With("attachments", $$"""[{"name":"a","contentBase64":"{{Convert.ToBase64String(new byte[FormReader.MostInlineBytes + 1])}}"}]""")), RefusalKind.TooLarge);
    [Fact]
    public void takes_5_MiB_inline() => Assert.Equal(FormReader.MostInlineBytes,
        Read(With("attachments", $$"""[{"name":"a","contentBase64":"{{Convert.ToBase64String(new byte[FormReader.MostInlineBytes])}}"}]""")).Attachments[0].Content!.Length);
    [Fact] public void a_file_that_follows_later_is_no_mismatch() => Assert.Empty(DefectsOf(With("attachments", """[{"name":"a.pdf","sha256":"00"}]""")));
    [Theory, InlineData("5"), InlineData("\"вчера\""), InlineData(null)] public void the_senders_clock_refuses_nothing(string? sentAt) => Assert.Empty(DefectsOf(With("sentAt", sentAt)));
    [Theory, InlineData("kk"), InlineData("en-GB"), InlineData("zh-Hant-TW")] public void takes_any_language_tag(string tag) => Assert.Empty(DefectsOf(With("language", $"\"{tag}\"")));

    [Fact]
    public void every_sample_comes_to_what_is_expected()
    {
        var forms = File.ReadAllLines("samples/egov-forms.jsonl");
        var expected = File.ReadAllLines("samples/egov-forms.expected.csv").Skip(1).Select(l => l.Split(',')).ToArray();
        Assert.Equal(expected.Length, forms.Length);
        foreach (var (json, row) in forms.Zip(expected))
        {
            if (row[1] == "quarantined")
            {
                Refuses("form-invalid", () => Read(json), RefusalKind.Invalid, "applicant");
                continue;
            }

            var form = Read(json);
            Assert.Equal(row[0], form.MessageId);
            Assert.Equal(row[1] == "not-considered", form.IsAnonymous);
            if (row[1] == "registered")
            {
                Assert.Equal(row[2].Length > 0 ? [row[2]] : [], Defects.Of(form, Holders.Find(form.Holder) is not null));
            }
        }
    }
}

public class Telling_one_content_from_another
{
    private static string Canonical(string json)
    {
        using var parsed = CanonicalJson.Parse(Encoding.UTF8.GetBytes(json));
        return Encoding.UTF8.GetString(CanonicalJson.Write(parsed.RootElement, "sentAt"));
    }

    [Fact] public void order_and_white_space_do_not_count() => Assert.Equal(Canonical("""{"a":1,"b":[1,{"y":2,"x":3}]}"""), Canonical("""{ "b": [1, {"x":3,"y":2}], "a": 1 }"""));
    [Fact] public void the_senders_clock_does_not_count() => Assert.Equal(Canonical("""{"a":1,"sentAt":"x"}"""), Canonical("""{"a":1}"""));
    [Fact] public void one_letter_counts() => Assert.NotEqual(Canonical("""{"text":"а"}"""), Canonical("""{"text":"a"}"""));
    [Fact] public void the_order_of_a_list_counts() => Assert.NotEqual(Canonical("""{"a":[1,2]}"""), Canonical("""{"a":[2,1]}"""));
    [Fact] public void a_byte_order_mark_is_passed_over() => Assert.Equal(Canonical("{}"), Canonical("\uFEFF{}"));
    [Theory, InlineData("{"), InlineData(""), InlineData("""{"a":1,"a":2}"""), InlineData("nul")] public void refuses_what_is_not_JSON(string json) => Refuses("form-invalid", () => Canonical(json), RefusalKind.Invalid, "body");
    [Theory, InlineData("""{"x":{"text":"a\u0000b"}}""", "x.text"), InlineData("""{"list":["\ud800"]}""", "list[0]")]
    public void refuses_text_that_cannot_be_stored(string json, string field) => Refuses("text-invalid", () => Canonical(json), RefusalKind.Invalid, field);
    [Fact] public void refuses_nesting_without_end() => Refuses("form-invalid", () => Canonical(string.Concat(Enumerable.Repeat("[", 1000))), RefusalKind.Invalid);
    [Fact] public void refuses_bytes_that_are_not_UTF_8() => Refuses("text-invalid", () => CanonicalJson.Parse(new byte[] { (byte)'"', 0xC3, 0x28, (byte)'"' }), RefusalKind.Invalid);
}

public class Masking_an_answer
{
    private static readonly JsonElement Form = JsonDocument.Parse("""
        {"applicant":{"kind":"individual","iin":"990101300013","surname":"Ким","name":"Светлана"},"contacts":{"email":"kim@example.kz","phone":"+77011234567","postalAddress":"ул. Абая, 1"}}
        """).RootElement;

    [Theory]
    [InlineData("Гражданке Ким сообщаем", "applicant.surname")]
    [InlineData("Кимге жауап", "applicant.surname")]
    [InlineData("ИИН 990101300013", "applicant.iin")]
    [InlineData("ИИН 990101 300013", "applicant.iin")]
    [InlineData("тел. 8-(7701)-123-45-67, +7 701 123 45 67", "contacts.phone")]
    [InlineData("Kim@Example.kz", "contacts.email")]
    [InlineData("по адресу: ул. Абая, 1", "contacts.postalAddress")]
    public void refuses_what_names_the_asker(string words, string field) => Refuses("personal-data-left", () => FormMasking.Check(Form, [words]), RefusalKind.Invalid, field);

    [Theory, InlineData("Какими силами чистят улицы?"), InlineData("Всего 990 домов, 101 улица"), InlineData("ул. Абая отремонтирована")]
    public void lets_other_words_pass(string words) => FormMasking.Check(Form, [words, null]);
}

public class Slip_codes
{
    private static readonly SlipCodes Codes = new(new Sealing("1 " + Convert.ToBase64String(new byte[32])));

    [Fact] public void repeat_for_the_same_request() => Assert.Equal(Codes.For(Id), Codes.For(Id));
    [Fact] public void differ_between_requests() => Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => Codes.For(Guid.NewGuid())).Distinct().Count());
    [Fact] public void hold_100_bits_in_letters_that_are_not_mistaken() => Assert.Matches("^([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}$", Codes.For(Id));
    [Fact] public void open_in_any_spelling() => Assert.True(Codes.Opens(Id, Codes.For(Id).ToLowerInvariant().Replace("-", "", StringComparison.Ordinal)));
    [Fact] public void of_another_request_do_not_open() => Assert.False(Codes.Opens(Id, Codes.For(Other)));
    [Fact] public void of_another_key_do_not_open() => Assert.False(Codes.Opens(Id, new SlipCodes(new Sealing("1 " + Convert.ToBase64String(Enumerable.Repeat((byte)1, 32).ToArray()))).For(Id)));
}
