using System.Text.Json;
using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using Npgsql;
using Platform;

namespace Publications;

/// <summary>
/// Keeps the calendar's rows in the transaction of the facts: the views that are about to be stored beside them say where each publication stands. Registered
/// after them, for it looks at what they have queued.
/// </summary>
public sealed class CalendarKeeper : IProjection
{
    public const string Name = "calendar";
    private const string Place = "select calendar_place(?, ?, ?::jsonb)";

    /// <summary>
    /// The calendar waits for what comes of a release, some milliseconds later: that it has begun is no news to a planner, and writing it would delay all that is due at the same time.
    /// </summary>
    private static readonly Type[] Unseen = [typeof(PublicationReleaseStarted), typeof(DeliveryAttemptStarted), typeof(DeliveryReadBackStarted)];

    public Task ApplyAsync(IDocumentOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancellation)
    {
        var changes = ((IDocumentSession)operations).PendingChanges;
        foreach (var stream in events.Where(e => PublicationFold.Facts.Contains(e.EventType)).GroupBy(e => e.StreamId).Where(IsSeen))
        {
            var view = changes.AllChangedFor<PublicationView>().LastOrDefault(v => v.Id == stream.Key)
                ?? throw new InvalidOperationException("The calendar is registered before the views that it follows.");
            operations.QueueSqlCommand(Place, stream.Key, stream.Max(e => e.Timestamp), Rows(view.Now));
        }

        return Task.CompletedTask;
    }

    private static bool IsSeen(IEnumerable<IEvent> commit) => commit.Any(e => !Unseen.Contains(e.EventType));

    private static string Rows(Publication state) => JsonSerializer.Serialize(CalendarPlaces.Of(state), Json.Options);

    /// <summary>
    /// Throws the rows away and makes them anew from the facts, in one transaction that keeps writers out; the facts of one commit share their time. Returns how many publications.
    /// </summary>
    public static async Task<int> Rebuild(IDocumentStore store, NpgsqlDataSource database, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var clear = new NpgsqlCommand("lock table mt_events in share mode; delete from calendar_items", connection))
        {
            await clear.ExecuteNonQueryAsync(ct);
        }

        await using var session = store.QuerySession();
        var publications = await session.Events.QueryRawEventDataOnly<PublicationDrafted>().Select(e => e.PublicationId).ToListAsync(ct);
        foreach (var id in publications)
        {
            await Again(connection, await session.Events.FetchStreamAsync(id, token: ct), ct);
        }

        await transaction.CommitAsync(ct);
        return publications.Count;
    }

    private static async Task Again(NpgsqlConnection connection, IReadOnlyList<IEvent> facts, CancellationToken ct)
    {
        Publication? state = null;
        foreach (var commit in facts.GroupBy(fact => fact.Timestamp))
        {
            state = commit.Aggregate(state, (p, fact) => PublicationFold.Evolve(p, fact.Data))!;
            if (IsSeen(commit))
            {
                await using var place = new NpgsqlCommand("select calendar_place($1, $2, $3::jsonb)", connection)
                { Parameters = { new() { Value = state.Id }, new() { Value = commit.Key.ToUniversalTime() }, new() { Value = Rows(state) } } };
                await place.ExecuteNonQueryAsync(ct);
            }
        }
    }
}
