using System.Text.Json;
using Platform;

namespace Inquiries;

/// <summary>
/// What an official signs of a final act: <c>{answerFiles, inquiryId, text}</c> with the words and the ids of files just as the command has them
/// (a refusal's reason as <c>text</c>; what is absent is left out), as canonical JSON (RFC 8785, UTF-8).
/// </summary>
public static class SignedAct
{
    public static byte[] Of(Guid inquiryId, AnswerWords? text, IReadOnlyList<Guid>? files) => SignedText.Of(JsonSerializer.SerializeToElement(
        new { answerFiles = files is { Count: > 0 } ? files : null, inquiryId, text = (object?)text?.Both ?? text?.Plain }, Json.WithoutAbsent));

    /// <summary>What the verifier says of the signature: null without one, unchecked where none is asked or it is away. An invalid one is refused, for the official can sign again.</summary>
    public static async Task<string?> Check(this InquiryCommands on, Guid inquiryId, AnswerWords? text, IReadOnlyList<Guid>? files, Signer? signer, CancellationToken ct)
    {
        on.Caller.Demand(InquiryCommands.Officials);
        if (signer?.Cms is not { } cms)
        {
            return null;
        }

        var verdict = await on.Services.GetRequiredService<SignatureVerifier>().Check(cms, Of(inquiryId, text, files), ct);
        return verdict.Outcome == SignatureVerdict.Invalid
            ? throw Refused.Invalid("signature-invalid", $"The digital signature does not hold: {verdict.Reason}.", "signer.cms") : verdict.Outcome;
    }

    /// <summary>The facts of a final act, with what became of its signature.</summary>
    public static IReadOnlyList<object> WithSignature(this IReadOnlyList<object> facts, string? signature) => signature is null ? facts :
    [
        .. facts.Select(fact => fact switch
        {
            InquiryAnswered e => e with { Signature = signature },
            InquiryAnsweredPartly e => e with { Signature = signature },
            InquiryRefused e => e with { Signature = signature },
            _ => fact,
        }),
    ];
}
