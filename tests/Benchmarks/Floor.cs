using Npgsql;
using Platform;

namespace Benchmarks;

/// <summary>
/// The floors: bare endpoints in a process of their own, on the same server, with the same pool, statement preparation and token
/// check. Intake inserts the same rows by one plain Npgsql batch (<see cref="FloorRows"/>); reads give one jsonb row by key.
/// </summary>
public static class Floor
{
    public const string Row = "select data from mt_doc_inquiryview where id = $1";

    public static async Task Serve(string store, int port, string secretsFolder)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenLocalhost(port, l => l.Protocols = Microsoft.AspNetCore.Server.Kestrel.Core.HttpProtocols.Http1);
            kestrel.ListenLocalhost(port + 1, l => l.Protocols = Microsoft.AspNetCore.Server.Kestrel.Core.HttpProtocols.Http2);
        });
        builder.Services.AddIdentity(new(), secretsFolder, development: true);
        builder.Services.AddGrpc();
        var database = NpgsqlDataSource.Create(store);
        builder.Services.AddSingleton(database);
        var rows = await FloorRows.Make(database);

        await using var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGrpcService<FloorGrpc>();
        app.MapPost("/floor/intake", async (HttpRequest request, CancellationToken ct) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, ct);
            await rows.Insert(body.ToArray(), request.Headers["X-Holder"].ToString(), ct);
            return TypedResults.Json(new { ok = true }, statusCode: 201);
        }).ForRoles(Roles.Egov);
        app.MapGet("/floor/inquiries/{id:guid}", async (Guid id, HttpResponse reply, CancellationToken ct) =>
        {
            await using var command = database.CreateCommand(Row);
            command.Parameters.Add(new() { Value = id });
            await using var reader = await command.ExecuteReaderAsync(ct);
            await reader.ReadAsync(ct);
            reply.ContentType = "application/json";
            await using var json = await reader.GetStreamAsync(0, ct);
            json.ReadByte(); // jsonb's version
            await json.CopyToAsync(reply.Body, ct);
        }).ForRoles(Roles.Officer);
        MapBytes(app);
        await app.RunAsync();
    }

    /// <summary>What was put is given again, from memory.</summary>
    private static void MapBytes(WebApplication app)
    {
        byte[] kept = [];
        app.MapPut("/floor/bytes", async (HttpRequest request, CancellationToken ct) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, ct);
            kept = body.ToArray();
        }).WithMetadata(new Microsoft.AspNetCore.Mvc.DisableRequestSizeLimitAttribute());
        app.MapGet("/floor/bytes", () => TypedResults.Bytes(kept, "text/calendar; charset=utf-8"));
    }
}

/// <summary>The same row in the same message, untouched, in one of its fields.</summary>
[Microsoft.AspNetCore.Authorization.Authorize]
public sealed class FloorGrpc(NpgsqlDataSource database) : Inquiries.V1.Inquiries.InquiriesBase
{
    public override async Task<Inquiries.V1.Inquiry> Get(Inquiries.V1.GetRequest request, Grpc.Core.ServerCallContext context)
    {
        await using var command = database.CreateCommand(Floor.Row);
        command.Parameters.Add(new() { Value = Guid.Parse(request.InquiryId) });
        await using var reader = await command.ExecuteReaderAsync(context.CancellationToken);
        await reader.ReadAsync(context.CancellationToken);
        return new() { Number = reader.GetString(0) };
    }
}
