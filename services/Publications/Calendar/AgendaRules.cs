namespace Publications;

/// <summary>Where posts of one channel stand too close, and where a rule leaves a stretch uncovered. Posts come in order of time.</summary>
public static class AgendaRules
{
    /// <summary>Posts of one channel closer than this collide, where it has no rule of its own.</summary>
    public const int MinutesApart = 15;

    /// <summary>The longest runs of posts each of which stands less than so many minutes after the one before; those that reach into the span.</summary>
    public static IEnumerable<Collision> Collisions(IReadOnlyList<CalendarItem> posts, int minutes, AgendaSpan span)
    {
        var (begins, ends, apart) = (span.Begins, span.Ends, TimeSpan.FromMinutes(minutes));
        for (int first = 0, next = 1; first < posts.Count; first = next++)
        {
            while (next < posts.Count && posts[next].At - posts[next - 1].At < apart)
            {
                next++;
            }

            if (next - first > 1 && posts[first].At < ends && posts[next - 1].At >= begins)
            {
                yield return new(posts[first].Body, posts[first].Channel, minutes, posts[first].At, posts[next - 1].At, [.. posts.Skip(first).Take(next - first).Select(p => p.PublicationId)],
                    new($"Араларында {minutes} минут болмайтын жарияланымдар: {next - first}.", $"Публикации, между которыми нет {minutes} мин.: {next - first}."));
            }
        }
    }

    public static IEnumerable<Gap> Gaps(IReadOnlyList<CalendarItem> posts, Cadence cadence, AgendaSpan span) => Silences(posts, cadence, span).Concat(ThinDays(posts, cadence, span)).OrderBy(g => g.From);

    /// <summary>Exactly what no post covers: each covers the hours of the rule after it, and the day on which the rule was set counts as a post.</summary>
    private static IEnumerable<Gap> Silences(IReadOnlyList<CalendarItem> posts, Cadence cadence, AgendaSpan span)
    {
        if (cadence.Rule.EveryHours is not { } hours)
        {
            yield break;
        }

        var (reach, covered) = (TimeSpan.FromHours(hours), cadence.Since.AddHours(hours));
        foreach (var at in posts.Select(p => p.At).Append(DateTimeOffset.MaxValue))
        {
            if (Later(covered, span.Begins) is var from && (at < span.Ends ? at : span.Ends) is var to && from < to)
            {
                yield return new(cadence.Body, cadence.Channel, "everyHours", from, to, null,
                    new($"Арнада {hours} сағаттан астам уақыт бойы жарияланым жоқ.", $"На канале нет публикаций дольше {hours} ч."));
            }

            if (at >= span.Ends)
            {
                yield break;
            }

            covered = Later(covered, at + reach);
        }
    }

    /// <summary>Whole days since the rule was set that have fewer posts than it asks for.</summary>
    private static IEnumerable<Gap> ThinDays(IReadOnlyList<CalendarItem> posts, Cadence cadence, AgendaSpan span)
    {
        if (cadence.Rule.PerDay is not { } wanted)
        {
            yield break;
        }

        var next = 0;
        foreach (var (_, from, to) in span.Days)
        {
            var missing = wanted;
            for (; next < posts.Count && posts[next].At < to; next++)
            {
                missing -= posts[next].At >= from ? 1 : 0;
            }

            if (missing > 0 && from >= cadence.Since)
            {
                yield return new(cadence.Body, cadence.Channel, "perDay", from, to, missing,
                    new($"Бұл күнге жарияланым жетіспейді: {missing}.", $"На этот день не хватает публикаций: {missing}."));
            }
        }
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
