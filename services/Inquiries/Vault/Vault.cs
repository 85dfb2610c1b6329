using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Marten;
using Npgsql;
using Platform;

namespace Inquiries;

/// <summary>A subject of personal data with the key that alone opens what is sealed for it.</summary>
public sealed record SubjectKey(Guid SubjectId, byte[] Key);

/// <summary>The keys of subjects, kept apart from the data (94-V). Destroying a key destroys what it sealed, in every copy and backup.</summary>
public interface ISubjectKeys
{
    /// <summary>A new subject whose key is durable already.</summary>
    ValueTask<SubjectKey> Next(CancellationToken ct);

    /// <summary>Null once the key was destroyed.</summary>
    Task<SubjectKey?> Find(Guid subjectId, CancellationToken ct);

    Task Destroy(Guid subjectId, CancellationToken ct);
}

/// <summary>
/// Keys wrapped by the master key in a database of their own. They are made ahead in batches, so that intake waits for no
/// second commit; a key that nobody took seals nothing.
/// </summary>
public sealed class SubjectKeys(NpgsqlDataSource keys, Sealing sealing) : BackgroundService, ISubjectKeys
{
    private const string Purpose = "subject-key";
    private readonly Channel<SubjectKey> _ready = Channel.CreateBounded<SubjectKey>(256);

    public ValueTask<SubjectKey> Next(CancellationToken ct) => _ready.Reader.ReadAsync(ct);

    public async Task<SubjectKey?> Find(Guid subjectId, CancellationToken ct)
    {
        await using var command = keys.CreateCommand("select wrapped from subject_keys where subject_id = $1");
        command.Parameters.Add(new() { Value = subjectId });
        return await command.ExecuteScalarAsync(ct) is byte[] wrapped ? new(subjectId, sealing.Open(Purpose, wrapped)) : null;
    }

    public async Task Destroy(Guid subjectId, CancellationToken ct)
    {
        await using var command = keys.CreateCommand("delete from subject_keys where subject_id = $1");
        command.Parameters.Add(new() { Value = subjectId });
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task Apply()
    {
        await using var command = keys.CreateCommand("create table if not exists subject_keys (subject_id uuid primary key, wrapped bytea not null)");
        await command.ExecuteNonQueryAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var key in await Make(64, stoppingToken))
                {
                    await _ready.Writer.WriteAsync(key, stoppingToken);
                }
            }
            catch (NpgsqlException)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken); // intake waits; readiness tells
            }
        }
    }

    private async Task<SubjectKey[]> Make(int count, CancellationToken ct)
    {
        var fresh = Enumerable.Range(0, count).Select(_ => new SubjectKey(Guid.CreateVersion7(), RandomNumberGenerator.GetBytes(32))).ToArray();
        await using var command = keys.CreateCommand("insert into subject_keys select * from unnest($1, $2)");
        command.Parameters.Add(new() { Value = fresh.Select(k => k.SubjectId).ToArray() });
        command.Parameters.Add(new() { Value = fresh.Select(k => sealing.Seal(Purpose, k.Key)).ToArray() });
        await command.ExecuteNonQueryAsync(ct);
        return fresh;
    }
}

/// <summary>Personal data and free text, sealed per subject; written in the session of the facts that point to it.</summary>
public sealed class Vault(ISubjectKeys keys, IDocumentSession session, Work work, TimeProvider clock)
{
    public async Task<Guid> Keep(SubjectKey key, string kind, string words, CancellationToken ct)
    {
        var id = Guid.CreateVersion7();
        await Keep(key, id, kind, words, ct);
        return id;
    }

    /// <summary>Under an id that the facts name.</summary>
    public async Task Keep(Guid subjectId, Guid itemId, string kind, string words, CancellationToken ct) => await Keep(await Key(subjectId, ct), itemId, kind, words, ct);

    private async Task Keep(SubjectKey key, Guid id, string kind, string words, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        await using var insert = new NpgsqlCommand("insert into vault.items (item_id, subject_id, kind, sealed) values ($1, $2, $3, $4)")
        {
            Parameters = { new() { Value = id }, new() { Value = key.SubjectId }, new() { Value = kind }, new() { Value = Sealing.SealWith(key.Key, 0, Encoding.UTF8.GetBytes(words)) } },
        };
        await session.ExecuteAsync(insert, ct);
    }

    /// <summary>An official's read, logged with its reason before anything is opened.</summary>
    public async Task<string> Read(Guid subjectId, string kind, string? reason, CancellationToken ct) =>
        await Open(await Note(subjectId, reason, ct), "subject_id = $1 and kind = $2", ct, subjectId, kind) ?? throw Refused.Missing("personal data");

    /// <summary>Logs that personal data is about to be read, by whom and why.</summary>
    public async Task<SubjectKey> Note(Guid subjectId, string? reason, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw Refused.Invalid("reason-missing", "Say why the personal data is read; the vault keeps it.", "reason");
        }

        var key = await Key(subjectId, ct);
        await using var log = new NpgsqlCommand("insert into vault.reads (read_id, subject_id, reader, body, reason, read_at) values ($1, $2, $3, $4, $5, $6)")
        {
            Parameters =
            {
                new() { Value = Guid.CreateVersion7() }, new() { Value = subjectId }, new() { Value = work.Caller.Name },
                new() { Value = (object?)work.Caller.Body ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text },
                new() { Value = Sealing.SealWith(key.Key, 0, Encoding.UTF8.GetBytes(reason)) }, new() { Value = clock.GetUtcNow() },
            },
        };
        await session.ExecuteAsync(log, ct);
        return key;
    }

    /// <summary>An item opened for the rules or for the asker, not for an official.</summary>
    public async Task<string?> Open(Guid subjectId, Guid itemId, CancellationToken ct) =>
        await keys.Find(subjectId, ct) is { } key ? await Open(key, "item_id = $1", ct, itemId) : null;

    public async Task<string?> OpenForm(Guid subjectId, CancellationToken ct) =>
        await keys.Find(subjectId, ct) is { } key ? await Open(key, "subject_id = $1 and kind = 'form'", ct, subjectId) : null;

    private async Task<string?> Open(SubjectKey key, string where, CancellationToken ct, params object[] values)
    {
        await using var select = new NpgsqlCommand($"select sealed from vault.items where {where} order by item_id limit 1");
        select.Parameters.AddRange(values.Select(v => new NpgsqlParameter { Value = v }).ToArray());
        await using var reader = await session.ExecuteReaderAsync(select, ct);
        return await reader.ReadAsync(ct) ? Encoding.UTF8.GetString(Sealing.OpenWith(key.Key, await reader.GetFieldValueAsync<byte[]>(0, ct))) : null;
    }

    private async Task<SubjectKey> Key(Guid subjectId, CancellationToken ct) =>
        await keys.Find(subjectId, ct) ?? throw Refused.Conflict("subject-erased", "The personal data of this request was erased.");
}
