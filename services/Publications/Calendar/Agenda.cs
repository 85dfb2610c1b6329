using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;

namespace Publications;

/// <summary>One publication on one channel, as far as the agenda looks at it; <paramref name="Shown"/> is the whole of it, JSON as it goes out.</summary>
[JsonConverter(typeof(AsKept))]
public sealed record CalendarItem(Guid PublicationId, string Channel, string Body, string State, DateTimeOffset At, DateTimeOffset? Embargo, byte[] Shown)
{
    private sealed class AsKept : JsonConverter<CalendarItem>
    {
        public override CalendarItem Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Items are written only.");
        public override void Write(Utf8JsonWriter writer, CalendarItem value, JsonSerializerOptions options) => writer.WriteRawValue(value.Shown, skipInputValidation: true);
    }
}

/// <summary>A local day: its first instant, the first one after it, and what stands on it in order of time.</summary>
public sealed record AgendaDay<TItem>(DateOnly Date, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<TItem> Items);

/// <summary>Posts of one body on one channel, each less than so many minutes after the one before it.</summary>
public sealed record Collision(string Body, string Channel, int WithinMinutes, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<Guid> PublicationIds, Bilingual Text);

/// <summary>
/// A stretch in which a channel's rule does not hold, past or to come: <c>everyHours</c>, the last post is older than that; <c>perDay</c>, a local day on which
/// <paramref name="Missing"/> posts are wanting.
/// </summary>
public sealed record Gap(string Body, string Channel, string Rule, DateTimeOffset From, DateTimeOffset To, int? Missing, Bilingual Text);

/// <summary>Until when a publication of this span is under embargo.</summary>
public sealed record AgendaEmbargo(Guid PublicationId, string Body, DateTimeOffset Until);

/// <summary>The calendar of some local days, both ends included.</summary>
public sealed record Agenda<TItem>(DateOnly From, DateOnly To, string Zone, IReadOnlyList<AgendaDay<TItem>> Days, IReadOnlyList<Collision> Collisions, IReadOnlyList<Gap> Gaps,
    IReadOnlyList<CalendarHalt> Halts, IReadOnlyList<AgendaEmbargo> Embargoes)
{
    /// <summary>The instant as of which the calendar is told; null: now.</summary>
    public DateTimeOffset? AsOf { get; init; }
}

/// <summary>How a span of local days lies in time.</summary>
public sealed record AgendaSpan(LocalDate From, LocalDate To, DateTimeZone Zone)
{
    public DateTimeOffset Begins { get; } = Zone.AtStartOfDay(From).ToDateTimeOffset().ToUniversalTime();
    public DateTimeOffset Ends { get; } = Zone.AtStartOfDay(To.PlusDays(1)).ToDateTimeOffset().ToUniversalTime();

    /// <summary>Each day with its first instant; where midnight is skipped, that is the first one there is.</summary>
    public IReadOnlyList<(LocalDate Date, DateTimeOffset From, DateTimeOffset To)> Days { get; } = [.. Enumerable.Range(0, Math.Max(0, Period.DaysBetween(From, To) + 1))
        .Select(n => From.PlusDays(n)).Select(day => (day, Zone.AtStartOfDay(day).ToDateTimeOffset(), Zone.AtStartOfDay(day.PlusDays(1)).ToDateTimeOffset()))];
}

/// <summary>The calendar as a function of values: no clock, no store.</summary>
public static class Agenda
{
    /// <param name="items">In any order; also those around the span that a rule reaches to.</param>
    public static Agenda<CalendarItem> Of(IReadOnlyCollection<CalendarItem> items, IReadOnlyCollection<Cadence> cadences, IReadOnlyList<CalendarHalt> halts, LocalDate from, LocalDate to, DateTimeZone zone)
    {
        var span = new AgendaSpan(from, to, zone);
        var (begins, ends) = (span.Begins, span.Ends);
        var sorted = InOrder(items);
        var posts = sorted.Where(i => !CalendarPlaces.Absent.Contains(i.State)).GroupBy(i => (i.Body, i.Channel)).ToDictionary(channel => channel.Key, channel => channel.ToList());
        var rules = cadences.ToDictionary(c => (c.Body, c.Channel));
        var within = Array.FindAll(sorted, i => begins <= i.At && i.At < ends);
        return new(from.ToDateOnly(), to.ToDateOnly(), zone.Id, [.. Days(within, span)],
            [.. posts.Where(channel => ElsewhereInCalendar.IsAccount(channel.Key.Channel)).SelectMany(channel => AgendaRules.Collisions(channel.Value, rules.GetValueOrDefault(channel.Key)?.Rule.MinutesBetween ?? AgendaRules.MinutesApart, span))],
            [.. cadences.OrderBy(c => c.Body, StringComparer.Ordinal).ThenBy(c => c.Channel, StringComparer.Ordinal).SelectMany(c => AgendaRules.Gaps(posts.GetValueOrDefault((c.Body, c.Channel)) ?? [], c, span))],
            halts, [.. within.Where(i => i.Embargo is not null).DistinctBy(i => i.PublicationId).Select(i => new AgendaEmbargo(i.PublicationId, i.Body, i.Embargo!.Value))]);
    }

    /// <summary>By time; the query gives them so, and then nothing is sorted.</summary>
    private static CalendarItem[] InOrder(IReadOnlyCollection<CalendarItem> items)
    {
        CalendarItem[] sorted = [.. items];
        if (!sorted.Zip(sorted.Skip(1)).All(pair => Compare(pair.First, pair.Second) <= 0))
        {
            Array.Sort(sorted, Compare);
        }

        return sorted;
    }

    private static int Compare(CalendarItem a, CalendarItem b) => a.At.CompareTo(b.At) is not 0 and var time ? time
        : a.PublicationId.CompareTo(b.PublicationId) is not 0 and var id ? id : string.CompareOrdinal(a.Channel, b.Channel);

    private static IEnumerable<AgendaDay<CalendarItem>> Days(CalendarItem[] sorted, AgendaSpan span)
    {
        var next = 0;
        foreach (var (date, from, to) in span.Days)
        {
            var first = next;
            while (next < sorted.Length && sorted[next].At < to)
            {
                next++;
            }

            yield return new(date.ToDateOnly(), from, to, new ArraySegment<CalendarItem>(sorted, first, next - first));
        }
    }
}
