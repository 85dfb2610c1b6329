using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Npgsql;
using Platform;

namespace Publications;

/// <summary>
/// A publication whose wall clock's time means another instant than the one it was given. <paramref name="MeansAt"/>: what it means by today's rules; null: no clock of that zone shows it any more
/// (<c>skipped</c>). <paramref name="Armed"/>: it will go out at <paramref name="WantedAt"/> unless somebody gives it another time, for its time was approved with it.
/// </summary>
public sealed record ShiftedTime(Guid PublicationId, string Body, Bilingual Title, string State, WallTime Wall, DateTimeOffset WantedAt, DateTimeOffset? MeansAt, bool Skipped, bool Armed);

/// <summary>Which kept wall times no longer mean the instants they were given.</summary>
public static class ShiftedTimes
{
    private static readonly LocalDateTimePattern Local = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss");

    /// <summary>Null: it means what it meant, or its zone is not known here and nothing can be said.</summary>
    public static ShiftedTime? Of(CalendarShown item, IDateTimeZoneProvider zones)
    {
        if (item is not { Wall: { } wall, WantedAt: { } wanted } || zones.GetZoneOrNull(wall.Zone) is not { } zone || Local.Parse(wall.Local) is not { Success: true, Value: var local })
        {
            return null;
        }

        // the earlier of two, as where it was said; see WallClock
        var mapping = zone.MapLocal(local);
        DateTimeOffset? means = mapping.Count == 0 ? null : mapping.First().ToDateTimeOffset();
        return means == wanted ? null
            : new(item.PublicationId, item.Body, item.Title, item.State, wall, wanted, means, means is null, item.State is nameof(PublicationState.Scheduled));
    }
}

public sealed class ShiftedReads(NpgsqlDataSource database)
{
    /// <summary>All that have a wall clock's time and are not out: where rules have not changed, it is empty, so it has no pages.</summary>
    public async Task<Page<ShiftedTime>> List(string? body, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            select distinct on (at, publication_id) shown from calendar_items
            where valid_to = 'infinity' and shown like '%"wall":{%' and ($1::text is null or body = $1) and state in ('Drafted', 'InReview', 'Approved', 'Scheduled', 'Held', 'Missed')
            order by at, publication_id
            """);
        command.Parameters.Add(new() { Value = (object?)body ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<ShiftedTime> shifted = [];
        while (await reader.ReadAsync(ct))
        {
            if (ShiftedTimes.Of(JsonSerializer.Deserialize<CalendarShown>(reader.GetString(0), Json.Options)!, DateTimeZoneProviders.Tzdb) is { } one)
            {
                shifted.Add(one);
            }
        }

        return new(shifted, null);
    }
}
