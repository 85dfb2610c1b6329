using System.Text.Json;
using Marten;
using Platform;

namespace Inquiries;

/// <summary>A file that lies in the storage, sealed, and that no fact points to yet.</summary>
public sealed record KeptFile(Guid Id, string Name, string? MimeType, long Size, byte[] Sha256, NewFile File)
{
    public string Sha256Hex => Convert.ToHexStringLower(Sha256);
}

/// <summary>What the vault keeps of a file.</summary>
public sealed record FileName(string Name, string? MimeType, string Sha256)
{
    public static byte[] Of(KeptFile file) => JsonSerializer.SerializeToUtf8Bytes(new FileName(file.Name, file.MimeType, file.Sha256Hex), Json.Options);
}

/// <summary>
/// Brings files into the storage: sealed while they stream to a temporary name, flushed to the disk, renamed; only then may a fact say that they are there.
/// A crash in between leaves sealed bytes that nothing points to.
/// </summary>
public sealed class FileIntake(IFileStorage storage, Sealing sealing, Scans scans, Spool spool)
{
    public async Task<KeptFile> Keep(SubjectKey key, string direction, string name, string? mimeType, byte[]? claimed, Stream content, CancellationToken ct)
    {
        var id = Guid.CreateVersion7();
        var path = Path.Combine(spool.Folder, id.ToString("N"));
        try
        {
            var (size, sha256) = await Spool(key, id, path, content, ct) ?? throw Uploads.TooLarge();
            await storage.Keep(id, path, ct);
            string[] defects = claimed is null || claimed.AsSpan().SequenceEqual(sha256) ? [] : [AttachmentDecider.HashMismatch];
            return new(id, name, mimeType, size, sha256, new(direction, Mac("attachment-name", System.Text.Encoding.UTF8.GetBytes(name)), Mac("attachment", sha256), size, scans.FirstState, defects));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task<(long, byte[])?> Spool(SubjectKey key, Guid id, string path, Stream content, CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 128 * 1024, FileOptions.Asynchronous);
        var done = await SealedFile.Seal(SealedFile.Key(key, id), content, file, Uploads.MostBytes, ct);
        file.Flush(flushToDisk: true);
        return done;
    }

    public Task Discard(KeptFile file, CancellationToken ct) => storage.Remove(file.Id, ct);

    /// <summary>The vault text and the scanner's order of a file that is being added, in the session of its fact.</summary>
    public async Task<Guid> Enter(KeptFile file, Guid inquiryId, SubjectKey key, Vault vault, IDocumentSession session, CancellationToken ct)
    {
        var nameId = await vault.Keep(key, "attachment", System.Text.Encoding.UTF8.GetString(FileName.Of(file)), ct);
        await using var batch = new Npgsql.NpgsqlBatch(session.Connection);
        foreach (var order in scans.Order(file.Id, inquiryId, key.SubjectId))
        {
            batch.BatchCommands.Add(order);
            await batch.ExecuteNonQueryAsync(ct);
        }

        return nameId;
    }

    private string Mac(string purpose, byte[] data) => Convert.ToBase64String(sealing.Mac(purpose, data));
}

/// <summary>The files inside a form: stored before its transaction begins, entered in it.</summary>
public sealed class InlineFiles(FileIntake intake, Scans scans)
{
    /// <summary>One fact for each, also where two bear the same name. Past the most that a request holds a file stays where the form is: in the vault.</summary>
    public async Task Enter(SubjectKey key, Form form, PreparedForm prepared, CancellationToken ct)
    {
        var id = prepared.Received.InquiryId;
        foreach (var file in form.Attachments.Where(a => a.Content is not null).Take(AttachmentDecider.MostFiles))
        {
            using var content = new MemoryStream(file.Content!, writable: false);
            var kept = await intake.Keep(key, StoredFile.Request, file.Name, file.MimeType, Hex.Read(file.Sha256) ?? [], content, ct);
            var name = SealedItem.Of(key, "attachment", FileName.Of(kept));
            prepared.Files.Add(kept);
            prepared.Items.Add(name);
            prepared.Rows.AddRange(scans.Order(kept.Id, id, key.SubjectId));
            prepared.Facts.Add(now => new AttachmentAdded(id, kept.Id, name.Id, kept.File.Direction, kept.Size, kept.File.ContentMac, kept.File.NameMac, kept.File.State, kept.File.Defects, now));
        }
    }

    /// <summary>A twin was first: what this one stored belongs to nothing.</summary>
    public async Task Discard(IReadOnlyList<KeptFile> files, CancellationToken ct)
    {
        foreach (var file in files)
        {
            await intake.Discard(file, ct);
        }
    }
}

internal static class Hex
{
    /// <summary>A SHA-256 in hexadecimal; null when it is none.</summary>
    public static byte[]? Read(string? text) => text?.Length == 64 && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : null;
}
