using System.Security.Cryptography;
using System.Text.Json;
using Platform;

namespace Inquiries;

/// <summary>The form that the e-gov gateway hands in (contracts/egov/form.schema.json), parsed but not judged. Personal data: it goes to the vault only.</summary>
public sealed record Form(string MessageId, Applicant Applicant, Contacts Contacts, string? Holder, string Language, string AnswerForm,
    string? Subject, string? Text, IReadOnlyList<Attachment> Attachments, bool IsSigned)
{
    /// <summary>The signature as it came: CMS in base64.</summary>
    public string? Cms { get; init; }

    /// <summary>401-V art. 11(7): no name, no IIN or BIN and no signature.</summary>
    public bool IsAnonymous => !Applicant.HasName && Applicant.Id is null && !IsSigned;
}

/// <summary>Who asks. <paramref name="Id"/> is the IIN or BIN as given; a legal entity also gives outgoing number and date and its signer.</summary>
public sealed record Applicant(string Kind, string? Id, string? Surname, string? Name, string? Patronymic, string? OutgoingNumber, string? OutgoingDate,
    string? SignerSurname, string? SignerPost)
{
    public const string Individual = "individual", LegalEntity = "legalEntity";
    public bool IsLegalEntity => Kind == LegalEntity;
    public bool HasName => Surname is not null || Name is not null;
    public bool IsNamed => Name is not null && (IsLegalEntity || Surname is not null);
}

public sealed record Contacts(string? Email, string? Phone, string? PostalAddress);

/// <summary><paramref name="Content"/> is null when the file follows by its own door; <paramref name="Sha256"/> is what the sender claims.</summary>
public sealed record Attachment(string Name, string? MimeType, string? Sha256, byte[]? Content);

/// <summary>What is wrong with a form that is accepted all the same (the closed list of the outer contract; 401-V art. 11(5)).</summary>
public static class Defects
{
    public static readonly string[] All =
    [
        "id-invalid", "name-missing", "outgoing-missing", "signer-missing", "contact-missing", "phone-invalid", "signature-missing", "holder-unknown",
        "text-missing", "attachment-hash-mismatch",
    ];

    public static IReadOnlyList<string> Of(Form form, bool holderIsKnown, bool signatureFails = false)
    {
        var (who, contacts) = (form.Applicant, form.Contacts);
        (string Code, bool Holds)[] all =
        [
            ("id-invalid", !IinOrBin.Is(who.Id)),
            ("name-missing", !who.IsNamed),
            ("outgoing-missing", who.IsLegalEntity && (who.OutgoingNumber is null || who.OutgoingDate is null)),
            ("signer-missing", who.IsLegalEntity && (who.SignerSurname is null || who.SignerPost is null)),
            ("contact-missing", contacts.Email is null && contacts.PostalAddress is null),
            ("phone-invalid", Identifiers.NormalPhone(contacts.Phone) is null),
            ("signature-missing", !form.IsSigned || signatureFails),
            ("holder-unknown", !holderIsKnown),
            ("text-missing", form.Text is null),
            ("attachment-hash-mismatch", form.Attachments.Any(IsOtherThanClaimed)),
        ];
        return form.IsAnonymous ? [] : [.. all.Where(d => d.Holds).Select(d => d.Code)];
    }

