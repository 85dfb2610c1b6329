using System.Text;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Inquiries.V1;
using Marten;
using Npgsql;
using Platform;

namespace Inquiries;

/// <summary>
/// One read of the vault by a person: who, for which body, why and when. <paramref name="Reason"/> is sealed with the subject's key and null once that is
/// blocked or destroyed. What the rules read by themselves (masking, likeness, the asker's own door) is no read by a person and is not listed.
/// </summary>
public sealed record VaultReading(Guid Id, string Reader, string? Body, string? Reason, DateTimeOffset ReadAt);

public sealed class VaultReads(IQuerySession session, ISubjectKeys keys, NpgsqlDataSource database, Work work)
{
    /// <summary>A head sees what was read for the own body; auditors and admins see all. Newest first.</summary>
    public async Task<Page<VaultReading>> List(Guid id, string? cursor, int limit, DateTimeOffset? asOf, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Head, Roles.Auditor, Roles.Admin);
        var all = work.Caller.Is(Roles.Auditor) || work.Caller.Is(Roles.Admin);
        var state = id == Guid.Empty ? null : (await session.AsOf<Inquiry>(id, null, InquiryDecider.Evolve, ct))?.State;
        if (state is null || !(all || work.Caller.ActsFor(state.Holder)))
        {
            throw Refused.Missing(nameof(Inquiry));
        }

        var key = await keys.Find(state.SubjectId, ct);
        await using var select = database.CreateCommand("""
            select read_id, reader, body, reason, read_at, exists (select from vault.blocks b where b.subject_id = r.subject_id) from vault.reads r
            where subject_id = $1 and ($2 or body = $3) and read_id < $4 and read_at <= $5 order by read_id desc limit $6
            """);
        select.Parameters.AddRange(new NpgsqlParameter[]
        {
            new() { Value = state.SubjectId }, new() { Value = all }, new() { Value = work.Caller.Body ?? "" }, new() { Value = After(cursor) },
            new() { Value = (asOf ?? DateTimeOffset.MaxValue).ToUniversalTime() }, new() { Value = limit },
        });
        await using var reader = await select.ExecuteReaderAsync(ct);
        List<VaultReading> items = [];
        while (await reader.ReadAsync(ct))
        {
            items.Add(new(reader.GetGuid(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2),
                key is null || reader.GetBoolean(5) ? null : Encoding.UTF8.GetString(Sealing.OpenWith(key.Key, reader.GetFieldValue<byte[]>(3))), reader.GetFieldValue<DateTimeOffset>(4)));
        }

        return new(items, items.Count == limit ? items[^1].Id.ToString("N") : null);
    }

    private static Guid After(string? cursor) => cursor is null ? new Guid("ffffffff-ffff-ffff-ffff-ffffffffffff")
        : Guid.TryParseExact(cursor, "N", out var id) ? id : throw Refused.Invalid("cursor-invalid", "cursor is what the last page gave as next.", "cursor");
}

public static class VaultReadsRest
{
    public static void MapVaultReads(this IEndpointRouteBuilder app) => app.MapGet("/v1/inquiries/{id:guid}/vault-reads",
        (Guid id, string? cursor, int? limit, DateTimeOffset? asOf, VaultReads reads, CancellationToken ct) => reads.List(id, cursor, Changes.Limit(limit), asOf, ct))
        .ForRoles(Roles.Head, Roles.Auditor, Roles.Admin).WithTags("Personal data")
        .WithSummary("Who read the personal data of this request, when and why.");
}

public sealed partial class PersonalDataGrpc
{
    public override async Task<ListVaultReadsReply> ListVaultReads(ListVaultReadsRequest request, ServerCallContext context)
    {
        var page = await Handler<VaultReads>(context).List(Id(request.InquiryId), Given(request.Cursor), Changes.Limit(request.Limit == 0 ? null : request.Limit), null, context.CancellationToken);
        return new()
        {
            Items = { page.Items.Select(r => new V1.VaultRead { Id = r.Id.ToString(), Reader = r.Reader, Body = r.Body ?? "", Reason = r.Reason ?? "", ReadAt = Timestamp.FromDateTimeOffset(r.ReadAt) }) },
            Next = page.Next ?? "",
        };
    }
}
