using NodaTime;
using Platform;

namespace PressEvents;

/// <summary>
/// What there is once at a time, as a key: <c>hall:hall-1</c>, <c>slot:khabar24</c> (the channel's air time), <c>speaker:ID</c> (of the register),
/// <c>interpreter:CODE</c>. Keys of one event are in one order, so that two events never wait for each other.
/// </summary>
public static class Resource
{
    public const string Hall = "hall", Slot = "slot", Speaker = "speaker", Interpreter = "interpreter";

    /// <summary>The channel whose air time is scarce; what goes out on the net is not.</summary>
    public const string Khabar24 = "khabar24";

    public static IReadOnlyList<string> Of(string? hall, IEnumerable<string> channels, IEnumerable<Speaker> speakers, IEnumerable<string> interpreters) =>
    [
        .. hall is null ? Array.Empty<string>() : [$"{Hall}:{hall}"],
        .. interpreters.Select(code => $"{Interpreter}:{code}").Distinct().Order(StringComparer.Ordinal),
        .. channels.Contains(Khabar24) ? [$"{Slot}:{Khabar24}"] : Array.Empty<string>(),
        .. speakers.Where(s => s.SpeakerId is not null).Select(s => $"{Speaker}:{s.SpeakerId}").Distinct().Order(StringComparer.Ordinal),
    ];

    public static string KindOf(string resource) => resource.Split(':')[0];

    /// <summary>A key as a caller writes it; a speaker's is looked up by who asks.</summary>
    public static string Known(string? resource, Catalogue catalogue) => resource?.Split(':') switch
    {
        [Hall, var code] when catalogue.Hall(code) is not null => resource,
        [Slot, Khabar24] => resource,
        [Interpreter, var code] when catalogue.HasInterpreter(code) => resource,
        [Speaker, var id] when Guid.TryParseExact(id, "D", out var speaker) => $"{Speaker}:{speaker}",
        _ => throw Refused.Invalid("resource-unknown", "resource is hall:CODE, slot:khabar24, interpreter:CODE or speaker:ID.", "resource"),
    };

    /// <summary>In which hours of a day in Almaty free stretches are offered: a hall's own, else the whole day; stretched to what was asked for (a night briefing).</summary>
    public static Slot DayOf(string resource, LocalDate day, Catalogue catalogue, Slot? asked = null)
    {
        var hall = KindOf(resource) == Hall ? catalogue.Hall(resource[(Hall.Length + 1)..]) : null;
        var (opens, closes) = hall is null ? (Times.On(day, LocalTime.Midnight), Times.On(day.PlusDays(1), LocalTime.Midnight)) : (Times.On(day, hall.Opens), Times.On(day, hall.Closes));
        return asked is null ? new(opens, closes) : new(asked.Start < opens ? asked.Start : opens, asked.End > closes ? asked.End : closes);
    }
}
