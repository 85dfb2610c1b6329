using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Inquiries;

/// <summary>
/// A file sealed in chunks under a key derived from its subject's key and its own id (HKDF-SHA256), so that destroying the subject's key destroys it.
/// Each chunk is AES-256-GCM: up to 64 KiB of ciphertext, then the tag (16). The nonce counts the chunks and marks the last one, so that none
/// can be left out, moved or cut off unseen. Nothing is ever whole in memory.
/// </summary>
public static class SealedFile
{
    private const int Chunk = 64 * 1024, Tag = 16;

    public static byte[] Key(SubjectKey subject, Guid fileId) => HKDF.DeriveKey(HashAlgorithmName.SHA256, subject.Key, 32, salt: fileId.ToByteArray(), info: "attachment"u8.ToArray());

    /// <summary>Seals what is read, to the end, and gives its size and SHA-256; <paramref name="most"/> bytes are taken, one more is too many (null).</summary>
    public static async Task<(long Size, byte[] Sha256)?> Seal(byte[] key, Stream plain, Stream to, long most, CancellationToken ct)
    {
        using var aes = new AesGcm(key, Tag);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (current, next, box, size) = (new byte[Chunk], new byte[Chunk], new byte[Chunk + Tag], 0L);
        var length = await plain.ReadAtLeastAsync(current, Chunk, throwOnEndOfStream: false, ct);
        for (ulong number = 0; ; number++)
        {
            size += length;
            if (size > most)
            {
                return null;
            }

            hash.AppendData(current, 0, length);
            var read = length == Chunk ? await plain.ReadAtLeastAsync(next, Chunk, throwOnEndOfStream: false, ct) : 0;
            aes.Encrypt(Nonce(number, last: read == 0), current.AsSpan(0, length), box.AsSpan(0, length), box.AsSpan(length, Tag));
            await to.WriteAsync(box.AsMemory(0, length + Tag), ct);
            if (read == 0)
            {
                return (size, hash.GetHashAndReset());
            }

            (current, next, length) = (next, current, read);
        }
    }

    /// <summary>Opens it chunk by chunk; what was changed, moved or cut off stops it with a <see cref="CryptographicException"/>.</summary>
    public static async Task Open(byte[] key, Stream box, Stream to, CancellationToken ct)
    {
        using var aes = new AesGcm(key, Tag);
        var (current, next, plain) = (new byte[Chunk + Tag], new byte[Chunk + Tag], new byte[Chunk]);
        var length = await box.ReadAtLeastAsync(current, Chunk + Tag, throwOnEndOfStream: false, ct);
        for (ulong number = 0; ; number++)
        {
            var read = length == Chunk + Tag ? await box.ReadAtLeastAsync(next, Chunk + Tag, throwOnEndOfStream: false, ct) : 0;
            if (length < Tag)
            {
                throw new CryptographicException("A chunk is cut off.");
            }

            aes.Decrypt(Nonce(number, last: read == 0), current.AsSpan(0, length - Tag), current.AsSpan(length - Tag, Tag), plain.AsSpan(0, length - Tag));
            await to.WriteAsync(plain.AsMemory(0, length - Tag), ct);
            if (read == 0)
            {
                return;
            }

            (current, next, length) = (next, current, read);
        }
    }

    private static byte[] Nonce(ulong number, bool last)
    {
        var nonce = new byte[12];
        BinaryPrimitives.WriteUInt64BigEndian(nonce, number);
        nonce[11] = last ? (byte)1 : (byte)0;
        return nonce;
    }
}
