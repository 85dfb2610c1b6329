using System.Text.Json;
using Platform;

namespace Inquiries;

/// <summary>Masking by the form that an asker sent. The officer decides; only the asker's own is refused.</summary>
public static class FormMasking
{
    /// <summary>What must be gone before words become public. A first name alone names nobody.</summary>
    private static readonly string[] Refusing = ["applicant.iin", "applicant.bin", "applicant.surname", "applicant.signer.surname", "contacts.email", "contacts.phone", "contacts.postalAddress"];

    /// <summary>The fields that name somebody, by their kind; a legal entity's own name is nobody's.</summary>
    private static readonly (string Field, string Kind, bool OfPersons)[] Fields =
    [
        ("applicant.iin", Masking.IinBin, false), ("applicant.bin", Masking.IinBin, false), ("contacts.phone", Masking.Phone, false), ("contacts.email", Masking.Email, false),
        ("applicant.surname", Masking.Name, true), ("applicant.name", Masking.Name, true), ("applicant.patronymic", Masking.Name, true), ("applicant.signer.surname", Masking.Name, false),
        ("applicant.signer.name", Masking.Name, false), ("applicant.signer.patronymic", Masking.Name, false), ("contacts.postalAddress", Masking.PostalAddress, false),
    ];

    /// <summary>The last look before words become public: what the vault knows of the asker must not stand in them.</summary>
    public static void Check(JsonElement form, IReadOnlyList<string?> words)
    {
        var all = string.Join("\n", words);
        var digits = Masking.Digits(all);
        var found = Suggest(form, all).Select(s => s.Field)
            .Concat(Refusing.Where(path => Masking.Digits(At(form, path) ?? "") is { Length: >= 10 } number && digits.Contains(number, StringComparison.Ordinal)));
        var errors = found.OfType<string>().Distinct().Where(path => Refusing.Contains(path) && !(path == "applicant.surname" && IsLegalEntity(form)))
            .ToDictionary(path => path, _ => new[] { "still stands in the words; mask it" });
        if (errors.Count > 0)
        {
            throw new RefusedException(RefusalKind.Invalid, "personal-data-left", "The words still hold personal data of the asker.", errors);
        }
    }

    /// <summary>Every span to look at, in order.</summary>
    public static IReadOnlyList<MaskingSpan> Suggest(JsonElement form, string text) => Masking.Suggest(
        [.. Fields.Where(f => !(f.OfPersons && IsLegalEntity(form))).Select(f => (f, Value: At(form, f.Field))).Where(x => x.Value is not null).Select(x => new KnownParticular(x.f.Field, x.f.Kind, x.Value!))], text);

    private static bool IsLegalEntity(JsonElement form) => At(form, "applicant.kind") == Applicant.LegalEntity;

    private static string? At(JsonElement form, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (form.ValueKind != JsonValueKind.Object || !form.TryGetProperty(name, out form))
            {
                return null;
            }
        }

        return form.ValueKind == JsonValueKind.String && form.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
    }
}
