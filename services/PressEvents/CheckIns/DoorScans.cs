using Marten;
using Npgsql;

namespace PressEvents;

/// <summary>One scan that a device without a net told of, read and checked.</summary>
public sealed record ToldScan(BadgeScanned Fact, byte[] Content);

/// <summary>The rows by which a scan is told once, and the locks by which one badge's scans are told one after the other.</summary>
public sealed class DoorScans
{
    /// <summary>In one order, so that two that want the same ones do not wait for each other crosswise; until the commit.</summary>
    public async Task Hold(IDocumentSession session, IEnumerable<Guid> attendances, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        await using var wait = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended(id::text, 6113)) from (select id from unnest($1) id order by id) ids")
        { Parameters = { new() { Value = attendances.Distinct().ToArray() } } };
        await session.ExecuteAsync(wait, ct);
    }

    /// <summary>The scans that nobody told of before; a twin in flight is waited for.</summary>
    public async Task<HashSet<(string Device, long Seq)>> Claim(IDocumentSession session, Guid pressEventId, IReadOnlyList<ToldScan> scans, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        var rows = scans.DistinctBy(s => (s.Fact.DeviceId, s.Fact.Seq)).OrderBy(s => s.Fact.DeviceId, StringComparer.Ordinal).ThenBy(s => s.Fact.Seq).ToList();
        await using var insert = new NpgsqlCommand("""
            insert into door_scans (press_event_id, device_id, seq, content, attendance_id) select $1, * from unnest($2, $3, $4, $5)
            on conflict do nothing returning device_id, seq
            """)
        {
            Parameters =
            {
                new() { Value = pressEventId }, new() { Value = rows.Select(s => s.Fact.DeviceId!).ToArray() }, new() { Value = rows.Select(s => s.Fact.Seq!.Value).ToArray() },
                new() { Value = rows.Select(s => s.Content).ToArray() }, new() { Value = rows.Select(s => s.Fact.AttendanceId).ToArray() },
            },
        };
        await using var reader = await session.ExecuteReaderAsync(insert, ct);
        HashSet<(string, long)> fresh = [];
        while (await reader.ReadAsync(ct))
        {
            fresh.Add((reader.GetString(0), reader.GetInt64(1)));
        }

        return fresh;
    }

    /// <summary>What was told under these numbers.</summary>
    public async Task<Dictionary<(string Device, long Seq), (byte[] Content, Guid Attendance)>> Told(IDocumentSession session, Guid pressEventId, IReadOnlyList<ToldScan> scans, CancellationToken ct)
    {
        await using var select = new NpgsqlCommand("select device_id, seq, content, attendance_id from door_scans where press_event_id = $1 and (device_id, seq) in (select * from unnest($2, $3))")
        {
            Parameters =
            {
                new() { Value = pressEventId }, new() { Value = scans.Select(s => s.Fact.DeviceId!).ToArray() }, new() { Value = scans.Select(s => s.Fact.Seq!.Value).ToArray() },
            },
        };
        await using var reader = await session.ExecuteReaderAsync(select, ct);
        Dictionary<(string, long), (byte[], Guid)> told = [];
        while (await reader.ReadAsync(ct))
        {
            told.Add((reader.GetString(0), reader.GetInt64(1)), (reader.GetFieldValue<byte[]>(2), reader.GetGuid(3)));
        }

        return told;
    }
}
