using NodaTime.Text;
using Platform;

namespace Inquiries;

/// <summary>A date of the law, explained: dates are calendar days in Asia/Almaty, the trace in kk and ru.</summary>
public sealed record DeadlineReply(string Rule, DateOnly From, DateOnly Due, DateOnly SafeDue, string Article, string Edition, string CalendarVersion, bool Provisional,
    IReadOnlyList<TraceStep> Trace);

/// <summary><c>GET /v1/deadlines?rule=reply&amp;from=2026-03-06</c>: public; the edition in force today unless <c>edition</c> names one.</summary>
public static class DeadlinesDoor
{
    public static void MapDeadlines(this IEndpointRouteBuilder app) => app.MapGet("/v1/deadlines",
        (string? rule, string? from, string? edition, WorkingCalendar calendar, TimeProvider clock) =>
        {
            if (from is null || !LocalDatePattern.Iso.Parse(from).TryGetValue(default, out var day))
            {
                throw Refused.Invalid("date-invalid", "from is a date, yyyy-MM-dd.", "from");
            }

            var d = Deadlines.Compute(rule, day, Registration.AlmatyDate(clock.GetUtcNow()), calendar, edition);
            return new DeadlineReply(d.Rule, d.From.ToDateOnly(), d.Due.ToDateOnly(), d.SafeDue.ToDateOnly(), d.Article, d.Edition, d.CalendarVersion, d.Provisional, d.Trace);
        })
        .WithTags("Deadlines").WithSummary("Computes a term of the law from a day, with every step explained.");
}
