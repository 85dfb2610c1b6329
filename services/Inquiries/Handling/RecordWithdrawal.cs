using Grpc.Core;
using Inquiries.V1;
using Platform;

namespace Inquiries;

/// <summary>Record that the asker withdrew it, told in another way than by the citizen's door.</summary>
public sealed record RecordWithdrawal;

public static class RecordWithdrawalDoor
{
    public static Task<CommandDone> RecordWithdrawal(this InquiryCommands on, Guid id, Seen seen, RecordWithdrawal ask, CancellationToken ct) =>
        on.Decide(id, seen, (state, act) => InquiryDecider.Withdraw(state, "officer", act.Now), ct);

    public static void MapRecordWithdrawal(this IEndpointRouteBuilder app) => app.MapCommand<RecordWithdrawal>("record-withdrawal",
        "Records that the asker withdrew it.", RecordWithdrawal);
}

public sealed partial class InquiriesGrpc
{
    public override Task<CommandReply> RecordWithdrawal(RecordWithdrawalRequest request, ServerCallContext context) => Command(context, request.InquiryId, request.HasVersion, request.Version,
        (on, id, seen) => on.RecordWithdrawal(id, seen, new(), context.CancellationToken));
}
