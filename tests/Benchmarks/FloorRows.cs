using System.Security.Cryptography;
using Npgsql;

namespace Benchmarks;

/// <summary>
/// The rows of one form, as the service wrote them last: tables of the same columns and indexes, and rows of the same number and sizes,
/// copied from the latest request with ids of their own; so that the floor follows whatever intake comes to write.
/// </summary>
public sealed class FloorRows(NpgsqlDataSource database)
{
    private sealed record Fact(string Type, string DotNetType, string Data, string Correlation, string Causation, string User, string Headers);
    private sealed record Sample(Fact[] Facts, string[] Columns, object[] View, long[] Tokens);
    private readonly Lazy<Task<Sample>> _sample = new(() => Look(database));

    public static async Task<FloorRows> Make(NpgsqlDataSource database)
    {
        await using var make = database.CreateCommand("""
            drop schema if exists floor cascade;
            create schema floor;
            create sequence floor.seq;
            create table floor.forms (like forms including all);
            create table floor.items (like vault.items including all);
            create table floor.tokens (like vault.tokens including all);
            create table floor.numbers (like numbers including all);
            create table floor.subject_keys (subject_id uuid primary key, wrapped bytea not null);
            create table floor.streams (like mt_streams including all);
            create table floor.events (like mt_events including all);
            create table floor.views (like mt_doc_inquiryview including all);
            """);
        await make.ExecuteNonQueryAsync();
        return new(database);
    }

    public async Task Insert(byte[] form, string holder, CancellationToken ct)
    {
        var sample = await _sample.Value;
        var (id, subject, now) = (Guid.CreateVersion7(), Guid.CreateVersion7(), DateTimeOffset.UtcNow);
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        void Add(string sql, params object[] values)
        {
            var command = new NpgsqlBatchCommand(sql);
            command.Parameters.AddRange(values.Select(v => new NpgsqlParameter { Value = v }).ToArray());
            batch.BatchCommands.Add(command);
        }

        Add("insert into floor.forms values ($1, $2, $3)", RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32), id);
        Add("insert into floor.items values ($1, $2, 'form', $3)", Guid.CreateVersion7(), subject, (byte[])[.. new byte[32], .. form]); // sealing adds 32 bytes
        Add("insert into floor.tokens values ($1, $2, $3, $4)", id, subject, holder, (long[])[Random.Shared.NextInt64(), .. sample.Tokens.Skip(1)]);
        Add("insert into floor.subject_keys values ($1, $2)", subject, RandomNumberGenerator.GetBytes(64));
        Add("insert into floor.streams (id, type, version, timestamp) values ($1, 'inquiry', $2, now())", id, (long)sample.Facts.Length);
        foreach (var (version, fact) in sample.Facts.Index())
        {
            Add("insert into floor.events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, correlation_id, causation_id, user_name, headers) values (nextval('floor.seq'), $1, $2, $3, $4::jsonb, $5, $6, $7, $8, $9, $10, $11::jsonb)",
                Guid.CreateVersion7(), id, version + 1L, fact.Data, fact.Type, now, fact.DotNetType, fact.Correlation, fact.Causation, fact.User, fact.Headers);
        }

        Add($"insert into floor.views ({string.Join(", ", sample.Columns)}) values ({string.Join(", ", sample.Columns.Select((c, i) => c == "data" ? $"${i + 1}::jsonb" : $"${i + 1}"))})",
            [.. sample.Columns.Zip(sample.View, (column, value) => column switch { "id" => id, "number" => id.ToString("N")[10..], "holder" => holder, _ => value })]);
        Add("insert into floor.numbers as n values ($1, 2026, 1) on conflict (holder, year) do update set last = n.last + 1", holder);
        await batch.ExecuteNonQueryAsync(ct); // one batch is one implicit transaction
    }

    private static async Task<Sample> Look(NpgsqlDataSource database)
    {
        const string latest = "(select stream_id from mt_events where type = 'inquiry_registered' order by seq_id desc limit 1)";
        List<Fact> facts = [];
        await using (var select = database.CreateCommand($"select type, mt_dotnet_type, data::text, correlation_id, causation_id, user_name, headers::text from mt_events where stream_id = {latest} order by version"))
        await using (var reader = await select.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                facts.Add(new(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5), reader.GetString(6)));
            }
        }

        await using var view = database.CreateCommand($"select * from mt_doc_inquiryview where id = {latest}");
        await using var row = await view.ExecuteReaderAsync();
        await row.ReadAsync();
        var columns = Enumerable.Range(0, row.FieldCount).Where(i => !row.IsDBNull(i)).ToArray();
        var (names, values) = (columns.Select(row.GetName).ToArray(), columns.Select(row.GetValue).ToArray());
        await row.DisposeAsync();
        await using var tokens = database.CreateCommand($"select tokens from vault.tokens where inquiry_id = {latest}");
        return new([.. facts], names, values, (long[])(await tokens.ExecuteScalarAsync())!);
    }
}
