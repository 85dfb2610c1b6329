using Marten;
using NodaTime;
using Npgsql;
using Platform;

namespace PressEvents;

/// <summary>Keep something for the caller's body for a while (60 minutes unless told), before there is an event. Times are RFC 3339 with an offset.</summary>
public sealed record HoldReservation(string? Resource, string? Start, string? End, int? Minutes);

/// <summary>Which event a hold is for.</summary>
public sealed record ConfirmReservation(Guid? PressEventId = null)
{
    public ConfirmReservation() : this(PressEventId: null) { }
}

/// <summary>A reservation made apart from a filing. State: Held, Confirmed, Released, Expired.</summary>
public sealed record ReservationDone(Guid Id, long Version, string State, string Resource, string Body, DateTimeOffset Start, DateTimeOffset End, DateTimeOffset HeldUntil, Guid? PressEventId)
{
    public static ReservationDone Of(Hold hold, long version, DateTimeOffset now) =>
        new(hold.Id, version, hold.StateAt(now), hold.Resource, hold.Body, hold.During.Start, hold.During.End, hold.HeldUntil, hold.PressEventId);
}

public sealed class ReservationHandler(IDocumentSession session, Reservations reservations, Catalogue catalogue, Work work, TimeProvider clock)
{
    public async Task<ReservationDone> Hold(HoldReservation ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Editor);
        var (body, now) = (work.Caller.Body ?? throw Refused.Forbidden("body-missing", "The token names no body."), clock.GetUtcNow().InAlmaty());
        var held = HoldDecider.Decide(Guid.CreateVersion7(), ask, body, catalogue, now);
        await reservations.Take([new(held.ReservationId, body, [held.Resource], new(held.Start, held.End))], ct, held.HeldUntil);
        session.Events.StartStream<Hold>(held.ReservationId, held);
        await session.SaveChangesAsync(ct);
        return ReservationDone.Of(HoldDecider.Evolve(null, held)!, 1, now);
    }

    public async Task<ReservationDone> Confirm(Guid id, Seen seen, ConfirmReservation ask, CancellationToken ct)
    {
        var found = await Find(id, seen, ct);
        var now = clock.GetUtcNow().InAlmaty();
        var view = ask.PressEventId is { } named ? await session.LoadAsync<PressEventView>(named, ct) : null;
        if (view is null || !work.Caller.PlansFor(view.Body))
        {
            throw Refused.Invalid("press-event-unknown", "pressEventId is an event that the caller plans.", "pressEventId");
        }

        var facts = HoldDecider.Confirm(found.State, view.Id, inFiling: false, now);
        await Rows("update reservations set held_until = null where reservation_id = $1", id, ct);
        var done = await found.Save(facts, ct);
        return ReservationDone.Of(done.State, done.Version, now);
    }

    public async Task<ReservationDone> Release(Guid id, Seen seen, CancellationToken ct)
    {
        var found = await Find(id, seen, ct);
        var now = clock.GetUtcNow().InAlmaty();
        await Rows("delete from reservations where reservation_id = $1", id, ct);
        var done = await found.Save(HoldDecider.Release(found.State, now), ct);
        return ReservationDone.Of(done.State, done.Version, now);
    }

    /// <summary>Holds of the filer's body give way to the event that they were made for, in its transaction.</summary>
    public async Task TakeOver(IReadOnlyList<Guid> holds, Guid pressEventId, CancellationToken ct)
    {
        foreach (var id in holds.Distinct().Order())
        {
            var stream = await session.Events.FetchForWriting<Hold>(id, ct);
            if (stream.Aggregate is not { } hold || !work.Caller.ActsFor(hold.Body))
            {
                throw Refused.Invalid("reservation-unknown", "reservations holds ids of the caller's holds.", "reservations");
            }

            stream.AppendMany(HoldDecider.Confirm(hold, pressEventId, inFiling: true, clock.GetUtcNow().InAlmaty()));
        }

        await reservations.Release(holds, ct);
    }

    private Task<Found<Hold>> Find(Guid id, Seen seen, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Editor);
        return session.Find<Hold>(id, seen, hold => work.Caller.PlansFor(hold.Body), HoldDecider.Evolve, ct);
    }

    private async Task Rows(string sql, Guid id, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        await using var command = new NpgsqlCommand(sql) { Parameters = { new() { Value = id } } };
        await session.ExecuteAsync(command, ct);
    }
}

