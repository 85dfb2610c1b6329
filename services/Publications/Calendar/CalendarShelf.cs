using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;

namespace Publications;

/// <summary>
/// The calendar's rows: which ones, one query into an index says each time; what they say never changes, so a replica keeps it in memory, for reading thousands of
/// texts anew costs more than all the rest.
/// </summary>
public sealed class CalendarShelf(NpgsqlDataSource database)
{
    /// <summary>Some 60 MB; then it begins anew.</summary>
    private const int Most = 100_000;

    private readonly ConcurrentDictionary<long, CalendarItem> _kept = new();

    /// <summary>In order of time; <paramref name="asOf"/>: as the calendar said it then.</summary>
    public async Task<IReadOnlyList<CalendarItem>> Items(string? body, string? channel, DateTimeOffset from, DateTimeOffset to, DateTimeOffset? asOf, CancellationToken ct)
    {
        for (; ; )
        {
            var ids = await Ids(body, channel, from, to, asOf, ct);
            var items = await Kept(ids, ct);
            if (items.Count == ids.Count)
            {
                return items;
            }

            ct.ThrowIfCancellationRequested(); // a row went away between the two looks: ask again which there are
        }
    }

    private async Task<IReadOnlyList<long>> Ids(string? body, string? channel, DateTimeOffset from, DateTimeOffset to, DateTimeOffset? asOf, CancellationToken ct)
    {
        await using var command = database.CreateCommand();
        command.Parameters.Add(new() { Value = from });
        command.Parameters.Add(new() { Value = to });
        command.CommandText = "select id from calendar_items where at >= $1 and at < $2 and state <> 'Cancelled'" + And(" and valid_from <= {0} and valid_to > {0}", asOf, " and valid_to = 'infinity'")
            + And(" and body = {0}", body) + And(" and channel = {0}", channel) + " order by at, publication_id, channel";
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<long> ids = [];
        while (await reader.ReadAsync(ct))
        {
            ids.Add(reader.GetInt64(0));
        }

        return ids;

        string And(string condition, object? value, string otherwise = "")
        {
            if (value is null)
            {
                return otherwise;
            }

            command.Parameters.Add(new() { Value = value });
            return string.Format(CultureInfo.InvariantCulture, condition, "$" + command.Parameters.Count);
        }
    }

    private async Task<IReadOnlyList<CalendarItem>> Kept(IReadOnlyList<long> ids, CancellationToken ct)
    {
        var missing = ids.Where(id => !_kept.ContainsKey(id)).ToArray();
        if (_kept.Count + missing.Length > Most)
        {
            _kept.Clear();
            missing = [.. ids];
        }

        var read = missing.Length == 0 ? [] : await Read(missing, ct);
        List<CalendarItem> items = new(ids.Count);
        foreach (var id in ids)
        {
            // what another request threw away meanwhile is asked for again with all the rest
            if (read.TryGetValue(id, out var item) || _kept.TryGetValue(id, out item))
            {
                items.Add(item);
            }
        }

        return items;
    }

    private async Task<Dictionary<long, CalendarItem>> Read(long[] ids, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select id, publication_id, channel, body, state, at, embargo, shown from calendar_items where id = any($1)");
        command.Parameters.Add(new() { Value = ids });
        await using var reader = await command.ExecuteReaderAsync(ct);
        Dictionary<long, CalendarItem> read = [];
        while (await reader.ReadAsync(ct))
        {
            var item = new CalendarItem(reader.GetGuid(1), string.Intern(reader.GetString(2)), string.Intern(reader.GetString(3)), string.Intern(reader.GetString(4)), reader.GetFieldValue<DateTimeOffset>(5),
                reader.IsDBNull(6) ? null : reader.GetFieldValue<DateTimeOffset>(6), reader.GetFieldValue<byte[]>(7));
            read[reader.GetInt64(0)] = _kept[reader.GetInt64(0)] = item;
        }

        return read;
    }
}
