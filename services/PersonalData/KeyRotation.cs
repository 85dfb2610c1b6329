using System.Globalization;
using Platform;

namespace PersonalData;

/// <summary>A column of the service's own store whose bytes a master key sealed.</summary>
public sealed record SealedColumn(string Table, string Key, string Sealed, string Purpose);

/// <summary>
/// <c>rotate-keys</c>: wraps every subject key, and whatever else a master key sealed, anew under the newest one. Each row is changed only from
/// what was read, so doors may stay open and an erased key never returns; what is done already is passed over, so it may be broken off and begun again.
/// </summary>
public sealed class KeyRotation(NpgsqlDataSource database, KeysDatabase keys, Sealing sealing, SealedColumn[] own)
{
    private const int Batch = 500;

    private sealed record Place(NpgsqlDataSource Source, SealedColumn Column);

    private Place[] Places =>
    [
        new(keys.Source, new("subject_keys", "subject_id", "wrapped", SubjectKeys.Purpose)),
        .. own.Append(new("platform.idempotency", "key", "reply", Idempotency.Purpose)).Select(column => new Place(database, column)),
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
                await tell.WriteLineAsync($"{place.Column.Table}: {done.ToString(CultureInfo.InvariantCulture)} under master key {sealing.Current}");
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
        var column = place.Column;
        List<byte[]> before = [];
        List<object> ids = [];
        await using (var select = place.Source.CreateCommand($"""
            select {column.Key}, {column.Sealed} from {column.Table} where substring({column.Sealed} from 1 for 4) <> $1
            {(after is null ? "" : $"and {column.Key} > $2")} order by {column.Key} limit {Batch}
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
            batch.BatchCommands.Add(new($"update {column.Table} set {column.Sealed} = $3 where {column.Key} = $1 and {column.Sealed} = $2")
            { Parameters = { new() { Value = id }, new() { Value = was }, new() { Value = sealing.Seal(column.Purpose, sealing.Open(column.Purpose, was)) } } });
        }

        await batch.ExecuteNonQueryAsync(ct);
        return (ids.Count, ids[^1]);
    }

    private static async Task<long> Held(Place place, int master, CancellationToken ct)
    {
        await using var count = place.Source.CreateCommand($"select count(*) from {place.Column.Table} where substring({place.Column.Sealed} from 1 for 4) = $1");
        count.Parameters.Add(new() { Value = BitConverter.GetBytes(master) });
        return (long)(await count.ExecuteScalarAsync(ct))!;
    }
}
