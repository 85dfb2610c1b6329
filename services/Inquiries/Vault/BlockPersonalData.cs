using Grpc.Core;
using Inquiries.V1;
using Marten;
using Platform;

namespace Inquiries;

/// <summary>Block the personal data of a request (94-V), or lift the block; the reason is kept in the vault. The holder's own duties go on: it may be answered.</summary>
public sealed record BlockPersonalData(string? Reason);

/// <summary>For every request that shares the subject: the flag and the facts in one transaction.</summary>
public sealed class BlockPersonalDataHandler(IDocumentSession session, Vault vault, VaultRows rows, Work work, TimeProvider clock)
{
    public async Task<CommandDone> Block(Guid id, Seen seen, BlockPersonalData ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Officer, Roles.Head);
        var family = await Family.Find(session, id, seen, i => work.Caller.ActsFor(i.Holder), ct);
        var own = family[0].State;
        var reason = Reason(ask);
        if (PersonalDataRules.Kept(own).Blocked)
        {
            return await Family.Save(session, family, _ => [], ct);
        }

        var reasonId = Guid.CreateVersion7();
        await vault.Keep(own.SubjectId, reasonId, "reason", reason, ct);
        await rows.Block(own.SubjectId, ct);
        return await Family.Save(session, family, i => PersonalDataRules.DecideBlock(i, reasonId, clock.GetUtcNow()), ct);
    }

    public async Task<CommandDone> Unblock(Guid id, Seen seen, BlockPersonalData ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Head);
        var family = await Family.Find(session, id, seen, i => work.Caller.ActsFor(i.Holder), ct);
        var own = family[0].State;
        var reason = Reason(ask);
        if (!PersonalDataRules.Kept(own).Blocked)
        {
            return await Family.Save(session, family, _ => [], ct);
        }

        var reasonId = Guid.CreateVersion7();
        await vault.Keep(own.SubjectId, reasonId, "reason", reason, ct);
        await rows.Unblock(own.SubjectId, ct);
        return await Family.Save(session, family, i => PersonalDataRules.DecideUnblock(i, reasonId, clock.GetUtcNow()), ct);
    }

    private static string Reason(BlockPersonalData ask) => string.IsNullOrWhiteSpace(ask.Reason)
        ? throw Refused.Invalid("reason-missing", "Say why; the vault keeps it.", "reason") : ask.Reason;
}

public static class BlockPersonalDataRest
{
    public static void MapBlockPersonalData(this IEndpointRouteBuilder app)
    {
        app.MapPersonalDataCommand<BlockPersonalData, BlockPersonalDataHandler>("block-personal-data",
            "Blocks the personal data of the request and of those it was forwarded to; nobody reads it until the block is lifted.", (h, id, seen, ask, ct) => h.Block(id, seen, ask, ct), Roles.Officer, Roles.Head);
        app.MapPersonalDataCommand<BlockPersonalData, BlockPersonalDataHandler>("unblock-personal-data", "Lifts the block; the head's act.",
            (h, id, seen, ask, ct) => h.Unblock(id, seen, ask, ct), Roles.Head);
    }
}

public sealed partial class PersonalDataGrpc
{
    public override Task<CommandReply> Block(PersonalDataReasonRequest request, ServerCallContext context) => Command(request.InquiryId, request.HasVersion, request.Version,
        (id, seen) => Handler<BlockPersonalDataHandler>(context).Block(id, seen, new(request.Reason), context.CancellationToken));

    public override Task<CommandReply> Unblock(PersonalDataReasonRequest request, ServerCallContext context) => Command(request.InquiryId, request.HasVersion, request.Version,
        (id, seen) => Handler<BlockPersonalDataHandler>(context).Unblock(id, seen, new(request.Reason), context.CancellationToken));
}
