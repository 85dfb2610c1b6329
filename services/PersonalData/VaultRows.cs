namespace PersonalData;

/// <summary>What the rights of a subject change in the vault, in the transaction of the facts that say so.</summary>
public sealed class VaultRows(IDocumentSession session, TimeProvider clock)
{
    public Task Block(Guid subjectId, CancellationToken ct) =>
        Execute("insert into vault.blocks (subject_id, blocked_at) values ($1, $2) on conflict do nothing", ct, subjectId, clock.GetUtcNow());

    public Task Unblock(Guid subjectId, CancellationToken ct) => Execute("delete from vault.blocks where subject_id = $1", ct, subjectId);

    /// <summary>The superseded version of a corrected item.</summary>
    public Task Destroy(Guid itemId, CancellationToken ct) => Execute("delete from vault.items where item_id = $1", ct, itemId);

    /// <summary>The item that holds what is of this kind at present; null once erased.</summary>
    public async Task<Guid?> Item(Guid subjectId, string kind, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        await using var select = new NpgsqlCommand("select item_id from vault.items where subject_id = $1 and kind = $2 order by item_id limit 1")
        { Parameters = { new() { Value = subjectId }, new() { Value = kind } } };
        await using var reader = await session.ExecuteReaderAsync(select, ct);
        return await reader.ReadAsync(ct) ? reader.GetGuid(0) : null;
    }

    /// <summary>Something is or was kept of this subject.</summary>
    public async Task<bool> Knows(Guid subjectId, CancellationToken ct)
    {
        await using var select = new NpgsqlCommand("select exists (select from vault.items where subject_id = $1) or exists (select from vault.erasures where subject_id = $1)")
        { Parameters = { new() { Value = subjectId } } };
        await using var reader = await session.ExecuteReaderAsync(select, ct);
        return await reader.ReadAsync(ct) && reader.GetBoolean(0);
    }

    /// <summary>Those of these subjects that were erased.</summary>
    public async Task<IReadOnlySet<Guid>> Gone(Guid[] subjects, CancellationToken ct)
    {
        await using var select = new NpgsqlCommand("select subject_id from vault.erasures where subject_id = any($1)") { Parameters = { new() { Value = subjects } } };
        await using var reader = await session.ExecuteReaderAsync(select, ct);
        HashSet<Guid> gone = [];
        while (await reader.ReadAsync(ct))
        {
            gone.Add(reader.GetGuid(0));
        }

        return gone;
    }

    /// <summary>Everything of a subject. The key goes after the commit, see <see cref="Erasures"/>.</summary>
    public async Task Erase(Guid subjectId, CancellationToken ct)
    {
        await Execute("insert into vault.erasures (subject_id, asked_at) values ($1, $2) on conflict do nothing", ct, subjectId, clock.GetUtcNow());
        await Execute("select vault.forget($1)", ct, new[] { subjectId });
    }

    /// <summary>A statement on the vault in the session's transaction.</summary>
    public async Task Execute(string sql, CancellationToken ct, params object[] values)
    {
        await session.BeginTransactionAsync(ct);
        await using var command = new NpgsqlCommand(sql);
        command.Parameters.AddRange(values.Select(v => new NpgsqlParameter { Value = v }).ToArray());
        await session.ExecuteAsync(command, ct);
    }
}
