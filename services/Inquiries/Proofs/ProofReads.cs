using Grpc.Core;
using Inquiries.V1;
using Marten;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Platform;

namespace Inquiries;

/// <summary>The signed root of a day in Asia/Almaty; hashes are lower-case hex, the signature (ECDSA P-256, SHA-256, DER) base64 over the root's bytes.</summary>
public sealed record DailyRootReply(DateOnly Date, string Root, string PreviousRoot, string TreeRoot, long Count, long FromSequence, long UpToSequence, string Signature, string KeyId)
{
    public static DailyRootReply Of(DailyRootSigned s) => new(s.Date, s.Root, s.PreviousRoot, s.TreeRoot, s.Count, s.FromSequence, s.UpToSequence, s.Signature, s.KeyId);
}

/// <summary>One fact's link.</summary>
public sealed record ChainLink(long Version, string Fact, DateTimeOffset RecordedAt, string Link);

/// <summary>How a day's signed root holds versions of a request: its leaf's place among <paramref name="Count"/> and the hashes beside its way up, from below.</summary>
public sealed record DayInclusion(DateOnly Date, long FirstVersion, long Version, long Position, IReadOnlyList<string> Path, string Root, string PreviousRoot, string TreeRoot, long Count,
    long FromSequence, long UpToSequence, string Signature, string KeyId);

/// <summary>The chain of a request and the roots that hold it. <paramref name="ProvenVersion"/>: up to here a signed root holds it; what is newer waits for its day's end.</summary>
public sealed record InquiryProof(string Format, Guid InquiryId, long Version, string Head, long ProvenVersion, IReadOnlyList<ChainLink> Links, IReadOnlyList<DayInclusion> Days);

/// <summary>Makes the proof of one request out of the stored facts and the days' trees.</summary>
public sealed class Proofs(ProofStore store)
{
    public async Task<InquiryProof> Of(Guid id, IReadOnlyList<StoredFact> facts, CancellationToken ct)
    {
        List<DayInclusion> days = [];
        foreach (var day in await store.Days([.. facts.Select(f => f.Sequence)], ct))
        {
            var s = day.Root;
            List<StoredFact> covered = [.. facts.Where(f => f.Sequence > s.FromSequence && f.Sequence <= s.UpToSequence)];
            if (covered.Count == 0 || day.PlaceOf(id) is not { } place || !day.Hashes()[place].SequenceEqual(ProofStore.LeafOf(covered).Hash()))
            {
                break; // an earlier state: the day's leaf holds more than was recorded at that instant
            }

            days.Add(new(s.Date, covered[0].Version, covered[^1].Version, place, [.. Merkle.Path(day.Hashes(), place).Select(Convert.ToHexStringLower)],
                s.Root, s.PreviousRoot, s.TreeRoot, s.Count, s.FromSequence, s.UpToSequence, s.Signature, s.KeyId));
        }

        return new(Verification.Format, id, facts.Count, facts[^1].Link, days is [.., var last] ? last.Version : 0, [.. facts.Select(f => new ChainLink(f.Version, f.Fact, f.RecordedAt, f.Link))], days);
    }

    /// <summary>For officials of the holder and auditors, as a request is read.</summary>
    public async Task<InquiryProof> Read(IQuerySession session, Caller caller, Guid id, DateTimeOffset? asOf, CancellationToken ct)
    {
        await session.One(caller, id, asOf, ct);
        return await Of(id, await store.Of(id, asOf, ct), ct);
    }
}

public static class ProofsRest
{
    public static void MapProofs(this WebApplication app)
    {
        app.MapGet("/v1/proofs/key", (ProofKey key) => TypedResults.Text(key.PublicPem, "application/x-pem-file"))
            .RequireRateLimiting(Service.AnonymousLimit).WithTags("Proofs").WithSummary("The public key that the daily roots are signed with (PEM, ECDSA P-256).");
        app.MapGet("/v1/proofs/{date}", async (string date, ProofStore store, CancellationToken ct) =>
            {
                var day = DateOnly.TryParseExact(date, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var parsed)
                    ? parsed : throw Refused.Invalid("date-invalid", "A day is yyyy-MM-dd.", "date");
                return DailyRootReply.Of((await store.Day(day, ct) ?? throw Refused.Missing("closed day")).Root);
            })
            .RequireRateLimiting(Service.AnonymousLimit).WithTags("Proofs").WithSummary("The signed root of a day; 404 until the day is closed.");
        app.MapGet("/v1/inquiries/{id:guid}/proof", (Guid id, DateTimeOffset? asOf, IQuerySession session, Work work, Proofs proofs, CancellationToken ct) =>
                proofs.Read(session, work.Caller, id, asOf, ct))
            .ForRoles(Roles.Officer, Roles.Head, Roles.Auditor).WithTags("Proofs").WithSummary("The hash chain of a request and its way into the signed daily roots.");
        app.MapGet("/v1/citizen/inquiries/{number}/proof",
            async (string number, [FromHeader(Name = "Slip-Code")] string? code, IQuerySession session, SlipCodes slips, Proofs proofs, ProofStore store, HttpResponse reply, CancellationToken ct) =>
            {
                reply.Headers.CacheControl = "no-store";
                var view = await CitizenDoor.Find(number, code, session, slips, ct);
                return await proofs.Of(view.Id, await store.Of(view.Id, null, ct), ct);
            })
            .RequireRateLimiting(Service.AnonymousLimit).WithTags("Citizen").WithSummary("The same for the asker, by number and slip code.");
        app.MapGrpcService<ProofsGrpc>();
    }
}

/// <summary>The gRPC twin for officials.</summary>
[Authorize]
public sealed class ProofsGrpc(Proofs proofs, IQuerySession session, Work work) : V1.Proofs.ProofsBase
{
    public override async Task<ProofReply> Get(ProofRequest request, ServerCallContext context)
    {
        var id = Id(request.InquiryId, nameof(Inquiry));
        var proof = await proofs.Read(session, work.Caller, id, Time(request.AsOf, "asOf"), context.CancellationToken);
        return new()
        {
            InquiryId = id.ToString(),
            Version = proof.Version,
            Head = proof.Head,
            ProvenVersion = proof.ProvenVersion,
            Links = { proof.Links.Select(l => l.Link) },
            Days = { proof.Days.Select(Message) },
        };
    }

    private static V1.DayInclusion Message(DayInclusion d) => new()
    {
        Date = PersonalDataGrpc.Text(d.Date),
        FirstVersion = d.FirstVersion,
        Version = d.Version,
        Position = d.Position,
        Path = { d.Path },
        Root = d.Root,
        PreviousRoot = d.PreviousRoot,
        TreeRoot = d.TreeRoot,
        Count = d.Count,
        FromSequence = d.FromSequence,
        UpToSequence = d.UpToSequence,
        Signature = d.Signature,
        KeyId = d.KeyId,
    };
}
