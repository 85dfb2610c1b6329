using System.Text.Json;
using Platform;

namespace Publications;

/// <summary>
/// A publication on one channel as the calendar shows it to officials. <paramref name="At"/>: its place in time, which is when it was <c>released</c>, else is <c>due</c>,
/// else is <c>wanted</c> (<paramref name="Place"/>); instants with an offset of zero.
/// </summary>
public sealed record CalendarShown(Guid PublicationId, string Channel, string Body, string Kind, string State, DateTimeOffset At, string Place, Bilingual Title)
{
    /// <summary>kk-first; null: both languages together.</summary>
    public string? LanguagePolicy { get; init; }
    public DateTimeOffset? Embargo { get; init; }

    /// <summary>Where it is another instant than its place, or was said as a wall clock's.</summary>
    public DateTimeOffset? WantedAt { get; init; }

    /// <summary>The wanted time as its editor said it, where that was a wall clock's.</summary>
    public WallTime? Wall { get; init; }
    public IReadOnlyList<string>? Tags { get; init; }
    public bool? AiMade { get; init; }

    /// <summary>Where it stands, if the body published it by itself (<see cref="ElsewhereInCalendar"/>).</summary>
    public string? Url { get; init; }
}

/// <summary>A row of <c>calendar_items</c>: what stands in columns, and <paramref name="Shown"/> as it goes out.</summary>
public sealed record CalendarPlace(string Channel, string Body, string Kind, string State, DateTimeOffset At, DateTimeOffset? Embargo, string Shown);

/// <summary>Where a publication stands in the calendar: a function of its state alone. What has no time yet stands nowhere.</summary>
public static class CalendarPlaces
{
    private const string Both = "both";

    /// <summary>States in which it takes no time on its channel: it is not there, or will not go out unless a person decides so.</summary>
    public static readonly string[] Absent = ["Cancelled", "Missed", "Held", "Withdrawn"];

    /// <summary>States in which it stands on its channels.</summary>
    public static readonly string[] Out = ["Released", "Corrected"];

    public static IReadOnlyList<CalendarPlace> Of(Publication p) => Place(p) is not var (at, place) ? [] : [.. p.Content.Channels.Select(channel =>
    {
        var shown = new CalendarShown(p.Id, channel, p.Body, p.Content.Kind, p.State.ToString(), at, place, p.Content.Title)
        {
            LanguagePolicy = p.Content.LanguagePolicy == Both ? null : p.Content.LanguagePolicy,
            Embargo = p.Content.Embargo?.ToUniversalTime(),
            WantedAt = p.Content.WantedAt is { } wanted && (wanted != at || p.Content.WantedWall is not null) ? wanted.ToUniversalTime() : null,
            Wall = p.Content.WantedWall,
            Tags = p.Content.Tags is { Count: > 0 } tags ? tags : null,
            AiMade = p.Content.AiMade,
        };
        return new CalendarPlace(channel, shown.Body, shown.Kind, shown.State, at, shown.Embargo, JsonSerializer.Serialize(shown, Json.WithoutAbsent));
    })];

    private static (DateTimeOffset At, string Place)? Place(Publication p) => p switch
    {
        { ReleasedAt: { } at } => (at.ToUniversalTime(), "released"),
        { DueAt: { } at } => (at.ToUniversalTime(), "due"),
        { Content.WantedAt: { } at } => (at.ToUniversalTime(), "wanted"),
        _ => null,
    };
}
