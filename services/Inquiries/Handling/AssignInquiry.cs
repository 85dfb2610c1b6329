using Grpc.Core;
using Inquiries.V1;
using Platform;

namespace Inquiries;

/// <summary>Give a request to a unit of the holder, and to an executor there if known.</summary>
public sealed record AssignInquiry(string? Unit, string? Executor);

public static class AssignInquiryDoor
{
    public static Task<CommandDone> Assign(this InquiryCommands on, Guid id, Seen seen, AssignInquiry ask, CancellationToken ct) =>
        on.Decide(id, seen, (state, act) => InquiryDecider.Decide(state, ask, act.Now), ct);

    public static void MapAssignInquiry(this IEndpointRouteBuilder app) => app.MapCommand<AssignInquiry>("assign",
        "Gives it to a unit and an executor.", Assign);
}

public sealed partial class InquiriesGrpc
{
    public override Task<CommandReply> Assign(AssignRequest request, ServerCallContext context) => Command(context, request.InquiryId, request.HasVersion, request.Version,
        (on, id, seen) => on.Assign(id, seen, new(Given(request.Unit), Given(request.Executor)), context.CancellationToken));
}
