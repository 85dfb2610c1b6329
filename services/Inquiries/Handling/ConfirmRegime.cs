using Grpc.Core;
using Inquiries.V1;
using Platform;

namespace Inquiries;

/// <summary>Confirm the regime that the engine proposes, or name another (law.md, "Other regimes").</summary>
public sealed record ConfirmRegime(string? Regime);

public static class ConfirmRegimeDoor
{
    public static Task<CommandDone> ConfirmRegime(this InquiryCommands on, Guid id, Seen seen, ConfirmRegime ask, CancellationToken ct) =>
        on.Decide(id, seen, (state, act) => InquiryDecider.Decide(state, ask, act), ct);

    public static void MapConfirmRegime(this IEndpointRouteBuilder app) => app.MapCommand<ConfirmRegime>("confirm-regime",
        "Confirms by which regime it is considered; until then the earlier date is watched.", ConfirmRegime);
}

public sealed partial class InquiriesGrpc
{
    public override Task<CommandReply> ConfirmRegime(ConfirmRegimeRequest request, ServerCallContext context) => Command(context, request.InquiryId, request.HasVersion, request.Version,
        (on, id, seen) => on.ConfirmRegime(id, seen, new(Given(request.Regime)), context.CancellationToken));
}
