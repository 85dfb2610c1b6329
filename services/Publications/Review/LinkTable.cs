using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using Npgsql;

namespace Publications;

/// <summary>The links of a publication's words are queued in the transaction that brings them.</summary>
public sealed partial class LinkQueue : EventProjection
{
    private const int MostLinks = 200, LongestLink = 2000;

    public LinkQueue()
    {
        Name = "link-queue";
        IncludeType<PublicationDrafted>();
        IncludeType<PublicationEdited>();
        IncludeType<CorrectionProposed>();
    }

    public override ValueTask ApplyAsync(IDocumentOperations operations, IEvent e, CancellationToken cancellation)
    {
        var (content, at) = e.Data switch
        {
            PublicationDrafted fact => (fact.Content, fact.At),
            PublicationEdited fact => (fact.Content, fact.At),
            CorrectionProposed fact => (fact.Content, fact.At),
            _ => (null, default), // inline, every fact of the session comes by
        };
        var links = content is null ? [] : Of(content);
        if (links.Length > 0)
        {
            operations.QueueSqlCommand("insert into link_checks (publication_id, url, found_at, due_at) select ?, unnest(?), ?, ? on conflict do nothing", e.StreamId, links, at.ToUniversalTime(), at.ToUniversalTime());
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>The links in all words, each once; what no table would take as a link is left out.</summary>
    public static string[] Of(Content content) => [.. ContentWords.Of(content).SelectMany(w => TextReading.Links(w.Words)).Where(l => l.Length <= LongestLink).Distinct().Order(StringComparer.Ordinal).Take(MostLinks)];
}

/// <summary>What is known of each publication's links; a row with a due time is looked at by a worker, and its claim moves the time on, which is the lease.</summary>
public sealed class LinkTable(NpgsqlDataSource database, LinkOptions options, TimeProvider clock)
{
    public sealed record Claimed(Guid PublicationId, string Url);

    public async Task<IReadOnlyList<Claimed>> Claim(int most, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var claim = database.CreateCommand("""
            update link_checks l set due_at = $2 from
                (select publication_id, url from link_checks where due_at <= $1 order by due_at limit $3 for update skip locked) due
            where l.publication_id = due.publication_id and l.url = due.url returning l.publication_id, l.url
            """);
        claim.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = now }, new() { Value = now.AddSeconds((options.TimeoutSeconds * 2) + 30) }, new() { Value = most } });
        await using var reader = await claim.ExecuteReaderAsync(ct);
        List<Claimed> claimed = [];
        while (await reader.ReadAsync(ct))
        {
            claimed.Add(new(reader.GetGuid(0), reader.GetString(1)));
        }

        return claimed;
    }

    /// <summary>It is looked at again while its publication is still to go out, for a month at most.</summary>
    public async Task Keep(Claimed link, string outcome, int? status, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var again = now.AddHours(outcome == LinkSeen.Answers ? options.AgainHours : options.AgainHours / 4);
        await using var update = database.CreateCommand("""
            update link_checks l set outcome = $3, status = $4, checked_at = $5, due_at = case when l.found_at > $5 - interval '30 days' and exists
                (select 1 from mt_doc_publicationview v where v.id = l.publication_id and v.state in ('Drafted', 'InReview', 'Approved', 'Scheduled', 'Held', 'Missed')) then $6 end
            where l.publication_id = $1 and l.url = $2
            """);
        update.Parameters.AddRange(new NpgsqlParameter[]
        {
            new() { Value = link.PublicationId }, new() { Value = link.Url }, new() { Value = outcome }, new() { Value = (object?)status ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer },
            new() { Value = now }, new() { Value = again },
        });
        await update.ExecuteNonQueryAsync(ct);
    }

    public async Task<IReadOnlyDictionary<string, LinkSeen>> Of(Guid publicationId, CancellationToken ct)
    {
        await using var select = database.CreateCommand("select url, outcome, status, checked_at from link_checks where publication_id = $1");
        select.Parameters.Add(new() { Value = publicationId });
        await using var reader = await select.ExecuteReaderAsync(ct);
        Dictionary<string, LinkSeen> seen = [];
        while (await reader.ReadAsync(ct))
        {
            seen[reader.GetString(0)] = new(reader.GetString(0), reader[1] as string, reader[2] as int?, reader[3] is DBNull ? null : reader.GetFieldValue<DateTimeOffset>(3));
        }

        return seen;
    }
}
