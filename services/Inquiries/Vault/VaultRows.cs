using Marten;
using Npgsql;

namespace Inquiries;

/// <summary>What the rights of a subject change in the vault, in the transaction of the facts that say so.</summary>
public sealed class VaultRows(IDocumentSession session, TimeProvider clock)
{
    public Task Block(Guid subjectId, CancellationToken ct) =>
        Execute("insert into vault.blocks (subject_id, blocked_at) values ($1, $2) on conflict do nothing", ct, subjectId, clock.GetUtcNow());

    public Task Unblock(Guid subjectId, CancellationToken ct) => Execute("delete from vault.blocks where subject_id = $1", ct, subjectId);

    /// <summary>The superseded version of a corrected item.</summary>
    public Task Destroy(Guid itemId, CancellationToken ct) => Execute("delete from vault.items where item_id = $1", ct, itemId);

    /// <summary>What a corrected form is found by, in each of its subject's requests.</summary>
    public Task FindBy(Guid subjectId, FormTokens tokens, CancellationToken ct) => Execute("update vault.tokens set tokens = $2 where subject_id = $1", ct, subjectId, tokens.All);

    /// <summary>The item that holds the form at present; null once erased.</summary>
    public async Task<Guid?> FormItem(Guid subjectId, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        await using var select = new NpgsqlCommand("select item_id from vault.items where subject_id = $1 and kind = 'form' order by item_id limit 1") { Parameters = { new() { Value = subjectId } } };
        await using var reader = await session.ExecuteReaderAsync(select, ct);
        return await reader.ReadAsync(ct) ? reader.GetGuid(0) : null;
    }

    /// <summary>Everything of a subject, and the sealed forms of quarantine that became its requests. The key goes after the commit, see <see cref="Erasures"/>.</summary>
    public async Task Erase(Guid subjectId, Guid[] inquiries, CancellationToken ct)
    {
        await Execute("insert into vault.erasures (subject_id, asked_at) values ($1, $2) on conflict do nothing", ct, subjectId, clock.GetUtcNow());
        await Execute("delete from quarantine where inquiry_id = any($1)", ct, inquiries);
        await Execute("select vault.forget($1)", ct, new[] { subjectId });
    }

    private async Task Execute(string sql, CancellationToken ct, params object[] values)
    {
        await session.BeginTransactionAsync(ct);
        await using var command = new NpgsqlCommand(sql);
        command.Parameters.AddRange(values.Select(v => new NpgsqlParameter { Value = v }).ToArray());
        await session.ExecuteAsync(command, ct);
    }
}
