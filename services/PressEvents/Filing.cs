using Platform;

namespace PressEvents;

/// <summary>What a filed event must be; each broken rule has its code and names its field.</summary>
public static class Filing
{
    /// <summary>Nothing of ours lasts longer; a slip in the date does.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);
    private const int MostSpeakers = 50, MostPlaces = 100_000;

    public static PressEventFiled Decide(Guid id, FilePressEvent ask, Catalogue catalogue, DateTimeOffset now, Guid? seriesId = null)
    {
        var format = catalogue.Format(ask.Format)
            ?? throw Refused.Invalid("format-unknown", $"format is one of: {string.Join(", ", catalogue.Formats.Select(f => f.Code).Order())}.", "format");
        var title = Titled(ask.Title);
        var (start, end) = Slot(ask.Start, ask.End);
        Ahead(start, catalogue, now);
        var body = Holders.Find(ask.Body) ?? throw Refused.Invalid("body-unknown", "body is a code of the list of holders.", "body");
        return new(id, format.Code, body.Code, title, Words(ask.Summary, "summary", 10_000), start, end, HallOf(ask.Hall, format, body, catalogue),
            Speakers(ask.Speakers, format), Channels(ask.Channels, format, catalogue), format.IsPublic || ask.Public == true, Text(ask.Note, "note", 2000), now,
            ask.Capacity is null ? null : Places(ask.Capacity), Interpreters(ask.Interpreters, catalogue) is { Count: > 0 } interpreters ? interpreters : null, seriesId);
    }

    public static Bilingual Titled(Bilingual? asked) => Words(asked, "title", 300) is var title and not { Kk: null, Ru: null } ? title
        : throw Refused.Invalid("title-missing", "Give a title, in kk, ru or both.", "title");

    public static int Places(int? capacity) => capacity is >= 1 and <= MostPlaces ? capacity.Value
        : throw Refused.Invalid("capacity-invalid", $"capacity is from 1 to {MostPlaces}.", "capacity");

    public static List<string> Interpreters(IReadOnlyList<string?>? asked, Catalogue catalogue) => [.. (asked ?? []).Select((code, i) =>
        code is not null && catalogue.HasInterpreter(code) ? code
            : throw Refused.Invalid("interpreter-unknown", "interpreters holds codes of the list of interpreters.", $"interpreters[{i}]")).Distinct()];

    /// <summary>Start and end as instants, in order, of a length that can be meant.</summary>
    public static (DateTimeOffset Start, DateTimeOffset End) Slot(string? startText, string? endText)
    {
        var (start, end) = (Times.Moment(startText, "start"), Times.Moment(endText, "end"));
        return end <= start ? throw Refused.Invalid("end-before-start", "It ends after it starts.", "end")
            : end - start > Longest ? throw Refused.Invalid("duration-invalid", $"It lasts at most {Longest.TotalHours} hours.", "end")
            : (start, end);
    }

    public static void Ahead(DateTimeOffset start, Catalogue catalogue, DateTimeOffset now)
    {
        if (start <= now)
        {
            throw Refused.Invalid("start-past", "It starts in the future.", "start");
        }

        catalogue.Calendar.Day(Registration.AlmatyDate(start)); // notice is counted in days that the calendar knows, or refuses
    }

    /// <summary>The hall by the format's need; an akimat has places of its own, outside these halls.</summary>
    public static string? HallOf(string? hall, Format? format, Holder? body, Catalogue catalogue) => (hall, format?.Hall) switch
    {
        (null, HallNeed.Needed) when body?.Kato is null => throw Refused.Invalid("hall-missing", "This format needs a hall.", "hall"),
        (null, _) => null,
        (_, HallNeed.None) => throw Refused.Invalid("hall-not-allowed", "This format has no hall.", "hall"),
        _ => catalogue.Hall(hall)?.Code ?? throw Refused.Invalid("hall-unknown", "hall is a code of the list of halls.", "hall"),
    };

    public static List<Speaker> Speakers(IReadOnlyList<FilePressEvent.SpeakerAsk?>? asked, Format format)
    {
        var speakers = (asked ?? []).Select((speaker, i) => new Speaker(Words(speaker?.Name, $"speakers[{i}].name", 200),
            speaker?.Post is { } post ? Words(post, $"speakers[{i}].post", 300) : null, speaker?.SpeakerId)).ToList();
        if (speakers.FindIndex(s => s.Name is { Kk: null, Ru: null }) is >= 0 and var nameless)
        {
            throw Refused.Invalid("name-missing", "A speaker has a name, in kk, ru or both.", $"speakers[{nameless}].name");
        }

        return speakers.Count < format.LeastSpeakers ? throw Refused.Invalid("speakers-too-few", $"{format.Code} has at least {format.LeastSpeakers} speakers.", "speakers")
            : speakers.Count > MostSpeakers ? throw Refused.Invalid("speakers-too-many", $"At most {MostSpeakers} speakers.", "speakers")
            : speakers;
    }

    public static List<string> Channels(IReadOnlyList<string?>? asked, Format format, Catalogue catalogue)
    {
        var channels = (asked ?? []).Select((code, i) => code is not null && catalogue.HasChannel(code) ? code
            : throw Refused.Invalid("channel-unknown", "channels holds codes of the list of channels.", $"channels[{i}]")).Distinct().ToList();
        return channels.Count == 0 || format.Live != "no" ? channels
            : throw Refused.Invalid("live-not-allowed", "This format is not broadcast; leave channels empty.", "channels");
    }

    /// <summary>Words in two languages; blank is missing.</summary>
    public static Bilingual Words(Bilingual? words, string field, int most) => new(Text(words?.Kk, field + ".kk", most), Text(words?.Ru, field + ".ru", most));

    public static string? Text(string? text, string field, int most) => GivenText.Of(text, field, most);

    public static IEnumerable<string> Incomplete(Bilingual words, string field) =>
        new[] { (words.Kk, field + ".kk"), (words.Ru, field + ".ru") }.Where(side => side.Item1 is null).Select(side => side.Item2);
}
