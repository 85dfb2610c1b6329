using Grpc.Core;
using Platform;
using Publications.V1;

namespace Publications;

/// <summary>Take back what is out, at once and on one person's word; a public notice in kk and ru stands in its place.</summary>
public sealed record WithdrawPublication(Bilingual? Notice, string? Reason);

public static class WithdrawPublicationDoor
{
    private static readonly string[] May = [Roles.Editor, Roles.Approver, Roles.Head];

    public static Task<PublicationReply> Withdraw(this PublicationCommands on, Guid id, Seen seen, WithdrawPublication ask, CancellationToken ct) =>
        on.Decide(id, seen, May, (p, by, now) => CorrectionDecider.Decide(p, ask, Guid.CreateVersion7(now), on.Can, by, now), ct);

    public static void MapWithdrawPublication(this IEndpointRouteBuilder app) => app.MapCommand<WithdrawPublication>("withdraw",
        "Takes back what is out, with a public notice; each channel follows by what it can.", May, null, Withdraw);
}

public sealed partial class PublicationsGrpc
{
    public override async Task<V1.Publication> Withdraw(WithdrawRequest request, ServerCallContext context) => Message(await Commands(context).Withdraw(
        Id(request.PublicationId), Seen.Of(request.HasVersion, request.Version), new(Words(request.Notice), request.Reason), context.CancellationToken));
}
