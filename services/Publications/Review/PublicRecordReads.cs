using Marten;
using Platform;

namespace Publications;

/// <summary>Filters of the public record; all optional. <paramref name="At"/>: the instant asked about, now unless given. <paramref name="AsOf"/>: by what was recorded until then.</summary>
public sealed record PublicRecordFilter(DateTimeOffset? At, string? Channel, string? Body, string? Language, DateTimeOffset? AsOf);

/// <summary>What stood on a channel in a language. Who approved it is told to officials and auditors; words that were taken back since, to them alone.</summary>
public sealed record PublicRowShown(Guid PublicationId, string Body, string Kind, string Channel, string Language, DateTimeOffset From, DateTimeOffset? Until, DateTimeOffset RecordedAt, string ContentHash,
    string? Title, string? Text, string? ExternalId, string? ApprovedBy, DateTimeOffset? ApprovedAt, string? OrderedBy)
{
    /// <summary>To officials and auditors: what was wrong with how it came there and yet kept it from nothing, such as an official's account on which neither the official nor a delegate spoke.</summary>
    public IReadOnlyList<CheckShown> Findings { get; init; } = [];

    public static PublicRowShown Of(PublicRow row, bool official, DateTimeOffset asOf)
    {
        // an approval that was owed came later than the row
        var (ended, hidden, knows) = (row.EndKnownAt <= asOf, row.TakenBack && !official, official && row.ApprovedAt <= asOf);
        return new(row.PublicationId, row.Body, row.Kind, row.Channel, row.Language, row.Since, ended ? row.Until : null, row.KnownAt, row.ContentHash, hidden ? null : row.Title, hidden ? null : row.Text, row.ExternalId,
            knows ? row.ApprovedBy : null, knows ? row.ApprovedAt : null, official ? row.OrderedBy : null);
    }
}

public static class PublicRecordReads
{
    /// <summary>What was public at an instant, newest first: by when it was so, and by what was recorded until another instant.</summary>
    public static async Task<Page<PublicRowShown>> PublicAt(this IQuerySession session, Caller caller, PublicRecordFilter filter, string? cursor, int limit, DateTimeOffset now, CancellationToken ct)
    {
        var (at, asOf, today) = ((filter.At ?? now).ToUniversalTime(), (filter.AsOf ?? now).ToUniversalTime(), now.ToUniversalTime());
        // what is under an embargo, or set for later, is nobody's yet
        at = at > today ? throw Refused.Invalid("at-ahead", "What will be public nobody knows: at is not ahead.", "at") : at;
        var rows = Filtered(session.Query<PublicRow>(), filter).Where(r => r.Since <= at && r.KnownAt <= asOf && (r.Until == null || r.Until > at || r.EndKnownAt > asOf));
        if (Cursor.Parse(cursor) is { } last)
        {
            var (from, id) = (last.At, last.Id);
            rows = rows.Where(r => r.Since < from || (r.Since == from && r.Id < id));
        }

        var items = await rows.OrderByDescending(r => r.Since).ThenByDescending(r => r.Id).Take(limit).ToListAsync(ct);
        bool Sees(PublicRow row) => IsOfficial(caller) && caller.Sees(row.Body);
        var findings = await session.ByOfficials([.. items.Where(Sees)], ct);
        return new([.. items.Select(r => PublicRowShown.Of(r, Sees(r), asOf) with { Findings = findings.GetValueOrDefault(r.Id, []) })], items.Count == limit ? new Cursor(items[^1].Since, items[^1].Id).ToString() : null);
    }

    /// <summary>By the account as it is and the term as it was then.</summary>
    private static async Task<IReadOnlyDictionary<Guid, IReadOnlyList<CheckShown>>> ByOfficials(this IQuerySession session, IReadOnlyList<PublicRow> rows, CancellationToken ct)
    {
        var accounts = await session.Accounts(rows.Select(r => r.Channel).Where(c => c != PublicRecord.OwnDoors), ct);
        Guid[] ids = [.. rows.Where(r => accounts.GetValueOrDefault(r.Channel)?.Official is not null).Select(r => r.PublicationId).Distinct()];
        var publications = ids.Length == 0 ? [] : (await session.LoadManyAsync<PublicationView>(ct, ids)).ToDictionary(p => p.Id, p => p.Now);
        return rows.Where(r => publications.ContainsKey(r.PublicationId) && accounts.ContainsKey(r.Channel))
            .ToDictionary(r => r.Id, r => (IReadOnlyList<CheckShown>)[.. Delegates.Check(publications[r.PublicationId], [accounts[r.Channel]], r.Since).Select(CheckShown.Of)]);
    }

    private static IQueryable<PublicRow> Filtered(IQueryable<PublicRow> rows, PublicRecordFilter filter)
    {
        _ = filter.Language is null || Languages.All.Contains(filter.Language) ? true : throw Refused.Invalid("language-invalid", "language is kk or ru.", "language");
        _ = filter.Body is null || Holders.Find(filter.Body) is not null ? true : throw Refused.Invalid("holder-unknown", "body is a code of the list of holders.", "body");
        rows = filter.Channel is not { } channel ? rows : rows.Where(r => r.Channel == channel);
        rows = filter.Body is not { } body ? rows : rows.Where(r => r.Body == body);
        return filter.Language is not { } language ? rows : rows.Where(r => r.Language == language);
    }

    private static bool IsOfficial(Caller caller) => ReviewReads.Readers.Any(caller.Is);
}

public static class PublicRecordRest
{
    public static void MapPublicRecord(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/public-record", ([AsParameters] PublicRecordFilter filter, string? cursor, int? limit, IQuerySession session, Work work, TimeProvider clock, CancellationToken ct) =>
                session.PublicAt(work.Caller, filter, cursor, Changes.Limit(limit), clock.GetUtcNow(), ct))
            .WithTags("Public record").WithSummary("Public: what stood on which channel, in which language, at an instant; channel=platform is our own doors and feeds. asOf: by what was recorded until then.");
        app.MapGet("/v1/publications/{id:guid}/history", async (Guid id, DateTimeOffset? asOf, IQuerySession session, Work work, CancellationToken ct) =>
            {
                var (_, version) = await session.UnderReview(work.Caller, id, asOf, ct);
                return (await session.Events.FetchStreamAsync(id, version: version, token: ct)).Select(HistoryEntry.Of).ToList();
            })
            .ForRoles(ReviewReads.Readers).WithTags("Public record").WithSummary("Who did what, when it was so (at) and when it was recorded; asOf leaves out what was recorded later.");
    }
}
