using System.Security.Cryptography;
using Marten;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using Platform;

namespace Publications;

/// <summary>Bring a picture or film: bytes with a label and, as far as known, rights. The type is what the bytes say.</summary>
public sealed record UploadMedia(string? Body, string? FileName, SetMediaRights Rights);

/// <summary>Bytes first to the storage, durable; only then the fact that says they are there. A crash in between leaves bytes that nothing points to.</summary>
public sealed class UploadMediaHandler(IDocumentSession session, IFileStorage storage, Spool spool, Work work, TimeProvider clock)
{
    /// <summary>The same bytes again are the same picture of a body.</summary>
    public async Task<(bool IsNew, MediaReply Media)> Handle(UploadMedia ask, Stream content, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Editor);
        var (body, now) = (work.Caller.OwnBody(ask.Body), clock.GetUtcNow());
        var id = Guid.CreateVersion7(now);
        var path = Path.Combine(spool.Folder, id.ToString("N"));
        try
        {
            var (size, sha256, head) = await Spooled(path, content, ct);
            var uploaded = Seen(new(id, body, sha256, head.Type, size, head.Width, head.Height, RegistryWords.Text(ask.FileName, "fileName", 300), work.Caller.Id, now), await File.ReadAllBytesAsync(path, ct));
            var media = MediaFold.Evolve(null, uploaded)!;
            IReadOnlyList<object> facts = [uploaded, .. ask.Rights.IsEmpty ? [] : MediaDecider.Decide(media, ask.Rights, work.Caller.Id, now)];
            if (await Earlier(body, sha256, ct) is { } earlier)
            {
                return (false, MediaReply.Of(earlier.Now, earlier.Version));
            }

            await storage.Keep(id, path, ct);
            session.Events.StartStream<MediaItem>(id, facts);
            await session.SaveChangesAsync(ct);
            return (true, MediaReply.Of(facts.Aggregate((MediaItem?)null, MediaFold.Evolve)!, facts.Count));
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>With what only the whole file tells.</summary>
    public static MediaUploaded Seen(MediaUploaded uploaded, byte[] file)
    {
        var (onItsSide, bare) = (Upright.LiesOnItsSide(Upright.Of(file)), Convert.ToHexStringLower(SHA256.HashData(BareBytes.Of(file, uploaded.MediaType))));
        return uploaded with
        {
            Width = onItsSide ? uploaded.Height : uploaded.Width,
            Height = onItsSide ? uploaded.Width : uploaded.Height,
            BareSha256 = bare == uploaded.Sha256 ? null : bare,
            Labels = FileLabels.Read(file),
        };
    }

    private static async Task<(long, string, MediaHead)> Spooled(string path, Stream content, CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 128 * 1024, FileOptions.Asynchronous);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (buffer, size) = (new byte[64 * 1024], 0L);
        for (int read; (read = await content.ReadAsync(buffer, ct)) > 0;)
        {
            size = size + read is var more && more > Uploads.MostBytes ? throw Uploads.TooLarge() : more;
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), ct);
        }

        file.Flush(flushToDisk: true);
        return (size, Convert.ToHexStringLower(hash.GetHashAndReset()), MediaHead.Read(file)
            ?? throw Refused.Invalid("media-type-unknown", "Its bytes are no JPEG, PNG, WebP, GIF or MP4.", "file"));
    }

    /// <summary>Those who bring the same bytes at once wait for each other.</summary>
    private async Task<MediaView?> Earlier(string body, string sha256, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        await using var one = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 5107))") { Parameters = { new() { Value = $"media:{body}:{sha256}" } } };
        await session.ExecuteAsync(one, ct);
        return await session.Query<MediaView>().FirstOrDefaultAsync(m => m.Body == body && m.Sha256 == sha256, ct);
    }
}

public static class UploadMediaRest
{
    public static void MapUploadMedia(this IEndpointRouteBuilder app) => app.MapPost(MediaRest.Path,
        async (string? body, string? fileName, string? credit, string? category, DateTimeOffset? leaseUntil, HttpContext http, UploadMediaHandler handler, CancellationToken ct) =>
        {
            // said here, not by the matching of routes: there gRPC's door for unknown methods has the same form and would answer 404
            if (!http.Request.HasFormContentType && http.Request.GetTypedHeaders().ContentType?.MediaType != "application/octet-stream")
            {
                throw new BadHttpRequestException("An octet-stream, or a form with a file.", StatusCodes.Status415UnsupportedMediaType);
            }

            var ask = new UploadMedia(body, fileName, new(credit, category, leaseUntil));
            var (isNew, done) = await http.Request.Receive(stream => http.Request.HasFormContentType ? Form(http.Request, ask, handler, ct) : handler.Handle(ask, stream, ct), ct);
            http.Response.Headers.Location = $"{MediaRest.Path}/{done.Id}";
            return http.Response.Versioned(done, done.Version, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
        })
        .ForRoles(Roles.Editor).WithTags(MediaRest.Tag).Accepts<IFormFile>("application/octet-stream", "multipart/form-data", "*/*").WithMetadata(new DisableRequestSizeLimitAttribute())
        .Produces<MediaReply>(StatusCodes.Status201Created).Produces<MediaReply>()
        .WithSummary("Takes a JPEG, PNG, WebP, GIF or MP4 of at most 25 MiB; rights by query, or as fields beside the file. The same bytes again give the same picture.");

    private static async Task<(bool, MediaReply)> Form(HttpRequest request, UploadMedia ask, UploadMediaHandler handler, CancellationToken ct)
    {
        try
        {
            var form = await request.ReadFormAsync(new() { MultipartBodyLengthLimit = 4 * Uploads.MostBytes, ValueLengthLimit = 64 * 1024 }, ct);
            var file = form.Files is [var only] ? only : throw Refused.Invalid("file-missing", "The form holds one file.", "file");
            string? Field(string name) => form.TryGetValue(name, out var value) ? value.ToString() : null;
            var lease = Field("leaseUntil") is not { Length: > 0 } text ? ask.Rights.LeaseUntil
                : DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var until) ? until : throw Refused.Invalid("lease-invalid", "leaseUntil is an instant.", "leaseUntil");
            await using var content = file.OpenReadStream();
            return await handler.Handle(new(Field("body") ?? ask.Body, Field("fileName") ?? ask.FileName ?? file.FileName,
                new(Field("credit") ?? ask.Rights.Credit, Field("category") ?? ask.Rights.Category, lease)), content, ct);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw Refused.Invalid("multipart-invalid", "It does not parse as multipart/form-data.", "file");
        }
    }
}
