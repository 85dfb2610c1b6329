using System.Text;
using Marten;
using Platform;

namespace PressEvents;

/// <summary>The address under which the public reaches this service; feeds link to it.</summary>
public sealed record FeedAddress(string Root)
{
    public string Of(Guid id) => Of($"/v1/press-events/{id}");
    public string Of(string path) => Root.TrimEnd('/') + path;
}

/// <summary>Makes the feeds that list events, from the book and the pieces kept in it. Computed from the views alone: the same facts give the same bytes.</summary>
public sealed class EventFeeds(FeedShelf shelf, IDocumentStore store, Catalogue catalogue, FeedAddress address)
{
    public async Task<IResult> Ics(Language language, FeedFilter filter) => new FeedResult((await shelf.Get(new("ics", language.Code, filter), catalogue, book =>
    {
        var feed = language == Language.Kk ? ListFeed.IcsKk : ListFeed.IcsRu;
        var items = Of(book, filter);
        return items.Count == 0 && filter.Id is not null ? Nothing : Made([Encoding.UTF8.GetBytes(PressCalendar.Head(language, catalogue, Of(filter, language))),
            .. items.Select(i => i.Piece(feed, view => Encoding.UTF8.GetBytes(PressCalendar.Entry(view, language, catalogue, address)))), Encoding.UTF8.GetBytes(PressCalendar.Foot)], PressCalendar.ContentType, Last(items, []));
    })) ?? throw Refused.Missing(nameof(PressEvent)));

    public async Task<IResult> Atom(Language language, FeedFilter filter, string self) => new FeedResult((await shelf.Get(new("atom", language.Code, filter), catalogue, book =>
    {
        var feed = language == Language.Kk ? ListFeed.AtomKk : ListFeed.AtomRu;
        var items = Of(book, filter).OrderByDescending(i => i.View.ChangedAt).ThenBy(i => i.View.Id).ToList();
        var gone = book.Withdrawn.Where(filter.Holds).ToList();
        var last = Last(items, gone);
        var (head, foot) = AtomEvents.Frame(language, catalogue, Of(filter, language), address.Of(self), last);
        return Made([head, .. gone.Select(AtomEvents.Tombstone), .. items.Select(i => i.Piece(feed, view => AtomEvents.Entry(view, language, catalogue, address))), foot], AtomEvents.ContentType, last);
    }))!);

    public async Task<IResult> Ninjs(FeedFilter filter, string self) => new FeedResult((await shelf.Get(new("ninjs", null, filter), catalogue, book =>
    {
        var items = Of(book, filter);
        var last = Last(items, book.Withdrawn.Where(filter.Holds));
        var pieces = items.SelectMany((item, i) => new[] { i == 0 ? [] : ","u8.ToArray(), item.Piece(ListFeed.Ninjs, view => NinjsEvents.Item(view, catalogue, address)) });
        return Made([NinjsEvents.Head(address.Of(self), catalogue, last.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture), last), .. pieces, NinjsEvents.Foot], NinjsEvents.ContentType, last);
    }))!);

    public async Task<IResult> Linked(Guid id) => new FeedResult(await shelf.Get(new("jsonld", null, new(Id: id)), catalogue, async _ =>
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<PressEventView>(id) is { IsOpen: true } view
            ? Rendered.Of(JsonLd.Write(view, await session.BroadcastsOf(id, default), catalogue, address), JsonLd.ContentType, view.ChangedAt) : null;
    }) ?? throw Refused.Missing(nameof(PressEvent)));

    public async Task<IResult> Week(string? text, Language language, bool html, DateTimeOffset now)
    {
        var week = AnnouncedWeek.Parse(text, Registration.AlmatyDate(now));
        var isFinal = now >= week.AsOf;
        return new FeedResult((await shelf.Get(new((html ? "week.html" : "week.json") + (isFinal ? "" : ".preliminary"), language.Code, new(Week: week.Name)), catalogue, async _ =>
        {
            await using var session = store.QuerySession();
            var announced = Announcement.Of(week, isFinal, await Announcement.Read(session, week, isFinal, default), language, catalogue, address);
            return Rendered.Of(html ? Announcement.Html(announced, catalogue) : Announcement.Json(announced), html ? "text/html; charset=utf-8" : "application/json; charset=utf-8", week.AsOf);
        }))!);
    }

    /// <summary>A filter by known codes; an unknown one is refused, for it would show nothing for ever.</summary>
    public FeedFilter Filter(string? format, string? body, string? region)
    {
        PressEventFilter.Known(format, body, catalogue);
        return region is null || Regions.Find(region) is not null ? new(format, body, region) : throw Refused.Invalid("region-unknown", "region is a KATO code of a region or city.", "region");
    }

    private static readonly Task<Rendered?> Nothing = Task.FromResult<Rendered?>(null);
    private static Task<Rendered?> Made(IReadOnlyList<byte[]> pieces, string contentType, DateTimeOffset last) => Task.FromResult<Rendered?>(Rendered.Of(pieces, contentType, last));

    private static IReadOnlyList<FeedItem> Of(EventBook book, FeedFilter filter) => filter == new FeedFilter() ? book.Open : [.. book.Open.Where(item => filter.Holds(item.View))];

    private static DateTimeOffset Last(IReadOnlyList<FeedItem> items, IEnumerable<PressEventView> gone) =>
        items.Select(i => i.View.ChangedAt).Concat(gone.Select(v => v.WithdrawnAt!.Value)).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Max();

    private string Of(FeedFilter filter, Language language) => string.Concat(new[]
    {
        catalogue.Format(filter.Format) is { } format ? language.Of(format.Name) : null,
        filter.Body is { } body ? EventWords.Body(body, language) : null,
        Regions.Find(filter.Region) is { } region ? language == Language.Kk ? region.NameKk : region.NameRu : null,
    }.OfType<string>().Select(words => " · " + words));
}

