using System.Text.Json;
using Marten;
using Npgsql;
using NpgsqlTypes;
using Platform;

namespace PressEvents;

/// <summary>
/// The row of seats of each event. Whoever changes who sits or waits locks it before he touches a registration that is there already, and
/// holds it until his commit: so nothing about an event's seats happens twice at once, and what is read under it is all there is.
/// </summary>
public sealed class SeatCounters
{
    private const string Take = "select press_event_id, seats from press_event_seats where press_event_id = any($1) order by press_event_id for update";

    public async Task<Seats?> Lock(IDocumentSession session, Guid pressEventId, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        return (await Lock(session, [pressEventId], [], ct)).GetValueOrDefault(pressEventId);
    }

    /// <summary>Several, in the order of their ids; sealed items go along in the same round trip, before the lock.</summary>
    public async Task<Dictionary<Guid, Seats>> Lock(IDocumentSession session, Guid[] pressEvents, IReadOnlyCollection<SealedItem> items, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(session.Connection);
        if (items.Count > 0)
        {
            batch.BatchCommands.Add(SealedItem.Insert(items));
        }

        batch.BatchCommands.Add(new(Take) { Parameters = { new() { Value = pressEvents } } });
        await using var reader = await batch.ExecuteReaderAsync(ct);
        Dictionary<Guid, Seats> seats = [];
        do
        {
            while (await reader.ReadAsync(ct))
            {
                seats.Add(reader.GetGuid(0), JsonSerializer.Deserialize<Seats>(reader.GetString(1), Json.Options)!);
            }
        }
        while (await reader.NextResultAsync(ct));
        return seats;
    }

    /// <summary>The counts as they stand, locked by nobody.</summary>
    public async Task<Seats> Read(IQuerySession session, Guid pressEventId, CancellationToken ct)
    {
        await using var select = new NpgsqlCommand("select seats from press_event_seats where press_event_id = $1") { Parameters = { new() { Value = pressEventId } } };
        await using var reader = await session.ExecuteReaderAsync(select, ct);
        await reader.ReadAsync(ct);
        return JsonSerializer.Deserialize<Seats>(reader.GetString(0), Json.Options)!;
    }

    public async Task Save(IDocumentSession session, IReadOnlyDictionary<Guid, Seats> seats, CancellationToken ct)
    {
        await using var save = new NpgsqlCommand("""
            insert into press_event_seats (press_event_id, seats) select * from unnest($1, $2) on conflict (press_event_id) do update set seats = excluded.seats
            """)
        {
            Parameters =
            {
                new() { Value = seats.Keys.ToArray() },
                new() { Value = seats.Values.Select(s => JsonSerializer.Serialize(s, Json.Options)).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb },
            },
        };
        await session.ExecuteAsync(save, ct);
    }

    /// <summary>Whoever waits first sits down, as long as there is room for him; his fact goes with the session. Saves the row.</summary>
    public async Task<Seats> MoveUp(IDocumentSession session, Guid pressEventId, Seats seats, string because, DateTimeOffset now, CancellationToken ct)
    {
        while (seats.Due() is { } due)
        {
            var line = due.Line.Select(c => c.ToString()).ToArray();
            var first = await session.Query<RegistrationView>().Where(v => v.PressEventId == pressEventId && v.State == nameof(RegistrationState.Waiting) && v.Category.IsOneOf(line))
                .OrderBy(v => v.Number).Take(due.Count).Select(v => v.Id).ToListAsync(ct);
            _ = first.Count == due.Count ? true : throw new InvalidOperationException("The seats do not count as the waiting list does.");
            foreach (var id in first)
            {
                var stream = await session.Events.FetchForWriting<RegistrationView>(id, ct);
                stream.AppendOne(new RegistrationSeated(id, pressEventId, because, now));
                seats = seats.Promote(Enum.Parse<SeatCategory>(stream.Aggregate!.Category));
            }
        }

        await Save(session, new Dictionary<Guid, Seats> { [pressEventId] = seats }, ct);
        return seats;
    }
}

public static class WaitingList
{
    /// <summary>The places of those who wait, each in the line that competes for the same seats.</summary>
    public static async Task<Dictionary<Guid, long>> Places(this IQuerySession session, Guid pressEventId, Guid[] of, CancellationToken ct)
    {
        await using var rank = new NpgsqlCommand("""
            select id, place from (
                select w.id, row_number() over (partition by case when s.seats -> 'quotas' ? w.category then w.category end order by w.number) as place
                from mt_doc_registrationview w join press_event_seats s using (press_event_id) where w.press_event_id = $1 and w.state = 'Waiting') places
            where id = any($2)
            """)
        { Parameters = { new() { Value = pressEventId }, new() { Value = of } } };
        await using var reader = await session.ExecuteReaderAsync(rank, ct);
        Dictionary<Guid, long> places = [];
        while (await reader.ReadAsync(ct))
        {
            places.Add(reader.GetGuid(0), reader.GetInt64(1));
        }

        return places;
    }
}
