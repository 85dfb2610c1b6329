using System.Text.Json;
using Marten;
using Platform;

namespace Publications;

/// <summary>Say that a picture shows another than is said. Words, name and contact are personal data and go to the vault.</summary>
public sealed record DisputeMedia(string? Text, string? Name, string? Contact);

/// <summary>What whoever disputed gets.</summary>
public sealed record DisputeReceipt(Guid Id, long Version, string State, DateTimeOffset ReceivedAt);

/// <summary>The same for officials of the body, with whom it halts and every publication that uses or used the picture.</summary>
public sealed record DisputeReply(Guid Id, long Version, string State, DateTimeOffset ReceivedAt, IReadOnlyList<Guid> Halted, IReadOnlyList<MediaUseReply> Uses);

/// <summary>How to reach who disputed, as it is sealed.</summary>
public sealed record Disputer(string? Name, string? Contact)
{
    public const string Kind = "contact", Words = "words";
}

/// <summary>Words to the vault, the fact that names them, and halts of everybody concerned, in one transaction.</summary>
public sealed class DisputeMediaHandler(IDocumentSession session, Vault vault, ISubjectKeys keys, MediaUses uses, IPersonHalts halts, Work work, TimeProvider clock)
{
    public const string HaltReason = "depiction-disputed";

    public async Task<object> Handle(Guid mediaId, DisputeMedia ask, CancellationToken ct)
    {
        var media = (await session.LoadAsync<MediaView>(mediaId, ct))?.Now ?? throw Refused.Missing("media");
        var same = await uses.Same(media.Sha256, ct);
        await HaltWriter.KeepClaimsWaiting(session, ct); // or one that goes out at this moment would be seen neither as out nor as disputed
        var (reach, official) = (await uses.Reach(same, ct), IsOfficial(media));
        if (!reach.Seen && !official)
        {
            throw Refused.Missing("media"); // what nobody saw is unknown
        }

        var (text, disputer) = (GivenWords.Needed(ask.Text, "text", 4000), new Disputer(RegistryWords.Text(ask.Name, "name", 200), RegistryWords.Text(ask.Contact, "contact", 320)));
        IReadOnlyList<Guid> halted = reach.Out ? [.. (await Depicted.PersonsIn(session, same, ct)).Concat(reach.Subjects).Distinct().Order()] : [];
        var disputed = await Keep(media.Id, text, disputer, halted, ct);
        foreach (var person in halted)
        {
            await halts.Halt(session, person, HaltReason, ct);
        }

        var version = await Append(disputed, ct);
        return official ? new DisputeReply(disputed.DisputeId, version, "Open", disputed.At, halted, (await uses.List(work.Caller, media, null, null, 200, ct)).Items)
            : new DisputeReceipt(disputed.DisputeId, version, "Open", disputed.At);
    }

    private async Task<MediaDisputed> Keep(Guid mediaId, string text, Disputer disputer, IReadOnlyList<Guid> halted, CancellationToken ct)
    {
        var key = await keys.Next(ct);
        var words = await vault.Keep(key, Disputer.Words, text, ct);
        var contact = disputer is { Name: null, Contact: null } ? (Guid?)null : await vault.Keep(key, Disputer.Kind, JsonSerializer.Serialize(disputer, Json.Options), ct);
        return new(mediaId, Guid.CreateVersion7(), null, key.SubjectId, words, contact, halted, clock.GetUtcNow());
    }

    /// <summary>Whoever disputes at once waits; nobody is told to come again.</summary>
    private async Task<long> Append(MediaDisputed disputed, CancellationToken ct)
    {
        var stream = await session.Events.FetchForExclusiveWriting<MediaItem>(disputed.MediaId, ct);
        stream.AppendOne(disputed with { DepictionId = MediaDecider.Confirmed(stream.Aggregate!)?.Id });
        await session.SaveChangesAsync(ct);
        return (stream.CurrentVersion ?? 0) + 1;
    }

    private bool IsOfficial(MediaItem media) => PersonReads.Readers.Any(work.Caller.Is) && work.Caller.Sees(media.Body);
}

public static class DisputeMediaRest
{
    public static void MapDisputeMedia(this IEndpointRouteBuilder app) => app.MapPost(MediaRest.Path + "/{id:guid}/disputes",
        async (Guid id, DisputeMedia ask, DisputeMediaHandler handler, HttpResponse reply, CancellationToken ct) =>
        {
            var done = await handler.Handle(id, ask, ct);
            var (dispute, version) = done is DisputeReply full ? (full.Id, full.Version) : done is DisputeReceipt receipt ? (receipt.Id, receipt.Version) : default;
            reply.Headers.Location = $"{MediaRest.Path}/{id}/disputes/{dispute}";
            return reply.Versioned(done, version, StatusCodes.Status201Created);
        })
        .RequireRateLimiting(Service.CitizensLimit).WithTags(MediaRest.Tag).Produces<DisputeReceipt>(StatusCodes.Status201Created)
        .WithSummary("Anybody, rate-limited: disputes who is in a picture that is out; that halts everybody concerned at once. Officials of the body get every use of the picture.");
}
