using Grpc.Core;
using Inquiries.V1;
using Platform;

namespace Inquiries;

/// <summary>Point the asker to where it is published (401-V art. 11(15)), with words on how to find it there.</summary>
public sealed record PointToPublication(string? Address, string? How);

public static class PointToPublicationDoor
{
    public static Task<CommandDone> PointToPublication(this InquiryCommands on, Guid id, Seen seen, PointToPublication ask, CancellationToken ct) =>
        on.Decide(id, seen, "answer", ask.How is null ? null : AnswerPaper.Words(how: ask.How), (state, act, said) => InquiryDecider.Decide(state, ask, said, act), ct);

    public static void MapPointToPublication(this IEndpointRouteBuilder app) => app.MapCommand<PointToPublication>("point-to-publication",
        "Points the asker to where it is published; a repeated request is answered in full.", PointToPublication);
}

public sealed partial class InquiriesGrpc
{
    public override Task<CommandReply> PointToPublication(PointToPublicationRequest request, ServerCallContext context) => Command(context, request.InquiryId, request.HasVersion, request.Version,
        (on, id, seen) => on.PointToPublication(id, seen, new(Given(request.Address), Given(request.How)), context.CancellationToken));
}
