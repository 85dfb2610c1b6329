using Marten;
using Npgsql;
using Platform;

namespace PressEvents;

/// <summary>Give up a seat or a place on the waiting list; final.</summary>
public sealed record WithdrawRegistration;

/// <summary>The registrant by his code, or an editor. The first of those who wait has the seat in the same transaction.</summary>
public sealed class WithdrawRegistrationHandler(IDocumentSession session, SeatCounters counters, TimeProvider clock)
{
    public async Task<RegistrationView> Handle(RegistrationView seenView, Seen seen, string by, CancellationToken ct)
    {
        var press = (await session.LoadAsync<PressEventView>(seenView.PressEventId, ct))!;
        // the row first: whoever moves somebody up holds it too, so nobody waits for the other's stream
        var seats = (await counters.Lock(session, press.Id, ct))!;
        var found = await session.Find<RegistrationView>(seenView.Id, seen, _ => true, RegistrationDecider.Evolve, ct);
        var now = clock.GetUtcNow().InAlmaty();
        var facts = RegistrationDecider.Withdraw(found.State, by, press, now);
        foreach (var withdrawn in facts.OfType<RegistrationWithdrawn>())
        {
            await Forget(withdrawn.RegistrationId, ct);
            var category = Enum.Parse<SeatCategory>(found.State.Category);
            await counters.MoveUp(session, press.Id, seats.GiveUp(category, withdrawn.WasSeated), "seat-given-up", now, ct);
        }

        var done = await found.Save(facts, ct);
        return done.State with { Version = (int)done.Version };
    }

    /// <summary>So that the same person may register again, behind those who came meanwhile.</summary>
    private async Task Forget(Guid registrationId, CancellationToken ct)
    {
        await using var delete = new NpgsqlCommand("delete from vault.registrants where registration_id = $1") { Parameters = { new() { Value = registrationId } } };
        await session.ExecuteAsync(delete, ct);
    }
}

public static class WithdrawRegistrationRest
{
    public static void MapWithdrawRegistration(this IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/press-events/{id:guid}/registrations/{registrationId:guid}/withdraw",
            async (Guid id, Guid registrationId, Seen seen, RegistrationReads reads, WithdrawRegistrationHandler handler, IQuerySession session, Work work, HttpResponse reply, CancellationToken ct) =>
            {
                work.Caller.Demand(Roles.Editor);
                var press = await session.Planned(work.Caller, id, ct);
                var done = await handler.Handle(await reads.One(press.Id, registrationId, null, ct), seen, RegistrationDecider.ByEditor, ct);
                return reply.Versioned(RegistrationLine.Of(done, null), done.Version);
            })
            .ForRoles(Roles.Editor).WithTags("Registrations").Produces<RegistrationLine>()
            .WithSummary("Takes somebody off the list, for instance at his own word by telephone; the first who waits gets the seat.");
        app.MapPost("/v1/registrations/{id:guid}/withdraw",
            async (Guid id, HttpContext http, RegistrationDoor door, Work work, CancellationToken ct) =>
            {
                var view = await door.Find(id, http.Request.Headers[RegistrationDoor.CodeHeader], ct);
                // before the session opens, which notes who acts; nobody saw a version here: the rules say whether it fits what stands now
                work.Caller = new(RegistrationDecider.ByRegistrant, RegistrationDecider.ByRegistrant, null, new HashSet<string>());
                var done = await http.RequestServices.GetRequiredService<WithdrawRegistrationHandler>().Handle(view, Platform.Seen.Whatever, RegistrationDecider.ByRegistrant, ct);
                return http.Response.Versioned(await door.Show(done, ct), done.Version);
            })
            .RequireRateLimiting(Service.AnonymousLimit).WithTags("Registrant").Produces<OwnRegistration>()
            .WithSummary("The registrant gives up his seat or place; the first who waits gets the seat.");
    }
}
