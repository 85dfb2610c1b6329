using System.Runtime.CompilerServices;
using Marten;

namespace Inquiries;

/// <summary>The dates that a request's view shows and its alarms watch, by a calendar.</summary>
public static class Watched
{
    /// <summary>The term that gives them; null for what has no running term, or a day that a decision on a complaint set.</summary>
    public static RunningTerm? Term(InquiryView view, WorkingCalendar calendar)
    {
        if (!view.IsOpen || view.RegisteredAt is not { } registeredAt || view.Times.AnswerBy is not null)
        {
            return null;
        }

        var by = Terms.Watched(view.Times, calendar).By;
        return new(view.Id, by.Rule, Registration.AlmatyDate(view.ReceivedAt), Registration.AlmatyDate(registeredAt), by.From)
        { Granted = view.Times.Extended is null ? null : view.Times.ExtendedBy };
    }

    public static (DateOnly Due, DateOnly SafeDue)? Dates(InquiryView view, WorkingCalendar calendar) =>
        view.IsOpen && view.Times is { Registered: not null, AnswerBy: null } && Terms.Watched(view.Times, calendar) is var (due, safe, _) ? (due.ToDateOnly(), safe.ToDateOnly()) : null;
}

/// <summary>Open requests out of the store, as a stream: a caseload may be large.</summary>
public sealed class Caseload(IDocumentStore store)
{
    /// <summary>The longest time from the first day that a term counts to its last, extensions included; bounds what a changed day can move.</summary>
    public const int LongestTermDays = 200;

    /// <summary>A body's open requests, or everybody's.</summary>
    public IAsyncEnumerable<InquiryView> Open(string? body, CancellationToken ct) => Read(q => q.Where(v => v.IsOpen && (body == null || v.Holder == body)), ct);

    /// <summary>What a change of these days would do to the dates on show.</summary>
    public async Task<ShiftCounts> Count(WorkingCalendar before, WorkingCalendar after, DateOnly today, CancellationToken ct)
    {
        var counts = new ShiftCounts(0, 0, 0, 0, 0, 0);
        await using var session = store.QuerySession();
        var all = await session.Query<InquiryView>().CountAsync(v => v.IsOpen, ct);
        if (before.Differing(after) is [var first, ..] days)
        {
            var (from, to) = Reach(first, days[^1]);
            await foreach (var view in Read(q => q.Where(v => v.IsOpen && v.Due >= from && v.Due <= to), ct))
            {
                if ((Watched.Dates(view, before), Watched.Dates(view, after)) is ({ } now, { } then))
                {
                    counts = counts.And(Local(now), Local(then), NodaTime.LocalDate.FromDateOnly(today));
                }
            }
        }

        return counts with { Requests = all, Unchanged = all - counts.Moved };
    }

    /// <summary>The due days of the requests whose terms may hold one of these days.</summary>
    public static (DateOnly From, DateOnly To) Reach(NodaTime.LocalDate first, NodaTime.LocalDate last) => (first.ToDateOnly(), last.PlusDays(LongestTermDays).ToDateOnly());

    private static (NodaTime.LocalDate, NodaTime.LocalDate) Local((DateOnly Due, DateOnly SafeDue) dates) =>
        (NodaTime.LocalDate.FromDateOnly(dates.Due), NodaTime.LocalDate.FromDateOnly(dates.SafeDue));

    private async IAsyncEnumerable<InquiryView> Read(Func<IQueryable<InquiryView>, IQueryable<InquiryView>> filter, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var session = store.QuerySession();
        await foreach (var view in filter(session.Query<InquiryView>()).ToAsyncEnumerable(ct))
        {
            yield return view;
        }
    }
}
