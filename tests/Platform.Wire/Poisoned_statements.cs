extern alias service;

using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using service::Inquiries;

namespace Platform.Wire;

/// <summary>Prepared statements that the server does not know any more (26000): the pool is cleared and the work goes on.</summary>
public sealed class Poisoned_statements(Ground.Wire wire) : IAsyncLifetime
{
    private const string Scratch = "wire_scratch";
    private ServiceProvider _provider = null!;

    public async ValueTask InitializeAsync()
    {
        await using var server = NpgsqlDataSource.Create(wire.Servers.Postgres + ";Database=postgres;Pooling=false");
        foreach (var sql in new[] { $"drop database if exists {Scratch} with (force)", $"create database {Scratch}" })
        {
            await using var command = server.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }

        _provider = InProcess.Inquiries(wire.Servers.Database(Scratch) + ";Auto Prepare Min Usages=2;Maximum Pool Size=4");
        await Platform.Store.Apply(_provider.Store(), Database);
    }

    private NpgsqlDataSource Database => _provider.GetRequiredService<NpgsqlDataSource>();

    [Fact]
    public async Task A_command_succeeds_right_after()
    {
        for (var i = 0; i < 5; i++)
        {
            await StartAndAssign();
        }

        await Poison();
        await using (var raw = await Database.OpenConnectionAsync())
        {
            // proof that it is poisoned: what was prepared before fails without a healer
            await using var probe = new NpgsqlCommand("select 26000", raw);
            Assert.Equal("26000", (await Assert.ThrowsAsync<PostgresException>(() => probe.ExecuteScalarAsync())).SqlState);
        }

        await StartAndAssign();
    }

    private async Task StartAndAssign()
    {
        var id = Guid.NewGuid();
        await using (var session = _provider.Store().LightweightSession())
        {
            session.Events.StartStream<Inquiry>(id, new InquiryReceived(id, Guid.NewGuid(), "scc", "kk", "paper", "egov", "individual", [], 0, DateTimeOffset.UtcNow));
            await session.SaveChangesAsync();
        }

        await using (var session = _provider.Store().LightweightSession())
        {
            var stream = await session.Events.FetchForWriting<Inquiry>(id);
            stream.AppendOne(new InquiryNotConsidered(id, "anonymous", DateTimeOffset.UtcNow));
            await session.SaveChangesAsync();
        }
    }

    /// <summary>Every pooled connection prepares a probe and then forgets all it had prepared.</summary>
    private async Task Poison()
    {
        var connections = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ => await Database.OpenConnectionAsync()));
        foreach (var connection in connections)
        {
            for (var i = 0; i < 3; i++)
            {
                await using var probe = new NpgsqlCommand("select 26000", connection);
                await probe.ExecuteScalarAsync();
            }

            await using var forget = new NpgsqlCommand("deallocate all", connection);
            await forget.ExecuteNonQueryAsync();
            await connection.DisposeAsync();
        }
    }

    public ValueTask DisposeAsync() => _provider.DisposeAsync();
}
