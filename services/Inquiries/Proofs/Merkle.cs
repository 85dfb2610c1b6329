using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Inquiries;

/// <summary>The tree of RFC 9162 (2.1): leaves and nodes are told apart by their first byte; an odd end is carried up, not doubled.</summary>
public static class Merkle
{
    public static byte[] Leaf(string content) => SHA256.HashData([0, .. Encoding.UTF8.GetBytes(content)]);

    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => SHA256.HashData([1, .. left, .. right]);

    /// <summary>The root of leaves in their order; of none, the hash of nothing.</summary>
    public static byte[] Root(IReadOnlyList<byte[]> leaves) => leaves.Count == 0 ? SHA256.HashData([]) : Root(leaves, 0, leaves.Count);

    /// <summary>The hashes beside the way from a leaf to the root, from below.</summary>
    public static IReadOnlyList<byte[]> Path(IReadOnlyList<byte[]> leaves, int index)
    {
        List<byte[]> path = [];
        for (var (from, count) = (0, leaves.Count); count > 1;)
        {
            var split = Split(count);
            var left = index - from < split;
            path.Add(left ? Root(leaves, from + split, count - split) : Root(leaves, from, split));
            (from, count) = left ? (from, split) : (from + split, count - split);
        }

        path.Reverse();
        return path;
    }

    /// <summary>The root that a leaf and its path lead to; null when path, place and number of leaves do not fit together (RFC 9162, 2.1.3.2).</summary>
    public static byte[]? RootOf(byte[] leaf, long index, long count, IReadOnlyList<byte[]> path)
    {
        if (index < 0 || index >= count)
        {
            return null;
        }

        var (node, last, hash) = (index, count - 1, leaf);
        foreach (var beside in path)
        {
            if (last == 0)
            {
                return null;
            }

            if (node % 2 == 1 || node == last)
            {
                hash = Node(beside, hash);
                for (; node % 2 == 0 && node > 0; node /= 2, last /= 2)
                {
                    // a node that was carried up
                }
            }
            else
            {
                hash = Node(hash, beside);
            }

            (node, last) = (node / 2, last / 2);
        }

        return last == 0 ? hash : null;
    }

    private static byte[] Root(IReadOnlyList<byte[]> leaves, int from, int count)
    {
        if (count == 1)
        {
            return leaves[from];
        }

        var split = Split(count);
        return Node(Root(leaves, from, split), Root(leaves, from + split, count - split));
    }

    private static int Split(int count) => 1 << (31 - int.LeadingZeroCount(count - 1));
}

/// <summary>
/// One stream in one day's tree: the versions that the day covers, the link of the last of them, and when each was recorded. Lines as in <see cref="Chain"/>.
/// </summary>
public sealed record ProofLeaf(Guid Stream, long FirstVersion, long Version, string Head, IReadOnlyList<DateTimeOffset> RecordedAt)
{
    public byte[] Hash() => Merkle.Leaf(string.Join('\n', (string[])["platform-leaf-1", Stream.ToString("D"), Number(FirstVersion), Number(Version), Head, .. RecordedAt.Select(Canonical.Instant)]));

    private static string Number(long n) => n.ToString(CultureInfo.InvariantCulture);
}

/// <summary>
/// What a day's signature covers. Only streams that changed since the day before are leaves; the day before stands in it by its root, so that the work of a
/// day is that of its changes. Days are of Asia/Almaty; a day covers the sequences after <paramref name="FromSequence"/> up to <paramref name="UpToSequence"/>.
/// </summary>
public sealed record RootStatement(DateOnly Date, string PreviousRoot, string TreeRoot, long Count, long FromSequence, long UpToSequence)
{
    public string Root() => Chain.Hash(string.Join('\n', "platform-root-1", Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), PreviousRoot, TreeRoot,
        Count.ToString(CultureInfo.InvariantCulture), FromSequence.ToString(CultureInfo.InvariantCulture), UpToSequence.ToString(CultureInfo.InvariantCulture)));
}

/// <summary>Signatures over a root's 32 bytes: ECDSA on P-256 with SHA-256, DER, base64; a key's id is the beginning of the hash of its public part.</summary>
public static class RootSignature
{
    public static string IdOf(ECDsa key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16];

    public static string Sign(ECDsa key, string root) =>
        Convert.ToBase64String(key.SignData(Convert.FromHexString(root), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

    public static bool Holds(ECDsa key, string root, string signature)
    {
        var bytes = new byte[signature.Length];
        return Convert.TryFromBase64String(signature, bytes, out var length)
            && key.VerifyData(Convert.FromHexString(root), bytes.AsSpan(0, length), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }
}
