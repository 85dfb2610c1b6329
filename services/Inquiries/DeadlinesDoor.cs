using NodaTime.Text;
using Platform;

namespace Inquiries;

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

                return DeadlineReply.Of(Law.Deadlines.Compute(rule, day, Registration.AlmatyDate(clock.GetUtcNow()), calendar, edition));
            })
            .WithTags("Deadlines").WithSummary("Computes a term of the law from a day, with every step explained.");
        app.MapGet("/v1/deadlines/rules", () => Law.Deadlines.Rules.Select(r => new RuleEdition(r.Name, r.RuleId, r.Article, r.Edition, r.ValidFrom.ToDateOnly(), r.Length,
                r.Unit, r.CountedFrom, Words.Say(r.CountedFrom), r.Extends, r.Source)))
            .WithTags("Deadlines").WithSummary("Every edition of every rule, with its article and where it was read.");
    }
}
