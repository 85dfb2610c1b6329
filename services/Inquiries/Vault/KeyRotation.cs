using System.Globalization;
using Npgsql;
using Platform;

namespace Inquiries;

/// <summary>The database of wrapped subject keys, apart from the data and with backups of its own.</summary>
public sealed record KeysDatabase(NpgsqlDataSource Source);

/// <summary>
/// <c>rotate-keys</c>: wraps every subject key, and whatever else a master key sealed, anew under the newest one. Each row is changed only from
/// what was read, so doors may stay open and an erased key never returns; what is done already is passed over, so it may be broken off and begun again.
/// </summary>
public sealed class KeyRotation(NpgsqlDataSource database, KeysDatabase keys, Sealing sealing)
{
    private const int Batch = 500;

    private sealed record Place(NpgsqlDataSource Source, string Table, string Key, string Sealed, string Purpose);

    private Place[] Places =>
    [
        new(keys.Source, "subject_keys", "subject_id", "wrapped", SubjectKeys.Purpose),
        new(database, "quarantine", "quarantine_id", "sealed", Quarantine.Purpose),
        new(database, "platform.idempotency", "key", "reply", Idempotency.Purpose),
    ];

    /// <summary>Rotates and tells what each master key still holds; 0 when all but the newest hold nothing.</summary>
    public async Task<int> Run(TextWriter tell, CancellationToken ct)
    {
        foreach (var place in Places)
        {
            var done = 0;
            for (object? last = null; ;)
            {
                var (some, next) = await Rewrap(place, last, ct);
                if (some == 0)
                {
                    break;
                }

                (done, last) = (done + some, next);
                await tell.WriteLineAsync($"{place.Table}: {done.ToString(CultureInfo.InvariantCulture)} under master key {sealing.Current}");
            }
        }

        var left = 0L;
        foreach (var master in sealing.Masters.Where(m => m != sealing.Current))
        {
            var held = 0L;
            foreach (var place in Places)
            {
                held += await Held(place, master, ct);
            }

            left += held;
            await tell.WriteLineAsync(held > 0 ? $"master key {master} still seals {held}: run it again once every replica knows master key {sealing.Current}"
                : !sealing.HasMacKey && master == sealing.Masters.First() ? $"master key {master} seals nothing, but keyed hashes hang on it: the file has no line mac, so keep it"
                : $"master key {master} seals nothing: its line can be removed");
        }

        return left == 0 ? 0 : 1;
    }

    private async Task<(int Done, object? Last)> Rewrap(Place place, object? after, CancellationToken ct)
    {
        List<byte[]> before = [];
        List<object> ids = [];
        await using (var select = place.Source.CreateCommand($"""
            select {place.Key}, {place.Sealed} from {place.Table} where substring({place.Sealed} from 1 for 4) <> $1
            {(after is null ? "" : $"and {place.Key} > $2")} order by {place.Key} limit {Batch}
            """))
        {
            select.Parameters.Add(new() { Value = BitConverter.GetBytes(sealing.Current) });
            if (after is not null)
            {
                select.Parameters.Add(new() { Value = after });
            }

            await using var reader = await select.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                ids.Add(reader.GetValue(0));
                before.Add(reader.GetFieldValue<byte[]>(1));
            }
        }

        if (ids.Count == 0)
        {
            return (0, null);
        }

        await using var batch = place.Source.CreateBatch();
        foreach (var (id, was) in ids.Zip(before))
        {
            batch.BatchCommands.Add(new($"update {place.Table} set {place.Sealed} = $3 where {place.Key} = $1 and {place.Sealed} = $2")
            { Parameters = { new() { Value = id }, new() { Value = was }, new() { Value = sealing.Seal(place.Purpose, sealing.Open(place.Purpose, was)) } } });
        }

        await batch.ExecuteNonQueryAsync(ct);
        return (ids.Count, ids[^1]);
    }

    private static async Task<long> Held(Place place, int master, CancellationToken ct)
    {
        await using var count = place.Source.CreateCommand($"select count(*) from {place.Table} where substring({place.Sealed} from 1 for 4) = $1");
        count.Parameters.Add(new() { Value = BitConverter.GetBytes(master) });
        return (long)(await count.ExecuteScalarAsync(ct))!;
    }
}
