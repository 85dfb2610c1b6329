using Marten;
using Microsoft.AspNetCore.Mvc;
using Platform;

namespace PressEvents;

/// <summary>The subscriber's doors: by link without a token, for webhooks with the token that made them.</summary>
public static class NewsSubscriptionRest
{
    public static void MapNewsSubscriptions(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/news-subscriptions").WithTags("News subscriptions");
        doors.MapPost("/", async (SubscribeToNews ask, NewsSubscriptionHandler handler, HttpResponse reply, CancellationToken ct) =>
            {
                var done = await handler.Subscribe(ask, ct);
                reply.Headers.Location = $"/v1/news-subscriptions/{done.Id}";
                reply.Headers.CacheControl = "no-store";
                return reply.Versioned(done, done.Version, StatusCodes.Status201Created);
            })
            .RequireRateLimiting(Service.AnonymousLimit).Produces<NewsSubscriptionDone>(StatusCodes.Status201Created)
            .WithSummary("Subscribes; an e-mail counts once it is confirmed by the link of a letter, a webhook (token needed) at once, and its secret is in this reply alone.");
        ByLink(doors, "confirm", "Confirms by the code of the letter, in the header Subscription-Code.", (handler, id, code, ct) => handler.Confirm(id, code, ct));
        ByLink(doors, "unsubscribe", "Ends by the code that stands in every letter; the address is destroyed.", (handler, id, code, ct) => handler.End(id, code, ct));
        Own(doors);
    }

    private static void ByLink(RouteGroupBuilder doors, string act, string summary, Func<NewsSubscriptionHandler, Guid, string?, CancellationToken, Task<NewsSubscriptionDone>> handle) =>
        doors.MapPost("/{id:guid}/" + act, async (Guid id, [FromHeader(Name = NewsSubscriptionHandler.Header)] string? code, Work work, HttpContext http, CancellationToken ct) =>
        {
            work.Caller = new("subscriber", "subscriber", null, new HashSet<string>()); // before the session opens, which notes who acts
            http.Response.Headers.CacheControl = "no-store";
            return await handle(http.RequestServices.GetRequiredService<NewsSubscriptionHandler>(), id, code, ct);
        })
        .RequireRateLimiting(Service.AnonymousLimit).Produces<NewsSubscriptionDone>().WithSummary(summary);

    /// <summary>Webhooks belong to the caller that made them.</summary>
    private static void Own(RouteGroupBuilder doors)
    {
        doors.MapGet("/", async (IQuerySession session, Work work, CancellationToken ct) =>
            {
                var owner = work.Caller.Id;
                return new Page<NewsSubscriptionView>(await session.Query<NewsSubscriptionView>().Where(s => s.Owner == owner).OrderBy(s => s.Id).Take(200).ToListAsync(ct), null);
            })
            .RequireAuthorization().WithSummary("The caller's own webhooks.");
        doors.MapPost("/{id:guid}/change", async (Guid id, Seen seen, SubscribeToNews ask, NewsSubscriptionHandler handler, HttpResponse reply, CancellationToken ct) =>
            await handler.Change(id, seen, ask, ct) is var done ? reply.Versioned(done, done.Version) : null)
            .RequireAuthorization().Produces<NewsSubscriptionDone>().WithSummary("Another choice for one of the caller's webhooks.");
        doors.MapPost("/{id:guid}/end", async (Guid id, Seen seen, NewsSubscriptionHandler handler, HttpResponse reply, CancellationToken ct) =>
            await handler.EndOwn(id, seen, ct) is var done ? reply.Versioned(done, done.Version) : null)
            .RequireAuthorization().Produces<NewsSubscriptionDone>().WithSummary("Ends one of the caller's webhooks; url and secret are destroyed.");
    }
}
