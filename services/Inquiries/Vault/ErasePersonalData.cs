using Grpc.Core;
using Inquiries.V1;
using Marten;
using Platform;

namespace Inquiries;

/// <summary>
/// Erase the personal data of a request: <paramref name="Override"/> (court-decision, unlawful-processing, law-requires) with the number of its
/// <paramref name="Act"/> is needed while the retention of official records runs.
/// </summary>
public sealed record ErasePersonalData(string? Override, string? Act);

/// <summary>
/// Rows and facts in one transaction; then the ledger's line, then the key. A forwarded request shares its parent's subject, so it is erased for all of
/// them, and the latest of their retentions counts.
/// </summary>
public sealed class ErasePersonalDataHandler(IDocumentSession session, VaultRows rows, Erasures erasures, RetentionOptions options, Work work, TimeProvider clock)
{
    public async Task<CommandDone> Handle(Guid id, Seen seen, ErasePersonalData ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Head, Roles.Admin);
        var family = await Family.Find(session, id, seen, i => work.Caller.ActsFor(i.Holder) || work.Caller.Is(Roles.Admin), ct);
        var subject = family[0].State.SubjectId;
        var now = clock.GetUtcNow();
        var ends = family.Select(r => Retention.Until(Retention.FinalAct(r.Facts), options.RetentionYears)).ToList();
        DateOnly? until = ends.Contains(null) ? null : ends.Max();
        if (family.SelectMany(r => Retention.Decide(r.State, ask, until, now)).Any())
        {
            await rows.Erase(subject, [.. family.Select(r => r.State.Id)], ct);
        }

        var done = await Family.Save(session, family, i => Retention.Decide(i, ask, until, now), ct);
        if (work.Transaction is null)
        {
            await erasures.TryFinish(subject, ct); // else an idempotency key commits later, and the next look ends it
        }

        return done;
    }
}

public static class ErasePersonalDataRest
{
    public static void MapErasePersonalData(this IEndpointRouteBuilder app) => app.MapPersonalDataCommand<ErasePersonalData, ErasePersonalDataHandler>("erase-personal-data",
        "Destroys the personal data with its key; 409 retention-running, with the day, while official records are kept.", (h, id, seen, ask, ct) => h.Handle(id, seen, ask, ct), Roles.Head, Roles.Admin);
}

public sealed partial class PersonalDataGrpc
{
    public override Task<CommandReply> Erase(ErasePersonalDataRequest request, ServerCallContext context) => Command(request.InquiryId, request.HasVersion, request.Version,
        (id, seen) => Handler<ErasePersonalDataHandler>(context).Handle(id, seen, new(Given(request.Override), Given(request.Act)), context.CancellationToken));
}
