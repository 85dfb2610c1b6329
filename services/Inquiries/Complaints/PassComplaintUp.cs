using Grpc.Core;
using Inquiries.V1;
using Platform;

namespace Inquiries;

/// <summary>Pass a complaint and the file to the superior body (holders.csv), which registers it by its own working hours.</summary>
public sealed record PassComplaintUp;

public static class PassComplaintUpDoor
{
    public static Task<CommandDone> PassComplaintUp(this InquiryCommands on, Guid id, Seen seen, PassComplaintUp _, CancellationToken ct) =>
        on.Decide(id, seen, (state, act) =>
        {
            var superior = Holders.Find(Holders.Find(state.Holder)?.Superior);
            return InquiryDecider.PassUp(state, superior?.Code, superior is null ? act.Now : Registration.RegisteredAt(act.Now, superior, act.Calendar), act);
        }, ct);

    public static void MapPassComplaintUp(this IEndpointRouteBuilder app) => app.MapCommand<PassComplaintUp>("pass-complaint-up",
        "Passes complaint and file to the superior body (APPK 91).", PassComplaintUp);
}

public sealed partial class InquiriesGrpc
{
    public override Task<CommandReply> PassComplaintUp(PassComplaintUpRequest request, ServerCallContext context) => Command(context, request.InquiryId, request.HasVersion, request.Version,
        (on, id, seen) => on.PassComplaintUp(id, seen, new(), context.CancellationToken));
}
