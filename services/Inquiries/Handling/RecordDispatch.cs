using Grpc.Core;
using Inquiries.V1;
using Platform;

namespace Inquiries;

/// <summary>Record that an answer on paper left the house.</summary>
public sealed record RecordDispatch(string? By, string? Tracking, DateOnly? Day);

public static class RecordDispatchDoor
{
    public static Task<CommandDone> RecordDispatch(this InquiryCommands on, Guid id, Seen seen, RecordDispatch ask, CancellationToken ct) =>
        on.Decide(id, seen, (state, act) => InquiryDecider.Decide(state, ask, act), ct);

    public static void MapRecordDispatch(this IEndpointRouteBuilder app) => app.MapCommand<RecordDispatch>("record-dispatch",
        "Records that an answer on paper left the house.", RecordDispatch);
}

public sealed partial class InquiriesGrpc
{
    public override Task<CommandReply> RecordDispatch(RecordDispatchRequest request, ServerCallContext context) => Command(context, request.InquiryId, request.HasVersion, request.Version,
        (on, id, seen) => on.RecordDispatch(id, seen, new(Given(request.By), Given(request.Tracking), Day(request.Day, "day")), context.CancellationToken));
}
