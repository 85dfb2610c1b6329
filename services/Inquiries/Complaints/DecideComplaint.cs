using Grpc.Core;
using Inquiries.V1;
using Platform;

namespace Inquiries;

/// <summary>
/// Decide a complaint: the holder satisfies it in full, its superior body satisfies it, satisfies it in part or denies it. Satisfied, the request
/// is open again; <paramref name="AnswerBy"/> sets the day for the answer.
/// </summary>
public sealed record DecideComplaint(string? Outcome, string? Reason, DateOnly? AnswerBy);

public static class DecideComplaintDoor
{
    public static Task<CommandDone> DecideComplaint(this InquiryCommands on, Guid id, Seen seen, DecideComplaint ask, CancellationToken ct) =>
        on.Decide(id, seen, InquiryCommands.Officials, "complaint", _ => ask.Reason, (state, act, said) => InquiryDecider.Decide(state, ask, on.Caller.Body ?? "", said, act), ct,
            may: i => on.Caller.ActsFor(i.Holder) || (i.Complaint is { } c && on.Caller.ActsFor(c.Body)));

    public static void MapDecideComplaint(this IEndpointRouteBuilder app) => app.MapCommand<DecideComplaint>("decide-complaint",
        "Decides a complaint: the holder, or after passing up its superior body.", DecideComplaint);
}

public sealed partial class InquiriesGrpc
{
    public override Task<CommandReply> DecideComplaint(DecideComplaintRequest request, ServerCallContext context) => Command(context, request.InquiryId, request.HasVersion, request.Version,
        (on, id, seen) => on.DecideComplaint(id, seen, new(Given(request.Outcome), Given(request.Reason), Day(request.AnswerBy, "answerBy")), context.CancellationToken));
}
