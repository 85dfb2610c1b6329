namespace PressEvents;

/// <summary>A stretch of time, half-open: the next may begin at <paramref name="End"/>. Offsets are Almaty's.</summary>
public sealed record Slot(DateTimeOffset Start, DateTimeOffset End)
{
    public bool Overlaps(Slot other) => Start < other.End && other.Start < End;

    /// <summary>What is left free of this stretch, in order; neighbours that touch leave nothing between them.</summary>
    public IReadOnlyList<Slot> Without(IEnumerable<Slot> taken)
    {
        List<Slot> free = [];
        var from = Start;
        foreach (var slot in taken.Where(Overlaps).OrderBy(slot => slot.Start))
        {
            if (slot.Start > from)
            {
                free.Add(new(from, slot.Start));
            }

            from = slot.End > from ? slot.End : from;
        }

        return from < End ? [.. free, new(from, End)] : free;
    }
}
