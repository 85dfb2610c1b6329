using NodaTime.Text;
using Platform;

namespace Inquiries;

/// <summary>
/// A date of the law, explained: dates are calendar days in Asia/Almaty; the trace step by step and the explanation in one sentence, in kk
/// and ru. <paramref name="CountedFrom"/>: the fact whose day starts the term; <paramref name="Source"/>: [S] read in the law, [I] inferred, [U] open.
/// </summary>
public sealed record DeadlineReply(string Rule, DateOnly From, DateOnly Due, DateOnly SafeDue, string Article, string Edition, string CalendarVersion, bool Provisional,
    IReadOnlyList<TraceStep> Trace, Words Explanation, string CountedFrom, string Source);

/// <summary>One edition of a rule as the engine has it; <paramref name="ValidFrom"/> is the day from which requests are under it.</summary>
public sealed record RuleEdition(string Rule, string RuleId, string Article, string Edition, DateOnly ValidFrom, int Length, TermUnit Unit, string CountedFrom,
    Words CountedFromWords, string? Extends, string Source);

/// <summary><c>GET /v1/deadlines?rule=reply&amp;from=2026-03-06</c>: public; the edition in force today unless <c>edition</c> names one.</summary>
public static class DeadlinesDoor
{
    public static void MapDeadlines(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/deadlines", (string? rule, string? from, string? edition, WorkingCalendar calendar, TimeProvider clock) =>
            {
                if (from is null || !LocalDatePattern.Iso.Parse(from).TryGetValue(default, out var day))
                {
                    throw Refused.Invalid("date-invalid", "from is a date, yyyy-MM-dd.", "from");
                }

                var d = Law.Deadlines.Compute(rule, day, Registration.AlmatyDate(clock.GetUtcNow()), calendar, edition);
                return new DeadlineReply(d.Rule, d.From.ToDateOnly(), d.Due.ToDateOnly(), d.SafeDue.ToDateOnly(), d.Article, d.Edition, d.CalendarVersion, d.Provisional,
                    d.Trace, d.Sentence, d.CountedFrom, d.Source);
            })
            .WithTags("Deadlines").WithSummary("Computes a term of the law from a day, with every step explained.");
        app.MapGet("/v1/deadlines/rules", () => Law.Deadlines.Rules.Select(r => new RuleEdition(r.Name, r.RuleId, r.Article, r.Edition, r.ValidFrom.ToDateOnly(), r.Length,
                r.Unit, r.CountedFrom, Words.Say(r.CountedFrom), r.Extends, r.Source)))
            .WithTags("Deadlines").WithSummary("Every edition of every rule, with its article and where it was read.");
    }
}
