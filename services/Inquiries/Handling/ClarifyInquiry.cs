using Grpc.Core;
using Inquiries.V1;
using Platform;

namespace Inquiries;

/// <summary>Ask the asker to clarify, and perhaps to mend named defects by a last day. No clock stops (401-V art. 9(1)).</summary>
public sealed record ClarifyInquiry(string? Question, IReadOnlyList<string>? Defects, DateOnly? Until);

public static class ClarifyInquiryDoor
{
    public static Task<CommandDone> Clarify(this InquiryCommands on, Guid id, Seen seen, ClarifyInquiry ask, CancellationToken ct) =>
        on.Decide(id, seen, "clarification", ask.Question, (state, act, said) => InquiryDecider.Decide(state, ask, said, act), ct);

    public static void MapClarifyInquiry(this IEndpointRouteBuilder app) => app.MapCommand<ClarifyInquiry>("clarify",
        "Asks the asker to clarify; no clock stops.", Clarify);
}

public sealed partial class InquiriesGrpc
{
    public override Task<CommandReply> Clarify(ClarifyRequest request, ServerCallContext context) => Command(context, request.InquiryId, request.HasVersion, request.Version,
        (on, id, seen) => on.Clarify(id, seen, new(Given(request.Question), request.Defects, Day(request.Until, "until")), context.CancellationToken));
}
