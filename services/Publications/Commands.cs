using Marten;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Platform;

namespace Publications;

/// <summary>What the commands on one publication share, for both doors: role, own body, version seen, decide, append, save.</summary>
public sealed class PublicationCommands(IDocumentSession session, Work work, ChannelBook channels, IEnumerable<IReleaseGate> gates, TimeProvider clock)
{
    public Caller Caller => work.Caller;

    public async Task<PublicationReply> Decide(Guid id, Seen seen, string[] roles, Func<Publication, string, DateTimeOffset, IReadOnlyList<object>> decide, CancellationToken ct)
    {
        var found = await Find(id, seen, roles, ct);
        return await Save(found, decide(found.State, Caller.Id, clock.GetUtcNow()), ct);
    }

    /// <summary>The same for a command that lets it out: the gates look before anything is recorded.</summary>
    public async Task<PublicationReply> Arm(Guid id, Seen seen, string[] roles, Func<Publication, string, DateTimeOffset, IReadOnlyList<object>> decide, CancellationToken ct)
    {
        var (found, now) = (await Find(id, seen, roles, ct), clock.GetUtcNow());
        var facts = decide(found.State, Caller.Id, now);
        if (facts.Count > 0 && facts is not [MissedPublicationDecided { Decision: Decisions.Drop }])
        {
            (await gates.Check(session, facts.Aggregate(found.State, (p, fact) => PublicationFold.Evolve(p, fact)!), now, ct)).Demand();
        }

        return await Save(found, facts, ct);
    }

    /// <summary>What a channel of the publication found can do; null when it is closed.</summary>
    public ChannelCapabilities? Can(string code) => channels.Known(code) is { } account ? channels.Adapter(account.Kind)?.Can : null;

    private async Task<Found<Publication>> Find(Guid id, Seen seen, string[] roles, CancellationToken ct)
    {
        Caller.Demand(roles);
        var found = await session.Find<Publication>(id, seen, p => Caller.ActsFor(p.Body), PublicationFold.Evolve, ct);
        await Known(found.State.Content.Channels, ct);
        return found;
    }

    /// <summary>Channels that new content names are the body's, and so is the crisis whose tag it takes on; a correction whose last approval this is takes effect.</summary>
    private async Task<PublicationReply> Save(Found<Publication> found, IReadOnlyList<object> facts, CancellationToken ct)
    {
        if (facts.OfType<PublicationEdited>().FirstOrDefault() is { } edited)
        {
            await Channels(edited.Content, found.State.Body, ct);
            await session.EnterCrises(found.State.Content, edited.Content, found.State.Body, Caller.Id, ct);
        }

        if (facts.Any(fact => fact is PublicationApproved or CorrectionApproved))
        {
            await session.ApproveInCrises(found.State, Caller.Id, ct);
        }

        var after = facts.Aggregate(found.State, (p, fact) => PublicationFold.Evolve(p, fact)!);
        var now = clock.GetUtcNow();
        var taken = CorrectionDecider.Take(after, Can, now);
        if (taken.Count > 0)
        {
            // another picture or other words are let out here as by a release
            (await gates.Check(session, taken.Aggregate(after, (p, fact) => PublicationFold.Evolve(p, fact)!), now, ct)).Demand();
        }

        var done = await found.Save([.. facts, .. taken], ct);
        return PublicationReply.Full(done.State, done.Version);
    }

    private async Task Channels(Content content, string body, CancellationToken ct)
    {
        await Known(content.Channels, ct);
        ContentRules.ChannelsKnown(content, body, channels.Known);
    }

    private async Task Known(IReadOnlyList<string> codes, CancellationToken ct)
    {
        foreach (var code in codes)
        {
            await channels.Find(code, ct);
        }
    }

    public async Task<PublicationReply> Start(Func<string, DateTimeOffset, PublicationDrafted> draft, CancellationToken ct)
    {
        var drafted = draft(Caller.Id, clock.GetUtcNow());
        await Channels(drafted.Content, drafted.Body, ct);
        await session.EnterCrises(ContentRules.Empty, drafted.Content, drafted.Body, Caller.Id, ct);
        session.Events.StartStream<Publication>(drafted.PublicationId, drafted);
        await session.SaveChangesAsync(ct);
        return PublicationReply.Full(PublicationFold.Evolve(null, drafted)!, 1);
    }
}

/// <summary>The manners of a command at the REST door: address, roles, If-Match, ETag; a body that may be left out.</summary>
public static class CommandRest
{
    public static void MapCommand<TCommand>(this IEndpointRouteBuilder app, string command, string summary, string[] roles, TCommand? empty,
        Func<PublicationCommands, Guid, Seen, TCommand, CancellationToken, Task<PublicationReply>> handle) where TCommand : class =>
        app.MapPost("/v1/publications/{id:guid}/" + command, async (Guid id, Seen seen, [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] TCommand? ask,
            PublicationCommands commands, HttpResponse reply, CancellationToken ct) =>
        {
            var given = ask ?? empty ?? throw Refused.Invalid("body-missing", "This command has a body.", "body");
            var done = await handle(commands, id, seen, given, ct);
            return reply.Versioned(done, done.Version);
        })
        .ForRoles(roles).WithTags("Commands").Produces<PublicationReply>().WithSummary(summary);
}
