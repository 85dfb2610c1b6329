using Grpc.Core;
using Inquiries.V1;
using Marten;
using Microsoft.AspNetCore.Mvc;
using Platform;

namespace Inquiries;

/// <summary>
/// The subject's demand: block, correct, erase or withdraw-consent; <paramref name="Words"/> go to the vault. An official also says on which
/// day (Asia/Almaty) it came, when that was earlier.
/// </summary>
public sealed record DemandPersonalData(string? Kind, string? Words, DateOnly? ReceivedOn);

/// <summary>Decline a demand on a named ground: retention-running, data-correct, law-requires; the words go to the vault.</summary>
public sealed record DeclinePersonalDataDemand(Guid DemandId, string? Ground, string? Words);

/// <summary>The demand as it stands: made now, or the open one of the same kind. <paramref name="Due"/> is a day in Asia/Almaty.</summary>
public sealed record DemandDone(Guid Id, long Version, string State, Guid DemandId, string Kind, DateOnly Due);

public sealed class DemandPersonalDataHandler(IDocumentSession session, Vault vault, WorkingCalendar calendar, Work work, TimeProvider clock)
{
    public Task<DemandDone> ByOfficial(Guid id, Seen seen, DemandPersonalData ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Officer, Roles.Head);
        return Record(id, seen, i => work.Caller.ActsFor(i.Holder), ask, "official", ct);
    }

    /// <summary>At the citizen's door: the slip's code was looked at before; there is no version to be seen, and no other day than today.</summary>
    public Task<DemandDone> BySubject(Guid id, DemandPersonalData ask, CancellationToken ct) =>
        Record(id, Seen.Whatever, _ => true, ask with { ReceivedOn = null }, "subject", ct);

    public async Task<CommandDone> Decline(Guid id, Seen seen, DeclinePersonalDataDemand ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Officer, Roles.Head);
        var found = await session.Find<Inquiry>(id, seen, i => work.Caller.ActsFor(i.Holder), InquiryDecider.Evolve, ct);
        var facts = PersonalDataRules.DecideDecline(found.State, ask.DemandId, ask.Ground, null, clock.GetUtcNow());
        if (facts is [PersonalDataDemandDeclined declined] && !string.IsNullOrWhiteSpace(ask.Words))
        {
            facts = [declined with { WordsId = await Keep(found.State.SubjectId, "reason", ask.Words, ct) }];
        }

        var done = await found.Save(facts, ct);
        return new(id, done.Version, done.State.State.ToString());
    }

    private async Task<Guid> Keep(Guid subjectId, string kind, string words, CancellationToken ct)
    {
        var id = Guid.CreateVersion7();
        await vault.Keep(subjectId, id, kind, words, ct);
        return id;
    }

    private async Task<DemandDone> Record(Guid id, Seen seen, Func<Inquiry, bool> may, DemandPersonalData ask, string by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var found = await session.Find(id, seen, may, InquiryDecider.Evolve, ct);
        var receivedOn = ask.ReceivedOn is { } day ? NodaTime.LocalDate.FromDateOnly(day) : Registration.AlmatyDate(now);
        var facts = PersonalDataRules.DecideDemand(found.State, ask.Kind, by, Guid.CreateVersion7(), null, receivedOn, calendar, now);
        if (facts is [PersonalDataDemanded demanded] && !string.IsNullOrWhiteSpace(ask.Words))
        {
            facts = [demanded with { WordsId = await Keep(found.State.SubjectId, "demand", ask.Words, ct) }];
        }

        var done = await found.Save(facts, ct);
        var open = done.State.PersonalData.Demands.Single(d => d.Kind == ask.Kind);
        return new(id, done.Version, done.State.State.ToString(), open.DemandId, open.Kind, open.Due);
    }
}

public static class DemandPersonalDataRest
{
    public static void MapDemandPersonalData(this IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/inquiries/{id:guid}/record-personal-data-demand",
            async (Guid id, Seen seen, DemandPersonalData ask, DemandPersonalDataHandler handler, HttpResponse reply, CancellationToken ct) =>
            {
                var done = await handler.ByOfficial(id, seen, ask, ct);
                return reply.Versioned(done, done.Version);
            })
            .ForRoles(Roles.Officer, Roles.Head).WithTags("Commands").Produces<DemandDone>()
            .WithSummary("Records what the subject demands of the holder (94-V), told on paper or by phone.");
        app.MapPersonalDataCommand<DeclinePersonalDataDemand, DemandPersonalDataHandler>("decline-personal-data-demand", "Declines a demand on a named ground.",
            (h, id, seen, ask, ct) => h.Decline(id, seen, ask, ct), Roles.Officer, Roles.Head);
        app.MapPost("/v1/citizen/inquiries/{number}/personal-data",
            async (string number, DemandPersonalData ask, [FromHeader(Name = "Slip-Code")] string? code, IQuerySession session, SlipCodes slips, Work work, HttpContext http, CancellationToken ct) =>
            {
                http.Response.Headers.CacheControl = "no-store";
                var view = await CitizenDoor.Find(number, code, session, slips, ct);
                work.Caller = new("citizen", "asker", view.Holder, new HashSet<string>()); // before the session opens, which notes who acts
                var done = await http.RequestServices.GetRequiredService<DemandPersonalDataHandler>().BySubject(view.Id, ask, ct);
                return http.Response.Versioned(done, done.Version);
            })
            .RequireRateLimiting(Service.AnonymousLimit).WithTags("Citizen").Produces<DemandDone>()
            .WithSummary("The asker demands that the personal data is blocked, corrected or erased, or withdraws consent (94-V).");
    }
}

public sealed partial class PersonalDataGrpc
{
    public override async Task<DemandReply> RecordDemand(RecordDemandRequest request, ServerCallContext context)
    {
        var done = await Handler<DemandPersonalDataHandler>(context).ByOfficial(Id(request.InquiryId), Seen.Of(request.HasVersion ? request.Version : null),
            new(request.Kind, Given(request.Words), Day(request.ReceivedOn, "receivedOn")), context.CancellationToken);
        return new() { Version = done.Version, State = done.State, DemandId = done.DemandId.ToString(), Kind = done.Kind, Due = Text(done.Due) };
    }

    public override Task<CommandReply> DeclineDemand(DeclineDemandRequest request, ServerCallContext context) => Command(request.InquiryId, request.HasVersion, request.Version,
        (id, seen) => Handler<DemandPersonalDataHandler>(context).Decline(id, seen,
            new(Guid.TryParse(request.DemandId, out var demand) ? demand : throw Refused.Missing("open demand"), request.Ground, Given(request.Words)), context.CancellationToken));
}
