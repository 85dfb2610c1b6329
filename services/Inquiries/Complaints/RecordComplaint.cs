using Grpc.Core;
using Inquiries.V1;
using Platform;

namespace Inquiries;

/// <summary>Record a complaint that came on paper or by voice.</summary>
public sealed record RecordComplaint(string? Text);

public static class RecordComplaintDoor
{
    public static Task<CommandDone> RecordComplaint(this InquiryCommands on, Guid id, Seen seen, RecordComplaint ask, CancellationToken ct) =>
        on.Decide(id, seen, "complaint", ask.Text, (state, act, said) => InquiryDecider.Complain(state, said, "officer", act), ct);

    public static void MapRecordComplaint(this IEndpointRouteBuilder app) => app.MapCommand<RecordComplaint>("record-complaint",
        "Records a complaint (APPK 91).", RecordComplaint);
}

public sealed partial class InquiriesGrpc
{
    public override Task<CommandReply> RecordComplaint(RecordComplaintRequest request, ServerCallContext context) => Command(context, request.InquiryId, request.HasVersion, request.Version,
        (on, id, seen) => on.RecordComplaint(id, seen, new(Given(request.Text)), context.CancellationToken));
}