public static class FeedsRest
{
    public const string Script = "feeds.sql";

    public static void AddFeeds(this IServiceCollection services) => services.AddSingleton<FeedVersion>().AddSingleton<FeedShelf>().AddTransient<EventFeeds>();

    public static void MapFeeds(this IEndpointRouteBuilder app)
    {
        foreach (var language in Language.All)
        {
            Lists(app, $".{language.Code}.ics", $"iCalendar (RFC 5545) in {language.Code}: cancelled events stay, as cancelled.", (feeds, filter, _) => feeds.Ics(language, filter));
            Lists(app, $".{language.Code}.atom", $"Atom (RFC 4287) in {language.Code}: tombstones (RFC 6721) for what was withdrawn.", (feeds, filter, self) => feeds.Atom(language, filter, self));
            Get(app, $"/v1/press-events/{{id:guid}}.{language.Code}.ics", $"iCalendar of one event in {language.Code}.", (Guid id, EventFeeds feeds) => feeds.Ics(language, new(Id: id)));
            foreach (var html in new[] { true, false })
            {
                Get(app, $"/feeds/announcement.{language.Code}.{(html ? "html" : "json")}", $"The week's announcement in {language.Code}, as of its Monday 09:00 (Asia/Almaty); week as in 2026-W50, this one if left out.",
                    (string? week, EventFeeds feeds, TimeProvider clock) => feeds.Week(week, language, html, clock.GetUtcNow()));
            }
        }

        Lists(app, ".ninjs.json", "IPTC ninjs 3.1: event items with planned coverage, in both languages.", (feeds, filter, self) => feeds.Ninjs(filter, self));
        Get(app, "/v1/press-events/{id:guid}.jsonld", "JSON-LD of schema.org: Event, a BroadcastEvent for each broadcast, all earlier starts.",
            (Guid id, EventFeeds feeds) => feeds.Linked(id));
    }

    /// <summary>One address with filters, and one each by format, body and region, for readers that drop what follows a question mark.</summary>
    private static void Lists(IEndpointRouteBuilder app, string suffix, string summary, Func<EventFeeds, FeedFilter, string, Task<IResult>> feed)
    {
        Get(app, "/feeds/press-events" + suffix, summary + " Narrowed by format, body (holder) and region (KATO).", (string? format, string? body, string? region, EventFeeds feeds, HttpRequest request) =>
            feed(feeds, feeds.Filter(format, body, region), "/feeds/press-events" + suffix + Query(format, body, region)));
        Get(app, "/feeds/formats/{format}" + suffix, summary, (string format, EventFeeds feeds) => feed(feeds, feeds.Filter(format, null, null), "/feeds/press-events" + suffix + Query(format, null, null)));
        Get(app, "/feeds/bodies/{body}" + suffix, summary, (string body, EventFeeds feeds) => feed(feeds, feeds.Filter(null, body, null), "/feeds/press-events" + suffix + Query(null, body, null)));
        Get(app, "/feeds/regions/{region}" + suffix, summary, (string region, EventFeeds feeds) => feed(feeds, feeds.Filter(null, null, region), "/feeds/press-events" + suffix + Query(null, null, region)));
    }

    private static string Query(string? format, string? body, string? region)
    {
        var parts = string.Join('&', new[] { ("format", format), ("body", body), ("region", region) }.Where(part => part.Item2 is not null).Select(part => $"{part.Item1}={part.Item2}"));
        return parts.Length == 0 ? "" : "?" + parts;
    }

    private static void Get(IEndpointRouteBuilder app, string path, string summary, Delegate feed) => app.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], feed).WithTags("Feeds").WithSummary(summary);
}
