using System.Text.Json;
using Marten;
using Npgsql;
using NpgsqlTypes;
using Platform;

namespace Inquiries;

/// <summary>
/// Closes each day once: the replica that holds the lock takes the day that follows the last root, also after days of standing still. It waits until the
/// high-water mark has passed all that was recorded before the day's closing, so that nothing older can still appear under a root.
/// </summary>
public sealed class CloseDays(NpgsqlDataSource database, IDocumentStore store, ProofStore proofs, ProofKey key, ProofOptions options, TimeProvider clock, ILogger<CloseDays> log) : BackgroundService
{
    private const long OneCloser = 940_502; // advisory lock

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.DailyRoots)
        {
            return;
        }

        using var tick = new PeriodicTimer(TimeSpan.FromMinutes(1), clock);
        do
        {
            try
            {
                while (await CloseNext(stoppingToken) is { } date)
                {
                    log.LogInformation("The root of {Date} is signed", date);
                }
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning("A day waits to be closed: {Kind} {Where}", fault.GetType().Name, Fault.Where(fault));
            }
        }
        while (await tick.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>The next day that is due, closed now; null when there is none, or another replica is at it.</summary>
    public async Task<DateOnly?> CloseNext(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        if (!await One<bool>(connection, $"select pg_try_advisory_lock({OneCloser})", ct))
        {
            return null;
        }

        try
        {
            var last = (await proofs.Last(ct))?.Root;
            if (await One<DateTime?>(connection, "select timestamp from mt_events order by seq_id limit 1", ct) is not { } first)
            {
                return null;
            }

            var date = DailyRoots.Next(last?.Date, first, clock.GetUtcNow());
            return clock.GetUtcNow() >= DailyRoots.ClosesAt(date) && await Settled(connection, last?.UpToSequence ?? 0, DailyRoots.ClosesAt(date), ct) is { } upTo
                ? await Close(date, last, upTo, ct) : null;
        }
        finally
        {
            await One<bool>(connection, $"select pg_advisory_unlock({OneCloser})", CancellationToken.None);
        }
    }

    /// <summary>The last sequence recorded before the closing; null while an older one could still appear.</summary>
    private static async Task<long?> Settled(NpgsqlConnection connection, long from, DateTimeOffset closing, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            with mark as (select coalesce((select last_seq_id from mt_event_progression where name = 'HighWaterMark'), 0) as settled)
            select not exists (select from mt_events, mark where seq_id > settled and timestamp < $1 and stream_id <> $3),
                coalesce((select seq_id from mt_events, mark where seq_id > $2 and seq_id <= settled and timestamp < $1 order by seq_id desc limit 1), $2)
            """, connection)
        { Parameters = { new() { Value = closing.ToUniversalTime() }, new() { Value = from }, new() { Value = DailyRoots.StreamId } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return reader.GetBoolean(0) ? reader.GetInt64(1) : null;
    }

    private async Task<DateOnly> Close(DateOnly date, DailyRootSigned? last, long upTo, CancellationToken ct)
    {
        var (streams, leaves) = await proofs.Leaves(last?.UpToSequence ?? 0, upTo, ct);
        var statement = new RootStatement(date, last?.Root ?? Chain.Start, Convert.ToHexStringLower(Merkle.Root(leaves)), leaves.Count, last?.UpToSequence ?? 0, upTo);
        var root = statement.Root();
        var signed = new DailyRootSigned(date, root, statement.PreviousRoot, statement.TreeRoot, statement.Count, statement.FromSequence, upTo, key.Sign(root), key.Id, clock.GetUtcNow());
        await using var session = store.LightweightSession();
        session.LastModifiedBy = "daily roots";
        if (last is null)
        {
            session.Events.StartStream<DailyRoots>(DailyRoots.StreamId, signed);
        }
        else
        {
            var version = (await session.Events.FetchStreamStateAsync(DailyRoots.StreamId, ct))!.Version;
            session.Events.Append(DailyRoots.StreamId, version + 1, signed); // a second closer of the same day would be stale
        }

        await session.BeginTransactionAsync(ct);
        await using var row = new NpgsqlCommand("""
            insert into proofs.days (date, from_sequence, up_to_sequence, signed, streams, leaves) values ($1, $2, $3, $4, $5, $6)
            """)
        {
            Parameters =
            {
                new() { Value = date }, new() { Value = signed.FromSequence }, new() { Value = upTo },
                new() { Value = JsonSerializer.Serialize(signed, Json.Options), NpgsqlDbType = NpgsqlDbType.Jsonb },
                new() { Value = streams }, new() { Value = leaves.SelectMany(l => l).ToArray() },
            },
        };
        await session.ExecuteAsync(row, ct);
        await session.SaveChangesAsync(ct);
        return date;
    }

    private static async Task<T?> One<T>(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(ct) is T value ? value : default;
    }
}

/// <summary>
/// <c>check-proofs</c>: makes every day's tree again from the stored facts and compares it with what was signed; a day that differs was tampered with, in its
/// facts or in its root. Lost rows of <c>proofs.days</c> are made anew from the stream of roots.
/// </summary>
public sealed class CheckProofs(NpgsqlDataSource database, IDocumentStore store, ProofStore proofs)
{
    public async Task<int> Run(TextWriter tell, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        var (previous, wrong, days) = (Chain.Start, 0, 0);
        foreach (var signed in (await session.Events.FetchStreamAsync(DailyRoots.StreamId, token: ct)).Select(e => (DailyRootSigned)e.Data))
        {
            var (streams, leaves) = await proofs.Leaves(signed.FromSequence, signed.UpToSequence, ct);
            var root = new RootStatement(signed.Date, previous, Convert.ToHexStringLower(Merkle.Root(leaves)), leaves.Count, signed.FromSequence, signed.UpToSequence).Root();
            (previous, days) = (signed.Root, days + 1);
            if (root != signed.Root)
            {
                wrong++;
                await tell.WriteLineAsync($"{signed.Date:yyyy-MM-dd}: the stored facts do not lead to the signed root");
                continue;
            }

            await using var row = database.CreateCommand("""
                insert into proofs.days (date, from_sequence, up_to_sequence, signed, streams, leaves) values ($1, $2, $3, $4, $5, $6) on conflict do nothing
                """);
            row.Parameters.AddRange(new NpgsqlParameter[]
            {
                new() { Value = signed.Date }, new() { Value = signed.FromSequence }, new() { Value = signed.UpToSequence },
                new() { Value = JsonSerializer.Serialize(signed, Json.Options), NpgsqlDbType = NpgsqlDbType.Jsonb }, new() { Value = streams },
                new() { Value = leaves.SelectMany(l => l).ToArray() },
            });
            await row.ExecuteNonQueryAsync(ct);
        }

        await tell.WriteLineAsync($"{days} days checked, {wrong} wrong");
        return wrong == 0 ? 0 : 1;
    }
}
