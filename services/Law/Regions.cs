using System.Collections.Frozen;

namespace Law;

/// <summary>A region or city of the republic, by its KATO code, with its ISO 3166-2 code.</summary>
public sealed record Region(string Kato, string Iso, string NameKk, string NameRu);

public static class Regions
{
    static readonly FrozenDictionary<string, Region> ByKato = Tables.Read("regions").Select(row => new Region(row["kato"], row["iso"], row["name_kk"], row["name_ru"]))
        .ToFrozenDictionary(region => region.Kato, StringComparer.Ordinal);

    public static Region? Find(string? kato) => kato is null ? null : ByKato.GetValueOrDefault(kato);
}
