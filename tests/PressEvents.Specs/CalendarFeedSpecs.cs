using Specs;
using static PressEvents.Specs.Given;

namespace PressEvents.Specs;

public class The_calendar_feed
{
    static readonly FeedAddress Address = new("https://press.example.kz/");

    // moved twice; told in words that need escaping and folding; over midnight; on the leap day before Almaty's offset changed; cancelled
    static readonly PressEventView[] Views =
    [
        View(Filed with { PressEventId = Number(1) }, Announced, Moved("2026-12-08T11:00:00+05:00", "2026-12-08T12:00:00+05:00"), Moved("2026-12-09T11:00:00+05:00", "2026-12-09T12:00:00+05:00", "hall-2")),
        View(Filed with
        {
            PressEventId = Number(2),
            Title = new("Су; тасқын, жол \\ көпір — «Қауіпсіз өңір» жобасының нәтижелері туралы баспасөз мәслихаты 🌊🌊🌊", "Паводки; дороги, мосты \\ о результатах проекта «Безопасный регион» 🌊🌊🌊"),
            Summary = new("Бірінші жол\r\nЕкінші жол\u0007", "Первая строка\nВторая строка"),
        }, Announced),
        View(Filed with { PressEventId = Number(3), Start = At("2026-12-18T23:30:00+05:00"), End = At("2026-12-19T00:30:00+05:00") }, Announced),
        View(Filed with { PressEventId = Number(4), Format = "DoorstepBriefing", Hall = null, Start = At("2024-02-29T23:30:00+06:00"), End = At("2024-03-01T00:30:00+06:00") }, Announced),
        View(Filed with { PressEventId = Number(5), Speakers = [new(new("Тимур Ли", "Тимур Ли"), null)] }, Announced, Cancelled),
    ];

    static Guid Number(int n) => new($"01a20000-0000-7000-8000-{n:D12}");
    static string Feed(Language language) => PressCalendar.Write(Views, language, Data, Address);
    static string[] Values(string feed, string name) => [.. Unfolded(feed).Split("\r\n").Where(l => l.StartsWith(name + ":", StringComparison.Ordinal)).Select(l => l[(name.Length + 1)..])];
    static string Unfolded(string feed) => feed.Replace("\r\n ", "", StringComparison.Ordinal);

    [Fact] public void Is_as_it_was_in_kk() => Golden.CheckText("press-events.kk.ics", Feed(Language.Kk));
    [Fact] public void Is_as_it_was_in_ru() => Golden.CheckText("press-events.ru.ics", Feed(Language.Ru));
    [Fact] public void Two_moves_make_the_sequence_two() => Assert.Equal(["2", "0", "0", "0", "1"], Values(Feed(Language.Kk), "SEQUENCE"));
    [Fact] public void The_leap_day_is_told_in_utc() => Assert.Contains("20240229T173000Z", Values(Feed(Language.Ru), "DTSTART"));
    [Fact] public void The_cancelled_stays_as_cancelled() => Assert.Equal(["CONFIRMED", "CONFIRMED", "CONFIRMED", "CONFIRMED", "CANCELLED"], Values(Feed(Language.Ru), "STATUS"));
    [Fact] public void The_stamp_is_the_events_own_time() => Assert.Equal(["20261123T060000Z", "20261123T050000Z"], Values(Feed(Language.Ru), "DTSTAMP")[..2]);
    [Fact] public void Text_is_escaped() => Assert.StartsWith(@"Паводки\; дороги\, мосты \\ о", Values(Feed(Language.Ru), "SUMMARY")[1], StringComparison.Ordinal);
    [Fact] public void No_line_ends_but_with_both() => Assert.DoesNotContain('\n', Feed(Language.Kk).Replace("\r\n", "", StringComparison.Ordinal));

    [Fact]
    public void Lines_fold_at_75_octets_between_characters() => Assert.All(Feed(Language.Kk).Split("\r\n"), line =>
    {
        Assert.True(System.Text.Encoding.UTF8.GetByteCount(line) <= 75, line);
        Assert.Equal(line, new System.Text.UTF8Encoding(false, true).GetString(System.Text.Encoding.UTF8.GetBytes(line)));
    });

    [Fact]
    public void Another_reader_understands_it()
    {
        var events = Ical.Net.Calendar.Load(Feed(Language.Kk))!.Events.ToList();
        Assert.Equal(Views.Select(v => ($"{v.Id}@press-events.platform.gov.kz", v.Title.Kk, v.Start.UtcDateTime, v.End.UtcDateTime, v.Sequence)),
            events.Select(e => (e.Uid!, e.Summary, e.DtStart!.AsUtc, e.DtEnd!.AsUtc, e.Sequence)));
        Assert.Equal(["№ 2 зал", "№ 1 зал", "№ 1 зал", null, "№ 1 зал"], events.Select(e => e.Location));
    }
}
