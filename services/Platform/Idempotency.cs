using System.Data;
using System.Threading.RateLimiting;
using NpgsqlTypes;

namespace Platform;

/// <summary>
/// <c>Idempotency-Key</c> on POST: the key's row, the command's events and the sealed reply are one transaction. The same key and
/// body gets the same reply for 7 days; another body 422; the same at the same moment waits, or gets 409 <c>in-progress</c>.
/// </summary>
public sealed class Idempotency(RequestDelegate next, ConcurrencyLimiter turns)
{
    /// <summary>A request holds its transaction while its handler reads on other connections: half of them are left for that, or all would wait for one another.</summary>
    public static ConcurrencyLimiter Turns(NpgsqlDataSource database) => new(new()
    {
        PermitLimit = Math.Max(1, new NpgsqlConnectionStringBuilder(database.ConnectionString).MaxPoolSize / 2),
        QueueLimit = int.MaxValue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>What the sealed replies are sealed for.</summary>
    public const string Purpose = "idempotency";

    private sealed record Kept(int Status, string? ContentType, string? ETag, string? Location, byte[] Body);

    public static bool Concerns(HttpContext context) => HttpMethods.IsPost(context.Request.Method) && context.Request.Headers["Idempotency-Key"] is [{ Length: > 0 }];

    public async Task InvokeAsync(HttpContext context, Work work, NpgsqlDataSource database, Sealing sealing, Wakeup wakeup, TimeProvider clock)
    {
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length > 255)
        {
            throw Refused.Invalid("idempotency-key-invalid", "An idempotency key has at most 255 characters.", "Idempotency-Key");
        }

        var ct = context.RequestAborted;
        context.Request.EnableBuffering();
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, ct);
        context.Request.Body.Position = 0;
        var mac = sealing.Mac(Purpose, body.ToArray());
        var row = sealing.Mac("idempotency-scope", $"{work.Caller.Id}\n{context.Request.Path}\n{key}");

        using var turn = await turns.AcquireAsync(1, ct);
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (!await Claim(connection, row, mac, clock.GetUtcNow(), ct))
        {
            await Replay(context, connection, row, mac, sealing, ct);
            return;
        }

        work.Transaction = transaction;
        var real = context.Response.Body;
        using var buffer = new MemoryStream();
        context.Response.Body = buffer;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = real;
        }

        if (context.Response.StatusCode < 300)
        {
            var kept = new Kept(context.Response.StatusCode, context.Response.ContentType, context.Response.Headers.ETag, context.Response.Headers.Location, buffer.ToArray());
            await Keep(connection, row, sealing.Seal(Purpose, System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(kept)), ct);
            await transaction.CommitAsync(ct);
            wakeup.Signal();
            await (work.Afterwards?.Invoke() ?? Task.CompletedTask);
        }

        buffer.Position = 0;
        await buffer.CopyToAsync(real, ct);
    }

    /// <summary>True when this request is the first; a twin that is still running is waited for by the row's own lock.</summary>
    private static async Task<bool> Claim(NpgsqlConnection connection, byte[] row, byte[] mac, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            insert into platform.idempotency as k (key, body_mac, expires_at) values ($1, $2, $3)
            on conflict (key) do update set body_mac = excluded.body_mac, expires_at = excluded.expires_at, reply = null where k.expires_at < $4
            """, connection)
        { Parameters = { new() { Value = row }, new() { Value = mac }, new() { Value = now.AddDays(7) }, new() { Value = now } } };
        await using var wait = new NpgsqlCommand("set local lock_timeout = '10s'", connection);
        await wait.ExecuteNonQueryAsync(ct);
        try
        {
            return await command.ExecuteNonQueryAsync(ct) == 1;
        }
        catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw Refused.Conflict("in-progress", "The same key is being worked on at this moment.");
        }
    }

    private static async Task Replay(HttpContext context, NpgsqlConnection connection, byte[] row, byte[] mac, Sealing sealing, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select body_mac, reply from platform.idempotency where key = $1", connection) { Parameters = { new() { Value = row } } };
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleRow, ct);
        if (!await reader.ReadAsync(ct) || await reader.IsDBNullAsync(1, ct))
        {
            throw Refused.Conflict("in-progress", "The same key is being worked on at this moment.");
        }

        if (!mac.AsSpan().SequenceEqual(reader.GetFieldValue<byte[]>(0)))
        {
            throw Refused.Reused("idempotency-key-reused", "This key was used with another body.", "Idempotency-Key");
        }

        var kept = System.Text.Json.JsonSerializer.Deserialize<Kept>(sealing.Open(Purpose, reader.GetFieldValue<byte[]>(1)))!;
        context.Response.StatusCode = kept.Status;
        context.Response.ContentType = kept.ContentType;
        context.Response.Headers.ETag = kept.ETag;
        context.Response.Headers.Location = kept.Location;
        await context.Response.Body.WriteAsync(kept.Body, ct);
    }

    private static async Task Keep(NpgsqlConnection connection, byte[] row, byte[] reply, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("update platform.idempotency set reply = $2 where key = $1", connection)
        { Parameters = { new() { Value = row }, new() { Value = reply, NpgsqlDbType = NpgsqlDbType.Bytea } } };
        await command.ExecuteNonQueryAsync(ct);
    }
}
