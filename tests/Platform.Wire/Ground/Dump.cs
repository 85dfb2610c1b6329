using System.Text;
using Npgsql;

namespace Platform.Wire.Ground;

/// <summary>What stands in a database, to look for words in: bytes as Latin-1 text, one character a byte, so that one search does for text and binary.</summary>
public static class Dump
{
    public static string Latin(byte[] bytes) => Encoding.Latin1.GetString(bytes);
    public static string Latin(string text) => Latin(Encoding.UTF8.GetBytes(text));

    /// <summary>Every row of every table as COPY writes it, each bytea also decoded: what a dump would hold.</summary>
    public static async IAsyncEnumerable<(string Where, string Latin)> Of(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        List<string> tables = [];
        await using (var list = source.CreateCommand("""
            select quote_ident(n.nspname) || '.' || quote_ident(c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'm') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_toast' order by 1
            """))
        {
            await using var reader = await list.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                tables.Add(reader.GetString(0));
            }
        }

        await using var connection = await source.OpenConnectionAsync();
        foreach (var table in tables)
        {
            using var copy = await connection.BeginTextExportAsync($"copy {table} to stdout");
            while (await copy.ReadLineAsync() is { } row)
            {
                foreach (var cell in row.Split('\t'))
                {
                    yield return cell.StartsWith(@"\\x", StringComparison.Ordinal) ? (table + " (decoded)", Latin(Convert.FromHexString(cell.AsSpan(3)))) : (table, Latin(Encoding.UTF8.GetBytes(cell)));
                }
            }
        }
    }
}
