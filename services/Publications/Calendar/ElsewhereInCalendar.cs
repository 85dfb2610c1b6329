using System.Text.Json;
using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using Npgsql;
using Platform;

namespace Publications;

/// <summary>
/// What bodies published by themselves stands in the calendar beside the publications, in the same rows: state and kind <c>Elsewhere</c>, the report's id, its address.
/// On a registered account it counts for the channel's cadence; without one its channel is <c>@</c> and the host, and it counts for none. A report is whole: a later one
/// for the address takes its place, and the calendar still knows what it said before.
/// </summary>
public sealed partial class ElsewhereInCalendar : EventProjection
{
    public const string State = "Elsewhere";

    public ElsewhereInCalendar()
    {
        Name = "calendar-elsewhere";
        IncludeType<LocalPublicationReported>();
    }

    public static bool IsAccount(string channel) => !channel.StartsWith('@');

    public static CalendarPlace Of(LocalPublicationReported e)
    {
        var shown = new CalendarShown(e.ReportId, e.Channel ?? "@" + new Uri(e.Url).Host, e.Body, State, State, e.PublishedAt.ToUniversalTime(), "released", e.Title) { Url = e.Url };
        return new(shown.Channel, shown.Body, shown.Kind, shown.State, shown.At, null, JsonSerializer.Serialize(shown, Json.WithoutAbsent));
    }

    public override ValueTask ApplyAsync(IDocumentOperations operations, IEvent e, CancellationToken cancellation)
    {
        if (e.Data is LocalPublicationReported reported) // inline it is handed everything
        {
            operations.QueueSqlCommand("select calendar_place(?, ?, ?::jsonb)", e.StreamId, e.Timestamp, Rows(reported));
        }

        return ValueTask.CompletedTask;
    }

    private static string Rows(LocalPublicationReported reported) => JsonSerializer.Serialize(new[] { Of(reported) }, Json.Options);

    /// <summary>Makes these rows anew from the facts, in one transaction that keeps writers out. Returns how many addresses.</summary>
    public static async Task<int> Rebuild(IDocumentStore store, NpgsqlDataSource database, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var clear = new NpgsqlCommand($"lock table mt_events in share mode; delete from calendar_items where state = '{State}'", connection))
        {
            await clear.ExecuteNonQueryAsync(ct);
        }

        await using var session = store.QuerySession();
        var reports = (await session.Events.QueryRawEventDataOnly<LocalPublicationReported>().Select(e => e.ReportId).ToListAsync(ct)).Distinct().ToList();
        foreach (var id in reports)
        {
            foreach (var e in await session.Events.FetchStreamAsync(id, token: ct))
            {
                await using var place = new NpgsqlCommand("select calendar_place($1, $2, $3::jsonb)", connection)
                { Parameters = { new() { Value = id }, new() { Value = e.Timestamp.ToUniversalTime() }, new() { Value = Rows((LocalPublicationReported)e.Data) } } };
                await place.ExecuteNonQueryAsync(ct);
            }
        }

        await transaction.CommitAsync(ct);
        return reports.Count;
    }
}
