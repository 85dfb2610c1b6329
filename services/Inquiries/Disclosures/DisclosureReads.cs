using System.Text.RegularExpressions;
using System.Xml.Linq;
using Marten;
using Marten.Linq.MatchesSql;
using Platform;

namespace Inquiries;

/// <summary>Filters of the public log; all optional. Days in Asia/Almaty, both included; <paramref name="Q"/>: words, in Kazakh or Russian.</summary>
public sealed record DisclosureFilter(string? Holder, string? Q, string? Language, DateOnly? From, DateOnly? To);

/// <summary>The public log of answers (401-V art. 9(2), 16(3)): list, search, one, Atom. Nothing here needs a token.</summary>
public static partial class DisclosureReads
{
    private const int FeedEntries = 50, MostWords = 12;

    public static void MapDisclosures(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/disclosures").WithTags("Disclosures").RequireRateLimiting(Service.AnonymousLimit);
        doors.MapGet("/", ([AsParameters] DisclosureFilter filter, string? cursor, int? limit, IQuerySession session, CancellationToken ct) => session.Disclosed(filter, cursor, Changes.Limit(limit), ct))
            .WithSummary("Answers cleared for everybody, newest first; q: words in Kazakh or Russian.");
        doors.MapGet("/{id:guid}", async (Guid id, DateTimeOffset? asOf, IQuerySession session, CancellationToken ct) =>
                await session.Query<DisclosureView>().Where(v => v.DisclosureId == id).FirstOrDefaultAsync(ct) is { } view && !(view.ClearedAt > asOf)
                    ? DisclosureReply.Of(view) : throw Refused.Missing("disclosure"))
            .Produces<DisclosureReply>().WithSummary("One cleared answer; asOf: unknown before it was cleared.");
        app.MapGet("/feeds/disclosures.{language}.atom", Feed).WithTags("Feeds").WithSummary("The fifty answers cleared last, in Kazakh (kk) or Russian (ru), as Atom; ETag and If-None-Match.");
    }

    public static async Task<Page<DisclosureReply>> Disclosed(this IQuerySession session, DisclosureFilter filter, string? cursor, int limit, CancellationToken ct)
    {
        var views = On(filter, session.Query<DisclosureView>());
        if (Cursor.Parse(cursor) is { } last)
        {
            var (at, id) = (last.At, last.Id);
            views = views.Where(v => v.ClearedAt < at || (v.ClearedAt == at && v.Id < id));
        }

        var items = await views.OrderByDescending(v => v.ClearedAt).ThenByDescending(v => v.Id).Take(limit).ToListAsync(ct);
        return new([.. items.Select(DisclosureReply.Of)], items.Count == limit ? new Cursor(items[^1].ClearedAt, items[^1].Id).ToString() : null);
    }

    private static IQueryable<DisclosureView> On(DisclosureFilter filter, IQueryable<DisclosureView> views)
    {
        var (from, to) = (filter.From is { } first ? Start(first) : (DateTimeOffset?)null, filter.To is { } last ? Start(last.AddDays(1)) : (DateTimeOffset?)null);
        views = filter.Holder is null ? views : views.Where(v => v.Holder == filter.Holder);
        views = from is { } after ? views.Where(v => v.ClearedAt >= after) : views;
        views = to is { } before ? views.Where(v => v.ClearedAt < before) : views;
        views = filter.Language switch
        {
            null => views,
            "kk" => views.Where(v => v.WordsKk != ""),
            "ru" => views.Where(v => v.WordsRu != ""),
            _ => throw Refused.Invalid("language-unknown", "language is kk or ru.", "language"),
        };
        return filter.Q is null ? views : Prefixes(filter.Q) is { Length: > 0 } kazakh
            ? views.Where(v => v.MatchesSql($"({DisclosureStore.Russian} @@ websearch_to_tsquery('russian', ?) or {DisclosureStore.Kazakh} @@ to_tsquery('simple', ?))", filter.Q, kazakh))
            : views.Where(_ => false);
    }

    /// <summary>Every word by its beginning: Kazakh adds endings, and no dictionary takes them off.</summary>
    public static string Prefixes(string q) => string.Join(" & ", Word().Matches(q).Select(m => m.Value.ToLowerInvariant() + ":*").Take(MostWords));

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Word();

    private static DateTimeOffset Start(DateOnly day) => Registration.Almaty.AtStartOfDay(NodaTime.LocalDate.FromDateOnly(day)).ToDateTimeOffset().ToUniversalTime();

    private static async Task<IResult> Feed(string language, HttpRequest request, IQuerySession session, CancellationToken ct)
    {
        if (language is not ("kk" or "ru"))
        {
            throw Refused.Missing("feed");
        }

        var kk = language == "kk";
        var views = session.Query<DisclosureView>();
        var last = await (kk ? views.Where(v => v.WordsKk != "") : views.Where(v => v.WordsRu != "")).OrderByDescending(v => v.ClearedAt).ThenByDescending(v => v.Id).Take(FeedEntries).ToListAsync(ct);
        return AtomFeed.Reply(request, self => Document(language, self, last));
    }

    public static XDocument Document(string language, string self, IReadOnlyList<DisclosureView> last)
    {
        string In(Bilingual words) => (language == "kk" ? words.Kk : words.Ru) ?? "";
        string Name(string code) => Holders.Find(code) is { } holder ? language == "kk" ? holder.NameKk : holder.NameRu : code;
        return AtomFeed.Document("urn:platform:disclosures:" + language, language == "kk" ? "Сұрау салуларға берілген жауаптар" : "Ответы на запросы информации", language,
            Name(Holders.CentralCommunications), self, [.. last.Select(v => new AtomEntry("urn:uuid:" + v.DisclosureId, In(v.Title), v.ClearedAt, Name(v.Holder), v.Holder, In(v.Text)))]);
    }
}
