using Grpc.Core;
using Inquiries.V1;
using Platform;

namespace Inquiries;

/// <summary>Acknowledge a hand-over from another holder. Its term has run since it stood in the list.</summary>
public sealed record AcceptInquiry;

public static class AcceptInquiryDoor
{
    public static Task<CommandDone> Accept(this InquiryCommands on, Guid id, Seen seen, AcceptInquiry ask, CancellationToken ct) =>
        on.Decide(id, seen, (state, act) => InquiryDecider.Decide(state, ask, act.Now), ct);

    public static void MapAcceptInquiry(this IEndpointRouteBuilder app) => app.MapCommand<AcceptInquiry>("accept",
        "Acknowledges a hand-over from another holder.", Accept);
}

public sealed partial class InquiriesGrpc
{
    public override Task<CommandReply> Accept(AcceptRequest request, ServerCallContext context) => Command(context, request.InquiryId, request.HasVersion, request.Version,
        (on, id, seen) => on.Accept(id, seen, new(), context.CancellationToken));
}
