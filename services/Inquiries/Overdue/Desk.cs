using Marten;
using Platform;

namespace Inquiries;

/// <summary>A request that was handed over and where that stands: sent, acknowledged, refused (it went on or came back unaccepted), timed-out (a working day without a word).</summary>
public sealed record HandOver(Guid InquiryId, string Number, string FromHolder, string ToHolder, bool IsPart, DateTimeOffset SentAt, DateTimeOffset? AcceptedAt, string State)
{
    public static readonly string[] States = ["sent", "acknowledged", "refused", "timed-out"];

    /// <summary>Nothing is stored of it: by the acts of the other holder, and by the clock at reading.</summary>
    public static HandOver Of(InquiryView view, WorkingCalendar calendar, DateTimeOffset now)
    {
        var last = calendar.AddWorkingDays(Registration.AlmatyDate(view.ReceivedAt), 1);
        var state = view.AcceptedAt is not null || (view.Unit is not null && view.IsOpen) || view.Times.Concluded is not null ? "acknowledged"
            : view.State is nameof(InquiryState.Forwarded) ? "refused"
            : now >= Registration.DueInstant(last) ? "timed-out" : "sent";
        return new(view.Id, view.Number!, view.FromHolder!, view.Holder, view.IsPart, view.ReceivedAt, view.AcceptedAt, state);
    }
}

/// <summary>What an official looks at in the morning. Days in Asia/Almaty; each list by safe due day, 200 at most.</summary>
public sealed record Digest(DateOnly Day, string Body, IReadOnlyList<InquiryView> Missed, IReadOnlyList<InquiryView> DueWithinOneWorkingDay,
    IReadOnlyList<InquiryView> DueWithinThreeWorkingDays, IReadOnlyList<HandOver> HandOversUnanswered, IReadOnlyList<InquiryView> Complaints)
{
    /// <summary>For the head: open requests by unit.</summary>
    public IReadOnlyDictionary<string, int>? OpenByUnit { get; init; }
}

/// <summary>Lists of a holder's desk beside the requests themselves: hand-overs, complaints, the day's digest.</summary>
public static class Desk
{
    public static void MapDesk(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1").ForRoles(Roles.Officer, Roles.Head, Roles.Auditor).WithTags("Desk");
        doors.MapGet("/hand-overs", async (string? state, string? from, IQuerySession session, WorkingCalendar calendar, Work work, TimeProvider clock, CancellationToken ct) =>
                new Page<HandOver>(await HandOvers(session, work.Caller, from, state, calendar, clock.GetUtcNow(), ct), null))
            .WithSummary("What the caller's body handed over and how it was taken, newest first (200); state=timed-out is the alarm list. Auditors name the body in from.");
        doors.MapGet("/complaints", async (IQuerySession session, Work work, CancellationToken ct) => new Page<InquiryView>(await Complaints(session, work.Caller, ct), null))
            .WithSummary("Requests whose complaint is with the caller's body (auditors: all), oldest first (200).");
        doors.MapGet("/digest", Today).WithSummary("The day's digest of the caller's body: missed, near, unanswered hand-overs, complaints; executor= narrows it to one. A head also sees open requests by unit.");
    }

    private static async Task<IReadOnlyList<HandOver>> HandOvers(IQuerySession session, Caller caller, string? from, string? state, WorkingCalendar calendar, DateTimeOffset now, CancellationToken ct)
    {
        if (state is not null && !HandOver.States.Contains(state))
        {
            throw Refused.Invalid("state-unknown", $"state is one of: {string.Join(", ", HandOver.States)}.", "state");
        }

        var body = caller.Is(Roles.Auditor) ? from : caller.Body ?? "";
        var views = session.Query<InquiryView>().Where(v => v.FromHolder != null);
        views = body is null ? views : views.Where(v => v.FromHolder == body);
        return [.. (await views.OrderByDescending(v => v.Id).Take(Changes.MostItems).ToListAsync(ct)).Select(v => HandOver.Of(v, calendar, now)).Where(h => state is null || h.State == state)];
    }

    private static async Task<IReadOnlyList<InquiryView>> Complaints(IQuerySession session, Caller caller, CancellationToken ct)
    {
        var body = caller.Body ?? "";
        var views = session.Query<InquiryView>().Where(v => v.ComplaintWith != null);
        views = caller.Is(Roles.Auditor) ? views : views.Where(v => v.ComplaintWith == body);
        return await views.OrderBy(v => v.Id).Take(Changes.MostItems).ToListAsync(ct);
    }

    private static async Task<Digest> Today(string? executor, IQuerySession session, WorkingCalendar calendar, Work work, TimeProvider clock, CancellationToken ct)
    {
        var (now, body) = (clock.GetUtcNow(), work.Caller.Body ?? throw Refused.Invalid("body-missing", "The token names no body.", "body"));
        var today = Registration.AlmatyDate(now);
        DateOnly Ahead(int days) => calendar.AddWorkingDays(today, days).ToDateOnly();
        async Task<IReadOnlyList<InquiryView>> Open(System.Linq.Expressions.Expression<Func<InquiryView, bool>> which)
        {
            var open = session.Query<InquiryView>().Where(v => v.Holder == body && v.IsOpen).Where(which);
            open = executor is null ? open : open.Where(v => v.Executor == executor);
            return await open.OrderBy(v => v.SafeDue).ThenBy(v => v.Id).Take(Changes.MostItems).ToListAsync(ct);
        }

        var (day, one, three) = (today.ToDateOnly(), Ahead(1), Ahead(3));
        return new(day, body, await Open(v => v.Due < day), await Open(v => v.Due >= day && v.SafeDue <= one), await Open(v => v.SafeDue > one && v.SafeDue <= three),
            [.. (await HandOvers(session, work.Caller, body, "timed-out", calendar, now, ct))], await Complaints(session, work.Caller, ct))
        {
            OpenByUnit = work.Caller.Is(Roles.Head)
                ? (await session.Query<InquiryView>().Where(v => v.Holder == body && v.IsOpen).Select(v => v.Unit ?? "").ToListAsync(ct)).GroupBy(unit => unit).ToDictionary(g => g.Key, g => g.Count())
                : null,
        };
    }
}
