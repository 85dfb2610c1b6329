using Grpc.Core;
using Inquiries.V1;
using Platform;

namespace Inquiries;

/// <summary>Extend the term once, in full or by <paramref name="Length"/> days (APPK: months), naming the other holders whose information is needed. The head only.</summary>
public sealed record ExtendDeadline(int? Length, IReadOnlyList<string>? Holders, string? Reason);

public static class ExtendDeadlineDoor
{
    public static Task<CommandDone> Extend(this InquiryCommands on, Guid id, Seen seen, ExtendDeadline ask, CancellationToken ct) =>
        on.Decide(id, seen, [Roles.Head], "reason", _ => ask.Reason, (state, act, said) => InquiryDecider.Decide(state, ask, said, act), ct);

    public static void MapExtendDeadline(this IEndpointRouteBuilder app) => app.MapCommand<ExtendDeadline>("extend",
        "Extends the term once, by the head of the holder; counted from the origin.", Extend, Roles.Head);
}

public sealed partial class InquiriesGrpc
{
    public override Task<CommandReply> Extend(ExtendRequest request, ServerCallContext context) => Command(context, request.InquiryId, request.HasVersion, request.Version,
        (on, id, seen) => on.Extend(id, seen, new(request.HasLength ? request.Length : null, request.Holders, Given(request.Reason)), context.CancellationToken));
}