    private static bool IsOtherThanClaimed(Attachment file) =>
        file.Content is not null && !Convert.ToHexString(SHA256.HashData(file.Content)).Equals(file.Sha256, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Reads a form field by field, and names every field that breaks its rule; text that is blank counts as absent.</summary>
public sealed class FormReader
{
    public const int MostInlineBytes = 5 * 1024 * 1024;
    private readonly Dictionary<string, string[]> _errors = [];

    public static Form Read(JsonElement root)
    {
        var reader = new FormReader();
        var form = reader.Form(root);
        return reader._errors.Count == 0 ? form
            : throw new RefusedException(RefusalKind.Invalid, "form-invalid", "It does not parse as a form.", reader._errors);
    }

    private Form Form(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw Refused.Invalid("form-invalid", "A form is a JSON object.", "body");
        }

        OneOf(root, "form", "form", required: false, "information-request");
        var cms = Text(Object(root, "signature", required: false), "value", "signature.value");
        var form = new Form(Required(root, "messageId", "messageId", 200), Applicant(Object(root, "applicant", required: true)),
            Contacts(Object(root, "contacts", required: false)), Text(root, "holder", "holder"), Required(root, "language", "language", 200),
            OneOf(root, "answerForm", "answerForm", required: true, "electronic", "paper"), Text(root, "subject", "subject"), Text(root, "text", "text"),
            Attachments(root), cms is not null)
        { Cms = cms };
        if (!_errors.ContainsKey("language") && !Identifiers.IsLanguageTag(form.Language))
        {
            Error("language", "is a BCP 47 language tag, such as kk or ru");
        }

        return form.Attachments.Sum(a => (long)(a.Content?.Length ?? 0)) > MostInlineBytes
            ? throw Refused.TooLarge("The files inside one form hold 5 MiB at most; larger ones follow by PUT.")
            : form;
    }

    private Applicant Applicant(JsonElement who)
    {
        if (who.ValueKind != JsonValueKind.Object)
        {
            return new("", null, null, null, null, null, null, null, null);
        }

        var kind = OneOf(who, "kind", "applicant.kind", required: true, Inquiries.Applicant.Individual, Inquiries.Applicant.LegalEntity);
        var signer = Object(who, "signer", required: false, "applicant.signer");
        return new(kind, Text(who, kind == Inquiries.Applicant.LegalEntity ? "bin" : "iin", "applicant.id"), Text(who, "surname", "applicant.surname"),
            Text(who, "name", "applicant.name"), Text(who, "patronymic", "applicant.patronymic"), Text(who, "outgoingNumber", "applicant.outgoingNumber"),
            Text(who, "outgoingDate", "applicant.outgoingDate"), Text(signer, "surname", "applicant.signer.surname"), Text(signer, "post", "applicant.signer.post"));
    }

    private Contacts Contacts(JsonElement contacts) => new(Text(contacts, "email", "contacts.email") is { } email && Identifiers.IsEmail(email) ? email : null,
        Text(contacts, "phone", "contacts.phone"), Text(contacts, "postalAddress", "contacts.postalAddress"));

    private List<Attachment> Attachments(JsonElement root)
    {
        List<Attachment> files = [];
        if (!root.TryGetProperty("attachments", out var list) || list.ValueKind == JsonValueKind.Null)
        {
            return files;
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            Error("attachments", "is a list");
            return files;
        }

        foreach (var (file, i) in list.EnumerateArray().Select((file, i) => (file, i)))
        {
            var path = $"attachments[{i}]";
            if (file.ValueKind != JsonValueKind.Object)
            {
                Error(path, "is an object");
                continue;
            }

            byte[]? content = null;
            var base64 = Text(file, "contentBase64", path + ".contentBase64");
            if (base64 is not null && !file.GetProperty("contentBase64").TryGetBytesFromBase64(out content))
            {
                Error(path + ".contentBase64", "is base64 (RFC 4648)");
            }

            files.Add(new(Required(file, "name", path + ".name", 255), Text(file, "mimeType", path + ".mimeType"), Text(file, "sha256", path + ".sha256"), content));
        }

        return files;
    }

    private JsonElement Object(JsonElement parent, string name, bool required, string? path = null)
    {
        if (parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null)
        {
            if (found.ValueKind == JsonValueKind.Object)
            {
                return found;
            }

            Error(path ?? name, "is an object");
        }
        else if (required)
        {
            Error(path ?? name, "is required");
        }

        return default;
    }

    private string? Text(JsonElement parent, string name, string path)
    {
        if (parent.ValueKind != JsonValueKind.Object || !parent.TryGetProperty(name, out var found) || found.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (found.ValueKind != JsonValueKind.String)
        {
            Error(path, "is text");
            return null;
        }

        return found.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
    }

    private string Required(JsonElement parent, string name, string path, int most)
    {
        var text = Text(parent, name, path);
        if (text is null && !_errors.ContainsKey(path))
        {
            Error(path, "is required");
        }
        else if (text?.Length > most)
        {
            Error(path, $"has at most {most} characters");
        }

        return text ?? "";
    }

    private string OneOf(JsonElement parent, string name, string path, bool required, params string[] values)
    {
        var text = required ? Required(parent, name, path, 100) : Text(parent, name, path);
        if (!string.IsNullOrEmpty(text) && !values.Contains(text))
        {
            Error(path, "is one of: " + string.Join(", ", values));
        }

        return text ?? "";
    }

    private void Error(string path, string rule) => _errors.TryAdd(path, [rule]);
}
