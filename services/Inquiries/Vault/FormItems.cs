namespace Inquiries;

/// <summary>What the vault keeps of a request: the form under one kind, and beside the items what a form is found by.</summary>
public static class FormItems
{
    public const string Kind = "form";

    /// <summary>The form for the rules, such as who is told of an answer; null once blocked or erased.</summary>
    public static Task<string?> OpenForm(this Vault vault, Guid subjectId, CancellationToken ct) => vault.Open(subjectId, Kind, ct);

    /// <summary>The form where nothing can go on without it, as in masking: refused once blocked or erased. No read by a person, so it is not logged. Null if there never was one.</summary>
    public static Task<string?> NeedForm(this Vault vault, Guid subjectId, CancellationToken ct) => vault.Need(subjectId, Kind, ct);

    /// <summary>The item that holds the form at present; null once erased.</summary>
    public static Task<Guid?> FormItem(this VaultRows rows, Guid subjectId, CancellationToken ct) => rows.Item(subjectId, Kind, ct);

    /// <summary>What a corrected form is found by, in each of its subject's requests.</summary>
    public static Task FindBy(this VaultRows rows, Guid subjectId, FormTokens tokens, CancellationToken ct) =>
        rows.Execute("update vault.tokens set tokens = $2 where subject_id = $1", ct, subjectId, tokens.All);

    /// <summary>Everything of a subject, and the sealed forms of quarantine that became its requests.</summary>
    public static async Task Erase(this VaultRows rows, Guid subjectId, Guid[] inquiries, CancellationToken ct)
    {
        await rows.Execute("delete from quarantine where inquiry_id = any($1)", ct, inquiries);
        await rows.Erase(subjectId, ct);
    }
}
