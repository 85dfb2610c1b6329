using Npgsql;
using Platform;

namespace Benchmarks;

/// <summary>The floor of a month view: the rows of the span from one query, written out as they are stored; no days, no rules.</summary>
public static class AgendaFloor
{
    public static async Task Serve(string store, int port, string secretsFolder)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port));
        builder.Services.AddIdentity(new(), secretsFolder, development: true);
        await using var database = NpgsqlDataSource.Create(store);
        await using var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/floor/agenda", async (DateTimeOffset from, DateTimeOffset to, HttpResponse reply, CancellationToken ct) =>
        {
            await using var select = database.CreateCommand("select shown from calendar_items where at >= $1 and at < $2 and valid_to = 'infinity' and state <> 'Cancelled' order by at");
            select.Parameters.Add(new() { Value = from.ToUniversalTime() });
            select.Parameters.Add(new() { Value = to.ToUniversalTime() });
            reply.ContentType = "application/json";
            await using var rows = await select.ExecuteReaderAsync(ct);
            for (var any = false; await rows.ReadAsync(ct); any = true)
            {
                await reply.Body.WriteAsync(any ? ","u8.ToArray() : "["u8.ToArray(), ct);
                await reply.Body.WriteAsync(rows.GetFieldValue<byte[]>(0), ct);
            }

            await reply.Body.WriteAsync("]"u8.ToArray(), ct);
        }).ForRoles(Roles.Auditor);
        await app.RunAsync();
    }
}
