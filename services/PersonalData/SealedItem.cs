using Platform;

namespace PersonalData;

/// <summary>A row of the vault as it is stored: words under their subject's key.</summary>
public sealed record SealedItem(Guid Id, Guid SubjectId, string Kind, byte[] Sealed)
{
    public static SealedItem Of(SubjectKey key, string kind, ReadOnlySpan<byte> words) =>
        new(Guid.CreateVersion7(), key.SubjectId, kind, Sealing.SealWith(key.Key, 0, words));

    /// <summary>Any number of rows by one statement.</summary>
    public static NpgsqlBatchCommand Insert(IReadOnlyCollection<SealedItem> items) =>
        new("insert into vault.items (item_id, subject_id, kind, sealed) select * from unnest($1, $2, $3, $4)")
        {
            Parameters =
            {
                new() { Value = items.Select(i => i.Id).ToArray() }, new() { Value = items.Select(i => i.SubjectId).ToArray() },
                new() { Value = items.Select(i => i.Kind).ToArray() }, new() { Value = items.Select(i => i.Sealed).ToArray() },
            },
        };
}
