using System.Text.Json.Nodes;
using Platform;

namespace HandingOver;

/// <summary>
/// Who asks, as the law wants it (401-V art. 11(5)). A person: surname, name, IIN. A legal entity (<paramref name="Kind"/> legalEntity): name, BIN, outgoing
/// number and date, its signer. Always a phone, and an e-mail or postal address. <paramref name="AnswerForm"/>: electronic unless paper is asked for.
/// </summary>
public sealed record Particulars(string? Kind, string? Surname, string? Name, string? Patronymic, string? Iin, string? Bin, string? Email, string? Phone, string? PostalAddress,
    string? AnswerForm, string? OutgoingNumber = null, string? OutgoingDate = null, string? SignerSurname = null, string? SignerPost = null);

/// <summary>The form of the e-gov gateway (contracts/egov/form.schema.json), made here for Inquiries. Personal data: it goes to the vault and to that service only.</summary>
public static class HandOverForm
{
    private const string LegalEntity = "legalEntity", Individual = "individual";

    /// <summary>One text for one content, for it is sent again as it is.</summary>
    public static string Of(Particulars? who, string? holder, string language, string text)
    {
        var given = who ?? throw Refused.Invalid("particulars-missing", "Say who asks.", "particulars");
        var addressed = Holders.Find(holder) ?? throw Refused.Invalid("holder-unknown", "holder is a code of the list of holders.", "holder");
        var p = Clean(given);
        Check(p);
        var form = new JsonObject
        {
            ["form"] = "information-request",
            ["applicant"] = p.Kind == LegalEntity
                ? new JsonObject
                {
                    ["kind"] = p.Kind,
                    ["bin"] = p.Bin,
                    ["name"] = p.Name,
                    ["outgoingNumber"] = p.OutgoingNumber,
                    ["outgoingDate"] = p.OutgoingDate,
                    ["signer"] = new JsonObject { ["surname"] = p.SignerSurname, ["post"] = p.SignerPost },
                }
                : new JsonObject { ["kind"] = p.Kind, ["iin"] = p.Iin, ["surname"] = p.Surname, ["name"] = p.Name, ["patronymic"] = p.Patronymic },
            ["contacts"] = new JsonObject { ["email"] = p.Email, ["phone"] = p.Phone, ["postalAddress"] = p.PostalAddress },
            ["holder"] = addressed.Code,
            ["language"] = language,
            ["answerForm"] = p.AnswerForm,
            ["text"] = text,
        };
        return form.ToJsonString(Json.Options);
    }

    private static Particulars Clean(Particulars p)
    {
        string? Text(string? text, string field) => GivenText.Of(text, "particulars." + field, 500);
        return new(OneOf(p.Kind, "kind", Individual, LegalEntity), Text(p.Surname, "surname"), Text(p.Name, "name"), Text(p.Patronymic, "patronymic"), Text(p.Iin, "iin"), Text(p.Bin, "bin"),
            Text(p.Email, "email"), Text(p.Phone, "phone"), Text(p.PostalAddress, "postalAddress"), OneOf(p.AnswerForm, "answerForm", "electronic", "paper"),
            Text(p.OutgoingNumber, "outgoingNumber"), Text(p.OutgoingDate, "outgoingDate"), Text(p.SignerSurname, "signerSurname"), Text(p.SignerPost, "signerPost"));
    }

    private static string OneOf(string? value, string field, params string[] values) => value is null ? values[0]
        : values.Contains(value) ? value : throw Refused.Invalid($"{(field == "kind" ? "kind" : "answer-form")}-unknown", $"{field} is one of: {string.Join(", ", values)}.", "particulars." + field);

    /// <summary>What must be there; whether a number can be what it claims is for Inquiries to say, as a defect.</summary>
    private static void Check(Particulars p)
    {
        (string Field, string? Value)[] mandatory = p.Kind == LegalEntity
            ? [("name", p.Name), ("bin", p.Bin), ("outgoingNumber", p.OutgoingNumber), ("outgoingDate", p.OutgoingDate), ("signerSurname", p.SignerSurname), ("signerPost", p.SignerPost)]
            : [("surname", p.Surname), ("name", p.Name), ("iin", p.Iin)];
        var missing = mandatory.Append(("phone", p.Phone)).Append(("email", p.Email ?? p.PostalAddress)).Where(m => m.Item2 is null).Select(m => m.Item1).ToList();
        if (missing.Count > 0)
        {
            throw new RefusedException(RefusalKind.Invalid, "particulars-missing", "A request has these particulars (401-V art. 11(5)).",
                missing.ToDictionary(field => "particulars." + field, _ => new[] { "missing" }));
        }
    }
}
