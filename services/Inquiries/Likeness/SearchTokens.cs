using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Npgsql;
using Platform;

namespace Inquiries;

/// <summary>What a form is found by. All are keyed hashes of 64 bits; nothing can be read back from them.</summary>
/// <param name="Exact">IIN or BIN, phone, the sender's own numbers.</param>
/// <param name="Words">Beginnings of the words of subject and text.</param>
/// <param name="Bands">Parts of a min-hash of the words: two like texts share at least one of them, two unlike ones hardly any.</param>
/// <param name="Same">The same words by the same person; null without a person or words.</param>
public sealed record FormTokens(IReadOnlyList<long> Exact, IReadOnlyList<long> Words, IReadOnlyList<long> Bands, long? Same)
{
    public long[] All => [.. Exact, .. Words, .. Bands, .. Same is { } same ? [same] : Array.Empty<long>()];
}

/// <summary>
/// Search and likeness over personal text without personal text: tokens per request in the vault's schema, under its subject, so that they are
/// erased and blocked with it. Words are cut to their beginnings, for Kazakh and Russian put endings to them.
/// </summary>
public sealed partial class SearchTokens(Sealing sealing)
{
    private const int Beginning = 5, Shortest = 3, MostWords = 300, Bands = 4, RowsOfBand = 2, LeastForBands = 5, MostKnown = 50_000;
    private readonly ConcurrentDictionary<string, long> _words = new();

    public FormTokens Of(Form form)
    {
        var words = WordsOf($"{form.Subject} {form.Text}");
        var person = form.Applicant.Id?.Trim();
        return new([.. Given(("id", person), ("phone", Identifiers.NormalPhone(form.Contacts.Phone)), ("sender", form.Applicant.OutgoingNumber?.Trim()), ("sender", form.MessageId.Trim()))], words,
            BandsOf(words), person is { Length: > 0 } && form.Text is { } text ? Hash("same", person + "\n" + Normal(text)) : null);
    }

    /// <summary>What a search asks for: any of the exact ones, or all of the words.</summary>
    public (long[] Exact, long[] Words) Asked(string q)
    {
        var plain = q.Trim();
        return ([.. Given(("id", plain), ("phone", Identifiers.NormalPhone(plain)), ("sender", plain))], [.. WordsOf(plain)]);
    }

    /// <summary>Rows of several requests in one statement; an array of arrays would have to be even, so each goes as text.</summary>
    public static NpgsqlBatchCommand Insert(IReadOnlyList<(InquiryReceived Of, FormTokens Tokens)> rows) => new("""
        insert into vault.tokens (inquiry_id, subject_id, holder, tokens) select id, subject, holder, words::bigint[] from unnest($1, $2, $3, $4) as row (id, subject, holder, words)
        """)
    {
        Parameters =
        {
            new() { Value = rows.Select(r => r.Of.InquiryId).ToArray() }, new() { Value = rows.Select(r => r.Of.SubjectId).ToArray() },
            new() { Value = rows.Select(r => r.Of.Holder).ToArray() }, new() { Value = rows.Select(r => $"{{{string.Join(',', r.Tokens.All)}}}").ToArray() },
        },
    };

    private List<long> WordsOf(string text) => [.. Word().Matches(Normal(text)).Select(m => m.Value).Where(w => w.Length >= Shortest).Select(w => w.Length > Beginning ? w[..Beginning] : w).Distinct()
        .Take(MostWords).Select(Hash)];

    /// <summary>Few beginnings make up most texts.</summary>
    private long Hash(string word)
    {
        if (_words.TryGetValue(word, out var known))
        {
            return known;
        }

        if (_words.Count >= MostKnown)
        {
            _words.Clear();
        }

        return _words[word] = Hash("word", word);
    }

    private List<long> BandsOf(List<long> words) => words.Count < LeastForBands ? [] : [.. Enumerable.Range(0, Bands).Select(band =>
        Hash("band", string.Join(' ', Enumerable.Range(0, RowsOfBand).Select(row => words.Min(w => Mix((ulong)w, (ulong)(band * RowsOfBand + row + 1)))).Prepend((ulong)band))))];

    /// <summary>SplitMix64: one of a family of functions that scatter.</summary>
    private static ulong Mix(ulong word, ulong seed)
    {
        var z = word + seed * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    private IEnumerable<long> Given(params (string Kind, string? Value)[] all) => all.Where(x => x.Value is { Length: > 0 }).Select(x => Hash(x.Kind, x.Value!)).Distinct();

    private long Hash(string kind, string value) => BitConverter.ToInt64(sealing.Mac("tokens", kind + "\n" + value));

    private static string Normal(string text) => Blank().Replace(text.Normalize().ToLowerInvariant(), " ").Trim();

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
