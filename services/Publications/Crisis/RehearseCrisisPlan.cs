using Marten;
using Platform;

namespace Publications;

/// <summary>
/// Run the newest edition on a fake clock from <paramref name="StartAt"/> (default now); <paramref name="Minutes"/>: what each step is assumed to take (default 20, 10, 5);
/// <paramref name="Down"/>: accounts that take nothing. What is not filled in stands by its name.
/// </summary>
public sealed record RehearseCrisisPlan(DateTimeOffset? StartAt, RehearsalMinutes? Minutes, IReadOnlyDictionary<string, Bilingual?>? Values, IReadOnlyList<string>? Down, bool? HaltOrdinary,
    bool? DisruptsLiving)
{
    private const int MostMinutes = 24 * 60;

    public RehearsalPace Checked() => new(Within(Minutes?.Draft ?? 20, 0, "draft"), Within(Minutes?.Approve ?? 10, 0, "approve"), Within(Minutes?.Release ?? 5, 1, "release"));

    private static int Within(int minutes, int least, string step) => minutes >= least && minutes <= MostMinutes ? minutes
        : throw Refused.Invalid("minutes-invalid", $"From {least} to {MostMinutes} minutes.", "minutes." + step);
}

public sealed record RehearsalMinutes(int? Draft, int? Approve, int? Release);

/// <summary>Nothing is stored but that it was held, with its report; nothing of it can go out.</summary>
public sealed class RehearseCrisisPlanHandler(IDocumentSession session, HaltReach reach, ChannelBook channels, Work work, TimeProvider clock)
{
    public static readonly string[] May = [Roles.Editor, Roles.Approver, Roles.Head, Roles.Admin];
    private const int MostOrdinary = 200;
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(1);

    public async Task<CrisisPlanRehearsed> Handle(Guid id, Seen seen, RehearseCrisisPlan ask, CancellationToken ct)
    {
        work.Caller.Demand(May);
        var found = await session.Find<CrisisPlan>(id, seen, p => work.Caller.ActsForOrAll(p.Body), CrisisPlanDecider.Evolve, ct);
        var (plan, now) = (found.State, clock.GetUtcNow());
        var report = Rehearsal.Run(plan, ask, await Accounts(plan, ct), await Ordinary(plan.Body, ask.StartAt ?? now, ct), Guid.CreateVersion7, now);
        var rehearsed = new CrisisPlanRehearsed(plan.Id, plan.Edition, report, work.Caller.Id, now);
        await found.Save([rehearsed], ct);
        return rehearsed;
    }

    /// <summary>An account that was closed since the plan was made is the first thing that a rehearsal finds.</summary>
    private async Task<IReadOnlyDictionary<string, ChannelAccount>> Accounts(CrisisPlan plan, CancellationToken ct)
    {
        Dictionary<string, ChannelAccount> known = [];
        foreach (var code in plan.Content.Templates.SelectMany(t => t.Channels).Distinct())
        {
            known.Add(code, await channels.Find(code, ct) ?? throw Refused.Conflict("channel-closed", $"The account {code} is closed; edit the plan."));
        }

        return known;
    }

    /// <summary>What is armed for the day from the start on.</summary>
    private async Task<IEnumerable<(Publication, IReadOnlyList<HaltScope>)>> Ordinary(string body, DateTimeOffset startAt, CancellationToken ct)
    {
        var (from, to) = (startAt.ToUniversalTime(), startAt.ToUniversalTime() + Horizon);
        var armed = await session.Query<PublicationView>().Where(v => v.Body == body && v.State == nameof(PublicationState.Scheduled) && v.At >= from && v.At < to)
            .OrderBy(v => v.At).Take(MostOrdinary).ToListAsync(ct);
        List<(Publication, IReadOnlyList<HaltScope>)> ordinary = [];
        foreach (var view in armed)
        {
            ordinary.Add((view.Now, await reach.Of(session, view.Now, ct)));
        }

        return ordinary;
    }
}

public static class RehearseCrisisPlanRest
{
    private static readonly RehearseCrisisPlan AsItIs = new(null, null, null, null, null, null);

    public static void MapRehearseCrisisPlan(this IEndpointRouteBuilder app) => app.MapPost("/v1/crisis-plans/{id:guid}/rehearse",
        async (Guid id, Seen seen, [Microsoft.AspNetCore.Mvc.FromBody(EmptyBodyBehavior = Microsoft.AspNetCore.Mvc.ModelBinding.EmptyBodyBehavior.Allow)] RehearseCrisisPlan? ask,
            RehearseCrisisPlanHandler handler, CancellationToken ct) => await handler.Handle(id, seen, ask ?? AsItIs, ct))
        .ForRoles(RehearseCrisisPlanHandler.May).WithTags(CrisisRest.Tag).Produces<CrisisPlanRehearsed>()
        .WithSummary("Runs the plan on a fake clock with fake channels through the same rules, and answers what would have gone out, been halted, and been in time.");
}
