using System.Text.Json;
using Platform;

namespace PressEvents;

/// <summary>Names and addresses of a journalist, as they lie in the vault. A phone is optional.</summary>
public sealed record JournalistParticulars(string? Surname = null, string? Name = null, string? Patronymic = null, string? Email = null, string? Phone = null)
{
    public JournalistParticulars() : this(Surname: null) { }

    /// <summary>What an address and a name must be; the refusal repeats nothing.</summary>
    public static JournalistParticulars Checked(JournalistParticulars? asked) => new(
        Filing.Text(asked?.Surname, "person.surname", 100) ?? throw Refused.Invalid("name-missing", "Give surname and name.", "person.surname"),
        Filing.Text(asked?.Name, "person.name", 100) ?? throw Refused.Invalid("name-missing", "Give surname and name.", "person.name"),
        Filing.Text(asked?.Patronymic, "person.patronymic", 100),
        Contacts.Email(asked?.Email, "person.email") ?? throw Refused.Invalid("email-missing", "Give an address to write to.", "person.email"),
        Contacts.Phone(asked?.Phone, "person.phone"));
}

/// <summary>A document as it is handed in: its kind, and its number or the reference of a photo.</summary>
public sealed record DocumentAsk(string? Kind, string? Words);

/// <summary>What the vault keeps of a journalist, and which of it was edited. Opened by the rules, not for a person.</summary>
public sealed class JournalistItems(Vault vault, VaultRows rows)
{
    public const string Person = "journalist", Document = "document";
    public static readonly string[] Kinds = ["identity", "editorial-id", "editorial-letter", "portfolio", "photo"];

    public static string Text(JournalistParticulars person) => JsonSerializer.Serialize(person, Json.WithoutAbsent);

    public static IReadOnlyList<(string Kind, string Words)> Checked(IReadOnlyList<DocumentAsk?>? asked)
    {
        var documents = (asked ?? []).Select((d, i) => (Kind: Kinds.Contains(d?.Kind) ? d!.Kind! : throw Refused.Invalid("document-unknown", $"kind is one of: {string.Join(", ", Kinds)}.", $"documents[{i}].kind"),
            Words: Filing.Text(d.Words, $"documents[{i}].words", 500) ?? throw Refused.Invalid("document-empty", "Give its number, or where the photo lies.", $"documents[{i}].words"))).ToList();
        return documents.Select(d => d.Kind).Distinct().Count() == documents.Count ? documents
            : throw Refused.Invalid("document-twice", "Each kind of document is given once.", "documents");
    }

    public async Task<IReadOnlyList<JournalistDocument>> Keep(SubjectKey key, IReadOnlyList<(string Kind, string Words)> documents, CancellationToken ct)
    {
        List<JournalistDocument> kept = [];
        foreach (var (kind, words) in documents)
        {
            kept.Add(new(kind, await vault.Keep(key, Document, words, ct), 1));
        }

        return kept;
    }

    /// <summary>Particulars under a new item where they differ; the former one is destroyed.</summary>
    public async Task<Guid> Edited(Journalist state, JournalistParticulars person, CancellationToken ct) =>
        await Edited(state.SubjectId, state.ItemId, Person, Text(person), ct) ?? state.ItemId;

    /// <summary>The documents as they are now: those given in their new words one version on, others as they were.</summary>
    public async Task<IReadOnlyList<JournalistDocument>> Edited(Journalist state, IReadOnlyList<(string Kind, string Words)> given, CancellationToken ct)
    {
        var documents = state.Documents.ToList();
        foreach (var (kind, words) in given)
        {
            var at = documents.FindIndex(d => d.Kind == kind);
            if (at < 0)
            {
                var id = Guid.CreateVersion7();
                await vault.Keep(state.SubjectId, id, Document, words, ct);
                documents.Add(new(kind, id, 1));
            }
            else if (await Edited(state.SubjectId, documents[at].ItemId, Document, words, ct) is { } next)
            {
                documents[at] = new(kind, next, documents[at].Version + 1);
            }
        }

        return documents;
    }

    private async Task<Guid?> Edited(Guid subjectId, Guid itemId, string kind, string words, CancellationToken ct)
    {
        if (await vault.Open(subjectId, itemId, ct) == words)
        {
            return null;
        }

        var next = Guid.CreateVersion7();
        await vault.Keep(subjectId, next, kind, words, ct);
        await rows.Destroy(itemId, ct);
        return next;
    }
}
