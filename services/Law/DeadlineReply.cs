namespace Law;

/// <summary>
/// A date of the law, explained: dates are calendar days in Asia/Almaty; the trace step by step and the explanation in one sentence, in kk
/// and ru. <paramref name="CountedFrom"/>: the fact whose day starts the term; <paramref name="Source"/>: [S] read in the law, [I] inferred, [U] open.
/// </summary>
public sealed record DeadlineReply(string Rule, DateOnly From, DateOnly Due, DateOnly SafeDue, string Article, string Edition, string CalendarVersion, bool Provisional,
    IReadOnlyList<TraceStep> Trace, Words Explanation, string CountedFrom, string Source)
{
    public static DeadlineReply Of(Deadline d) => new(d.Rule, d.From.ToDateOnly(), d.Due.ToDateOnly(), d.SafeDue.ToDateOnly(), d.Article, d.Edition, d.CalendarVersion,
        d.Provisional, d.Trace, d.Sentence, d.CountedFrom, d.Source);
}
