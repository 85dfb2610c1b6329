using Marten;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Platform;

namespace Publications;

/// <summary>What the commands on one publication share, for both doors: role, own body, version seen, decide, append, save.</summary>
public sealed class PublicationCommands(IDocumentSession session, Work work, TimeProvider clock)
{
    public Caller Caller => work.Caller;

    public async Task<PublicationReply> Decide(Guid id, Seen seen, string[] roles, Func<Publication, string, DateTimeOffset, IReadOnlyList<object>> decide, CancellationToken ct)
    {
        Caller.Demand(roles);
        var done = await session.Decide<Publication>(id, seen, p => Caller.ActsFor(p.Body), PublicationFold.Evolve, p => decide(p, Caller.Id, clock.GetUtcNow()), ct);
        return PublicationReply.Full(done.State, done.Version);
    }

    public async Task<PublicationReply> Start(Func<string, DateTimeOffset, PublicationDrafted> draft, CancellationToken ct)
    {
        var drafted = draft(Caller.Id, clock.GetUtcNow());
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
