using Marten;
using Marten.Linq.MatchesSql;
using Platform;

namespace PressEvents;

/// <summary>A promise to answer in writing, with the question it is owed to.</summary>
public sealed record OwedAnswer(Guid QuestionId, Guid PressEventId, string Body, Bilingual? Wording, PromiseShown Promise);

/// <summary>Filters of the list; all optional. <paramref name="State"/>: open, kept; <paramref name="Overdue"/>: not kept by its last day.</summary>
public sealed record PromiseFilter(bool? Overdue, string? State, string? Body, Guid? PressEventId);

/// <summary>What was promised in writing, for everybody. Overdue is by the clock and the calendar of the reader's moment: no job, nothing stored.</summary>
public static class Promises
{
    public static void MapPromises(this IEndpointRouteBuilder app) => app.MapGet("/v1/promises",
        async ([AsParameters] PromiseFilter filter, string? cursor, int? limit, IQuerySession session, Catalogue catalogue, OnRecord onRecord, TimeProvider clock, CancellationToken ct) =>
        {
            var (now, most) = (clock.GetUtcNow(), Changes.Limit(limit));
            var questions = On(session.Query<QuestionView>(), filter, Registration.AlmatyDate(now), catalogue.Calendar);
            if (Cursor.Parse(cursor) is { } last)
            {
                var (day, id) = (last.Day, last.Id);
                questions = questions.Where(q => q.PromisedOn > day || (q.PromisedOn == day && q.Id > id));
            }

            var found = await questions.OrderBy(q => q.PromisedOn).ThenBy(q => q.Id).Take(most).ToListAsync(ct);
            var hidden = await session.Hidden(found, catalogue, onRecord, ct);
            return new Page<OwedAnswer>([.. found.Where(q => !hidden.Contains(q.Id)).Select(q => new OwedAnswer(q.Id, q.PressEventId, q.Body, q.Wording, PromiseShown.Of(q, catalogue.Calendar, now)!))],
                found.Count == most ? new Cursor(found[^1].PromisedOn, found[^1].Id).ToString() : null);
        })
        .WithTags(QuestionRest.Tag).WithSummary("Public: answers promised in writing, oldest promise first; overdue=true are those not kept by their last day, counted at reading.");

    private static IQueryable<QuestionView> On(IQueryable<QuestionView> questions, PromiseFilter filter, NodaTime.LocalDate today, WorkingCalendar calendar)
    {
        questions = filter.State switch
        {
            null => questions.Where(q => q.PromisedOn != null),
            "open" => questions.Where(q => q.State == nameof(QuestionState.PromisedInWriting)),
            "kept" => questions.Where(q => q.State == nameof(QuestionState.AnsweredInWriting)),
            _ => throw Refused.Invalid("state-unknown", "state is open or kept.", "state"),
        };
        _ = filter.Body is null || Holders.Find(filter.Body) is not null ? true : throw Refused.Invalid("body-unknown", "body is a code of the list of holders.", "body");
        questions = filter.Body is { } body ? questions.Where(q => q.Body == body) : questions;
        questions = filter.PressEventId is { } pressEvent ? questions.Where(q => q.PressEventId == pressEvent) : questions;
        if (filter.Overdue is not { } overdue)
        {
            return questions;
        }

        var (lengths, last) = PromiseTerm.Cutoffs(today, calendar);
        const string Over = "exists (select from unnest(?, ?) as cutoff (length, last) where cutoff.length = d.working_days and d.promised_on <= cutoff.last)";
        return overdue ? questions.Where(q => q.State == nameof(QuestionState.PromisedInWriting) && q.MatchesSql(Over, lengths, last))
            : questions.Where(q => !(q.State == nameof(QuestionState.PromisedInWriting)) || q.MatchesSql("not " + Over, lengths, last));
    }
}
