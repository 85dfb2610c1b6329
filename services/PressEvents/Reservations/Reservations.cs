using System.Text.Json.Serialization;
using Marten;
using NodaTime;
using Npgsql;
using Platform;

namespace PressEvents;

/// <summary>Who has something already. <paramref name="Title"/>: only if the event is public or the caller's own. <paramref name="Resources"/>: what of the asked it has.</summary>
public sealed record Collision(DateTimeOffset Start, DateTimeOffset End,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Bilingual? Title, IReadOnlyList<string> Resources);

/// <summary>What one event or hold takes: resources for a stretch of time.</summary>
public sealed record Booking(Guid Id, string Body, IReadOnlyList<string> Resources, Slot During);

/// <summary>
/// Reservations in the event's own transaction, before anything is appended, so that a loser leaves no trace. The exclusion
/// constraint decides; a twin in flight is waited for. A refusal rolls everything back.
/// </summary>
public sealed class Reservations(IDocumentSession session, Catalogue catalogue, Work work, TimeProvider clock)
{
    private const int MostCollisions = 20;

    /// <summary>All or none; <paramref name="heldUntil"/>: a hold, which gives way by itself then.</summary>
    public async Task Take(IReadOnlyList<Booking> bookings, CancellationToken ct, DateTimeOffset? heldUntil = null)
    {
        if (bookings.All(b => b.Resources.Count == 0))
        {
            return;
        }

        await Lock(bookings, ct);
        await Expire(ct);
        List<(Booking Booking, string Resource)> taken = [];
        foreach (var booking in bookings)
        {
            foreach (var resource in booking.Resources)
            {
                if (!await Insert(booking, resource, heldUntil, ct))
                {
                    taken.Add((booking, resource));
                }
            }
        }

        if (taken.Count > 0)
        {
            throw await Taken(taken, ct);
        }
    }

    public Task Take(Booking booking, CancellationToken ct) => Take([booking], ct);

    /// <summary>What these facts about an event change in what it has reserved: freed, moved, or nothing.</summary>
    public async Task Follow(PressEvent state, IReadOnlyList<object> facts, CancellationToken ct)
    {
        var after = facts.Aggregate(state, (s, fact) => PressEventDecider.Evolve(s, fact)!);
        if (after.State is PressEventState.Cancelled or PressEventState.Postponed)
        {
            await Release([state.Id], ct);
        }
        else if (after.State is PressEventState.Planned or PressEventState.Announced
            && (after.Start, after.End) is var time && (time != (state.Start, state.End) || !after.Resources.SequenceEqual(state.Resources)))
        {
            await Move([after.Booking()], ct);
        }
    }

    /// <summary>Old places freed, new ones taken.</summary>
    public async Task Move(IReadOnlyList<Booking> bookings, CancellationToken ct)
    {
        await Lock(bookings, ct);
        await Release(bookings.Select(b => b.Id), ct);
        await Take(bookings, ct);
    }

    /// <summary>What they have and what they want, in one order for everybody, else two events that swap places would wait for each other.</summary>
    private async Task Lock(IReadOnlyList<Booking> bookings, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        await using var wait = new NpgsqlCommand("""
            select pg_advisory_xact_lock(hashtextextended(resource, 6111)) from (select distinct resource from
                (select unnest($1) resource union all select resource from reservations where reservation_id = any($2)) r order by 1) o
            """)
        { Parameters = { new() { Value = bookings.SelectMany(b => b.Resources).Distinct().ToArray() }, new() { Value = bookings.Select(b => b.Id).ToArray() } } };
        await session.ExecuteAsync(wait, ct);
    }

    public async Task Release(IEnumerable<Guid> ids, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        await using var delete = new NpgsqlCommand("delete from reservations where reservation_id = any($1)") { Parameters = { new() { Value = ids.ToArray() } } };
        await session.ExecuteAsync(delete, ct);
    }

    /// <summary>What is free of a resource on a day (Asia/Almaty), from now on.</summary>
    public async Task<IReadOnlyList<Slot>> Free(string resource, LocalDate day, CancellationToken ct)
    {
        var hours = Resource.DayOf(resource, day, catalogue);
        return FromNow(hours, [.. (await Reserved([resource], hours, ct)).Select(r => r.Slot)]);
    }

