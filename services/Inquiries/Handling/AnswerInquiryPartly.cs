using System.Text.Json.Serialization;
using Grpc.Core;
using Inquiries.V1;
using Platform;

namespace Inquiries;

/// <summary>Answer but for some parts (401-V art. 5(3)). What art. 6 protects is withheld as restricted only by a named law.</summary>
public sealed record AnswerInquiryPartly([property: JsonConverter(typeof(WordsOrOneLanguage))] AnswerWords? Text, IReadOnlyList<AnswerInquiryPartly.Part?>? Withheld,
    LegalOverride? Override = null, Signer? Signer = null, IReadOnlyList<Guid>? AnswerFiles = null)
{
    /// <summary>A part that is withheld: what (vault text), by which ground and article, until which day if the restriction has a term.</summary>
    public sealed record Part(string? What, string? Ground, string? Article, DateOnly? Until);
}

public static class AnswerInquiryPartlyDoor
{
    public static async Task<CommandDone> AnswerPartly(this InquiryCommands on, Guid id, Seen seen, AnswerInquiryPartly ask, CancellationToken ct)
    {
        var signature = await on.Check(id, ask.Text, ask.AnswerFiles, ask.Signer, ct);
        return await on.Decide(id, seen, InquiryCommands.Officials, "answer", state => AnswerPaper.Words(ask.Text, state.Language, ask.Signer, [.. (ask.Withheld ?? []).Select(p => p?.What)], files: ask.AnswerFiles),
            (state, act, said) => InquiryDecider.Decide(state, ask, said, act).WithSignature(signature), ct);
    }

    public static void MapAnswerInquiryPartly(this IEndpointRouteBuilder app) => app.MapCommand<AnswerInquiryPartly>("answer-partly",
        "Answers it but for named parts, each with ground, article and term.", AnswerPartly);
}

public sealed partial class InquiriesGrpc
{
    public override Task<CommandReply> AnswerPartly(AnswerPartlyRequest request, ServerCallContext context) => Command(context, request.InquiryId, request.HasVersion, request.Version,
        (on, id, seen) => on.AnswerPartly(id, seen, new(Answered(request.Text, request.Texts),
            [.. request.Withheld.Select((p, i) => new AnswerInquiryPartly.Part(Given(p.What), Given(p.Ground), Given(p.Article), Day(p.Until, $"withheld[{i}].until")))],
            Override(request.OverrideArticle), Signed(request.Signer), Files(request.AnswerFiles)), context.CancellationToken));

    private static LegalOverride? Override(string article) => Given(article) is { } named ? new(named) : null;
}
