using System.Text.Json;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Platform;

namespace Inquiries;

/// <summary>A file that may be handed out: its name, and how to write its bytes.</summary>
public sealed record OpenFile(string Name, long Size, Func<Stream, Task> WriteTo);

/// <summary>The files of a request as its desk or its asker sees them. What came with a request that was forwarded here is seen here too.</summary>
public sealed class AttachmentReads(IQuerySession session, Vault vault, IFileStorage storage, Scans scans)
{
    public async Task<IReadOnlyList<FileOfRequest>> List(InquiryView view, DateTimeOffset? asOf, CancellationToken ct)
    {
        List<FileOfRequest> files = [];
        foreach (var (state, file) in await All(view, asOf, ct))
        {
            var name = await Name(state, file, ct);
            files.Add(new(file.Id, name?.Name, file.Direction, file.Size, name?.Sha256, file.State, file.Defects, file.At));
        }

        return files;
    }

    /// <summary>By name, or by id where names stand twice; the read is logged with its reason before anything is opened.</summary>
    public async Task<OpenFile> Open(InquiryView view, string nameOrId, string? reason, CancellationToken ct)
    {
        List<(Inquiry, StoredFile, FileName?)> found = [];
        var all = await All(view, null, ct);
        if (all is [var (first, _), ..])
        {
            await vault.Readable(first.SubjectId, ct); // blocked or erased, no file has a name any more
        }

        foreach (var (state, file) in all)
        {
            var name = await Name(state, file, ct);
            if (name?.Name == nameOrId || (Guid.TryParse(nameOrId, out var id) && id == file.Id))
            {
                found.Add((state, file, name));
            }
        }

        switch (found)
        {
            case []: throw Refused.Missing("file");
            case [var (state, file, name)]:
                await vault.Note(state.SubjectId, reason, ct);
                return await Open(state, file, name, ct);
            default:
                throw Refused.Conflict("attachment-name-ambiguous", "Several files bear this name; ask for one by its id.",
                new Dictionary<string, object?> { ["ids"] = found.Select(f => f.Item2.Id).ToArray() });
        }
    }

    /// <summary>For the asker: a file of the answer, given here or where the request, or a part of it, went on.</summary>
    public async Task<OpenFile> OpenAnswer(InquiryView view, Guid fileId, CancellationToken ct) => await Answered(view, fileId, ct) ?? throw Refused.Missing("file");