    private async Task<bool> Insert(Booking booking, string resource, DateTimeOffset? heldUntil, CancellationToken ct)
    {
        await using var insert = new NpgsqlCommand("""
            insert into reservations (reservation_id, resource, during, body, held_until) values ($1, $2, tstzrange($3, $4), $5, $6)
            on conflict on constraint reserved_once do nothing
            """)
        {
            Parameters =
            {
                new() { Value = booking.Id }, new() { Value = resource }, Utc(booking.During.Start), Utc(booking.During.End), new() { Value = booking.Body },
                new() { Value = (object?)heldUntil?.ToUniversalTime() ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz },
            },
        };
        return await session.ExecuteAsync(insert, ct) == 1;
    }

    /// <summary>Holds whose time is over stand in nobody's way.</summary>
    private async Task Expire(CancellationToken ct)
    {
        await using var expire = new NpgsqlCommand("delete from reservations where held_until <= $1") { Parameters = { Utc(clock.GetUtcNow()) } };
        await session.ExecuteAsync(expire, ct);
    }

    /// <summary>The code is the hall's, if a hall is among what is taken; every collision is listed, an event once.</summary>
    private async Task<RefusedException> Taken(IReadOnlyList<(Booking Booking, string Resource)> taken, CancellationToken ct)
    {
        var first = taken.OrderBy(t => Resource.KindOf(t.Resource) != Resource.Hall).First();
        var mine = taken.Select(t => t.Booking.Id).ToHashSet();
        List<(Guid Id, string Resource, Slot Slot)> inTheWay = [];
        foreach (var (booking, resource) in taken)
        {
            inTheWay.AddRange((await Reserved([resource], booking.During, ct)).Where(r => !mine.Contains(r.Id)));
        }

        var events = (await session.LoadManyAsync<PressEventView>(ct, [.. inTheWay.Select(r => r.Id).Distinct()])).ToDictionary(view => view.Id);
        var day = Resource.DayOf(first.Resource, Registration.AlmatyDate(first.Booking.During.Start), catalogue, first.Booking.During);
        var kind = Resource.KindOf(first.Resource);
        return Refused.Conflict(kind + "-taken", $"The {kind} is taken at that time.", new Dictionary<string, object?>
        {
            ["collidesWith"] = inTheWay.GroupBy(r => (r.Id, r.Slot)).OrderBy(g => g.Key.Slot.Start).Take(MostCollisions).Select(g => new Collision(g.Key.Slot.Start, g.Key.Slot.End,
                events.GetValueOrDefault(g.Key.Id) is { } view && view.IsFor(work.Caller) ? view.Title : null, [.. g.Select(r => r.Resource).Distinct()])).ToList(),
            ["free"] = FromNow(day, [.. (await Reserved([first.Resource], day, ct)).Where(r => !mine.Contains(r.Id)).Select(r => r.Slot)]),
        });
    }

    private IReadOnlyList<Slot> FromNow(Slot day, IReadOnlyList<Slot> taken)
    {
        var now = clock.GetUtcNow().InAlmaty();
        // in whole minutes, as places are asked for
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute)).AddMinutes(1);
        return now >= day.End ? [] : (day with { Start = now > day.Start ? now : day.Start }).Without(taken);
    }

    private async Task<List<(Guid Id, string Resource, Slot Slot)>> Reserved(string[] resources, Slot within, CancellationToken ct)
    {
        await using var find = new NpgsqlCommand("""
            select reservation_id, resource, lower(during), upper(during) from reservations
            where resource = any($1) and during && tstzrange($2, $3) and (held_until is null or held_until > $4) order by lower(during)
            """)
        { Parameters = { new() { Value = resources }, Utc(within.Start), Utc(within.End), Utc(clock.GetUtcNow()) } };
        await using var reader = await session.ExecuteReaderAsync(find, ct);
        List<(Guid, string, Slot)> found = [];
        while (await reader.ReadAsync(ct))
        {
            found.Add((reader.GetGuid(0), reader.GetString(1),
                new((await reader.GetFieldValueAsync<DateTimeOffset>(2, ct)).InAlmaty(), (await reader.GetFieldValueAsync<DateTimeOffset>(3, ct)).InAlmaty())));
        }

        return found;
    }

    private static NpgsqlParameter Utc(DateTimeOffset at) => new() { Value = at.ToUniversalTime() };
}
