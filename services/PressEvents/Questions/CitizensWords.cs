using System.Text.Json;
using Platform;

namespace PressEvents;

/// <summary>Who asks or proposes, as it is sealed.</summary>
public sealed record Asker(string? Name, string? Email);

/// <summary>What a citizen wrote, opened for an official who said why; the vault keeps who read it.</summary>
public sealed record CitizensWords(string Text, string? Name, string? Email)
{
    /// <summary>The words themselves; who wrote them is an item of its own.</summary>
    public const string Kind = "words";

    public static async Task<CitizensWords> Read(Vault vault, Guid subjectId, Guid? askerId, string? reason, CancellationToken ct)
    {
        var text = await vault.Read(subjectId, Kind, reason, ct);
        var asker = askerId is { } item ? await vault.Asker(subjectId, item, ct) : null;
        return new(text, asker?.Name, asker?.Email);
    }
}

public static class AskerItems
{
    public static async Task<Guid?> Keep(this Vault vault, SubjectKey key, Asker? asker, CancellationToken ct) =>
        asker is null ? null : await vault.Keep(key, "asker", JsonSerializer.Serialize(asker, Json.Options), ct);

    /// <summary>Null once blocked or erased.</summary>
    public static async Task<Asker?> Asker(this Vault vault, Guid subjectId, Guid item, CancellationToken ct) =>
        await vault.Open(subjectId, item, ct) is { } words ? JsonSerializer.Deserialize<Asker>(words, Json.Options) : null;
}
