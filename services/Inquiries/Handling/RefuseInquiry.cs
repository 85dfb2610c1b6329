using System.Text.Json.Serialization;
using Grpc.Core;
using Inquiries.V1;
using Platform;

namespace Inquiries;

/// <summary>
/// Refuse on a ground of the closed list (401-V art. 11(16)), with facts and reasons in the language of the request. <paramref name="NamesRoute"/>:
/// it names the route of complaint; without it the complaint's term is 6 months. What art. 6 protects is refused as restricted only by a named law.
/// </summary>
public sealed record RefuseInquiry(string? Ground, [property: JsonConverter(typeof(WordsOrOneLanguage))] AnswerWords? Reason, bool? NamesRoute, LegalOverride? Override = null, Signer? Signer = null);

public static class RefuseInquiryDoor
{
    public static async Task<CommandDone> Refuse(this InquiryCommands on, Guid id, Seen seen, RefuseInquiry ask, CancellationToken ct)
    {
        var signature = await on.Check(id, ask.Reason, null, ask.Signer, ct);
        return await on.Decide(id, seen, InquiryCommands.Officials, "refusal", state => AnswerPaper.Words(ask.Reason, state.Language, ask.Signer),
            (state, act, said) => InquiryDecider.Decide(state, ask, said, act).WithSignature(signature), ct);
    }

    public static void MapRefuseInquiry(this IEndpointRouteBuilder app) => app.MapCommand<RefuseInquiry>("refuse", "Refuses it on a ground of the closed list, with facts and route of complaint.", Refuse);
}

public sealed partial class InquiriesGrpc
{
    public override Task<CommandReply> Refuse(RefuseRequest request, ServerCallContext context) => Command(context, request.InquiryId, request.HasVersion, request.Version,
        (on, id, seen) => on.Refuse(id, seen, new(Given(request.Ground), Answered(request.Reason, request.Reasons), request.NamesRoute, Override(request.OverrideArticle), Signed(request.Signer)),
            context.CancellationToken));
}
