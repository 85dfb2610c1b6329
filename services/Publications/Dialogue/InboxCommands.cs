using Marten;
using Platform;

namespace Publications;

/// <summary>What the acts on one item share: role, own body, version seen, decide, append, save.</summary>
public sealed class InboxCommands(IDocumentSession session, Work work, CalendarInForce calendar, TimeProvider clock)
{
    public static readonly string[] Answerers = [Roles.Moderator, Roles.Editor];

    public Caller Caller => work.Caller;
    public DateTimeOffset Now => clock.GetUtcNow();

    public async Task<InboxItemReply> Decide(Guid id, Seen seen, string[] roles, Func<InboxItem, string, DateTimeOffset, IReadOnlyList<object>> decide, CancellationToken ct)
    {
        var found = await Find(id, seen, roles, ct);
        return await Save(found, decide(found.State, Caller.Id, Now), ct);
    }

    /// <summary>For whoever acts for the body, or speaks on the official's account that it came by.</summary>
    public async Task<Found<InboxItem>> Find(Guid id, Seen seen, string[] roles, CancellationToken ct)
    {
        Caller.Demand(roles);
        var view = id == Guid.Empty ? null : await session.LoadAsync<InboxItemView>(id, ct);
        var speaks = view is not null && !Caller.ActsFor(view.Body) && await session.Speaks(Caller, view.Account, Now, ct);
        return await session.Find<InboxItem>(id, seen, item => speaks || Caller.ActsFor(item.Body), InboxFold.Evolve, ct);
    }

    public async Task<InboxItemReply> Save(Found<InboxItem> found, IReadOnlyList<object> facts, CancellationToken ct)
    {
        var done = await found.Save(facts, ct);
        return (await session.ByOfficials([InboxItemReply.Of(done.State, done.Version, Now, calendar.Of(done.State.Term.CalendarVersion))], ct))[0];
    }
}

/// <summary>The manners that every act on an item shares at the REST door.</summary>
public static class InboxRest
{
    public const string Tag = "Inbox", Path = "/v1/inbox/{id:guid}";

    public static void MapInboxCommand<TCommand>(this IEndpointRouteBuilder app, string command, string summary, string[] roles,
        Func<IServiceProvider, Guid, Seen, TCommand, CancellationToken, Task<InboxItemReply>> handle) where TCommand : class =>
        app.MapPost($"{Path}/{command}", async (Guid id, Seen seen, TCommand ask, HttpContext http, CancellationToken ct) =>
        {
            var done = await handle(http.RequestServices, id, seen, ask, ct);
            return http.Response.Versioned(done, done.Version);
        })
        .ForRoles(roles).WithTags(Tag).Produces<InboxItemReply>().WithSummary(summary);

    /// <summary>The same where the rules need nothing but the item.</summary>
    public static void MapInboxCommand<TCommand>(this IEndpointRouteBuilder app, string command, string summary, string[] roles,
        Func<InboxItem, TCommand, string, DateTimeOffset, IReadOnlyList<object>> decide) where TCommand : class =>
        app.MapInboxCommand<TCommand>(command, summary, roles, (services, id, seen, ask, ct) =>
            services.GetRequiredService<InboxCommands>().Decide(id, seen, roles, (item, by, now) => decide(item, ask, by, now), ct));
}
