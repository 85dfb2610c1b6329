using System.Text.Json;
using Marten;
using Npgsql;
using Platform;

namespace Publications;

/// <summary>Credentials of accounts: sealed under the master key, in rows beside the facts, opened for the call alone.</summary>
public sealed class SealedCredentials(Sealing sealing)
{
    public const string Purpose = "channel-credentials", Table = "channel_credentials", Key = "account_id", Column = "sealed";

    /// <summary>In the session's own transaction, with the fact that names them.</summary>
    public void Keep(IDocumentSession session, Guid accountId, IReadOnlyDictionary<string, string> values) => session.QueueSqlCommand(
        $"insert into {Table} ({Key}, {Column}) values (?, ?) on conflict ({Key}) do update set {Column} = excluded.{Column}",
        accountId, sealing.Seal(Purpose, JsonSerializer.SerializeToUtf8Bytes(values)));

    public static void Destroy(IDocumentSession session, Guid accountId) => session.QueueSqlCommand($"delete from {Table} where {Key} = ?", accountId);

    public async Task<IReadOnlyDictionary<Guid, IReadOnlyDictionary<string, string>>> Open(NpgsqlDataSource database, Guid? only, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select {Key}, {Column} from {Table}" + (only is null ? "" : $" where {Key} = $1"));
        if (only is { } id)
        {
            command.Parameters.Add(new() { Value = id });
        }

        Dictionary<Guid, IReadOnlyDictionary<string, string>> opened = [];
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            opened[row.GetGuid(0)] = JsonSerializer.Deserialize<Dictionary<string, string>>(sealing.Open(Purpose, row.GetFieldValue<byte[]>(1)))!;
        }

        return opened;
    }
}
