using Marten;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Platform;

namespace Publications;

/// <summary>A plan as its body sees it. State: Drafted until the newest edition is approved, then Approved; <paramref name="InForce"/>: the edition a crisis starts from.</summary>
public sealed record CrisisPlanReply(Guid Id, long Version, string State, string Body, string Topic, int Edition, CrisisPlanContent Content, IReadOnlyList<string> Authors, ApprovedEdition? InForce,
    CrisisPlanRehearsed? LastRehearsal)
{
    public static CrisisPlanReply Of(CrisisPlan p, long version) => new(p.Id, version, p.InForce?.Edition == p.Edition ? "Approved" : "Drafted", p.Body, p.Topic, p.Edition, p.Content, p.Authors,
        p.InForce, p.LastRehearsal);
}

/// <summary>What the commands on one plan share: own body, version seen, decide, append, save.</summary>
public sealed class CrisisPlanCommands(IDocumentSession session, ChannelBook channels, Work work, TimeProvider clock)
{
    public Caller Caller => work.Caller;
    public DateTimeOffset Now => clock.GetUtcNow();

    public async Task<CrisisPlanReply> Start(CrisisPlanDrafted drafted, CancellationToken ct)
    {
        if (await session.Events.FetchStreamStateAsync(drafted.PlanId, ct) is not null)
        {
            throw Refused.Conflict("plan-exists", "The body has a plan for this topic; edit it.", new Dictionary<string, object?> { ["planId"] = drafted.PlanId });
        }

        session.Events.StartStream<CrisisPlan>(drafted.PlanId, drafted);
        await session.SaveChangesAsync(ct);
        return CrisisPlanReply.Of(CrisisPlanDecider.Evolve(null, drafted)!, 1);
    }

    public async Task<CrisisPlanReply> Decide(Guid id, Seen seen, Func<CrisisPlan, string, DateTimeOffset, IReadOnlyList<object>> decide, CancellationToken ct)
    {
        var done = await session.Decide<CrisisPlan>(id, seen, p => Caller.ActsForOrAll(p.Body), CrisisPlanDecider.Evolve, p => decide(p, Caller.Id, Now), ct);
        return CrisisPlanReply.Of(done.State, done.Version);
    }

    /// <summary>Looks up the accounts that these templates name.</summary>
    public async Task<Func<string, ChannelAccount?>> Accounts(IEnumerable<CrisisTemplateAsk?>? templates, CancellationToken ct)
    {
        foreach (var code in (templates ?? []).SelectMany(t => t?.Channels ?? [SiteChannel.Name]).OfType<string>().Distinct())
        {
            await channels.Find(code, ct);
        }

        return channels.Known;
    }
}

/// <summary>The manners that every act on a plan shares at the REST door.</summary>
public static class CrisisRest
{
    public const string Tag = "Crises";

    public static void MapCrisisPlanCommand<TCommand>(this IEndpointRouteBuilder app, string command, string[] roles, string summary, TCommand? empty,
        Func<CrisisPlanCommands, Guid, Seen, TCommand, CancellationToken, Task<CrisisPlanReply>> handle) where TCommand : class =>
        app.MapPost("/v1/crisis-plans/{id:guid}/" + command, async (Guid id, Seen seen, [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] TCommand? ask,
            CrisisPlanCommands commands, HttpResponse reply, CancellationToken ct) =>
        {
            var given = ask ?? empty ?? throw Refused.Invalid("body-missing", "This command has a body.", "body");
            var done = await handle(commands, id, seen, given, ct);
            return reply.Versioned(done, done.Version);
        })
        .ForRoles(roles).WithTags(Tag).Produces<CrisisPlanReply>().WithSummary(summary);
}
