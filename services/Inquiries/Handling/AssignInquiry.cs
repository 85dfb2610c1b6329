using Grpc.Core;
using Inquiries.V1;
using Marten;
using Platform;

namespace Inquiries;

/// <summary>Give a request to a unit of the holder, and to an executor there if known.</summary>
public sealed record AssignInquiry(string? Unit, string? Executor);

/// <summary>The reply to a command: where the request stands now.</summary>
public sealed record CommandDone(Guid Id, long Version, string State);

public sealed class AssignInquiryHandler(IDocumentSession session, Work work, TimeProvider clock)
{
    public async Task<CommandDone> Handle(Guid id, Seen seen, AssignInquiry ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Officer, Roles.Head);
        var done = await session.Decide<Inquiry>(id, seen, i => work.Caller.ActsFor(i.Holder), InquiryDecider.Evolve,
            state => InquiryDecider.Decide(state, ask, clock.GetUtcNow()), ct);
        return new(id, done.Version, done.State.State.ToString());
    }
}

public static class AssignInquiryRest
{
    public static void MapAssignInquiry(this IEndpointRouteBuilder app) => app.MapCommand<AssignInquiry>("assign",
        "Gives it to a unit and an executor.", (id, seen, ask, services, ct) => services.GetRequiredService<AssignInquiryHandler>().Handle(id, seen, ask, ct));
}

public sealed partial class InquiriesGrpc
{
    public override Task<CommandReply> Assign(AssignRequest request, ServerCallContext context) => Command(request.InquiryId, request.HasVersion, request.Version,
        (id, seen) => Handler<AssignInquiryHandler>(context).Handle(id, seen, new(request.Unit, request.Executor is "" ? null : request.Executor), context.CancellationToken));
}
