using Marten;
using NodaTime;
using Platform;

namespace PressEvents;

/// <summary>An event whose materials are not public in time.</summary>
public sealed record OverdueMaterials(Guid PressEventId, string Body, string Format, Bilingual Title, DateTimeOffset ConcludedAt, MaterialsTerm Term);

/// <summary>The service's own rule: within three working days of the event's end, by the law's calendar.</summary>
public static class MaterialsDeadline
{
    private static readonly Rule Rule = new("SCC-materials", "press-event-materials", "Central Communications Service", "SCC-2026", new(2026, 1, 1), PressEventDecider.MaterialsWithin,
        TermUnit.WorkingDays, "event-end", null, "[S] the service's rule book; validFrom [I]");

    public static MaterialsTerm Term(DateTimeOffset concludedAt, WorkingCalendar calendar)
    {
        var term = Deadlines.Compute(Rule, null, Registration.AlmatyDate(concludedAt), calendar);
        return new(term.Due.ToDateOnly(), term.SafeDue.ToDateOnly(), term.CalendarVersion, term.Provisional, term.Trace);
    }

    /// <summary>What ended before this instant is overdue today: the term grows with the day from which it runs, so one bound on that day says it all.</summary>
    public static DateTimeOffset OverdueBefore(LocalDate today, WorkingCalendar calendar)
    {
        var day = today;
        do
        {
            day = day.PlusDays(-1);
        }
        while (calendar.AddWorkingDays(day, PressEventDecider.MaterialsWithin) >= today);

        return Registration.DueInstant(day);
    }
}

public static class MaterialsOverdueRest
{
    public static void MapMaterialsOverdue(this IEndpointRouteBuilder app) => app.MapGet("/v1/materials/overdue",
        async (string? body, string? cursor, int? limit, IQuerySession session, Catalogue catalogue, Work work, TimeProvider clock, CancellationToken ct) =>
        {
            var before = MaterialsDeadline.OverdueBefore(Registration.AlmatyDate(clock.GetUtcNow()), catalogue.Calendar).ToUniversalTime();
            var (most, own) = (Changes.Limit(limit), work.Caller.Body ?? "");
            var views = PressEventFilter.Named(session.Query<PressEventView>(), null, body, catalogue).Where(v => v.State == nameof(PressEventState.Concluded) && v.ConcludedAt < before);
            views = work.Caller.SeesAllPlans() ? views : views.Where(v => v.Body == own);
            if (Cursor.Parse(cursor) is { } last)
            {
                var (at, id) = (last.At, last.Id);
                views = views.Where(v => v.Start > at || (v.Start == at && v.Id > id));
            }

            var items = await views.OrderBy(v => v.Start).ThenBy(v => v.Id).Take(most).ToListAsync(ct);
            return new Page<OverdueMaterials>([.. items.Select(v => new OverdueMaterials(v.Id, v.Body, v.Format, v.Title, v.ConcludedAt!.Value.InAlmaty(), MaterialsDeadline.Term(v.ConcludedAt.Value, catalogue.Calendar)))],
                items.Count == most ? new Cursor(items[^1].Start, items[^1].Id).ToString() : null);
        })
        .ForRoles(Roles.Editor, Roles.Auditor).WithTags("Live")
        .WithSummary("Events that ended more than three working days ago and have no materials yet: the caller's body's (scc, auditors: all).");
}
