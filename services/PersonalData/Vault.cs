using System.Text;
using Platform;

namespace PersonalData;

/// <summary>One item of the vault, opened.</summary>
public sealed record VaultItem(Guid Id, string Kind, string Words);

/// <summary>Personal data and free text, sealed per subject; written in the session of the facts that point to it.</summary>
public sealed class Vault(ISubjectKeys keys, IDocumentSession session, Work work, TimeProvider clock)
{
    public async Task<Guid> Keep(SubjectKey key, string kind, string words, CancellationToken ct)
    {
        var id = Guid.CreateVersion7();
        await Keep(key, id, kind, words, ct);
        return id;
    }

    /// <summary>Under an id that the facts name.</summary>
    public async Task Keep(Guid subjectId, Guid itemId, string kind, string words, CancellationToken ct) => await Keep(await Key(subjectId, ct), itemId, kind, words, ct);

    private async Task Keep(SubjectKey key, Guid id, string kind, string words, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        await using var insert = new NpgsqlCommand("insert into vault.items (item_id, subject_id, kind, sealed) values ($1, $2, $3, $4)")
        {
            Parameters = { new() { Value = id }, new() { Value = key.SubjectId }, new() { Value = kind }, new() { Value = Sealing.SealWith(key.Key, 0, Encoding.UTF8.GetBytes(words)) } },
        };
        await session.ExecuteAsync(insert, ct);
    }

    /// <summary>An official's read, logged with its reason before anything is opened.</summary>
    public async Task<string> Read(Guid subjectId, string kind, string? reason, CancellationToken ct) =>
        await Open(await Note(subjectId, reason, ct), "subject_id = $1 and kind = $2", ct, subjectId, kind) ?? throw Refused.Missing("personal data");

    /// <summary>Logs that personal data is about to be read, by whom and why; refused once blocked or erased.</summary>
    public async Task<SubjectKey> Note(Guid subjectId, string? reason, CancellationToken ct)
    {
        var why = Reason(reason);
        var key = await Readable(subjectId, ct);
        await Log(key, why, ct);
        return key;
    }

    /// <summary>Every item of a subject for an export, logged as a read; none once blocked or erased, which refuses no export.</summary>
    public async Task<IReadOnlyList<VaultItem>> ReadAll(Guid subjectId, string? reason, CancellationToken ct)
    {
        var why = Reason(reason);
        if (await keys.Find(subjectId, ct) is not { } key)
        {
            return [];
        }

        await Log(key, why, ct);
        List<VaultItem> items = [];
        await using var select = new NpgsqlCommand(Unblocked("item_id, kind, sealed", "subject_id = $1") + " order by item_id") { Parameters = { new() { Value = subjectId } } };
        await using var reader = await session.ExecuteReaderAsync(select, ct);
        while (await reader.ReadAsync(ct))
        {
            items.Add(new(reader.GetGuid(0), reader.GetString(1), Encoding.UTF8.GetString(Sealing.OpenWith(key.Key, await reader.GetFieldValueAsync<byte[]>(2, ct)))));
        }

        return items;
    }

    private static string Reason(string? reason) => string.IsNullOrWhiteSpace(reason)
        ? throw Refused.Invalid("reason-missing", "Say why the personal data is read; the vault keeps it.", "reason") : reason;

    private async Task Log(SubjectKey key, string reason, CancellationToken ct)
    {
        await using var log = new NpgsqlCommand("insert into vault.reads (read_id, subject_id, reader, body, reason, read_at) values ($1, $2, $3, $4, $5, $6)")
        {
            Parameters =
            {
                new() { Value = Guid.CreateVersion7() }, new() { Value = key.SubjectId }, new() { Value = work.Caller.Name },
                new() { Value = (object?)work.Caller.Body ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text },
                new() { Value = Sealing.SealWith(key.Key, 0, Encoding.UTF8.GetBytes(reason)) }, new() { Value = clock.GetUtcNow() },
            },
        };
        await session.ExecuteAsync(log, ct);
    }

    /// <summary>An item opened for the rules or for the asker, not for an official; null once blocked or erased.</summary>
    public async Task<string?> Open(Guid subjectId, Guid itemId, CancellationToken ct) =>
        await keys.Find(subjectId, ct) is { } key ? await Open(key, "item_id = $1", ct, itemId) : null;

    /// <summary>What there is of a kind, for the rules; null once blocked or erased.</summary>
    public async Task<string?> Open(Guid subjectId, string kind, CancellationToken ct) => await keys.Find(subjectId, ct) is { } key ? await Open(key, kind, ct) : null;

    /// <summary>The same where nothing can go on without it: refused once blocked or erased. No read by a person, so it is not logged. Null if there never was one.</summary>
    public async Task<string?> Need(Guid subjectId, string kind, CancellationToken ct) => await Open(await Readable(subjectId, ct), kind, ct);

    /// <summary>The key, where it may be used to read: 409 personal-data-blocked, subject-erased.</summary>
    public async Task<SubjectKey> Readable(Guid subjectId, CancellationToken ct)
    {
        var key = await Key(subjectId, ct);
        return await Standing(subjectId, ct) is { Blocked: true } ? throw VaultRefusals.IsBlocked() : key;
    }

    /// <summary>Blocked: a flag that every reader honours. Erased: also in the moment before its key is destroyed.</summary>
    private async Task<(bool Blocked, bool Erased)> Standing(Guid subjectId, CancellationToken ct)
    {
        await using var select = new NpgsqlCommand("""
            select exists (select from vault.blocks where subject_id = $1), exists (select from vault.erasures where subject_id = $1)
            """)
        { Parameters = { new() { Value = subjectId } } };
        await using var reader = await session.ExecuteReaderAsync(select, ct);
        await reader.ReadAsync(ct);
        return (reader.GetBoolean(0), reader.GetBoolean(1));
    }

    private Task<string?> Open(SubjectKey key, string kind, CancellationToken ct) => Open(key, "subject_id = $1 and kind = $2", ct, key.SubjectId, kind);

    private async Task<string?> Open(SubjectKey key, string where, CancellationToken ct, params object[] values)
    {
        await using var select = new NpgsqlCommand(Unblocked("sealed", where) + " order by item_id limit 1");
        select.Parameters.AddRange(values.Select(v => new NpgsqlParameter { Value = v }).ToArray());
        await using var reader = await session.ExecuteReaderAsync(select, ct);
        return await reader.ReadAsync(ct) ? Encoding.UTF8.GetString(Sealing.OpenWith(key.Key, await reader.GetFieldValueAsync<byte[]>(0, ct))) : null;
    }

    private static string Unblocked(string columns, string where) =>
        $"select {columns} from vault.items i where {where} and {Unblocked("i")}";

    /// <summary>That the subject of the row called so is not blocked.</summary>
    public static string Unblocked(string row) => $"not exists (select from vault.blocks b where b.subject_id = {row}.subject_id)";

    private async Task<SubjectKey> Key(Guid subjectId, CancellationToken ct) =>
        await keys.Find(subjectId, ct) is { } key && await Standing(subjectId, ct) is { Erased: false } ? key : throw VaultRefusals.IsErased();
}
