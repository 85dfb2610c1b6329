using System.Collections.Frozen;
using Platform;

namespace PressEvents;

/// <summary>A reason of a closed list, with the article it stands in.</summary>
public sealed record ListedReason(string Code, string Article, Words Words);

/// <summary>The closed lists of accreditation, as data.</summary>
public static class AccreditationLists
{
    public static readonly FrozenDictionary<string, ListedReason> Refusals = Read("accreditation-refusals"), Deprivations = Read("accreditation-deprivations"),
        Liftings = Read("accreditation-liftings");

    /// <summary>How a refusal is appealed, for whoever gets one.</summary>
    public static readonly Words HowToAppeal = Tables.Read(Table("accreditation-words")).Where(row => row["key"] == "appeal").Select(row => new Words(row["kk"], row["ru"])).Single();

    /// <summary>A code of the list, or <c>reason-unknown</c>, with what is known.</summary>
    public static string Known(this FrozenDictionary<string, ListedReason> list, string? code) => code is not null && list.ContainsKey(code) ? code
        : throw Refused.Invalid("reason-unknown", $"reason is one of: {string.Join(", ", list.Keys.Order(StringComparer.Ordinal))}.", "reason");

    private static FrozenDictionary<string, ListedReason> Read(string name) => Tables.Read(Table(name))
        .Select(row => new ListedReason(row["code"], row["article"], new(row["kk"], row["ru"]))).ToFrozenDictionary(reason => reason.Code);

    private static StringReader Table(string name) => new(Store.Script(typeof(AccreditationLists).Assembly, $"Data.{name}.csv"));
}
