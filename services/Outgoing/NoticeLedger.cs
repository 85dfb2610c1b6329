using Marten;
using Npgsql;

namespace Outgoing;

/// <summary>Notices and their tries. They are queued in the transaction of the fact, so there is one for each fact and none without.</summary>
public sealed class NoticeLedger(NpgsqlDataSource database, NoticeParts parts, NoticeOptions options, TimeProvider clock)
{
    /// <summary>Queues what the session's facts call for, in its own transaction; what a recipient was told of the same cause stays as it is.</summary>
    public sealed class Queue(NoticeParts parts, IReadOnlyList<string> kinds, IServiceProvider services) : DocumentSessionListenerBase
    {
        public override async Task BeforeSaveChangesAsync(IDocumentSession session, CancellationToken token)
        {
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow(); // one instant for all of a transaction: nobody is before another
            var called = await parts.CalledFor(session, kinds, token);
            foreach (var notice in called.Count > 1 && parts.Together is { } together ? await together(called, services, session, token) : called)
            {
                object[] who = notice.Recipient is { } recipient ? [recipient, notice.Cause ?? notice.What] : [];
                session.QueueSqlCommand($"""
                    insert into notices (notice_id, {parts.AboutColumn}, kind, what, queued_at, due_at{(who.Length > 0 ? ", recipient, cause" : "")})
                    values (?, ?, ?, ?, ?, ?{(who.Length > 0 ? ", ?, ?" : "")}) on conflict do nothing
                    """, [Guid.CreateVersion7(), notice.About, notice.Kind, notice.What, now, notice.DueAt?.ToUniversalTime() ?? now, .. who]);
            }
        }
    }

    /// <summary>Takes what is due past what another worker holds, and stores each try before it is made.</summary>
    public async Task<IReadOnlyList<ClaimedNotice>> Claim(IReadOnlyList<string> kinds, int most, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var claim = database.CreateCommand($"""
            with mine as (
                update notices n set due_at = $2, attempts = n.attempts + 1 from
                    (select notice_id from notices where due_at <= $1 and kind = any($4) order by due_at limit $3 for update skip locked) due
                where n.notice_id = due.notice_id returning n.*),
            tries as (insert into notice_attempts (notice_id, number, started_at) select notice_id, attempts, $1 from mine)
            select m.notice_id, m.{parts.AboutColumn}, m.kind, m.what, m.queued_at, m.attempts,
                exists (select from notice_attempts a where a.notice_id = m.notice_id and a.ended_at is null and a.number < m.attempts), m.recipient, m.cause from mine m
            """);
        claim.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = now }, new() { Value = now.AddSeconds(options.LeaseSeconds) }, new() { Value = most }, new() { Value = kinds.ToArray() } });
        await using var reader = await claim.ExecuteReaderAsync(ct);
        List<ClaimedNotice> claimed = [];
        while (await reader.ReadAsync(ct))
        {
            claimed.Add(new(reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4), reader.GetInt32(5), reader.GetBoolean(6),
                reader.IsDBNull(7) ? null : reader.GetGuid(7), reader.IsDBNull(8) ? null : reader.GetString(8)));
        }

        return claimed;
    }

    public async Task End(ClaimedNotice notice, NoticeTry done, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (state, next) = NoticeRules.After(notice.Kind, done, notice.Number, notice.QueuedAt, options, now);
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new("update notice_attempts set ended_at = $2, code = $3 where notice_id = $1 and ended_at is null")
        { Parameters = { new() { Value = notice.Id }, new() { Value = now }, new() { Value = done.Code } } });
        batch.BatchCommands.Add(new("update notices set state = $2, due_at = $3 where notice_id = $1")
        { Parameters = { new() { Value = notice.Id }, new() { Value = state }, new() { Value = (object?)next ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz } } });
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>All about one thing that anybody wanted.</summary>
    public async Task<IReadOnlyList<NoticeLine>> Of(Guid about, CancellationToken ct) => await Read($"n.{parts.AboutColumn} = $1 and n.state <> 'not-wanted'", ct, about);

    /// <summary>A page about one thing, in the order of queueing, also what was not wanted.</summary>
    public async Task<IReadOnlyList<NoticeLine>> Of(Guid about, Guid after, int limit, CancellationToken ct) => await Read($"n.{parts.AboutColumn} = $1 and n.notice_id > $2", ct, about, after, limit);

    public async Task<IReadOnlyList<NoticeLine>> InState(string state, Guid after, int limit, CancellationToken ct) => await Read("n.state = $1 and n.notice_id > $2", ct, state, after, limit);

    private async Task<IReadOnlyList<NoticeLine>> Read(string where, CancellationToken ct, params object[] values)
    {
        await using var select = database.CreateCommand($"""
            select n.notice_id, n.{parts.AboutColumn}, n.kind, n.what, n.state, n.queued_at, n.due_at, n.recipient, a.number, a.started_at, a.ended_at, a.code
            from (select * from notices n where {where} order by n.notice_id {(values.Length > 2 ? "limit $3" : "")}) n
            left join notice_attempts a using (notice_id) order by n.notice_id, a.number
            """);
        select.Parameters.AddRange(values.Select(v => new NpgsqlParameter { Value = v }).ToArray());
        await using var reader = await select.ExecuteReaderAsync(ct);
        List<(NoticeLine Notice, NoticeAttempt? Attempt)> rows = [];
        while (await reader.ReadAsync(ct))
        {
            rows.Add((new(reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetFieldValue<DateTimeOffset>(5), Time(6), [],
                reader.IsDBNull(7) ? null : reader.GetGuid(7)),
                reader.IsDBNull(8) ? null : new(reader.GetInt32(8), reader.GetFieldValue<DateTimeOffset>(9), Time(10), reader.IsDBNull(11) ? null : reader.GetString(11))));
        }

        return [.. rows.GroupBy(r => r.Notice.Id).Select(g => g.First().Notice with { Attempts = [.. g.Select(r => r.Attempt).OfType<NoticeAttempt>()] })];

        DateTimeOffset? Time(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
    }
}
