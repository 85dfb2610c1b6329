using System.Text.Json;
using Marten;
using Platform;

namespace Publications;

/// <summary>Decide about a dispute: upheld (the depiction is withdrawn) or rejected (it stands), with the reason.</summary>
public sealed record ResolveDispute(string? Outcome, string? Reason);

/// <summary>A dispute without the words in it; <paramref name="State"/>: Open, or its outcome.</summary>
public sealed record DisputeShown(Guid Id, string State, Guid? DepictionId, IReadOnlyList<Guid> Halted, DateTimeOffset ReceivedAt, string? ResolvedBy)
{
    public static DisputeShown Of(Dispute d) => new(d.Id, d.Outcome ?? "Open", d.DepictionId, d.Halted, d.ReceivedAt, d.ResolvedBy);
}

/// <summary>What somebody wrote, opened for an official who said why.</summary>
public sealed record DisputeWords(string Text, string? Name, string? Contact);

public static class ResolveDisputeRest
{
    public static void MapResolveDispute(this IEndpointRouteBuilder app)
    {
        const string path = MediaRest.Path + "/{id:guid}/disputes";
        app.MapPost(path + "/{disputeId:guid}/resolve", async (Guid id, Guid disputeId, Seen seen, ResolveDispute ask, MediaCommands commands, HttpResponse reply, CancellationToken ct) =>
            await commands.Resolve(id, disputeId, seen, ask, ct) is var done ? reply.Versioned(done, done.Version) : null)
        .ForRoles(MediaCommands.Witnesses).WithTags(MediaRest.Tag).Produces<MediaReply>().WithSummary("Decides about a dispute; never by who had a part in the depiction. A halt of people is lifted by its own door.");
        app.MapGet(path, async (Guid id, IQuerySession session, Work work, CancellationToken ct) =>
            new Page<DisputeShown>([.. (await session.OwnMedia(work.Caller, id, ct)).Now.Disputes.Select(DisputeShown.Of)], null))
        .ForRoles(PersonReads.Readers).WithTags(MediaRest.Tag).WithSummary("The disputes about a picture, in order, without what was written.");
        app.MapGet(path + "/{disputeId:guid}/words", async (Guid id, Guid disputeId, string? reason, IQuerySession session, Vault vault, Work work, HttpResponse reply, CancellationToken ct) =>
        {
            var dispute = (await session.OwnMedia(work.Caller, id, ct)).Now.Disputes.FirstOrDefault(d => d.Id == disputeId) ?? throw Refused.Missing("dispute");
            reply.Headers.CacheControl = "no-store";
            var words = await vault.Read(dispute.SubjectId, Disputer.Words, reason, ct);
            var disputer = dispute.ContactId is { } item && await vault.Open(dispute.SubjectId, item, ct) is { } contact ? JsonSerializer.Deserialize<Disputer>(contact, Json.Options) : null;
            return new DisputeWords(words, disputer?.Name, disputer?.Contact);
        })
        .ForRoles(MediaCommands.Witnesses).WithTags(MediaRest.Tag).WithSummary("What was written and by whom; read with a reason, which the vault keeps.");
    }
}
