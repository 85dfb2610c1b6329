using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;
using NpgsqlTypes;
using Platform;

namespace Inquiries;

/// <summary>How statistics are made: the version of the definition, in both languages.</summary>
public sealed record StatisticsDefinition(string Version, string Kk, string Ru)
{
    public static StatisticsDefinition Current { get; } = Tables.Read("timeliness-definition").Select(row => new StatisticsDefinition(row["version"], row["kk"], row["ru"])).Last();
}

/// <summary>
/// A holder's month: how many requests came to a first final act, the median of their days, the share in time. With fewer than five all three
/// are null and <paramref name="Hidden"/> is true. There are no totals: a hidden number must not be found by subtracting.
/// </summary>
public sealed record TimelinessCell(string Holder, Bilingual HolderName, string Month, bool Hidden, long? N, int? MedianDays, decimal? ShareInTime);

/// <summary>The statistics at a <paramref name="Position"/> of the store: asked for again with it, they are the same bytes.</summary>
public sealed record TimelinessReply(StatisticsDefinition Definition, string Position, string From, string To, IReadOnlyList<TimelinessCell> Items);

/// <summary><c>GET /v1/statistics/timeliness?from=2026-01&amp;to=2026-12&amp;by=holder</c>: public, by holder and month of the first final act.</summary>
/// <remarks>
/// Rows before a position do not change any more, and those behind it name the cells that they change: so the cells of the last position
/// asked for are kept, and a later one counts again only what moved since. Counting a year of a million requests takes a second.
/// </remarks>
public sealed class TimelinessReads(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>Below it a number could point to a person.</summary>
    public const int Least = 5;
    private const int MostMonths = 60;
    private sealed record Counted(long At, ImmutableSortedDictionary<(DateOnly Month, string Holder), TimelinessCell> Cells);
    private volatile Counted? _latest;

    public async Task<TimelinessReply> Read(string? from, string? to, string? by, string? position, CancellationToken ct)
    {
        if (by is not (null or "holder"))
        {
            throw Refused.Invalid("by-unknown", "by is holder.", "by");
        }

        var today = Registration.AlmatyDate(clock.GetUtcNow());
        var last = Month(to, "to") ?? new DateOnly(today.Year, today.Month, 1);
        var first = Month(from, "from") ?? last.AddMonths(-11);
        if (first > last || first.AddMonths(MostMonths) <= last)
        {
            throw Refused.Invalid("period-invalid", $"from is not after to, and they are at most {MostMonths} months apart.", "from");
        }

        var settled = await Settled(ct);
        var at = position is null ? settled : Changes.Position(position);
        if (at > settled)
        {
            throw Refused.Invalid("position-invalid", "position is one that these statistics named.", "position");
        }

        var cells = await Cells(at, ct);
        return new(StatisticsDefinition.Current, at.ToString(CultureInfo.InvariantCulture), Text(first), Text(last),
            [.. cells.Where(c => c.Key.Month >= first && c.Key.Month <= last).Select(c => c.Value)]);
    }

    private async Task<ImmutableSortedDictionary<(DateOnly Month, string Holder), TimelinessCell>> Cells(long at, CancellationToken ct)
    {
        var latest = _latest;
        if (latest?.At == at)
        {
            return latest.Cells;
        }

        if (latest?.At > at)
        {
            return Sorted(await Count(at, null, ct)); // an old position, asked for again
        }

        var moved = latest is null ? null : await Moved(latest.At, at, ct);
        var counted = await Count(at, moved, ct);
        var now = new Counted(at, latest is null ? Sorted(counted) : latest.Cells.SetItems(counted));
        _latest = now;
        return now.Cells;
    }

    private static ImmutableSortedDictionary<(DateOnly Month, string Holder), TimelinessCell> Sorted(IEnumerable<KeyValuePair<(DateOnly, string), TimelinessCell>> cells) =>
        cells.ToImmutableSortedDictionary(Comparer<(DateOnly Month, string Holder)>.Create((x, y) => x.Month != y.Month ? x.Month.CompareTo(y.Month) : string.CompareOrdinal(x.Holder, y.Holder)));

    /// <summary>The cells that rows between two positions change.</summary>
    private async Task<List<(DateOnly Month, string Holder)>> Moved(long after, long upTo, CancellationToken ct)
    {
        await using var select = database.CreateCommand("""
            select month, holder from mt_doc_timeliness where concluded_position > $1 and concluded_position <= $2
            union select month, holder from mt_doc_timeliness where late_position > $1 and late_position <= $2
            """);
        select.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = after }, new() { Value = upTo } });
        await using var row = await select.ExecuteReaderAsync(ct);
        List<(DateOnly, string)> moved = [];
        while (await row.ReadAsync(ct))
        {
            moved.Add((row.GetFieldValue<DateOnly>(0), row.GetString(1)));
        }

        return moved;
    }

    /// <param name="at">The position.</param>
    /// <param name="only">The cells to count; null: all.</param>
    /// <param name="ct">Ends the reading.</param>
    private async Task<List<KeyValuePair<(DateOnly, string), TimelinessCell>>> Count(long at, List<(DateOnly Month, string Holder)>? only, CancellationToken ct)
    {
        await using var select = database.CreateCommand($"""
            select holder, month, count(*), percentile_disc(0.5) within group (order by days), count(*) filter (where late_position is null or late_position > $1)
            from mt_doc_timeliness where month is not null and concluded_position <= $1
            {(only is null ? "" : "and (month, holder) in (select * from unnest($2, $3))")} group by holder, month
            """);
        select.Parameters.Add(new() { Value = at });
        if (only is not null)
        {
            select.Parameters.Add(new() { Value = only.Select(c => c.Month).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date });
            select.Parameters.Add(new() { Value = only.Select(c => c.Holder).ToArray() });
        }

        await using var row = await select.ExecuteReaderAsync(ct);
        List<KeyValuePair<(DateOnly, string), TimelinessCell>> cells = [];
        while (await row.ReadAsync(ct))
        {
            var (holder, month, n) = (row.GetString(0), row.GetFieldValue<DateOnly>(1), row.GetInt64(2));
            var name = Holders.Find(holder) is { } known ? new Bilingual(known.NameKk, known.NameRu) : new(null, null);
            cells.Add(new((month, holder), n < Least ? new(holder, name, Text(month), true, null, null, null)
                : new(holder, name, Text(month), false, n, row.GetInt32(3), Math.Round((decimal)row.GetInt64(4) / n, 4))));
        }

        return cells;
    }

    /// <summary>How far the rows are folded; nothing before it changes any more.</summary>
    private async Task<long> Settled(CancellationToken ct)
    {
        await using var command = database.CreateCommand("select last_seq_id from mt_event_progression where name = 'timeliness:All'");
        return await command.ExecuteScalarAsync(ct) is long mark ? mark : 0;
    }

    private static DateOnly? Month(string? text, string field) => text is null ? null
        : DateOnly.TryParseExact(text, ["yyyy-MM", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? new(day.Year, day.Month, 1)
        : throw Refused.Invalid("date-invalid", "A month is yyyy-MM, or any day of it.", field);

    private static string Text(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}

public static class StatisticsRest
{
    public static void MapStatistics(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/statistics").WithTags("Statistics").RequireRateLimiting(Service.AnonymousLimit);
        doors.MapGet("/timeliness", async (string? from, string? to, string? by, string? position, TimelinessReads reads, HttpResponse reply, CancellationToken ct) =>
            {
                var told = await reads.Read(from, to, by, position, ct);
                reply.Headers.ETag = $"\"{told.Definition.Version}-{told.Position}-{told.From}-{told.To}\"";
                return told;
            })
            .WithSummary("By holder and month: requests brought to a first final act, median days, share in time. Fewer than five are hidden; the definition and the position are named.");
        doors.MapGet("/topics", Topics).WithSummary("Which kinds of information of 401-V art. 6 are asked for how often, by holder, as officials tagged the requests (art. 9(2)); fewer than five are hidden.");
    }

    /// <summary>Counted over all requests, at most once in ten minutes.</summary>
    private static Task<IReadOnlyList<TopicCount>?> Topics(NpgsqlDataSource database, IMemoryCache cache) => cache.GetOrCreateAsync("topics", entry =>
    {
        entry.AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(10);
        return Count(database);
    });

    private static async Task<IReadOnlyList<TopicCount>> Count(NpgsqlDataSource database)
    {
        await using var select = database.CreateCommand("""
            select holder, tag::int, count(*) from mt_doc_inquiryview, jsonb_array_elements_text(data -> 'tags') tag where jsonb_array_length(data -> 'tags') > 0
            group by holder, tag::int having count(*) >= $1 order by count(*) desc, holder, tag::int limit 500
            """);
        select.Parameters.Add(new() { Value = TimelinessReads.Least });
        await using var row = await select.ExecuteReaderAsync();
        List<TopicCount> counts = [];
        while (await row.ReadAsync())
        {
            counts.Add(new(row.GetString(0), row.GetInt32(1), row.GetInt64(2)));
        }

        return counts;
    }
}

/// <summary>How often a holder was asked for a kind of information (number of 401-V art. 6).</summary>
public sealed record TopicCount(string Holder, int Tag, long N);
