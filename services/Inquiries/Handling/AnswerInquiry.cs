using System.Text.Json.Serialization;
using Grpc.Core;
using Inquiries.V1;
using Platform;

namespace Inquiries;

/// <summary>
/// Answer a request. <paramref name="Text"/> is a string in the language of the request, or <c>{kk, ru}</c>; a request in a third
/// language is answered in both (401-V art. 11(12)). <paramref name="Signer"/>: name, post and digital signature of who signs (art. 11(14));
/// <paramref name="AnswerFiles"/>: ids of files uploaded for this answer.
/// </summary>
public sealed record AnswerInquiry([property: JsonConverter(typeof(WordsOrOneLanguage))] AnswerWords? Text, Signer? Signer = null,
    IReadOnlyList<Guid>? AnswerFiles = null);

public static class AnswerInquiryDoor
{
    public static async Task<CommandDone> Answer(this InquiryCommands on, Guid id, Seen seen, AnswerInquiry ask, CancellationToken ct)
    {
        var signature = await on.Check(id, ask.Text, ask.AnswerFiles, ask.Signer, ct);
        return await on.Decide(id, seen, InquiryCommands.Officials, "answer", state => AnswerPaper.Words(ask.Text, state.Language, ask.Signer, files: ask.AnswerFiles),
            (state, act, said) => InquiryDecider.Decide(state, ask, said, act).WithSignature(signature), ct);
    }

    public static void MapAnswerInquiry(this IEndpointRouteBuilder app) => app.MapCommand<AnswerInquiry>("answer", "Answers it, in the language of the request.", Answer);
}

public sealed partial class InquiriesGrpc
{
    public override Task<CommandReply> Answer(AnswerRequest request, ServerCallContext context) => Command(context, request.InquiryId, request.HasVersion, request.Version,
        (on, id, seen) => on.Answer(id, seen, new(Answered(request.Text, request.Texts), Signed(request.Signer), Files(request.AnswerFiles)), context.CancellationToken));

    private static List<Guid> Files(IEnumerable<string> ids) => [.. ids.Select(id => Guid.TryParse(id, out var parsed) ? parsed : Guid.Empty)];

    private static AnswerWords Answered(string plain, V1.Bilingual? both) => new(plain, Words(both));
    private static Signer? Signed(V1.Signer? signer) => signer is null ? null : new(Given(signer.Name), Given(signer.Post), Given(signer.Cms));
    private static Bilingual? Words(V1.Bilingual? words) => words is null ? null : new(Given(words.Kk), Given(words.Ru));
}
