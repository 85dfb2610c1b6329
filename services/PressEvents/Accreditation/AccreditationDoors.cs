using Marten;
using Platform;

namespace PressEvents;

/// <summary>A refusal as it is told: reason and article of the closed list, and how and until which day it is appealed, in kk and ru.</summary>
public sealed record RefusalShown(string Reason, string Article, Words Words, DateTimeOffset At, DateOnly AppealBy, Words HowToAppeal);

/// <summary>
/// An accreditation without personal data, instants with Almaty's offset. <paramref name="Stands"/>, <paramref name="Overdue"/>: at the moment of the read; that its
/// journalist is suspended is said of him.
/// </summary>
public sealed record AccreditationShown(Guid Id, long Version, string State, Guid JournalistId, string Kind, Guid? PressEventId, bool Strategic, bool Stands, bool Overdue, DateTimeOffset AppliedAt,
    DateOnly Due, DateTimeOffset DueAt, Guid? CallId, Guid? PreviousId, DateTimeOffset? GrantedAt, DateOnly? LastDay, DateTimeOffset? ValidUntil, RefusalShown? Refusal, DateTimeOffset? LapsedAt)
{
    /// <summary>Of the working calendar by which <c>due</c> was counted when it was applied for.</summary>
    public string? CalendarVersion { get; init; }

    /// <summary>The term explained by the calendar that is current, of a permanent one read by itself.</summary>
    public DeadlineReply? Deadline { get; init; }

    public static AccreditationShown Of(Accreditation a, long version, DateTimeOffset now) => new(a.Id, version, a.State, a.JournalistId, a.Kind, a.PressEventId, a.Strategic, a.StandsAt(now), a.OverdueAt(now),
        a.AppliedAt.InAlmaty(), a.Due, a.DueAt.InAlmaty(), a.CallId, a.PreviousId, a.GrantedAt?.InAlmaty(), a.LastDay, a.ValidUntil?.InAlmaty(),
        a.Refusal is { } no ? new(no.Reason, AccreditationLists.Refusals[no.Reason].Article, AccreditationLists.Refusals[no.Reason].Words, no.At.InAlmaty(), no.AppealBy, AccreditationLists.HowToAppeal) : null,
        a.LapsedAt?.InAlmaty())
    { CalendarVersion = a.CalendarVersion };
}

/// <summary>Filters of the list; all optional. <paramref name="Overdue"/>: nothing was decided and the day is over; <paramref name="DueBefore"/>: a day in Almaty.</summary>
public sealed record AccreditationFilter(string? State, string? Kind, Guid? JournalistId, Guid? PressEventId, DateOnly? DueBefore, bool? Overdue)
{
    public IQueryable<Accreditation> On(IQueryable<Accreditation> all, DateTimeOffset now)
    {
        _ = State is null || Enum.GetNames<AccreditationState>().Contains(State) ? true : throw Refused.Invalid("state-unknown", "state is one of the states.", "state");
        var (utc, requested, appealed) = (now.ToUniversalTime(), nameof(AccreditationState.Requested), nameof(AccreditationState.Appealed));
        all = State is null ? all : all.Where(a => a.State == State);
        all = Kind is null ? all : all.Where(a => a.Kind == Kind);
        all = JournalistId is null ? all : all.Where(a => a.JournalistId == JournalistId);
        all = PressEventId is null ? all : all.Where(a => a.PressEventId == PressEventId);
        all = DueBefore is { } day ? all.Where(a => a.Due < day) : all;
        return Overdue switch
        {
            true => all.Where(a => a.DueAt <= utc && (a.State == requested || a.State == appealed)),
            false => all.Where(a => !(a.DueAt <= utc && (a.State == requested || a.State == appealed))),
            null => all,
        };
    }
}

public static class AccreditationDoors
{
    public static void MapAccreditationReads(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/accreditations").WithTags("Accreditation");
        doors.MapGet("/", List).ForRoles(Roles.Accreditor, Roles.Head, Roles.Auditor, Roles.Journalist).WithSummary("Applications and what became of them; a journalist sees his own.");
        doors.MapGet("/{id:guid}", One).ForRoles(Roles.Accreditor, Roles.Head, Roles.Auditor, Roles.Journalist).Produces<AccreditationShown>()
            .WithSummary("One accreditation with its term explained; asOf shows it as it stood at that instant.");
        doors.MapGet("/{id:guid}/history", async (Guid id, IQuerySession session, Work work, CancellationToken ct) => work.Caller.SeesAccreditation()
                && await session.One<Accreditation>(id, null, Accreditations.Evolve, ct) is var _ ? await session.History(id, ct) : throw Refused.Missing(nameof(Accreditation)))
            .ForRoles(Roles.Accreditor, Roles.Head, Roles.Auditor).WithSummary("Who did what, when it was so and when it was recorded.");
        doors.MapGet("/reasons", () => new AccreditationReasons(Ordered(AccreditationLists.Refusals.Values), Ordered(AccreditationLists.Deprivations.Values), Ordered(AccreditationLists.Liftings.Values),
                AccreditationLists.HowToAppeal))
            .WithSummary("The closed lists of reasons in kk and ru, and how to appeal; public.");
    }

    private static IReadOnlyList<ListedReason> Ordered(IEnumerable<ListedReason> reasons) => [.. reasons.OrderBy(r => r.Code, StringComparer.Ordinal)];

    private static async Task<Page<AccreditationShown>> List([AsParameters] AccreditationFilter filter, string? cursor, int? limit, IQuerySession session, Owners owners, Work work, TimeProvider clock,
        CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var all = filter.On(session.Query<Accreditation>(), now);
        if (!work.Caller.SeesAccreditation())
        {
            var own = await owners.JournalistOf(work.Caller, ct) ?? Guid.Empty;
            all = all.Where(a => a.JournalistId == own);
        }

        var page = await all.ById(a => a.Id, cursor, Changes.Limit(limit), ct);
        return new([.. page.Items.Select(a => AccreditationShown.Of(a, a.Version, now))], page.Next);
    }

    private static async Task<IResult> One(Guid id, string? asOf, IQuerySession session, Owners owners, Catalogue catalogue, Work work, TimeProvider clock, HttpResponse reply, CancellationToken ct)
    {
        var at = Times.AsOf(asOf, "asOf");
        var (state, version) = await session.One<Accreditation>(id, at, Accreditations.Evolve, ct);
        if (!work.Caller.SeesAccreditation() && await owners.JournalistOf(work.Caller, ct) != state.JournalistId)
        {
            throw Refused.Missing(nameof(Accreditation));
        }

        var applied = Registration.AlmatyDate(state.AppliedAt);
        return reply.Versioned(AccreditationShown.Of(state, version, at ?? clock.GetUtcNow()) with
        {
            Deadline = state.Rule is { } rule ? DeadlineReply.Of(Deadlines.Compute(rule, applied, applied, catalogue.Calendar)) : null,
        }, version);
    }
}

/// <summary>The reasons for which accreditation is refused, taken away or given back before its time, and how a refusal is appealed.</summary>
public sealed record AccreditationReasons(IReadOnlyList<ListedReason> Refusals, IReadOnlyList<ListedReason> Deprivations, IReadOnlyList<ListedReason> Liftings, Words HowToAppeal);
