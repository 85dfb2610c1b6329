using System.Text.RegularExpressions;
using DiffPlex;

namespace Publications;

/// <summary>A run of words that both have (<c>same</c>), only the older (<c>removed</c>) or only the newer (<c>added</c>).</summary>
public sealed record DiffPiece(string Op, string Text)
{
    public const string Same = "same", Removed = "removed", Added = "added";
}

/// <summary>Word by word inside the paragraphs that changed: joined, the pieces that are not added give the older text, those not removed the newer.</summary>
public static partial class WordDiff
{
    /// <summary>Past this many words on both sides a block counts as rewritten: what is left in common by chance tells nobody anything, and costs the square of it.</summary>
    private const int MostWords = 4000;

    public static IReadOnlyList<DiffPiece> Of(string? from, string? to)
    {
        var (before, after) = (Paragraphs().Matches(from ?? "").Select(m => m.Value).ToArray(), Paragraphs().Matches(to ?? "").Select(m => m.Value).ToArray());
        List<DiffPiece> pieces = [];
        Walk(before, after, (removed, added) => Block(string.Concat(removed), string.Concat(added), pieces), pieces);
        return Joined(pieces);
    }

    private static void Block(string removed, string added, List<DiffPiece> pieces)
    {
        var (before, after) = (Words().Matches(removed).Select(m => m.Value).ToArray(), Words().Matches(added).Select(m => m.Value).ToArray());
        if (before.Length + after.Length > MostWords)
        {
            Replaced(removed, added, pieces);
            return;
        }

        Walk(before, after, (left, right) => Replaced(string.Concat(left), string.Concat(right), pieces), pieces);
    }

    /// <summary>DiffPlex compares strings; each part is named by a number and the numbers, one a line, are compared.</summary>
    private static void Walk(string[] before, string[] after, Action<string[], string[]> changed, List<DiffPiece> pieces)
    {
        Dictionary<string, int> names = [];
        string Named(string[] parts) => string.Join('\n', parts.Select(part => names.TryAdd(part, names.Count) ? names[part] : names[part]));
        var diff = Differ.Instance.CreateLineDiffs(Named(before), Named(after), ignoreWhitespace: false, ignoreCase: false);
        var (left, right) = (0, 0);
        foreach (var block in before.Length == 0 || after.Length == 0 ? [] : diff.DiffBlocks)
        {
            pieces.Add(new(DiffPiece.Same, string.Concat(before[left..block.DeleteStartA])));
            (left, right) = (block.DeleteStartA + block.DeleteCountA, block.InsertStartB + block.InsertCountB);
            changed(before[block.DeleteStartA..left], after[block.InsertStartB..right]);
        }

        if (before.Length == 0 || after.Length == 0)
        {
            Replaced(string.Concat(before), string.Concat(after), pieces);
            return;
        }

        pieces.Add(new(DiffPiece.Same, string.Concat(before[left..])));
    }

    private static void Replaced(string removed, string added, List<DiffPiece> pieces) => pieces.AddRange([new(DiffPiece.Removed, removed), new(DiffPiece.Added, added)]);

    /// <summary>Neighbours of one kind are one piece.</summary>
    private static List<DiffPiece> Joined(List<DiffPiece> pieces)
    {
        List<DiffPiece> joined = [];
        foreach (var piece in pieces.Where(p => p.Text.Length > 0))
        {
            if (joined.Count > 0 && joined[^1].Op == piece.Op)
            {
                joined[^1] = joined[^1] with { Text = joined[^1].Text + piece.Text };
            }
            else
            {
                joined.Add(piece);
            }
        }

        return joined;
    }

    [GeneratedRegex(@"[^\n]*\n|[^\n]+")]
    private static partial Regex Paragraphs();

    [GeneratedRegex(@"[\p{L}\p{N}]+|\s+|.", RegexOptions.Singleline)]
    private static partial Regex Words();
}