    private async Task<OpenFile?> Answered(InquiryView view, Guid fileId, CancellationToken ct)
    {
        var (state, _) = (await session.AsOf<Inquiry>(view.Id, null, InquiryDecider.Evolve, ct))!.Value;
        if (AnswerFiles.Given(state).FirstOrDefault(f => f.Id == fileId) is { } file)
        {
            return await Open(state, await Scanned(file, ct), await Name(state, file, ct), ct);
        }

        foreach (var next in view.Parts.Select(p => p.InquiryId).Concat(view.ForwardedTo is { } whole ? [whole] : []))
        {
            if (await session.LoadAsync<InquiryView>(next, ct) is { } forwarded && await Answered(forwarded, fileId, ct) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>The answer's files as the asker sees them.</summary>
    public async Task<IReadOnlyList<FileOfRequest>> OfAnswer(Inquiry state, CancellationToken ct)
    {
        List<FileOfRequest> files = [];
        foreach (var given in AnswerFiles.Given(state))
        {
            var (file, name) = (await Scanned(given, ct), await Name(state, given, ct));
            files.Add(new(file.Id, name?.Name, file.Direction, file.Size, name?.Sha256, file.State, file.Defects, file.At));
        }

        return files;
    }

    private async Task<IReadOnlyList<(Inquiry State, StoredFile File)>> All(InquiryView view, DateTimeOffset? asOf, CancellationToken ct)
    {
        List<(Inquiry, StoredFile)> files = [];
        for (var (at, own) = ((InquiryView?)view, true); at is not null; own = false)
        {
            var (state, _) = (await session.AsOf<Inquiry>(at.Id, asOf, InquiryDecider.Evolve, ct))!.Value;
            files.AddRange(state.Files.Where(f => own || f.Direction == StoredFile.Request).Select(f => (state, f)));
            at = at.ForwardedFrom is { } from ? await session.LoadAsync<InquiryView>(from, ct) : null;
        }

        var clean = await scans.Clean([.. files.Select(f => f.Item2.Id)], ct);
        return [.. files.Select(f => (f.Item1, With(f.Item2, clean)))];
    }

    private async Task<StoredFile> Scanned(StoredFile file, CancellationToken ct) => With(file, await scans.Clean([file.Id], ct));

    private static StoredFile With(StoredFile file, IReadOnlySet<Guid> clean) =>
        file.State == StoredFile.Unscanned && clean.Contains(file.Id) ? file with { State = StoredFile.Clean } : file;

    private async Task<FileName?> Name(Inquiry state, StoredFile file, CancellationToken ct) =>
        await vault.Open(state.SubjectId, file.NameId, ct) is { } words ? JsonSerializer.Deserialize<FileName>(words, Json.Options) : null;

    private async Task<OpenFile> Open(Inquiry state, StoredFile file, FileName? name, CancellationToken ct)
    {
        var key = await vault.Readable(state.SubjectId, ct);
        return file.State is StoredFile.Clean or StoredFile.UnscannedAllowed
            ? new(name!.Name, file.Size, to => Write(key, file.Id, to, ct))
            : throw AnswerFiles.Held();
    }

    private async Task Write(SubjectKey key, Guid id, Stream to, CancellationToken ct)
    {
        if (!await storage.Read(id, (box, stop) => SealedFile.Open(SealedFile.Key(key, id), box, to, stop), ct))
        {
            throw new FileNotFoundException("A file that a fact points to is not in the storage.");
        }
    }
}

public static class ReadAttachmentsRest
{
    public static void MapReadAttachments(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/inquiries/{id:guid}/attachments").ForRoles(Roles.Officer, Roles.Head, Roles.Auditor).WithTags("Attachments");
        doors.MapGet("/", async (Guid id, DateTimeOffset? asOf, IQuerySession session, Work work, AttachmentReads files, CancellationToken ct) =>
                await files.List(await session.One(work.Caller, id, asOf, ct), asOf, ct))
            .WithSummary("The files of a request: name, size, SHA-256 and state; those of the answer too. asOf: those recorded by that instant, in their state of today.");
        doors.MapGet("/{name}", async (Guid id, string name, string? reason, HttpContext http, IQuerySession session, Work work, AttachmentReads files, CancellationToken ct) =>
                Send(await files.Open(await session.One(work.Caller, id, null, ct), FileAddress.Name(http, name), reason, ct), http.Response))
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
            .WithSummary("One file, by name or id. The read is logged with its reason; 409 attachment-held while it is held back.");
        app.MapGet("/v1/citizen/inquiries/{number}/files/{fileId:guid}", async (string number, Guid fileId, [FromHeader(Name = "Slip-Code")] string? code,
                IQuerySession session, SlipCodes slips, AttachmentReads files, HttpResponse reply, CancellationToken ct) =>
                Send(await files.OpenAnswer(await CitizenDoor.Find(number, code, session, slips, ct), fileId, ct), reply))
            .RequireRateLimiting(Service.AnonymousLimit).WithTags("Citizen").Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
            .WithSummary("A file of the answer, once scanned; slip code in the header.");
    }

    /// <summary>Never shown by a browser itself, never kept on the way; the announced length tells a broken answer.</summary>
    private static PushStreamHttpResult Send(OpenFile file, HttpResponse reply)
    {
        reply.Headers.CacheControl = "no-store";
        reply.Headers.XContentTypeOptions = "nosniff";
        reply.ContentLength = file.Size;
        return TypedResults.Stream(file.WriteTo, "application/octet-stream", file.Name);
    }
}
