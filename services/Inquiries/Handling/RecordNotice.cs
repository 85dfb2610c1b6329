using Grpc.Core;
using Inquiries.V1;
using Platform;

namespace Inquiries;

/// <summary>Record that the asker was told of an extension or a forwarding, and how.</summary>
public sealed record RecordNotice(string? About, string? By);

public static class RecordNoticeDoor
{
    public static Task<CommandDone> RecordNotice(this InquiryCommands on, Guid id, Seen seen, RecordNotice ask, CancellationToken ct) =>
        on.Decide(id, seen, (state, act) => InquiryDecider.Decide(state, ask, act), ct);

    public static void MapRecordNotice(this IEndpointRouteBuilder app) => app.MapCommand<RecordNotice>("record-notice",
        "Records that the asker was told of an extension or a forwarding.", RecordNotice);
}

public sealed partial class InquiriesGrpc
{
    public override Task<CommandReply> RecordNotice(RecordNoticeRequest request, ServerCallContext context) => Command(context, request.InquiryId, request.HasVersion, request.Version,
        (on, id, seen) => on.RecordNotice(id, seen, new(Given(request.About), Given(request.By)), context.CancellationToken));
}
