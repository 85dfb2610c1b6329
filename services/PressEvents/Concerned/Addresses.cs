using System.Text.Json;
using Platform;

namespace PressEvents;

/// <summary>How somebody is reached, as it is sealed in the vault: a letter in kk or ru, or a signed webhook. Personal data: never in facts.</summary>
public sealed record Contact(string Language, string? Email, Uri? Url = null, string? Secret = null)
{
    /// <summary>The vault's kind of item.</summary>
    public const string Kind = "contact";

    public bool IsKazakh => Language == "kk";

    public string In(Bilingual words) => (IsKazakh ? words.Kk ?? words.Ru : words.Ru ?? words.Kk) ?? "";
}

/// <summary>What a contact must be, and its way into the vault and back.</summary>
public static class Addresses
{
    public static Contact ByMail(string? email, string? language) => new(LanguageOf(language), Email(email));

    public static string LanguageOf(string? language) => language is "kk" or "ru" ? language : throw Refused.Invalid("language-invalid", "language is kk or ru.", "language");

    public static string Email(string? email) => Contacts.Email(email, "email") ?? throw Refused.Invalid("email-missing", "Give an e-mail address.", "email");

    public static async Task<Guid> Keep(this Vault vault, SubjectKey key, Contact contact, CancellationToken ct) =>
        await vault.Keep(key, Contact.Kind, JsonSerializer.Serialize(contact, Json.Options), ct);

    /// <summary>Null once erased or blocked: nobody is written to any more.</summary>
    public static async Task<Contact?> ContactOf(this Vault vault, Guid subjectId, CancellationToken ct) =>
        await vault.Open(subjectId, Contact.Kind, ct) is { } words ? JsonSerializer.Deserialize<Contact>(words, Json.Options) : null;
}
