using Npgsql;
using Platform;

namespace Inquiries;

/// <summary>A form that did not parse: when and by which door it came, and which fields broke which rule. Its bytes stay sealed.</summary>
public sealed record QuarantinedForm(Guid Id, string Channel, string Code, IReadOnlyList<string> Fields, DateTimeOffset ReceivedAt, DateTimeOffset? ReplayedAt, Guid? InquiryId);

/// <summary>
/// Nothing that comes in is lost: what does not parse is kept, encrypted, in a transaction of its own (the refused one is gone),
/// listed by an admin and replayed through the same intake.
/// </summary>
public sealed class Quarantine(NpgsqlDataSource database, Sealing sealing, TimeProvider clock)
{
    public const string Purpose = "quarantine";

    public async Task Keep(ReceiveForm form, RefusedException refused, CancellationToken ct)
    {
        await using var insert = database.CreateCommand("""
            insert into quarantine (quarantine_id, channel, code, fields, sealed, content_mac, received_at) values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (content_mac) do nothing
            """);
        insert.Parameters.AddRange(new NpgsqlParameter[]
        {
            new() { Value = Guid.CreateVersion7() }, new() { Value = form.Channel }, new() { Value = refused.Code },
            new() { Value = refused.Errors.Keys.Select(Known).Distinct().ToArray() }, new() { Value = sealing.Seal(Purpose, form.Json.Span) },
            new() { Value = sealing.Mac(Purpose, form.Json.Span) }, new() { Value = clock.GetUtcNow() },
        });
        await insert.ExecuteNonQueryAsync(ct);
    }

    public async Task<ReadOnlyMemory<byte>> Open(Guid id, CancellationToken ct)
    {
        await using var select = database.CreateCommand("select sealed from quarantine where quarantine_id = $1");
        select.Parameters.Add(new() { Value = id });
        return await select.ExecuteScalarAsync(ct) is byte[] box ? sealing.Open(Purpose, box) : throw Refused.Missing("quarantined form");
    }

    public async Task Done(Guid id, Guid inquiryId, CancellationToken ct)
    {
        await using var update = database.CreateCommand("update quarantine set replayed_at = $2, inquiry_id = $3 where quarantine_id = $1 and replayed_at is null");
        update.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = id }, new() { Value = clock.GetUtcNow() }, new() { Value = inquiryId } });
        await update.ExecuteNonQueryAsync(ct);
    }

    public async Task<Page<QuarantinedForm>> List(bool replayed, Guid? after, int limit, CancellationToken ct)
    {
        await using var select = database.CreateCommand("""
            select quarantine_id, channel, code, fields, received_at, replayed_at, inquiry_id from quarantine
            where (replayed_at is not null) = $1 and quarantine_id > $2 order by quarantine_id limit $3
            """);
        select.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = replayed }, new() { Value = after ?? Guid.Empty }, new() { Value = limit } });
        await using var reader = await select.ExecuteReaderAsync(ct);
        List<QuarantinedForm> items = [];
        while (await reader.ReadAsync(ct))
        {
            items.Add(new(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<string[]>(3), reader.GetFieldValue<DateTimeOffset>(4),
                reader.IsDBNull(5) ? null : reader.GetFieldValue<DateTimeOffset>(5), reader.IsDBNull(6) ? null : reader.GetGuid(6)));
        }

        return new(items, items.Count == limit ? new Cursor((long?)null, items[^1].Id).ToString() : null);
    }

    /// <summary>A path of ours is kept; one that a sender made up (a member name may hold anything) is only said to be somewhere in the body.</summary>
    private static string Known(string path) => path.Length <= 60 && path.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '[' or ']') ? path : "body";
}

public static class QuarantineRest
{
    public static void MapQuarantine(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/egov/quarantine").ForRoles(Roles.Admin).WithTags("Intake");
        doors.MapGet("/", (bool? replayed, string? cursor, int? limit, Quarantine quarantine, CancellationToken ct) =>
                quarantine.List(replayed ?? false, Cursor.Parse(cursor)?.Id, Changes.Limit(limit), ct))
            .WithSummary("Forms that did not parse and wait for a decision; nothing of their content is shown.");
        doors.MapPost("/{id:guid}/replay", async (Guid id, Quarantine quarantine, ReceiveFormHandler intake, CancellationToken ct) =>
            {
                var (isNew, reply) = await intake.Handle(new(ShepHandler.FormOf(await quarantine.Open(id, ct)), "quarantine"), ct);
                await quarantine.Done(id, reply.InquiryId, ct);
                return TypedResults.Json(reply, statusCode: isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
            })
            .Produces<FormReply>(StatusCodes.Status201Created)
            .WithSummary("Sends the kept bytes through intake again, for what a mended rule now takes.");
    }
}
