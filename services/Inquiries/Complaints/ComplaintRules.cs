using NodaTime;
using Platform;

namespace Inquiries;

public static class ComplaintOutcomes
{
    public const string Satisfied = "satisfied", Partly = "partly", Denied = "denied";
    public static readonly string[] All = [Satisfied, Partly, Denied];
}

/// <summary>The complaint chain (APPK 91-100, 401-V art. 18): the holder satisfies it in full or passes it up; its superior decides; then the court.</summary>
public static partial class InquiryDecider
{
    /// <summary>After a final act, or once the reply's term has passed in silence. What comes after the complaint's own term is recorded as late.</summary>
    public static IReadOnlyList<object> Complain(Inquiry state, Said said, string by, Act act)
    {
        said.Required("text-missing", "Say what the complaint is about.", "text");
        if (state.Complaint is { } earlier && (earlier.TextMac == said.Mac || earlier.Decision is null))
        {
            return earlier.TextMac == said.Mac ? [] : throw Refused.Conflict("already-complained", "A complaint is being considered; add to it with whoever considers it.");
        }

        var terms = Terms.Of(state.Times, act.Calendar);
        var silence = state.IsOpen && terms.Any(t => t.IsDuty && t.Done is null && t.Rule is not ("extension-notice" or "media-extension-notice") && t.EndedBy(act.Now));
        return state.IsFinal || silence
            ? [new ComplaintFiled(state.Id, said.Id, said.Mac, by, silence, !silence && terms.Any(t => t.Rule.StartsWith("complaint-term", StringComparison.Ordinal) && t.EndedBy(act.Now)), act.Now)]
            : throw Refused.Conflict("nothing-to-complain", "There is neither a final act nor a term that passed in silence.");
    }

    /// <param name="state">The request.</param>
    /// <param name="superior">The holder's superior body; null at the top.</param>
    /// <param name="registeredAt">When the superior body registers it, by its working hours.</param>
    /// <param name="act">When, by which calendar.</param>
    public static IReadOnlyList<object> PassUp(Inquiry state, string? superior, DateTimeOffset registeredAt, Act act)
    {
        var complaint = state.Complaint ?? throw Refused.Conflict("not-complained", "There is no complaint about it.");
        return complaint switch
        {
            { PassedUp: true } => [],
            { Decision: not null } => throw Refused.Conflict("already-decided", "The complaint was decided."),
            _ => Timely(state, act, new ComplaintPassedUp(state.Id, state.Holder, superior ?? throw Refused.Conflict("no-superior", "This body has no superior one."), registeredAt, act.Now), "complaint-transfer"),
        };
    }

    /// <param name="state">The request.</param>
    /// <param name="ask">The decision.</param>
    /// <param name="by">The body that decides: the holder before it passed the complaint up, its superior after.</param>
    /// <param name="said">The reasons.</param>
    /// <param name="act">When, by which calendar.</param>
    public static IReadOnlyList<object> Decide(Inquiry state, DecideComplaint ask, string by, Said said, Act act)
    {
        said.Required("reason-missing", "Give the reasons of the decision.", "reason");
        if (!ComplaintOutcomes.All.Contains(ask.Outcome))
        {
            throw Refused.Invalid("outcome-unknown", $"outcome is one of: {string.Join(", ", ComplaintOutcomes.All)}.", "outcome");
        }

        var complaint = state.Complaint ?? throw Refused.Conflict("not-complained", "There is no complaint about it.");
        if (complaint.Decision is { } decided)
        {
            return decided.Outcome == ask.Outcome && decided.TextMac == said.Mac ? [] : throw Refused.Conflict("already-decided", "The complaint was decided.");
        }

        if (by != complaint.Body)
        {
            throw Refused.Conflict("passed-up", "The complaint is with the superior body.");
        }

        if (!complaint.PassedUp && ask.Outcome != ComplaintOutcomes.Satisfied)
        {
            throw Refused.Conflict("satisfy-or-pass-up", "The holder satisfies a complaint in full or passes it up (APPK 91).");
        }

        if (ask.AnswerBy is { } day && (LocalDate.FromDateOnly(day) < act.Today || !act.Calendar.IsWorking(LocalDate.FromDateOnly(day))))
        {
            throw Refused.Invalid("answer-by-invalid", "The day for the answer is a working day, today or later.", "answerBy");
        }

        return Timely(state, act, new ComplaintDecided(state.Id, state.Holder, by, ask.Outcome!, said.Id, said.Mac, ask.Outcome == ComplaintOutcomes.Denied ? null : ask.AnswerBy, act.Now),
            complaint.PassedUp ? "complaint-decision" : "complaint-transfer");
    }
}
