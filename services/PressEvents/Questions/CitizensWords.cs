using System.Text.Json;
using Platform;

namespace PressEvents;

/// <summary>Who asks or proposes, as it is sealed.</summary>
public sealed record Asker(string? Name, string? Email);

/// <summary>
/// What a citizen wrote, opened for an official who said why; the vault keeps who read it. <paramref name="Masking"/>: spans of the text that hold personal data, the
/// author's own or anybody's by its look, to be left out of the wording that becomes public.
/// </summary>
public sealed record CitizensWords(string Text, string? Name, string? Email, IReadOnlyList<MaskingSpan> Masking)
{
    /// <summary>The words themselves; who wrote them is an item of its own.</summary>
    public const string Kind = "words";

    public static async Task<CitizensWords> Read(Vault vault, Guid subjectId, Guid? askerId, string? reason, CancellationToken ct)
    {
        var text = await vault.Read(subjectId, Kind, reason, ct);
        var asker = askerId is { } item ? await vault.Asker(subjectId, item, ct) : null;
        return new(text, asker?.Name, asker?.Email, Suggest(asker, text));
    }

    /// <summary>Each word of the name by itself, for nobody signs twice alike; an initial names nobody.</summary>
    public static IReadOnlyList<MaskingSpan> Suggest(Asker? asker, string text) => PersonalData.Masking.Suggest(
    [
        .. (asker?.Name ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => new KnownParticular("name", PersonalData.Masking.Name, word)),
        .. asker?.Email is { } email ? [new KnownParticular("email", PersonalData.Masking.Email, email)] : Array.Empty<KnownParticular>(),
    ], text);
}

public static class AskerItems
{
    public static async Task<Guid?> Keep(this Vault vault, SubjectKey key, Asker? asker, CancellationToken ct) =>
        asker is null ? null : await vault.Keep(key, "asker", JsonSerializer.Serialize(asker, Json.Options), ct);

    /// <summary>Null once blocked or erased.</summary>
    public static async Task<Asker?> Asker(this Vault vault, Guid subjectId, Guid item, CancellationToken ct) =>
        await vault.Open(subjectId, item, ct) is { } words ? JsonSerializer.Deserialize<Asker>(words, Json.Options) : null;
}
