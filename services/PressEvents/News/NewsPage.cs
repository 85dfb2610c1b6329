using System.Text;
using Platform;

namespace PressEvents;

/// <summary>The page behind a subscriber's link: one button, for programs that look at letters open links too. The code stands after the #, which no browser sends.</summary>
public static class NewsPage
{
    private static readonly byte[] Html = Encoding.UTF8.GetBytes(Store.Script(typeof(NewsPage).Assembly, "subscription.html"));

    public static string Link(FeedAddress address, Guid id, string act, string code) => $"{address.Root.TrimEnd('/')}/news-subscriptions/{id}/{act}#{code}";

    public static void MapNewsPage(this IEndpointRouteBuilder app) => app.MapGet("/news-subscriptions/{id:guid}/{act}", (Guid id, string act, HttpResponse reply) =>
            act is "confirm" or "unsubscribe" ? reply.PageOfLink(Html) : throw Refused.Missing("page"))
        .RequireRateLimiting(Service.AnonymousLimit).WithTags("News subscriptions").WithSummary("The page behind a subscriber's link, in kk and ru.");

    /// <summary>What every page of a link says of itself: kept nowhere, sent nowhere, framed by nobody.</summary>
    public static IResult PageOfLink(this HttpResponse reply, byte[] html)
    {
        reply.Headers.CacheControl = "no-store";
        reply.Headers["Referrer-Policy"] = "no-referrer";
        reply.Headers.ContentSecurityPolicy = "default-src 'none'; connect-src 'self'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'none'";
        return TypedResults.Bytes(html, "text/html; charset=utf-8");
    }
}
