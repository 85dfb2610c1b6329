using Grpc.Core;
using Inquiries.V1;
using Platform;

namespace Inquiries;

/// <summary>Return it, for the defects named to the asker were not mended in time (APPK 64(7)). <paramref name="NamesRoute"/>: the letter names the route of complaint.</summary>
public sealed record ReturnInquiry(string? Reason, bool? NamesRoute);

public static class ReturnInquiryDoor
{
    public static Task<CommandDone> Return(this InquiryCommands on, Guid id, Seen seen, ReturnInquiry ask, CancellationToken ct) =>
        on.Decide(id, seen, "reason", ask.Reason, (state, act, said) => InquiryDecider.Decide(state, ask, said, act), ct);

    public static void MapReturnInquiry(this IEndpointRouteBuilder app) => app.MapCommand<ReturnInquiry>("return",
        "Returns it after the term for mending its defects passed in vain.", Return);
}

public sealed partial class InquiriesGrpc
{
    public override Task<CommandReply> Return(ReturnRequest request, ServerCallContext context) => Command(context, request.InquiryId, request.HasVersion, request.Version,
        (on, id, seen) => on.Return(id, seen, new(Given(request.Reason), request.NamesRoute), context.CancellationToken));
}
