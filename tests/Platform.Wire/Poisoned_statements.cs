extern alias service;

using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
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

    [Theory]
    [InlineData("by a raw command", false)]
    [InlineData("by the store", true)]
    public async Task A_request_in_an_open_transaction_is_told_to_come_again_and_then_succeeds(string met, bool byStore)
    {
        await using var app = await Door(byStore);
        using var http = new HttpClient { BaseAddress = new(app.Urls.Single()) };
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal((met, HttpStatusCode.OK), (met, (await http.PostAsync("/", null)).StatusCode));
        }

        await Poison();
        var refused = await http.PostAsync("/", null);
        var again = await http.PostAsync("/", null);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(1)), (refused.StatusCode, refused.Headers.RetryAfter?.Delta));
        Assert.Equal("unavailable", JsonDocument.Parse(await refused.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    /// <summary>A door with the platform's refusals whose handler has a transaction open before its statement, as inbox, halls and keys do.</summary>
    private async Task<WebApplication> Door(bool byStore)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(Database).AddExceptionHandler<RefusalHandler>();
        builder.Services.AddProblemDetails();
        var app = builder.Build();
        app.UseExceptionHandler();
        app.MapPost("/", async (CancellationToken ct) =>
        {
            await using var session = _provider.Store().LightweightSession();
            await session.BeginTransactionAsync(ct);
            if (byStore)
            {
                await session.Events.FetchForWriting<Inquiry>(Guid.NewGuid(), ct);
            }
            else
            {
                await session.ExecuteAsync(new NpgsqlCommand("select 26000"), ct);
            }

            session.Events.StartStream<Inquiry>(Guid.NewGuid(), new InquiryReceived(Guid.NewGuid(), Guid.NewGuid(), "scc", "kk", "paper", "egov", "individual", [], 0, DateTimeOffset.UtcNow));
            await session.SaveChangesAsync(ct);
        });
        await app.StartAsync();
        return app;
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
