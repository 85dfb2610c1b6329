using System.Globalization;
using JasperFx.Events;

namespace Platform;

/// <summary>A page of a feed or list; <paramref name="Next"/> is the position or cursor to go on from.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>
/// Where a page ended: its last item's place in the list (a day or an instant, as ticks of UTC; none at the end of lists whose last
/// items have no such place) and its id.
/// </summary>
public sealed record Cursor(long? Ticks, Guid Id)
{
    public Cursor(DateTimeOffset? at, Guid id) : this(at?.UtcTicks, id) { }
    public Cursor(DateOnly? day, Guid id) : this(day?.ToDateTime(TimeOnly.MinValue).Ticks, id) { }

    public DateTimeOffset At => new(Ticks ?? throw Invalid(), TimeSpan.Zero);
    public DateOnly? Day => Ticks is { } ticks ? DateOnly.FromDateTime(new(ticks)) : null;

    public override string ToString() => $"{Ticks?.ToString(CultureInfo.InvariantCulture) ?? "-"}_{Id:N}";

    public static Cursor? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return text.Split('_') is [var place, var id] && Guid.TryParseExact(id, "N", out var guid)
            ? place == "-" ? new((long?)null, guid)
                : long.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks ? new(ticks, guid) : throw Invalid()
            : throw Invalid();
    }

    private static RefusedException Invalid() => Refused.Invalid("cursor-invalid", "cursor is what the last page gave as next.", "cursor");
}

/// <summary>One fact of a history. <paramref name="At"/>: when it was so; <paramref name="RecordedAt"/>: when it was recorded.</summary>
public sealed record HistoryEntry(long Version, string Fact, string? By, string? ForBody, DateTimeOffset At, DateTimeOffset RecordedAt, object Data)
{
    public static HistoryEntry Of(IEvent e) => new(e.Version, e.EventTypeName, e.UserName, e.GetHeader(Sessions.Body)?.ToString(), AtOf(e.Data), e.Timestamp, e.Data);

    public static DateTimeOffset AtOf(object fact) => (DateTimeOffset)fact.GetType().GetProperty("At")!.GetValue(fact)!;
}
