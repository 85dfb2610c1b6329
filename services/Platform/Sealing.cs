using System.Security.Cryptography;
using System.Text;

namespace Platform;

/// <summary>A secret kept in a file of mode 0600, made once however many processes start together.</summary>
public static class SecretFile
{
    public static string ReadOrCreate(string path, Func<string> create)
    {
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var mine = path + "." + Environment.ProcessId;
            File.WriteAllText(mine, create());
            File.SetUnixFileMode(mine, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            try
            {
                File.Move(mine, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(mine); // another process was first: its secret counts
            }
        }

        return File.ReadAllText(path);
    }
}

/// <summary>
/// Master keys, each with an id; the last one seals, every one opens: rotation adds a line, seals anew and removes the old one. A line of its
/// own, <c>mac base64</c>, keys the hashes, which cannot be made anew; without it they hang on the oldest master key. Sealed bytes are
/// AES-256-GCM: key id (4 bytes) · nonce (12) · tag (16) · ciphertext, under a key derived per purpose (HKDF-SHA256, RFC 5869).
/// </summary>
public sealed class Sealing
{
    private const int Header = 4 + 12 + 16, MacKey = int.MinValue;
    private readonly SortedDictionary<int, byte[]> _masters = [];
    private readonly byte[]? _macKey;

    /// <param name="lines">One key a line: <c>id base64(32 bytes)</c>, and perhaps <c>mac base64(32 bytes)</c>.</param>
    public Sealing(string lines)
    {
        foreach (var parts in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Trim().Split(' ')))
        {
            if (parts[0] == "mac")
            {
                _macKey = Convert.FromBase64String(parts[1]);
                continue;
            }

            Current = int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture);
            _masters[Current] = Convert.FromBase64String(parts[1]);
        }
    }

    /// <summary>The id of the master key that seals.</summary>
    public int Current { get; }

    /// <summary>The ids of all master keys, oldest first.</summary>
    public IReadOnlyCollection<int> Masters => _masters.Keys;

    /// <summary>Keyed hashes have a key of their own, so every old master key can be removed.</summary>
    public bool HasMacKey => _macKey is not null;

    /// <summary>The master keys of a folder; a first one is made in development, elsewhere their absence is an error.</summary>
    public static Sealing FromFolder(string folder, bool development)
    {
        var path = Path.Combine(folder, "master-keys");
        return development || File.Exists(path)
            ? new(SecretFile.ReadOrCreate(path, () => $"mac {FreshKey()}\n1 {FreshKey()}\n"))
            : throw new InvalidOperationException("There is no file master-keys in the secrets folder.");
    }

    private static string FreshKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public byte[] Seal(string purpose, ReadOnlySpan<byte> plain) => SealWith(Derive(Current, purpose), Current, plain);
    public byte[] Open(string purpose, ReadOnlySpan<byte> sealedBytes) => OpenWith(Derive(BitConverter.ToInt32(sealedBytes), purpose), sealedBytes);

    /// <summary>A keyed hash (HMAC-SHA256) for look-ups over personal data; its key outlives rotation, which keeps what was stored.</summary>
    public byte[] Mac(string purpose, ReadOnlySpan<byte> data) => HMACSHA256.HashData(Derive(HasMacKey ? MacKey : _masters.Keys.First(), "mac:" + purpose), data);
    public byte[] Mac(string purpose, string text) => Mac(purpose, Encoding.UTF8.GetBytes(text));

    public static byte[] SealWith(byte[] key, int keyId, ReadOnlySpan<byte> plain)
    {
        var box = new byte[Header + plain.Length];
        BitConverter.TryWriteBytes(box, keyId);
        RandomNumberGenerator.Fill(box.AsSpan(4, 12));
        using var aes = new AesGcm(key, 16);
        aes.Encrypt(box.AsSpan(4, 12), plain, box.AsSpan(Header), box.AsSpan(16, 16), box.AsSpan(0, 4));
        return box;
    }

    public static byte[] OpenWith(byte[] key, ReadOnlySpan<byte> box)
    {
        var plain = new byte[box.Length - Header];
        using var aes = new AesGcm(key, 16);
        aes.Decrypt(box.Slice(4, 12), box[Header..], box.Slice(16, 16), plain, box[..4]);
        return plain;
    }

    private readonly System.Collections.Concurrent.ConcurrentDictionary<(int, string), byte[]> _derived = new();

    private byte[] Derive(int id, string purpose) => _derived.GetOrAdd((id, purpose),
        k => HKDF.DeriveKey(HashAlgorithmName.SHA256, k.Item1 == MacKey ? _macKey! : _masters[k.Item1], 32, info: Encoding.UTF8.GetBytes(k.Item2)));
}
