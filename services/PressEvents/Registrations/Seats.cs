namespace PressEvents;

/// <summary>Who takes a seat. Bloggers and freelancers are categories of their own, apart from the journalists of outlets.</summary>
public enum SeatCategory { Public, Student, Expert, Journalist, Blogger, Freelancer }

/// <summary>What a newcomer gets: the number in the order of commits, and a seat or a place on the waiting list (from 1).</summary>
public sealed record Turn(long Number, bool IsSeated, long? Place);

/// <summary>
/// The seats of one event, counted; the row that all its registrations take turns at. A category with a quota has so many seats of its own,
/// the others share the rest. Nobody waits while there is room for him, and whoever waits goes before whoever comes.
/// </summary>
public sealed record Seats(int Capacity, IReadOnlyDictionary<SeatCategory, int> Quotas, IReadOnlyDictionary<SeatCategory, int> Seated,
    IReadOnlyDictionary<SeatCategory, int> Waiting, long Last, bool IsClosed)
{
    private static readonly Dictionary<SeatCategory, int> None = [];

    public static Seats Of(int capacity, IReadOnlyDictionary<SeatCategory, int> quotas) => new(capacity, quotas, None, None, 0, IsClosed: false);

    public int AllSeated => Seated.Values.Sum();
    public int AllWaiting => Waiting.Values.Sum();

    /// <summary>The categories that wait in one line: one with a quota alone, all without one together.</summary>
    public IReadOnlyList<SeatCategory> Line(SeatCategory category) => Quotas.ContainsKey(category) ? [category]
        : [.. Enum.GetValues<SeatCategory>().Where(other => !Quotas.ContainsKey(other))];

    /// <summary>How many seats are free for a line; none once capacity was lowered below what is taken.</summary>
    public int Room(IReadOnlyList<SeatCategory> line)
    {
        var own = Quotas.TryGetValue(line[0], out var quota) ? quota : Capacity - Quotas.Values.Sum();
        return Math.Max(0, Math.Min(own - line.Sum(Seated.GetValueOrDefault), Capacity - AllSeated));
    }

    public (Seats Seats, Turn Turn) Take(SeatCategory category)
    {
        var line = Line(category);
        return Room(line) > 0
            ? (this with { Last = Last + 1, Seated = Plus(Seated, category, 1) }, new(Last + 1, true, null))
            : (this with { Last = Last + 1, Waiting = Plus(Waiting, category, 1) }, new(Last + 1, false, line.Sum(Waiting.GetValueOrDefault) + 1));
    }

    public Seats GiveUp(SeatCategory category, bool wasSeated) =>
        wasSeated ? this with { Seated = Plus(Seated, category, -1) } : this with { Waiting = Plus(Waiting, category, -1) };

    public Seats Promote(SeatCategory category) => this with { Waiting = Plus(Waiting, category, -1), Seated = Plus(Seated, category, 1) };

    /// <summary>The line whose first ones may sit down, and how many of them; null when nobody who waits has room. Seats of one's own go before shared ones.</summary>
    public (IReadOnlyList<SeatCategory> Line, int Count)? Due() => Lines.Select(line => (line, Count: Math.Min(Room(line), line.Sum(Waiting.GetValueOrDefault))))
        .Where(due => due.Count > 0).Select(due => ((IReadOnlyList<SeatCategory>, int)?)due).FirstOrDefault();

    private IEnumerable<IReadOnlyList<SeatCategory>> Lines => Enum.GetValues<SeatCategory>().OrderByDescending(Quotas.ContainsKey).Select(Line).DistinctBy(line => line[0]);

    private static Dictionary<SeatCategory, int> Plus(IReadOnlyDictionary<SeatCategory, int> counts, SeatCategory category, int more) =>
        new(counts) { [category] = counts.GetValueOrDefault(category) + more };
}
