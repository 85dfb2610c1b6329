using System.Text.RegularExpressions;
using Platform;

namespace Publications;

/// <summary>What an entry of the list is: words that do not belong into public texts, or an official contact that does.</summary>
public enum RestrictedKind { Words, AllowedContact }

/// <summary>
/// One entry of the list. <paramref name="Pattern"/>: words in order, each whole or, with <c>*</c> behind it, by its beginning; of a contact the phone or e-mail address.
/// <paramref name="Language"/>: kk, ru, or null for both. <paramref name="Law"/>: why it is restricted. A blocking one keeps the publication from going out.
/// </summary>
public sealed record RestrictedEntry(string Code, RestrictedKind Kind, string? Language, string Pattern, bool Blocking, Bilingual Reason, string? Law);

/// <summary>The list as a check uses it: what an admin kept in place of, or beside, the table of the build, without what was removed.</summary>
public sealed partial class RestrictedList
{
    private readonly ILookup<string, (string[] Words, RestrictedEntry Entry)> _byFirst;
    private readonly HashSet<string> _contacts;

    public RestrictedList(IEnumerable<RestrictedEntry> entries)
    {
        Entries = [.. entries.OrderBy(e => e.Code, StringComparer.Ordinal)];
        _byFirst = Entries.Where(e => e.Kind == RestrictedKind.Words).Select(e => (Words: Plain(e.Pattern).Split(' ', StringSplitOptions.RemoveEmptyEntries), Entry: e))
            .Where(e => e.Words.Length > 0).ToLookup(e => Key(e.Words[0]));
        _contacts = [.. Entries.Where(e => e.Kind == RestrictedKind.AllowedContact).Select(e => PersonalMarks.Normal(e.Pattern))];
    }

    public IReadOnlyList<RestrictedEntry> Entries { get; }

    public bool Allows(PersonalMark mark) => _contacts.Contains(PersonalMarks.Normal(mark.Value));

    /// <summary>The entries whose words stand in a text of this language, each once.</summary>
    public IReadOnlyList<RestrictedEntry> In(string text, string language)
    {
        string[] words = [.. Word().Matches(Plain(text)).Select(m => m.Value)];
        HashSet<RestrictedEntry> found = [];
        for (var at = 0; at < words.Length; at++)
        {
            found.UnionWith(_byFirst[Key(words[at])].Where(e => (e.Entry.Language ?? language) == language && Stands(e.Words, words, at)).Select(e => e.Entry));
        }

        return [.. found.OrderBy(e => e.Code, StringComparer.Ordinal)];
    }

    private static bool Stands(string[] pattern, string[] words, int at) => at + pattern.Length <= words.Length && pattern.Select((part, i) => (part, word: words[at + i]))
        .All(pair => pair.part.EndsWith('*') ? pair.word.StartsWith(pair.part[..^1], StringComparison.Ordinal) : pair.word == pair.part);

    /// <summary>Entries are found by the first two letters of their first word.</summary>
    private static string Key(string word) => word.TrimEnd('*') is var bare && bare.Length > 2 ? bare[..2] : bare;

    private static string Plain(string text) => text.ToLowerInvariant().Replace('ё', 'е');

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Word();

    /// <summary>A pattern that can be looked for: words of letters and digits, a beginning of at least two.</summary>
    public static bool IsPattern(string pattern) => Plain(pattern).Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 and <= 8 } words
        && words.All(word => PatternWord().IsMatch(word));

    [GeneratedRegex(@"\A(?:[\p{L}\p{N}]+|[\p{L}\p{N}]{2,}\*)\z")]
    private static partial Regex PatternWord();

    /// <summary>The table of the build.</summary>
    public static IReadOnlyList<RestrictedEntry> Table { get; } = Read();

    private static IReadOnlyList<RestrictedEntry> Read()
    {
        using var reader = new StringReader(Store.Script(typeof(RestrictedList).Assembly, "restricted-words.csv"));
        return [.. Tables.Read(reader).Select(row => new RestrictedEntry(row["code"], RestrictedKind.Words, row["language"].Length == 0 ? null : row["language"], row["pattern"],
            row["blocking"] == "yes", new(row["reason_kk"], row["reason_ru"]), row["law"].Length == 0 ? null : row["law"]))];
    }
}
