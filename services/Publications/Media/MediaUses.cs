using System.Text.Json;
using Marten;
using Npgsql;
using Platform;

namespace Publications;

/// <summary>How a picture may be seen by everybody; null: whole.</summary>
public sealed record PublicSight(Crop? Crop);

/// <summary>A publication that uses a picture, or did: <paramref name="InUse"/> tells which, at the instant asked about.</summary>
public sealed record MediaUseReply(Guid PublicationId, long Version, string Body, string Kind, string State, IReadOnlyList<string> Channels, DateTimeOffset? ReleasedAt, bool InUse);

/// <summary>How far a picture has gone out. <paramref name="Seen"/>: everybody may have seen it; <paramref name="Out"/>: it is out, or may be before a dispute is written down; <paramref name="Subjects"/>: whom those publications are about.</summary>
public sealed record MediaReach(bool Seen, bool Out, IReadOnlyList<Guid> Subjects);

/// <summary>Where a picture is and was used; the same bytes under another body's id are the same picture.</summary>
public sealed class MediaUses(IQuerySession session, TimeProvider clock)
{
    /// <summary>
    /// As everybody may see it: released and still held, the embargo over by the clock. Whole where any such publication shows it whole, else as the first one cut it:
    /// whoever was cropped away stays away. Null: not at all.
    /// </summary>
    public async Task<PublicSight?> Sight(Guid mediaId, CancellationToken ct)
    {
        await using var select = new NpgsqlCommand("""
            select m ->> 'crop' from mt_doc_mediaused u join mt_doc_publicationview p on p.id = u.publication_id
            cross join lateral jsonb_array_elements(case jsonb_typeof(p.data #> '{now,content,media}') when 'array' then p.data #> '{now,content,media}' else '[]' end) m
            where u.media_id = $1 and p.state in ('Released', 'Corrected') and coalesce((p.data #>> '{now,content,embargo}')::timestamptz <= $2, true) and m ->> 'mediaId' = $1::text
            order by m ->> 'crop' is not null, p.data #>> '{now,releasedAt}' limit 1
            """)
        { Parameters = { new() { Value = mediaId }, new() { Value = clock.GetUtcNow() } } };
        await using var reader = await session.ExecuteReaderAsync(select, ct);
        return !await reader.ReadAsync(ct) ? null : new(await reader.IsDBNullAsync(0, ct) ? null : JsonSerializer.Deserialize<Crop>(reader.GetString(0), Platform.Json.Options));
    }

    public async Task<MediaReach> Reach(IReadOnlyCollection<Guid> mediaIds, CancellationToken ct)
    {
        await using var select = new NpgsqlCommand("""
            select distinct p.data #>> '{now,releasedAt}' is not null and coalesce((p.data #>> '{now,content,embargo}')::timestamptz <= $2, true),
                (p.data #>> '{now,content,subjectPersonId}')::uuid
            from mt_doc_mediaused u join mt_doc_publicationview p on p.id = u.publication_id
            where u.media_id = any($1) and (p.state = 'Releasing' or (p.state = 'Scheduled' and p.wake_at < $3) or p.data #>> '{now,releasedAt}' is not null)
            """)
        { Parameters = { new() { Value = mediaIds.ToArray() }, new() { Value = clock.GetUtcNow() }, new() { Value = clock.GetUtcNow().AddMinutes(5) } } };
        var (seen, any, subjects) = (false, false, new List<Guid>());
        await using var reader = await session.ExecuteReaderAsync(select, ct);
        while (await reader.ReadAsync(ct))
        {
            (seen, any) = (seen || reader.GetBoolean(0), true);
            subjects.AddRange(await reader.IsDBNullAsync(1, ct) ? [] : [reader.GetGuid(1)]);
        }

        return new(seen, any, [.. subjects.Distinct()]);
    }

    /// <summary>All ids under which these bytes were brought in.</summary>
    public async Task<IReadOnlyList<Guid>> Same(string sha256, CancellationToken ct) => await session.Query<MediaView>().Where(m => m.Sha256 == sha256).Select(m => m.Id).ToListAsync(ct);

    /// <summary>In the order in which the publications were drafted; what other bodies have not released is left out.</summary>
    public async Task<Page<MediaUseReply>> List(Caller caller, MediaItem media, DateTimeOffset? asOf, string? cursor, int limit, CancellationToken ct)
    {
        var (ids, after) = ((await Same(media.Sha256, ct)).ToArray(), Cursor.Parse(cursor)?.Id ?? Guid.Empty);
        var publications = await Publications(ids, after, limit, ct);
        var uses = asOf is null ? (await session.LoadManyAsync<PublicationView>(ct, publications)).Select(v => Use(v.Now, v.Version, ids)).ToList() : await Then(publications, ids, asOf.Value, ct);
        return new([.. uses.Where(u => caller.Sees(u.Body) || u.ReleasedAt is not null).OrderBy(u => u.PublicationId)], publications.Count == limit ? new Cursor((long?)null, publications[^1]).ToString() : null);
    }

    private async Task<IReadOnlyList<Guid>> Publications(Guid[] mediaIds, Guid after, int limit, CancellationToken ct)
    {
        await using var select = new NpgsqlCommand("select distinct publication_id from mt_doc_mediaused where media_id = any($1) and publication_id > $2 order by 1 limit $3")
        { Parameters = { new() { Value = mediaIds }, new() { Value = after }, new() { Value = limit } } };
        List<Guid> found = [];
        await using var reader = await session.ExecuteReaderAsync(select, ct);
        while (await reader.ReadAsync(ct))
        {
            found.Add(reader.GetGuid(0));
        }

        return found;
    }

    /// <summary>As the streams stood then; who had not held it yet is left out.</summary>
    private async Task<IReadOnlyList<MediaUseReply>> Then(IReadOnlyList<Guid> publications, Guid[] ids, DateTimeOffset asOf, CancellationToken ct)
    {
        List<MediaUseReply> uses = [];
        foreach (var id in publications)
        {
            var held = false;
            Publication? Evolve(Publication? state, object fact)
            {
                held |= MediaUsing.ContentOf(fact) is { } content && Holds(content, ids);
                return PublicationFold.Evolve(state, fact);
            }

            if (await session.AsOf<Publication>(id, asOf, Evolve, ct) is { } then && held)
            {
                uses.Add(Use(then.State, then.Version, ids));
            }
        }

        return uses;
    }

    private static MediaUseReply Use(Publication p, long version, Guid[] ids) =>
        new(p.Id, version, p.Body, p.Content.Kind, p.State.ToString(), p.Content.Channels, p.ReleasedAt, Holds(p.Content, ids));

    private static bool Holds(Content content, Guid[] ids) => content.Media?.Any(use => ids.Contains(use.MediaId)) == true;
}
