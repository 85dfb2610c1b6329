using Platform;

namespace Inquiries;

/// <summary>Another length of a rule, in the rule's own unit.</summary>
public sealed record RuleOverride(string? Rule, int? Length);

/// <summary>Another law for a moment: an edition for the terms that have it, a change of the calendar (in force now plus these days), other lengths.</summary>
public sealed record AskWhatIf(string? Edition, IReadOnlyList<ChangedDay>? Days, IReadOnlyList<RuleOverride>? RuleOverrides);

/// <summary>A request whose date would be another one.</summary>
public sealed record ShiftedRequest(Guid Id, string Number, string Holder, string Rule, DateOnly From, DateOnly Due, DateOnly SafeDue, DateOnly NewDue, DateOnly NewSafeDue);

/// <summary>What would become of the open <paramref name="Requests"/>: counts, and a page of those that would move, by id.</summary>
public sealed record WhatIfReply(int Requests, int Later, int Earlier, int Unchanged, int LateBecomeInTime, int InTimeBecomeLate, string Kk, string Ru,
    IReadOnlyList<ShiftedRequest> Items, string? Next);

/// <summary><c>POST /v1/deadlines/what-if</c>: runs the caller's body's open requests (an auditor's: all) under another law; nothing is touched.</summary>
public sealed class WhatIfHandler(Caseload caseload, Calendars calendars, Work work, TimeProvider clock)
{
    public async Task<WhatIfReply> Handle(AskWhatIf ask, string? cursor, int limit, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Officer, Roles.Head, Roles.Auditor);
        var calendar = calendars.Current;
        var other = Other(ask, calendar);
        Dictionary<Guid, (string Number, string Holder)> names = [];
        List<RunningTerm> terms = [];
        await foreach (var view in caseload.Open(work.Caller.Is(Roles.Auditor) ? null : work.Caller.Body ?? "", ct))
        {
            if (Watched.Term(view, calendar) is { } term)
            {
                names.Add(view.Id, (view.Number!, view.Holder));
                terms.Add(term);
            }
        }

        var (c, moved) = WhatIf.Run(terms, calendar, other, Registration.AlmatyDate(clock.GetUtcNow()));
        var after = cursor is null ? Guid.Empty : Guid.TryParse(cursor, out var id) ? id : throw Refused.Invalid("cursor-invalid", "cursor is what the last page gave as next.", "cursor");
        var page = moved.OrderBy(shift => shift.Id).Where(shift => shift.Id.CompareTo(after) > 0).Take(limit).Select(s => new ShiftedRequest(s.Id, names[s.Id].Number, names[s.Id].Holder,
            s.Rule, s.From.ToDateOnly(), s.Due.ToDateOnly(), s.SafeDue.ToDateOnly(), s.NewDue.ToDateOnly(), s.NewSafeDue.ToDateOnly())).ToList();
        var said = ChangeCalendarHandler.Said(c);
        return new(c.Requests, c.Later, c.Earlier, c.Unchanged, c.LateBecomeInTime, c.InTimeBecomeLate, said.Kk, said.Ru, page, page.Count == limit ? page[^1].Id.ToString() : null);
    }

    private static OtherLaw Other(AskWhatIf ask, WorkingCalendar calendar)
    {
        var lengths = (ask.RuleOverrides ?? []).Select(one => (Rule: one?.Rule ?? "", Length: one?.Length ?? 0)).ToList();
        return lengths.DistinctBy(one => one.Rule).Count() == lengths.Count
            ? new OtherLaw(CalendarDecider.After(calendar, null, ask.Days ?? []), ask.Edition, lengths.ToDictionary(one => one.Rule, one => one.Length)).Checked()
            : throw Refused.Invalid("rule-twice", "A rule has one length.", "ruleOverrides");
    }
}

public static class WhatIfRest
{
    public static void MapWhatIf(this IEndpointRouteBuilder app) => app.MapPost("/v1/deadlines/what-if",
        (AskWhatIf ask, string? cursor, int? limit, WhatIfHandler handler, CancellationToken ct) => handler.Handle(ask, cursor, Changes.Limit(limit), ct))
        .ForRoles(Roles.Officer, Roles.Head, Roles.Auditor).WithTags("Deadlines")
        .WithSummary("Runs the open requests under another edition, calendar or length, and counts what would move; nothing is touched.");
}
