using System.Text.Json;
using Npgsql;

namespace Benchmarks;

/// <summary>The floor of a registration: one row and the event's counter in one transaction, the counter last; nothing else.</summary>
public static class SeatsFloor
{
    public static async Task Serve(string store, int port)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port));
        await using var database = NpgsqlDataSource.Create(store);
        await using (var tables = database.CreateCommand("""
            create schema if not exists floor;
            create table if not exists floor.registrations (id uuid primary key, event uuid not null, body jsonb not null, at timestamptz not null default now());
            create table if not exists floor.seats (event uuid primary key, last bigint not null);
            """))
        {
            await tables.ExecuteNonQueryAsync();
        }

        await using var app = builder.Build();
        app.MapPost("/floor/seats/{id:guid}", async (Guid id, JsonElement body, CancellationToken ct) =>
        {
            await using var connection = await database.OpenConnectionAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await using var insert = new NpgsqlCommand("insert into floor.registrations (id, event, body) values ($1, $2, $3::jsonb)", connection)
            { Parameters = { new() { Value = Guid.CreateVersion7() }, new() { Value = id }, new() { Value = body.GetRawText() } } };
            await insert.ExecuteNonQueryAsync(ct);
            await using var count = new NpgsqlCommand("insert into floor.seats as s values ($1, 1) on conflict (event) do update set last = s.last + 1 returning last", connection)
            { Parameters = { new() { Value = id } } };
            var number = (long)(await count.ExecuteScalarAsync(ct))!;
            await transaction.CommitAsync(ct);
            return TypedResults.Json(new { number }, statusCode: 201);
        });
        await app.RunAsync();
    }
}
