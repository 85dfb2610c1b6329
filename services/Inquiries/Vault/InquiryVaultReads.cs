using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Inquiries.V1;
using Marten;
using Platform;

namespace Inquiries;

public sealed class InquiryVaultReads(IQuerySession session, VaultReads reads, Work work)
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

        return await reads.Of(state.SubjectId, all ? null : work.Caller.Body ?? "", cursor, limit, asOf, ct);
    }
}

public static class VaultReadsRest
{
    public static void MapVaultReads(this IEndpointRouteBuilder app) => app.MapGet("/v1/inquiries/{id:guid}/vault-reads",
        (Guid id, string? cursor, int? limit, DateTimeOffset? asOf, InquiryVaultReads reads, CancellationToken ct) => reads.List(id, cursor, Changes.Limit(limit), asOf, ct))
        .ForRoles(Roles.Head, Roles.Auditor, Roles.Admin).WithTags("Personal data")
        .WithSummary("Who read the personal data of this request, when and why.");
}

public sealed partial class PersonalDataGrpc
{
    public override async Task<ListVaultReadsReply> ListVaultReads(ListVaultReadsRequest request, ServerCallContext context)
    {
        var page = await Handler<InquiryVaultReads>(context).List(Id(request.InquiryId), Given(request.Cursor), Changes.Limit(request.Limit == 0 ? null : request.Limit), null, context.CancellationToken);
        return new()
        {
            Items = { page.Items.Select(r => new V1.VaultRead { Id = r.Id.ToString(), Reader = r.Reader, Body = r.Body ?? "", Reason = r.Reason ?? "", ReadAt = Timestamp.FromDateTimeOffset(r.ReadAt) }) },
            Next = page.Next ?? "",
        };
    }
}
