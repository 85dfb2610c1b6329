using System.Text;
using Npgsql;
using Platform;

namespace Benchmarks;

/// <summary>
/// The floors: bare minimal-API endpoints in a process of their own, on the same server, with the same pool, statement preparation
/// and token check. Intake inserts as many rows of the same sizes by one plain Npgsql batch; read streams one jsonb row by key.
/// </summary>
public static class Floor
{
    public static async Task Serve(string store, int port, string secretsFolder)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port));
        builder.Services.AddIdentity(new(), secretsFolder, development: true);
        var database = NpgsqlDataSource.Create(store);
        await using (var make = database.CreateCommand("""
            create schema if not exists floor;
            create sequence if not exists floor.seq;
            create table if not exists floor.forms (message_mac bytea primary key, content_mac bytea not null, inquiry_id uuid not null);
            create table if not exists floor.items (item_id uuid primary key, subject_id uuid not null, kind text not null, sealed bytea not null);
            create index if not exists floor_items_subject on floor.items (subject_id);
            create table if not exists floor.numbers (holder text not null, year int not null, last int not null, primary key (holder, year));
            create table if not exists floor.streams (like mt_streams including all);
            create table if not exists floor.events (like mt_events including all);
            create table if not exists floor.views (like mt_doc_inquiryview including all);
            """))
        {
            await make.ExecuteNonQueryAsync();
        }

        await using var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/ready", () => "ok");
        app.MapPost("/floor/intake", async (HttpRequest request, CancellationToken ct) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, ct);
            await Insert(database, body.ToArray(), request.Headers["X-Holder"].ToString(), ct);
            return TypedResults.Json(new { ok = true }, statusCode: 201);
        }).ForRoles(Roles.Egov);
        app.MapGet("/floor/inquiries/{id:guid}", async (Guid id, HttpResponse reply, CancellationToken ct) =>
        {
            await using var command = database.CreateCommand("select data from mt_doc_inquiryview where id = $1");
            command.Parameters.Add(new() { Value = id });
            await using var reader = await command.ExecuteReaderAsync(ct);
            await reader.ReadAsync(ct);
            reply.ContentType = "application/json";
            await using var json = await reader.GetStreamAsync(0, ct);
            json.ReadByte(); // jsonb's version
            await json.CopyToAsync(reply.Body, ct);
        }).ForRoles(Roles.Officer);
        await app.RunAsync();
    }

    private static readonly string View = """{"id":"00000000-0000-0000-0000-000000000000","""
        + "\"holder\":\"akimat-75\",\"state\":\"Registered\",\"language\":\"ru\"," + "\"padding\":\"" + new string('x', 470) + "\"," + "\"version\":2}";
    private static readonly string First = "{\"padding\":\"" + new string('x', 287) + "\"}";
    private static readonly string Second = "{\"padding\":\"" + new string('x', 265) + "\"}";

    private const string Trace = "0cbf8c876d54396139bb68c1504f79f0", Span = "4d203a2105135a1a", Headers = """{"traceparent": "00-0cbf8c876d54396139bb68c1504f79f0-4d203a2105135a1a-01"}""";

    private static async Task Insert(NpgsqlDataSource database, byte[] form, string holder, CancellationToken ct)
    {
        var (id, subject, now) = (Guid.CreateVersion7(), Guid.CreateVersion7(), DateTimeOffset.UtcNow);
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        void Add(string sql, params object[] values)
        {
            var command = new NpgsqlBatchCommand(sql);
            command.Parameters.AddRange(values.Select(v => new NpgsqlParameter { Value = v }).ToArray());
            batch.BatchCommands.Add(command);
        }

        Add("insert into floor.forms values ($1, $2, $3)", Encoding.UTF8.GetBytes(id.ToString("N")), Encoding.UTF8.GetBytes(subject.ToString("N")), id);
        Add("insert into floor.items values ($1, $2, 'form', $3)", Guid.CreateVersion7(), subject, form);
        Add("insert into floor.streams (id, type, version, timestamp) values ($1, 'inquiry', 2, now())", id);
        Add("insert into floor.events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, correlation_id, causation_id, user_name, headers) values (nextval('floor.seq'), $1, $2, 1, $3::jsonb, 'inquiry_received', $4, 'Inquiries.InquiryReceived, Inquiries', $5, $6, 'bench', $7::jsonb)", Guid.CreateVersion7(), id, First, now, Trace, Span, Headers);
        Add("insert into floor.events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, correlation_id, causation_id, user_name, headers) values (nextval('floor.seq'), $1, $2, 2, $3::jsonb, 'inquiry_registered', $4, 'Inquiries.InquiryRegistered, Inquiries', $5, $6, 'bench', $7::jsonb)", Guid.CreateVersion7(), id, Second, now, Trace, Span, Headers);
        Add("insert into floor.views (id, data, mt_version, mt_dotnet_type, holder, state, safe_due, due, is_open, number) values ($1, $2::jsonb, 2, 'Inquiries.InquiryView', $3, 'Registered', '2026-12-08', '2026-12-08', true, $4)", id, View, holder, id.ToString());
        Add("insert into floor.numbers as n values ($1, 2026, 1) on conflict (holder, year) do update set last = n.last + 1", holder);
        await batch.ExecuteNonQueryAsync(ct); // one batch is one implicit transaction
    }
}
