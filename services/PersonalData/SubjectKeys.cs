using System.Security.Cryptography;
using System.Threading.Channels;
using Platform;

namespace PersonalData;

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

/// <summary>The database of wrapped subject keys, apart from the data and with backups of its own.</summary>
public sealed record KeysDatabase(NpgsqlDataSource Source);

/// <summary>
/// Keys wrapped by the master key in a database of their own. They are made ahead in batches, so that intake waits for no
/// second commit; a key that nobody took seals nothing.
/// </summary>
public sealed class SubjectKeys(KeysDatabase keys, Sealing sealing) : BackgroundService, ISubjectKeys
{
    public const string Purpose = "subject-key";
    private readonly Channel<SubjectKey> _ready = Channel.CreateBounded<SubjectKey>(256);

    public ValueTask<SubjectKey> Next(CancellationToken ct) => _ready.Reader.ReadAsync(ct);

    public async Task<SubjectKey?> Find(Guid subjectId, CancellationToken ct)
    {
        await using var command = keys.Source.CreateCommand("select wrapped from subject_keys where subject_id = $1");
        command.Parameters.Add(new() { Value = subjectId });
        return await command.ExecuteScalarAsync(ct) is byte[] wrapped ? new(subjectId, sealing.Open(Purpose, wrapped)) : null;
    }

    public async Task Destroy(Guid subjectId, CancellationToken ct)
    {
        await using var command = keys.Source.CreateCommand("delete from subject_keys where subject_id = $1");
        command.Parameters.Add(new() { Value = subjectId });
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task Apply()
    {
        await using var command = keys.Source.CreateCommand("create table if not exists subject_keys (subject_id uuid primary key, wrapped bytea not null)");
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
        await using var command = keys.Source.CreateCommand("insert into subject_keys select * from unnest($1, $2)");
        command.Parameters.Add(new() { Value = fresh.Select(k => k.SubjectId).ToArray() });
        command.Parameters.Add(new() { Value = fresh.Select(k => sealing.Seal(Purpose, k.Key)).ToArray() });
        await command.ExecuteNonQueryAsync(ct);
        return fresh;
    }
}