/// <summary>What is free in a hall on a day (Asia/Almaty), from now on.</summary>
public sealed record FreeInHall(string Hall, LocalDate Date, IReadOnlyList<Slot> Free);

/// <summary>What is free of a resource on a day (Asia/Almaty), from now on.</summary>
public sealed record FreeOf(string Resource, LocalDate Date, IReadOnlyList<Slot> Free);

public static class ReservationsRest
{
    public static void MapReservations(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/halls/{hall}/free", async (string hall, string? date, Reservations reservations, Catalogue catalogue, CancellationToken ct) =>
            {
                var day = Times.Date(date, "date");
                return new FreeInHall(hall, day, await reservations.Free($"{Resource.Hall}:{(catalogue.Hall(hall) ?? throw Refused.Missing(nameof(Hall))).Code}", day, ct));
            })
            .ForRoles(Roles.Editor).WithTags("Reservations").WithSummary("What is free in a hall on a day (Asia/Almaty), within the hall's hours and from now on.");
        var doors = app.MapGroup("/v1/reservations").ForRoles(Roles.Editor).WithTags("Reservations");
        doors.MapGet("/free", async (string? resource, string? date, Reservations reservations, Catalogue catalogue, CancellationToken ct) =>
            {
                var (known, day) = (Resource.Known(resource, catalogue), Times.Date(date, "date"));
                return new FreeOf(known, day, await reservations.Free(known, day, ct));
            })
            .WithSummary("What is free of a hall, slot, interpreter or speaker on a day (Asia/Almaty), from now on.");
        doors.MapPost("/", async (HoldReservation ask, ReservationHandler handler, HttpResponse reply, CancellationToken ct) =>
            {
                var done = await handler.Hold(ask, ct);
                reply.Headers.Location = $"/v1/reservations/{done.Id}";
                return reply.Versioned(done, done.Version, StatusCodes.Status201Created);
            })
            .Produces<ReservationDone>(StatusCodes.Status201Created).WithSummary("Keeps a hall, slot, interpreter or speaker for the caller's body; free again by itself.");
        doors.MapGet("/{id:guid}", One).Produces<ReservationDone>().WithSummary("One reservation; asOf shows it as it was recorded at that instant.");
        doors.MapPost("/{id:guid}/confirm", async (Guid id, Seen seen, ConfirmReservation ask, ReservationHandler handler, HttpResponse reply, CancellationToken ct) =>
                await handler.Confirm(id, seen, ask, ct) is var done ? reply.Versioned(done, done.Version) : null)
            .Produces<ReservationDone>().WithSummary("Makes a hold an event's for good.");
        doors.MapPost("/{id:guid}/release", async (Guid id, Seen seen, ReservationHandler handler, HttpResponse reply, CancellationToken ct) =>
                await handler.Release(id, seen, ct) is var done ? reply.Versioned(done, done.Version) : null)
            .Produces<ReservationDone>().WithSummary("Gives it back.");
    }

    private static async Task<IResult> One(Guid id, string? asOf, IQuerySession session, Work work, TimeProvider clock, HttpResponse reply, CancellationToken ct)
    {
        var at = Times.AsOf(asOf, "asOf");
        var then = await session.AsOf<Hold>(id, at, HoldDecider.Evolve, ct);
        return then is { } found && work.Caller.SeesPlans(found.State.Body)
            ? reply.Versioned(ReservationDone.Of(found.State, found.Version, at ?? clock.GetUtcNow()), found.Version) : throw Refused.Missing("reservation");
    }
}
