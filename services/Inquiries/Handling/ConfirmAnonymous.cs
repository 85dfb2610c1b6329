using Grpc.Core;
using Inquiries.V1;
using Platform;

namespace Inquiries;

/// <summary>
/// Confirm what the door proposes as anonymous (401-V art. 11(7)), or find that it is not (<paramref name="Anonymous"/> false): then it
/// is registered. What reports a crime or a threat is passed on at once, to <paramref name="PassedTo"/> (APPK 88).
/// </summary>
public sealed record ConfirmAnonymous(bool? Anonymous, bool? ReportsCrime, string? PassedTo);

public static class ConfirmAnonymousDoor
{
    public static Task<CommandDone> ConfirmAnonymous(this InquiryCommands on, Guid id, Seen seen, ConfirmAnonymous ask, CancellationToken ct) =>
        on.Decide(id, seen, (state, act) => InquiryDecider.Decide(state, ask, act.Now), ct);

    public static void MapConfirmAnonymous(this IEndpointRouteBuilder app) => app.MapCommand<ConfirmAnonymous>("confirm-anonymous",
        "Confirms that it is anonymous, or registers it.", ConfirmAnonymous);
}

public sealed partial class InquiriesGrpc
{
    public override Task<CommandReply> ConfirmAnonymous(ConfirmAnonymousRequest request, ServerCallContext context) => Command(context, request.InquiryId, request.HasVersion, request.Version,
        (on, id, seen) => on.ConfirmAnonymous(id, seen, new(request.HasAnonymous ? request.Anonymous : null, request.ReportsCrime, Given(request.PassedTo)), context.CancellationToken));
}
