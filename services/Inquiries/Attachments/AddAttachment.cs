using Grpc.Core;
using Inquiries.V1;
using Marten;
using Microsoft.AspNetCore.Mvc;
using Platform;

namespace Inquiries;

/// <summary>Add a file to a request: from the asker's side (the gateway, or the holder for him), or for the answer. <paramref name="Sha256"/> is what the sender claims.</summary>
public sealed record AddAttachment(Guid InquiryId, string Direction, string Name, byte[]? Sha256);

/// <summary>A file of a request. <paramref name="State"/>: unscanned, unscanned-allowed, clean, held-back; name and SHA-256 are null once its subject was erased.</summary>
public sealed record FileOfRequest(Guid Id, string? Name, string Direction, long Size, string? Sha256, string State, IReadOnlyList<string> Defects, DateTimeOffset At);

public sealed class AddAttachmentHandler(IDocumentSession session, ISubjectKeys keys, Vault vault, FileIntake intake, Work work, TimeProvider clock)
{
    /// <summary>No version is asked for: the gateway knows none, and files do not contradict each other. The stream is locked only once the bytes lie there.</summary>
    public async Task<(bool IsNew, FileOfRequest File, long Version)> Handle(AddAttachment ask, Stream content, CancellationToken ct)
    {
        CheckName(ask.Name);
        var key = await keys.Find(await Subject(ask, ct), ct) ?? throw VaultRefusals.IsErased();
        var kept = await intake.Keep(key, ask.Direction, ask.Name, null, ask.Sha256, content, ct);
        await session.BeginTransactionAsync(ct);
        var stream = await session.Events.FetchForExclusiveWriting<Inquiry>(ask.InquiryId, ct);
        var version = stream.CurrentVersion ?? 0;
        var facts = await Decide(stream.Aggregate!, kept, ct);
        if (facts is not [AttachmentAdded added])
        {
            await intake.Discard(kept, ct);
            var same = AttachmentDecider.Same(stream.Aggregate!, kept.File)!;
            return (false, new(same.Id, ask.Name, ask.Direction, same.Size, kept.Sha256Hex, same.State, same.Defects, same.At), version);
        }

        stream.AppendOne(added with { NameId = await intake.Enter(kept, ask.InquiryId, key, vault, session, ct) });
        await session.SaveChangesAsync(ct);
        return (true, new(kept.Id, ask.Name, ask.Direction, kept.Size, kept.Sha256Hex, kept.File.State, kept.File.Defects, added.At), version + 1);
    }

    /// <summary>What is refused leaves no bytes behind; after a commit that nobody answered for they stay, for a fact may point to them.</summary>
    private async Task<IReadOnlyList<object>> Decide(Inquiry state, KeptFile kept, CancellationToken ct)
    {
        try
        {
            PersonalDataRules.Kept(state);
            return AttachmentDecider.Decide(state, kept.File, kept.Id, Guid.Empty, clock.GetUtcNow());
        }
        catch (RefusedException)
        {
            await intake.Discard(kept, ct);
            throw;
        }
    }

    private async Task<Guid> Subject(AddAttachment ask, CancellationToken ct)
    {
        var caller = work.Caller;
        caller.Demand(ask.Direction == StoredFile.Answer ? [Roles.Officer, Roles.Head] : [Roles.Egov, Roles.Officer, Roles.Head]);
        var found = await session.AsOf<Inquiry>(ask.InquiryId, null, InquiryDecider.Evolve, ct);
        return found is { State: var state } && (caller.ActsFor(state.Holder) || (caller.Is(Roles.Egov) && ask.Direction == StoredFile.Request))
            ? state.SubjectId : throw Refused.Missing(nameof(Inquiry));
    }

    /// <summary>A name is data: whatever it looks like, it is kept, shown and never a path. Only what no text can hold is refused.</summary>
    private static void CheckName(string name)
    {
        if (name.Contains('\0'))
        {
            throw Json.TextInvalid("name");
        }

        if (string.IsNullOrWhiteSpace(name) || name.Length > 1000)
        {
            throw Refused.Invalid("attachment-name-invalid", "A file has a name of at most 1000 characters.", "name");
        }
    }
}

public static class AddAttachmentRest
{
    public static void MapAddAttachment(this IEndpointRouteBuilder app)
    {
        app.Map("attachments", StoredFile.Request, "Takes a file of the asker, up to 25 MiB; the same name and bytes again give the same reply.", Roles.Egov, Roles.Officer, Roles.Head);
        app.Map("answer-files", StoredFile.Answer, "Takes a file for the answer, which names it in answerFiles.", Roles.Officer, Roles.Head);
    }

    private static void Map(this IEndpointRouteBuilder app, string folder, string direction, string summary, params string[] roles) =>
        app.MapPut("/v1/inquiries/{id:guid}/" + folder + "/{name}", async (Guid id, string name, HttpContext http, AddAttachmentHandler handler, CancellationToken ct) =>
        {
            var ask = new AddAttachment(id, direction, FileAddress.Name(http, name), FileAddress.Sha256(http.Request.Headers));
            var (isNew, file, version) = await http.Request.Receive(content => handler.Handle(ask, content, ct), ct);
            return http.Response.Versioned(file, version, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
        })
        .ForRoles(roles).WithTags("Attachments").Accepts<IFormFile>("application/octet-stream").WithMetadata(new DisableRequestSizeLimitAttribute())
        .Produces<FileOfRequest>(StatusCodes.Status201Created).Produces<FileOfRequest>().WithSummary(summary);
}

public sealed partial class InquiriesGrpc
{
    public override Task<PutFileReply> PutAttachment(IAsyncStreamReader<FileChunk> requestStream, ServerCallContext context) => Put(StoredFile.Request, requestStream, context);

    public override Task<PutFileReply> PutAnswerFile(IAsyncStreamReader<FileChunk> requestStream, ServerCallContext context) => Put(StoredFile.Answer, requestStream, context);

    private static async Task<PutFileReply> Put(string direction, IAsyncStreamReader<FileChunk> chunks, ServerCallContext context)
    {
        var first = await chunks.MoveNext(context.CancellationToken) ? chunks.Current : new();
        var sha256 = first.Sha256.Length == 0 ? null : Hex.Read(first.Sha256) ?? throw FileAddress.DigestInvalid("sha256");
        await using var content = new ChunkStream(first.Data.Memory, chunks);
        var (_, file, version) = await Handler<AddAttachmentHandler>(context).Handle(new(Id(first.InquiryId), direction, first.Name, sha256), content, context.CancellationToken);
        return new() { AttachmentId = file.Id.ToString(), Version = version, Size = file.Size, Sha256 = file.Sha256, State = file.State, Defects = { file.Defects } };
    }
}
