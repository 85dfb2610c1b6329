using Marten;
using Microsoft.Net.Http.Headers;
using Platform;

namespace Publications;

/// <summary>A picture as everybody may know it once it is out. <paramref name="Sha256"/>: of the whole without its labels; <paramref name="Size"/>: of the file as it was brought, in bytes.</summary>
public sealed record PublicMedia(Guid Id, string MediaType, long Size, int? Width, int? Height, string Sha256, string? Credit);

public static class MediaReads
{
    /// <summary>A picture of the caller's body, or for auditors of any; others' are unknown.</summary>
    public static async Task<MediaView> OwnMedia(this IQuerySession session, Caller caller, Guid id, CancellationToken ct) =>
        await session.LoadAsync<MediaView>(id, ct) is { } media && caller.Sees(media.Body) ? media : throw Refused.Missing("media");

    public static void MapMediaReads(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup(MediaRest.Path).WithTags(MediaRest.Tag);
        doors.MapGet("/", (Guid? person, string? sha256, string? cursor, int? limit, IQuerySession session, Work work, CancellationToken ct) =>
                session.MediaOf(work.Caller, person, sha256, cursor, Changes.Limit(limit), ct))
            .ForRoles(PersonReads.Readers).WithSummary("The caller's body's pictures and films; person: those that anybody says to show this person.");
        doors.MapGet("/{id:guid}", One).Produces<MediaReply>().WithSummary("One picture with rights and depictions, for its body's officials; for everybody once it is out, without them. asOf is for officials.");
        doors.MapGet("/{id:guid}/bytes", Bytes).Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
            .WithSummary("The bytes: as they came for officials of the body; for everybody while a released publication uses it, cut as it shows it and without the file's labels.");
        doors.MapGet("/{id:guid}/uses", async (Guid id, DateTimeOffset? asOf, string? cursor, int? limit, IQuerySession session, MediaUses uses, Work work, CancellationToken ct) =>
                await uses.List(work.Caller, (await session.OwnMedia(work.Caller, id, ct)).Now, asOf, cursor, Changes.Limit(limit), ct))
            .ForRoles(PersonReads.Readers).WithSummary("Every publication that uses or used the picture, by the same bytes also other bodies'; asOf: as it was recorded at that instant.");
        doors.MapGet("/{id:guid}/history", async (Guid id, IQuerySession session, Work work, CancellationToken ct) =>
            {
                await session.OwnMedia(work.Caller, id, ct);
                return (await session.Events.FetchStreamAsync(id, token: ct)).Select(HistoryEntry.Of).ToList();
            })
            .ForRoles(PersonReads.Readers).WithSummary("Who said what of this picture, and who confirmed it.");
    }

    private static async Task<IResult> One(Guid id, DateTimeOffset? asOf, IQuerySession session, MediaUses uses, Work work, HttpResponse reply, CancellationToken ct)
    {
        var view = await session.LoadAsync<MediaView>(id, ct) ?? throw Refused.Missing("media");
        if (IsOfficial(work.Caller, view))
        {
            var (media, version) = await session.AsOf<MediaItem>(id, asOf, MediaFold.Evolve, ct) ?? throw Refused.Missing("media");
            return reply.Versioned(MediaReply.Of(media, version), version);
        }

        return asOf is null && await uses.Sight(id, ct) is not null && view.Now is var m ? reply.Versioned(new PublicMedia(m.Id, m.MediaType, m.Size, m.Width, m.Height, m.BareSha256 ?? m.Sha256, m.Rights.Credit), view.Version)
            : throw Refused.Missing("media");
    }

    /// <summary>Asked for again at each read, for what is out today may be withdrawn tomorrow; never taken for another type by a browser.</summary>
    private static async Task<IResult> Bytes(Guid id, IQuerySession session, MediaUses uses, IFileStorage storage, IMediaFiles media, Work work, HttpResponse reply, CancellationToken ct)
    {
        var view = await session.LoadAsync<MediaView>(id, ct) ?? throw Refused.Missing("media");
        var official = IsOfficial(work.Caller, view);
        var sight = official ? new PublicSight(null) : await uses.Sight(id, ct) ?? throw Refused.Missing("media");

        reply.Headers.CacheControl = official ? "private, no-cache" : "no-cache";
        reply.Headers.XContentTypeOptions = "nosniff";
        var tag = new EntityTagHeaderValue(sight.Crop is { } c ? $"\"{view.Sha256}-{c.X}-{c.Y}-{c.Width}-{c.Height}\"" : official ? $"\"{view.Sha256}\"" : $"\"{view.BareSha256 ?? view.Sha256}\"");
        if (reply.HttpContext.Request.GetTypedHeaders().IfNoneMatch.Any(t => t.Compare(tag, useStrongComparison: false)))
        {
            reply.GetTypedHeaders().ETag = tag;
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        if (!official)
        {
            var shown = await media.Read(id, sight.Crop, ct) ?? throw Refused.Missing("media");
            return TypedResults.Stream(await shown.Open(ct), shown.MediaType, entityTag: tag);
        }

        reply.ContentLength = view.Now.Size;
        return TypedResults.Stream(to => Write(storage, id, to, ct), view.Now.MediaType, entityTag: tag);
    }

    private static async Task Write(IFileStorage storage, Guid id, Stream to, CancellationToken ct)
    {
        if (!await storage.Read(id, (bytes, stop) => bytes.CopyToAsync(to, stop), ct))
        {
            throw new FileNotFoundException("A picture that a fact points to is not in the storage.");
        }
    }

    private static bool IsOfficial(Caller caller, MediaView media) => PersonReads.Readers.Any(caller.Is) && caller.Sees(media.Body);

    private static async Task<Page<MediaReply>> MediaOf(this IQuerySession session, Caller caller, Guid? person, string? sha256, string? cursor, int limit, CancellationToken ct)
    {
        var (media, after, body) = (session.Query<MediaView>().AsQueryable(), Cursor.Parse(cursor)?.Id ?? Guid.Empty, caller.Body ?? "");
        media = caller.Is(Roles.Auditor) ? media : media.Where(m => m.Body == body);
        media = person is { } shown ? media.Where(m => m.Persons.Contains(shown)) : media;
        var hash = RegistryWords.Text(sha256, "sha256", 64);
        media = hash is null ? media : media.Where(m => m.Sha256 == hash);
        var items = await media.Where(m => m.Id > after).OrderBy(m => m.Id).Take(limit).ToListAsync(ct);
        return new([.. items.Select(m => MediaReply.Of(m.Now, m.Version))], items.Count == limit ? new Cursor((long?)null, items[^1].Id).ToString() : null);
    }
}
