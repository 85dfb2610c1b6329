using System.Collections.Concurrent;
using System.Globalization;
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
public sealed class TimelinessReads(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>Below it a number could point to a person.</summary>
    public const int Least = 5;
    private const int MostMonths = 60, MostKept = 200;
    private readonly ConcurrentDictionary<(long, DateOnly, DateOnly), TimelinessReply> _kept = new();

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

        if (_kept.TryGetValue((at, first, last), out var kept))
        {
            return kept;
        }

        var reply = new TimelinessReply(StatisticsDefinition.Current, at.ToString(CultureInfo.InvariantCulture), Text(first), Text(last), await Cells(at, first, last, ct));
        if (_kept.Count >= MostKept)
        {
            _kept.Clear();
        }

        return _kept[(at, first, last)] = reply;
    }

    private async Task<IReadOnlyList<TimelinessCell>> Cells(long at, DateOnly first, DateOnly last, CancellationToken ct)
    {
        await using var select = database.CreateCommand("""
            select holder, month, count(*), percentile_disc(0.5) within group (order by (data ->> 'days')::int),
                count(*) filter (where coalesce((data ->> 'latePosition')::bigint, 9223372036854775807) > $1)
            from mt_doc_timeliness where month between $2 and $3 and position <= $1 group by holder, month order by month, holder
            """);
        select.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = at }, new() { Value = first, NpgsqlDbType = NpgsqlDbType.Date }, new() { Value = last, NpgsqlDbType = NpgsqlDbType.Date } });
        await using var row = await select.ExecuteReaderAsync(ct);
        List<TimelinessCell> cells = [];
        while (await row.ReadAsync(ct))
        {
            var (holder, month, n) = (row.GetString(0), row.GetFieldValue<DateOnly>(1), row.GetInt64(2));
            var name = Holders.Find(holder) is { } known ? new Bilingual(known.NameKk, known.NameRu) : new(null, null);
            cells.Add(n < Least ? new(holder, name, Text(month), true, null, null, null)
                : new(holder, name, Text(month), false, n, row.GetInt32(3), Math.Round((decimal)row.GetInt64(4) / n, 4)));
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

    private static async Task<IReadOnlyList<TopicCount>> Topics(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var select = database.CreateCommand("""
            select holder, tag::int, count(*) from mt_doc_inquiryview, jsonb_array_elements_text(data -> 'tags') tag where jsonb_array_length(data -> 'tags') > 0
            group by holder, tag::int having count(*) >= $1 order by count(*) desc, holder, tag::int limit 500
            """);
        select.Parameters.Add(new() { Value = TimelinessReads.Least });
        await using var row = await select.ExecuteReaderAsync(ct);
        List<TopicCount> counts = [];
        while (await row.ReadAsync(ct))
        {
            counts.Add(new(row.GetString(0), row.GetInt32(1), row.GetInt64(2)));
        }

        return counts;
    }
}

/// <summary>How often a holder was asked for a kind of information (number of 401-V art. 6).</summary>
public sealed record TopicCount(string Holder, int Tag, long N);
