using System.Collections.Frozen;
using NodaTime;
using NodaTime.Text;
using Platform;

namespace PressEvents;

public enum NoticeUnit { Minutes, Hours, WorkingDays }

/// <summary>The least time between announcing and start; working days are the law's (calendar.csv), counted in Almaty.</summary>
public sealed record Notice(int Value, NoticeUnit Unit)
{
    public bool IsShort(DateTimeOffset now, DateTimeOffset start, WorkingCalendar calendar) => Unit switch
    {
        NoticeUnit.WorkingDays => Registration.AlmatyDate(now) > LastDay(start, calendar),
        _ => start - now < Span,
    };

    /// <summary>Until when one may announce; for working days the end of the last day.</summary>
    public DateTimeOffset Until(DateTimeOffset start, WorkingCalendar calendar) =>
        Unit == NoticeUnit.WorkingDays ? Registration.DueInstant(LastDay(start, calendar)) : start - Span;

    private TimeSpan Span => Unit == NoticeUnit.Hours ? TimeSpan.FromHours(Value) : TimeSpan.FromMinutes(Value);

    private LocalDate LastDay(DateTimeOffset start, WorkingCalendar calendar) => calendar.AddWorkingDaysBack(Registration.AlmatyDate(start), Value);
}

public enum HallNeed { Needed, None }

/// <summary>Who registers for a format's events: nobody, accredited media, or anybody.</summary>
public enum FormatRegistration { None, Media, Public }

/// <summary>
/// A format of press event. <c>Live</c> is yes, optional or no; one that is not public by itself is so only when its filer asks. Its segments are
/// on the record or off it unless marked otherwise.
/// </summary>
public sealed record Format(string Code, Bilingual Name, IReadOnlyList<string> Audience, string Live, bool Questions, Notice LeastNotice,
    HallNeed Hall, int LeastSpeakers, bool IsPublic, FormatRegistration Registration, bool OnRecord);

/// <summary>A hall and the hours (Asia/Almaty) in which free places in it are offered.</summary>
public sealed record Hall(string Code, Bilingual Name, LocalTime Opens, LocalTime Closes);

/// <summary>What the rules look up: formats, halls, channels and the calendar. Data, editable without a new build.</summary>
public sealed class Catalogue
{
    private readonly FrozenDictionary<string, Format> _formats;
    private readonly FrozenDictionary<string, Hall> _halls;
    private readonly FrozenDictionary<string, string> _channels;
    private readonly FrozenSet<string> _interpreters;
    private readonly FrozenDictionary<string, Bilingual> _feed;

    private Catalogue(Func<string, TextReader> open, WorkingCalendar calendar)
    {
        Calendar = calendar;
        _formats = Rows(open, "formats").Select(row => new Format(row["code"], Words(row), row["audience"].Split(';'), row["live"],
            row["questions"] == "yes", new(Tables.Number(row["notice"]), Enum.Parse<NoticeUnit>(row["noticeUnit"])),
            Enum.Parse<HallNeed>(row["hall"]), Tables.Number(row["leastSpeakers"]), row["public"] == "yes",
            Enum.Parse<FormatRegistration>(row["registration"]), row["onRecord"] == "yes")).ToFrozenDictionary(f => f.Code);
        _halls = Rows(open, "halls").Select(row => new Hall(row["code"], Words(row), Time(row["opens"]), Time(row["closes"]))).ToFrozenDictionary(h => h.Code);
        _channels = Rows(open, "channels").ToFrozenDictionary(row => row["code"], row => row["name"]);
        _interpreters = Rows(open, "interpreters").Select(row => row["code"]).ToFrozenSet();
        _feed = Rows(open, "feed").ToFrozenDictionary(row => row["key"], Words);
    }

    private Catalogue(Catalogue before, IEnumerable<Format> formats, WorkingCalendar? calendar)
    {
        (Calendar, _halls, _channels, _interpreters, _feed) = (calendar ?? before.Calendar, before._halls, before._channels, before._interpreters, before._feed);
        _formats = before.Formats.Concat(formats).GroupBy(f => f.Code).ToFrozenDictionary(same => same.Key, same => same.Last());
    }

    public WorkingCalendar Calendar { get; }
    public IReadOnlyCollection<Format> Formats => _formats.Values;

    public static Catalogue Embedded { get; } = From(null);

    /// <summary>The embedded tables; a file of the same name in <paramref name="folder"/> stands in for one.</summary>
    public static Catalogue From(string? folder) => new(
        name => folder is not null && Path.Combine(folder, name + ".csv") is var file && File.Exists(file)
            ? File.OpenText(file)
            : new StringReader(Store.Script(typeof(Catalogue).Assembly, $"Data.{name}.csv")),
        WorkingCalendar.Embedded);

    /// <summary>The same with these formats in place of theirs, and this calendar where one is given.</summary>
    public Catalogue With(IEnumerable<Format> formats, WorkingCalendar? calendar = null) => new(this, formats, calendar);

    public Format? Format(string? code) => code is null ? null : _formats.GetValueOrDefault(code);
    public Hall? Hall(string? code) => code is null ? null : _halls.GetValueOrDefault(code);
    public bool HasChannel(string code) => _channels.ContainsKey(code);

    /// <summary>A channel's own name, the same in every language.</summary>
    public string? Channel(string code) => _channels.GetValueOrDefault(code);
    public bool HasInterpreter(string code) => _interpreters.Contains(code);

    /// <summary>Words of the feeds, such as the calendar's name.</summary>
    public Bilingual Feed(string key) => _feed[key];

    private static List<IReadOnlyDictionary<string, string>> Rows(Func<string, TextReader> open, string name)
    {
        using var reader = open(name);
        return [.. Tables.Read(reader)];
    }

    private static Bilingual Words(IReadOnlyDictionary<string, string> row) => new(row["kk"], row["ru"]);
    private static LocalTime Time(string cell) => LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(cell).GetValueOrThrow();
}
