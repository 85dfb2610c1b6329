using System.Text;
using Platform;

namespace PersonalData;

/// <summary>
/// One read of the vault by a person: who, for which body, why and when. <paramref name="Reason"/> is sealed with the subject's key and null once that is
/// blocked or destroyed. What the rules read by themselves (masking, likeness, the asker's own door) is no read by a person and is not listed.
/// </summary>
public sealed record VaultReading(Guid Id, string Reader, string? Body, string? Reason, DateTimeOffset ReadAt);

/// <summary>Who read the vault.</summary>
public sealed class VaultReads(ISubjectKeys keys, NpgsqlDataSource database)
{
    /// <summary>The reads of one subject, newest first: those of one body, or with null of all.</summary>
    public async Task<Page<VaultReading>> Of(Guid subjectId, string? body, string? cursor, int limit, DateTimeOffset? asOf, CancellationToken ct)
    {
        var key = await keys.Find(subjectId, ct);
        await using var select = database.CreateCommand("""
            select read_id, reader, body, reason, read_at, exists (select from vault.blocks b where b.subject_id = r.subject_id) from vault.reads r
            where subject_id = $1 and ($2 or body = $3) and read_id < $4 and read_at <= $5 order by read_id desc limit $6
            """);
        select.Parameters.AddRange(new NpgsqlParameter[]
        {
            new() { Value = subjectId }, new() { Value = body is null }, new() { Value = body ?? "" }, new() { Value = After(cursor) },
            new() { Value = (asOf ?? DateTimeOffset.MaxValue).ToUniversalTime() }, new() { Value = limit },
        });
        await using var reader = await select.ExecuteReaderAsync(ct);
        List<VaultReading> items = [];
        while (await reader.ReadAsync(ct))
        {
            items.Add(new(reader.GetGuid(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2),
                key is null || reader.GetBoolean(5) ? null : Encoding.UTF8.GetString(Sealing.OpenWith(key.Key, reader.GetFieldValue<byte[]>(3))), reader.GetFieldValue<DateTimeOffset>(4)));
        }

        return new(items, items.Count == limit ? items[^1].Id.ToString("N") : null);
    }

    private static Guid After(string? cursor) => cursor is null ? new Guid("ffffffff-ffff-ffff-ffff-ffffffffffff")
        : Guid.TryParseExact(cursor, "N", out var id) ? id : throw Refused.Invalid("cursor-invalid", "cursor is what the last page gave as next.", "cursor");
}
