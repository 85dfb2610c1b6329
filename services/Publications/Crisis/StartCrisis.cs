using Marten;
using Platform;

namespace Publications;

/// <summary>
/// Open a crisis by the plan in force. <paramref name="Reason"/>: what happened; <paramref name="Values"/>: the placeholders, in kk and ru; <paramref name="Since"/>: when it became
/// known (default now, at most a day ago); the other two replace what the plan says.
/// </summary>
public sealed record StartCrisis(string? Reason, IReadOnlyDictionary<string, Bilingual?>? Values, DateTimeOffset? Since, bool? HaltOrdinary, bool? DisruptsLiving);

/// <summary>One transaction: the crisis, its drafts in review, the halt of the ordinary flow. Once it answers, nothing ordinary of the body goes out.</summary>
public sealed class StartCrisisHandler(IDocumentSession session, CrisisPublications publications, SendLocks sends, Work work, TimeProvider clock)
{
    public static readonly string[] May = [Roles.Approver, Roles.Head, Roles.Editor, Roles.Admin];

    public async Task<CrisisReply> Handle(Guid planId, Seen seen, StartCrisis ask, CancellationToken ct)
    {
        work.Caller.Demand(May);
        var (plan, version) = (planId == Guid.Empty ? null : await session.AsOf<CrisisPlan>(planId, null, CrisisPlanDecider.Evolve, ct)) is { } found && work.Caller.ActsForOrAll(found.State.Body)
            ? found : throw Refused.Missing(nameof(CrisisPlan));
        seen.Check(version);
        var (id, haltId) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        CrisisStarted Start(DateTimeOffset now) => CrisisDecider.Start(id, plan, ask, haltId, Guid.CreateVersion7, work.Caller.Id, now);
        var started = Start(clock.GetUtcNow());
        var halt = started.HaltId is null ? null : await HaltWriter.Place(session, (epoch, now) => CrisisDecider.HaltOf(started = Start(now), epoch), clock, ct);

        var content = CrisisPlanDecider.InForce(plan).Content;
        session.Events.StartStream<Crisis>(id, started);
        foreach (var (publicationId, facts) in CrisisDecider.Drafts(started, content, CrisisWords.Values(content.Templates, ask.Values)))
        {
            session.Events.StartStream<Publication>(publicationId, facts);
        }

        await session.SaveChangesAsync(ct);
        if (halt is not null)
        {
            await work.OnceCommitted(() => sends.Over(halt, ct));
        }

        return await publications.Reply(session, CrisisDecider.Evolve(null, started)!, 1, null, ct);
    }
}

public static class StartCrisisRest
{
    public static void MapStartCrisis(this IEndpointRouteBuilder app) => app.MapPost("/v1/crisis-plans/{id:guid}/start",
        async (Guid id, Seen seen, StartCrisis ask, StartCrisisHandler handler, HttpResponse reply, CancellationToken ct) =>
        {
            var done = await handler.Handle(id, seen, ask, ct);
            reply.Headers.Location = $"/v1/crises/{done.Id}";
            return reply.Versioned(done, done.Version, StatusCodes.Status201Created);
        })
        .ForRoles(StartCrisisHandler.May).WithTags(CrisisRest.Tag).Produces<CrisisReply>(StatusCodes.Status201Created)
        .WithSummary("Opens a crisis: drafts in review, the clock of the mandatory statement, and the halt of the ordinary flow where wished.");
}
