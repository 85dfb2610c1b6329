using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Law;

/// <summary>By which law a request is considered: the names of its terms (null: that regime has no such term) and its own name in both languages.</summary>
public sealed record Regime(string Code, string Reply, string Extended, string Notice, string? Forwarding, string? Refusal, string? Published, string Kk, string Ru);

/// <summary>A ground on which a request of a regime may be refused: a closed list, with its source.</summary>
public sealed record RefusalGround(string Regime, string Code, string Source, string Kk, string Ru);

public static partial class Regimes
{
    public const string AccessToInformation = "AccessToInformation";

    public static FrozenDictionary<string, Regime> All { get; } = Tables.Read("regimes").Select(row => new Regime(row["regime"], row["reply"], row["extended"],
        row["notice"], Given(row["forwarding"]), Given(row["refusal"]), Given(row["published"]), row["kk"], row["ru"])).ToFrozenDictionary(regime => regime.Code);

    public static IReadOnlyList<RefusalGround> Grounds { get; } = [.. Tables.Read("refusal-grounds")
        .Select(row => new RefusalGround(row["regime"], row["ground"], row["source"], row["kk"], row["ru"]))];

    /// <summary>The ground, if this regime has it; a regime without a list of its own has the list of 401-V art. 11(16).</summary>
    public static RefusalGround? Ground(string regime, string? ground)
    {
        var list = Grounds.Any(known => known.Regime == regime) ? regime : AccessToInformation;
        return Grounds.FirstOrDefault(known => known.Regime == list && known.Code == ground);
    }

    /// <summary>
    /// The regime that the asker's words point to, for an official to confirm: the first row of <c>regime-signs.csv</c> all of whose signs begin some
    /// word (with a dot: are a word). Without any, 401-V.
    /// </summary>
    public static string Proposed(string words)
    {
        var all = Word().Matches(words.Normalize().ToLowerInvariant()).Select(m => m.Value).ToHashSet();
        return Signs.FirstOrDefault(row => Array.TrueForAll(row.Signs, sign => sign[^1] == '.' ? all.Contains(sign[..^1]) : all.Any(w => w.StartsWith(sign, StringComparison.Ordinal)))).Regime
            ?? AccessToInformation;
    }

    static (string Regime, string[] Signs)[] Signs { get; } = [.. Tables.Read("regime-signs").Select(row => (row["regime"], row["signs"].Split(' ')))];

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Word();

    static string? Given(string cell) => cell.Length == 0 ? null : cell;
}
