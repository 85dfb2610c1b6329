using JasperFx.Events;
using Marten;
using Platform;

namespace Publications;

/// <summary>
/// One line of what happened. <paramref name="Of"/>: crisis, halt or publication; <paramref name="What"/>: the fact's name; <paramref name="By"/>: the caller's id where the fact
/// says it, else whoever recorded it; <paramref name="At"/>: when it was so.
/// </summary>
public sealed record TimelineEntry(DateTimeOffset At, DateTimeOffset RecordedAt, string Of, Guid Id, string What, string? By)
{
    public string? Language { get; init; }
    public string? Channel { get; init; }

    /// <summary>The channel's own id of what it took.</summary>
    public string? ExternalId { get; init; }
    public string? ContentHash { get; init; }
    public string? Reason { get; init; }

    public static TimelineEntry From(string of, IEvent e)
    {
        var fact = e.Data;
        return new(HistoryEntry.AtOf(fact), e.Timestamp, of, e.StreamId, e.EventTypeName, Text(fact, "By") ?? Text(fact, "Author") ?? Text(fact, "Editor") ?? e.UserName)
        {
            Language = Text(fact, "Language"),
            Channel = Text(fact, "Channel"),
            ExternalId = Text(fact, "ExternalId"),
            ContentHash = Text(fact, "ContentHash"),
            Reason = Text(fact, "Reason"),
        };
    }

    /// <summary>By name, so that facts which are added later stand in the timeline too.</summary>
    private static string? Text(object fact, string member) => fact.GetType().GetProperty(member)?.GetValue(fact) as string;
}

/// <summary>The after-action timeline: the streams of a crisis, of its halt and of its publications, as one.</summary>
public static class Timeline
{
    public static async Task<Page<TimelineEntry>> Of(IQuerySession session, Crisis crisis, IReadOnlyList<Publication> publications, DateTimeOffset? asOf, CancellationToken ct)
    {
        List<(string Of, Guid Id)> streams = [("crisis", crisis.Id)];
        streams.AddRange(crisis.Start.HaltId is { } halt ? [("halt", halt)] : []);
        streams.AddRange(publications.Select(p => ("publication", p.Id)));
        List<TimelineEntry> entries = [];
        foreach (var (of, id) in streams)
        {
            var latest = DateTimeOffset.MinValue; // the prefix by version: clocks of replicas differ by a little
            entries.AddRange((await session.Events.FetchStreamAsync(id, token: ct)).TakeWhile(e => (latest = e.Timestamp > latest ? e.Timestamp : latest) <= (asOf ?? DateTimeOffset.MaxValue))
                .Select(e => TimelineEntry.From(of, e)));
        }

        return new(Ordered(entries), null);
    }

    /// <summary>By when it was so; what was recorded together keeps its order.</summary>
    public static IReadOnlyList<TimelineEntry> Ordered(IEnumerable<TimelineEntry> entries) => [.. entries.OrderBy(e => e.At).ThenBy(e => e.RecordedAt)];
}
