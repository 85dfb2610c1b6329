namespace Platform;

/// <summary>One public message with its place in the feed. <paramref name="At"/>: when it was recorded.</summary>
public sealed record Change(long Position, Guid MessageId, string Type, DateTimeOffset At, object Message);

/// <summary><c>GET /v1/changes?after=&lt;position&gt;</c>: the messages that left this service, in order, by the reader's role and body.</summary>
public static class Changes
{
    public const int MostItems = 200;

    public static void MapChanges(this IEndpointRouteBuilder app) => app.MapGet("/v1/changes",
        async (string? after, int? limit, IQuerySession session, NpgsqlDataSource database, Leaving leaving, Work work, CancellationToken ct) =>
        {
            var (items, next, _) = await session.Read(database, leaving, work.Caller, Position(after), Limit(limit), ct);
            return new Page<Change>(items, next.ToString(System.Globalization.CultureInfo.InvariantCulture));
        })
        .WithTags("Changes")
        .WithSummary("What left this service, in order. `next` is the position to go on from; an empty page gives the same one again.");

    /// <summary>What the caller may know of so many facts after a position, the position to go on from, and whether these were all that are settled.</summary>
    public static async Task<(IReadOnlyList<Change> Items, long Next, bool IsAll)> Read(this IQuerySession session, NpgsqlDataSource database, Leaving leaving, Caller caller,
        long from, int most, CancellationToken ct)
    {
        var names = leaving.Facts.ToHashSet();
        var settled = await Settled(database, ct);
        var events = settled <= from ? [] : await session.Events.QueryAllRawEvents().Where(e => e.Sequence > from && e.Sequence <= settled)
            .OrderBy(e => e.Sequence).Take(most).ToListAsync(ct);
        var items = events.Where(e => names.Contains(e.EventType)).Select(e => (e, Leaves: leaving.For(e)))
            .Where(x => x.Leaves is { } l && (l.Body is null || caller.Sees(l.Body)))
            .Select(x => new Change(x.e.Sequence, x.e.Id, x.Leaves!.Message.GetType().FullName!, x.e.Timestamp, x.Leaves.Message));
        return ([.. items], events.Count > 0 ? events[^1].Sequence : from, events.Count < most);
    }

    /// <summary>How many items a list gives: 50 unless told, at most 200.</summary>
    public static int Limit(int? limit) => limit switch
    {
        null => 50,
        >= 1 and <= MostItems => limit.Value,
        _ => throw Refused.Invalid("limit-invalid", $"limit is 1 to {MostItems}.", "limit"),
    };

    public static long Position(string? after) => after is null ? 0
        : long.TryParse(after, out var position) && position >= 0 ? position
        : throw Refused.Invalid("position-invalid", "after is a position that this feed gave.", "after");

    /// <summary>The sequence up to which no older event can still appear (the daemon's high-water mark).</summary>
    private static async Task<long> Settled(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select last_seq_id from mt_event_progression where name = 'HighWaterMark'");
        return await command.ExecuteScalarAsync(ct) is long mark ? mark : 0;
    }
}
