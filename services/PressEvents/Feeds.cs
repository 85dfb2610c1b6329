using System.Security.Cryptography;
using System.Text;
using Marten;
using Microsoft.Net.Http.Headers;

namespace PressEvents;

/// <summary>The address under which the public reaches this service; feeds link to it.</summary>
public sealed record FeedAddress(string Root)
{
    public string Of(Guid id) => $"{Root.TrimEnd('/')}/v1/press-events/{id}";
}

/// <summary>One calendar per language, of all announced events or of a format or body. Computed from the views alone: the same facts give the same bytes.</summary>
public static class Feeds
{
    /// <summary>The latest by start; older ones are found in the list.</summary>
    private const int MostEvents = 1000;

    public static void MapFeeds(this IEndpointRouteBuilder app)
    {
        foreach (var language in Language.All)
        {
            app.MapGet($"/feeds/press-events.{language.Code}.ics", async (string? format, string? body, IQuerySession session, Catalogue catalogue,
                    FeedAddress address, HttpResponse reply, CancellationToken ct) =>
                {
                    var views = await PressEventFilter.Named(session.Query<PressEventView>(), format, body, catalogue).Where(v => v.IsOpen)
                        .OrderByDescending(v => v.Start).ThenByDescending(v => v.Id).Take(MostEvents).ToListAsync(ct);
                    var bytes = Encoding.UTF8.GetBytes(PressCalendar.Write(views.Reverse(), language, catalogue, address));
                    reply.Headers.CacheControl = "public, no-cache"; // ask again each time: a cancelling must not wait
                    return TypedResults.Bytes(bytes, "text/calendar; charset=utf-8",
                        entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes)[..16])}\""));
                })
                .WithTags("Feeds").WithSummary($"iCalendar (RFC 5545) of announced events, in {language.Code}; cancelled ones stay, as cancelled.");
        }
    }
}
