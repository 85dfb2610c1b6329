using System.Text.Json.Serialization;

namespace Contracts;

/// <summary>Words for people in Kazakh and Russian; a side that is not there yet is null.</summary>
public sealed record Bilingual(string? Kk, string? Ru)
{
    /// <summary>Both sides hold words.</summary>
    [JsonIgnore]
    public bool IsComplete => !string.IsNullOrWhiteSpace(Kk) && !string.IsNullOrWhiteSpace(Ru);
}
