using Platform;

namespace Inquiries;

/// <summary>The rules of forwarding, in full or in parts (401-V art. 11(11), APPK 65).</summary>
public static partial class InquiryDecider
{
    private const int MostParts = 20;

    /// <param name="state">The request.</param>
    /// <param name="ask">Where to: one holder, or parts.</param>
    /// <param name="ids">The new request's id and its words', for each part; for the whole the first one's.</param>
    /// <param name="reasonId">The reason's place in the vault.</param>
    /// <param name="act">When, by which calendar.</param>
    public static IReadOnlyList<object> Decide(Inquiry state, ForwardInquiry ask, IReadOnlyList<(Guid Request, Guid Words)> ids, Guid? reasonId, Act act)
    {
        if (ask.Parts is { Count: > 0 } parts)
        {
            return InParts(state, ask, parts, ids, reasonId, act);
        }

        Competent(state, ask.Holder, "holder");
        return state.Forwarded?.ToHolder == ask.Holder ? []
            : Timely(state, act, new InquiryForwarded(Open(state).Id, ask.Holder!, ids[0].Request, reasonId, act.Now), Regimes.All[state.Times.ActingRegime].Forwarding ?? "");
    }

    private static IReadOnlyList<object> InParts(Inquiry state, ForwardInquiry ask, IReadOnlyList<ForwardInquiry.Part?> parts, IReadOnlyList<(Guid Request, Guid Words)> ids, Guid? reasonId, Act act)
    {
        if (ask.Holder is not null)
        {
            throw Refused.Invalid("holder-ambiguous", "It goes to one holder in full, or in parts; not both.", "holder");
        }

        if (parts.Count > MostParts)
        {
            throw Refused.Invalid("parts-too-many", $"At most {MostParts} parts at once.", "parts");
        }

        for (var i = 0; i < parts.Count; i++)
        {
            Competent(state, parts[i]?.Holder, $"parts[{i}].holder");
            _ = string.IsNullOrWhiteSpace(parts[i]!.Text) ? throw Refused.Invalid("text-missing", "Say what the part asks.", $"parts[{i}].text") : 0;
        }

        return Timely(state, act, new InquiryForwardedInPart(Open(state).Id, [.. parts.Select((p, i) => new ForwardedPart(p!.Holder!, ids[i].Request, ids[i].Words))], reasonId, act.Now),
            Regimes.All[state.Times.ActingRegime].Forwarding ?? "");
    }

    private static void Competent(Inquiry state, string? holder, string field)
    {
        if (Holders.Find(holder) is null)
        {
            throw Refused.Invalid("holder-unknown", "holder is a code of the list of holders.", field);
        }

        if (holder == state.Holder)
        {
            throw Refused.Invalid("holder-own", "It stands with this holder already.", field);
        }
    }
}
