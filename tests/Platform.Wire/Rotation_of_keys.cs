using System.Security.Cryptography;
using Npgsql;

namespace Platform.Wire;

/// <summary><c>rotate-keys</c> of the service's executable, on databases and a secrets folder of its own.</summary>
public sealed class Rotation_of_keys(Ground.Wire wire)
{
    private const int Subjects = 1203;

    [Fact]
    public async Task Wraps_everything_under_the_newest_master_key_and_the_old_one_can_go()
    {
        var folder = Directory.CreateTempSubdirectory("rotation").FullName;
        await Databases("drop database if exists {0} with (force)", "create database {0} template template0 encoding 'UTF8' locale 'C.UTF-8'");
        try
        {
            var (mac, one, two) = (Line("mac"), Line("1"), Line("2"));
            await File.WriteAllLinesAsync(Path.Combine(folder, "master-keys"), [mac, one]);
            await Service(folder, "db-apply");
            var old = new Sealing($"{mac}\n{one}");
            var keys = await Seed(old);

            await File.WriteAllLinesAsync(Path.Combine(folder, "master-keys"), [mac, one, two]);
            var said = await Service(folder, "rotate-keys");
            Assert.Contains($"subject_keys: {Subjects} under master key 2", said, StringComparison.Ordinal);
            Assert.Contains("master key 1 seals nothing: its line can be removed", said, StringComparison.Ordinal);
            Assert.DoesNotContain("subject_keys", await Service(folder, "rotate-keys"), StringComparison.Ordinal); // what is done is passed over

            var next = new Sealing($"{mac}\n{two}");
            await using var database = NpgsqlDataSource.Create(Of("rotation_keys") + ";Pooling=false");
            await using var select = database.CreateCommand("select subject_id, wrapped from subject_keys");
            await using var reader = await select.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                Assert.Equal(keys[reader.GetGuid(0)], next.Open("subject-key", reader.GetFieldValue<byte[]>(1)));
                keys.Remove(reader.GetGuid(0));
            }

            Assert.Empty(keys);
            Assert.Equal("{}"u8.ToArray(), next.Open("quarantine", await Sql.One<byte[]>(Of("rotation"), "select sealed from quarantine")));
            Assert.Equal("reply"u8.ToArray(), next.Open(Idempotency.Purpose, await Sql.One<byte[]>(Of("rotation"), "select reply from platform.idempotency where reply is not null")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            await Databases("drop database if exists {0} with (force)");
        }
    }

    private async Task<Dictionary<Guid, byte[]>> Seed(Sealing sealing)
    {
        var keys = Enumerable.Range(0, Subjects).ToDictionary(_ => Guid.NewGuid(), _ => RandomNumberGenerator.GetBytes(32));
        await Sql.One<int>(Of("rotation_keys"), "with i as (insert into subject_keys (subject_id, wrapped) select * from unnest($1, $2) returning 1) select count(*)::int from i",
            keys.Keys.ToArray(), keys.Values.Select(k => sealing.Seal("subject-key", k)).ToArray());
        await Sql.One<int>(Of("rotation"), "with i as (insert into quarantine values ($1, 'egov', 'form-invalid', '{}', $2, $3, now()) returning 1) select 1",
            Guid.NewGuid(), sealing.Seal("quarantine", "{}"u8), new byte[32]);
        await Sql.One<int>(Of("rotation"), "with i as (insert into platform.idempotency values ($1, $2, $3, now()), ($2, $2, null, now()) returning 1) select count(*)::int from i",
            new byte[32], new byte[] { 1 }, sealing.Seal(Idempotency.Purpose, "reply"u8));
        return keys;
    }

    private string Of(string database) => $"{wire.Servers.Postgres};Database={database}";

    private static string Line(string id) => $"{id} {Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";

    private async Task Databases(params string[] statements)
    {
        await using var server = NpgsqlDataSource.Create(Of("postgres") + ";Pooling=false");
        foreach (var name in new[] { "rotation", "rotation_keys" })
        {
            foreach (var statement in statements)
            {
                await using var command = server.CreateCommand(string.Format(System.Globalization.CultureInfo.InvariantCulture, statement, name));
                await command.ExecuteNonQueryAsync();
            }
        }
    }

    private Task<string> Service(string secrets, string command) => Repository.Run("dotnet", [Repository.Program("Inquiries"), command], new Dictionary<string, string>
    {
        ["ConnectionStrings__Store"] = Of("rotation"),
        ["ConnectionStrings__Keys"] = Of("rotation_keys"),
        ["ConnectionStrings__Broker"] = wire.Servers.Rabbit,
        ["Platform__RestPort"] = "5890",
        ["Platform__GrpcPort"] = "5891",
        ["Platform__SecretsFolder"] = secrets,
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
    });
}
