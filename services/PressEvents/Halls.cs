using System.Text.Json.Serialization;
using Marten;
using NodaTime;
using Npgsql;
using Platform;

namespace PressEvents;

/// <summary>A stretch of time in a hall, half-open: the next may begin at <paramref name="End"/>. Offsets are Almaty's.</summary>
public sealed record Slot(DateTimeOffset Start, DateTimeOffset End)
{
    public bool Overlaps(Slot other) => Start < other.End && other.Start < End;

    /// <summary>What is left free of this stretch, in order; neighbours that touch leave nothing between them.</summary>
    public IReadOnlyList<Slot> Without(IEnumerable<Slot> taken)
    {
        List<Slot> free = [];
        var from = Start;
        foreach (var slot in taken.Where(Overlaps).OrderBy(slot => slot.Start))
        {
            if (slot.Start > from)
            {
                free.Add(new(from, slot.Start));
            }

            from = slot.End > from ? slot.End : from;
        }

        return from < End ? [.. free, new(from, End)] : free;
    }

    /// <summary>The hall's hours on a day in Almaty, stretched to what was asked for on it (a night briefing).</summary>
    public static Slot DayOf(Hall hall, LocalDate day, Slot? asked = null)
    {
        var (opens, closes) = (Times.On(day, hall.Opens), Times.On(day, hall.Closes));
        return asked is null ? new(opens, closes) : new(asked.Start < opens ? asked.Start : opens, asked.End > closes ? asked.End : closes);
    }
}

/// <summary>An event that has the hall already. <paramref name="Title"/>: only if it is public or the caller's own.</summary>
public sealed record Collision(DateTimeOffset Start, DateTimeOffset End,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Bilingual? Title);

/// <summary>What is free in a hall on a day (Asia/Almaty), from now on.</summary>
public sealed record FreeInHall(string Hall, LocalDate Date, IReadOnlyList<Slot> Free);

/// <summary>
/// Reservations in the event's own transaction, before anything is appended, so that a loser leaves no trace. The exclusion
/// constraint decides; a twin in flight is waited for. A refusal rolls everything back.
/// </summary>
public sealed class HallReservations(IDocumentSession session, Catalogue catalogue, Work work, TimeProvider clock)
{
    private const int MostCollisions = 20;

    public async Task Take(Guid id, string? hallCode, DateTimeOffset start, DateTimeOffset end, CancellationToken ct)
    {
        if (hallCode is null)
        {
            return;
        }

        await session.BeginTransactionAsync(ct);
        await using var insert = new NpgsqlCommand(
            "insert into hall_reservations (press_event_id, hall, during) values ($1, $2, tstzrange($3, $4)) on conflict on constraint hall_reserved_once do nothing")
        { Parameters = { new() { Value = id }, new() { Value = hallCode }, Utc(start), Utc(end) } };
        if (await session.ExecuteAsync(insert, ct) == 0)
        {
            throw await Taken(catalogue.Hall(hallCode)!, new(start, end), ct);
        }
    }

    /// <summary>Old place freed, new one taken. The halls are locked in one order first, else two events that swap places would wait for each other.</summary>
    public async Task Move(Guid id, string? from, string? to, DateTimeOffset start, DateTimeOffset end, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        foreach (var hall in new[] { from, to }.OfType<string>().Distinct().Order(StringComparer.Ordinal))
        {
            await using var wait = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 6111))") { Parameters = { new() { Value = "hall:" + hall } } };
            await session.ExecuteAsync(wait, ct);
        }

        await Release(id, ct);
        await Take(id, to, start, end, ct);
    }

    public async Task Release(Guid id, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        await using var delete = new NpgsqlCommand("delete from hall_reservations where press_event_id = $1") { Parameters = { new() { Value = id } } };
        await session.ExecuteAsync(delete, ct);
    }

    public async Task<FreeInHall> Free(Hall hall, LocalDate day, CancellationToken ct)
    {
        var hours = Slot.DayOf(hall, day);
        return new(hall.Code, day, FromNow(hours, [.. (await Reserved(hall.Code, hours, ct)).Select(r => r.Slot)]));
    }

    private async Task<RefusedException> Taken(Hall hall, Slot asked, CancellationToken ct)
    {
        var day = Slot.DayOf(hall, Registration.AlmatyDate(asked.Start), asked);
        var reserved = await Reserved(hall.Code, day, ct);
        var inTheWay = reserved.Where(r => r.Slot.Overlaps(asked)).Take(MostCollisions).ToList();
        var events = (await session.LoadManyAsync<PressEventView>(ct, [.. inTheWay.Select(r => r.Id)])).ToDictionary(view => view.Id);
        return Refused.Conflict("hall-taken", "The hall is taken at that time.", new Dictionary<string, object?>
        {
            ["collidesWith"] = inTheWay.Select(r => new Collision(r.Slot.Start, r.Slot.End,
                events.GetValueOrDefault(r.Id) is { } view && view.IsFor(work.Caller) ? view.Title : null)).ToList(),
            ["free"] = FromNow(day, [.. reserved.Select(r => r.Slot)]),
        });
    }

    private IReadOnlyList<Slot> FromNow(Slot day, IReadOnlyList<Slot> taken)
    {
        var now = clock.GetUtcNow().InAlmaty();
        // in whole minutes, as places are asked for
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute)).AddMinutes(1);
        return now >= day.End ? [] : (day with { Start = now > day.Start ? now : day.Start }).Without(taken);
    }

    private async Task<List<(Guid Id, Slot Slot)>> Reserved(string hall, Slot within, CancellationToken ct)
    {
        await using var find = new NpgsqlCommand(
            "select press_event_id, lower(during), upper(during) from hall_reservations where hall = $1 and during && tstzrange($2, $3) order by lower(during)")
        { Parameters = { new() { Value = hall }, Utc(within.Start), Utc(within.End) } };
        await using var reader = await session.ExecuteReaderAsync(find, ct);
        List<(Guid, Slot)> found = [];
        while (await reader.ReadAsync(ct))
        {
            found.Add((reader.GetGuid(0), new((await reader.GetFieldValueAsync<DateTimeOffset>(1, ct)).InAlmaty(), (await reader.GetFieldValueAsync<DateTimeOffset>(2, ct)).InAlmaty())));
        }

        return found;
    }

    private static NpgsqlParameter Utc(DateTimeOffset at) => new() { Value = at.ToUniversalTime() };
}

public static class HallsRest
{
    public static void MapHalls(this IEndpointRouteBuilder app) => app.MapGet("/v1/halls/{hall}/free",
        async (string hall, string? date, HallReservations reservations, Catalogue catalogue, CancellationToken ct) =>
            await reservations.Free(catalogue.Hall(hall) ?? throw Refused.Missing(nameof(Hall)), Times.Date(date, "date"), ct))
        .ForRoles(Roles.Editor).WithTags("Halls").Produces<FreeInHall>()
        .WithSummary("What is free in a hall on a day (Asia/Almaty), within the hall's hours and from now on.");
}
