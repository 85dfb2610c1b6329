using System.Text.Json;
using Platform;
using static PressEvents.Specs.Given;

namespace PressEvents.Specs;

public class The_sample_events
{
    static readonly List<FilePressEvent> Asked = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "press-events.jsonl"))
        .Select(line => JsonSerializer.Deserialize<FilePressEvent>(line, Json.Options)!)];

    static readonly List<PressEventFiled> All = [.. Asked.Select((ask, i) => Filing.Decide(new Guid(i, 0, 0, new byte[8]), ask, Data, Now))];
    static Slot Place(PressEventFiled filed) => new(filed.Start, filed.End);

    [Fact] public void Are_twelve_and_can_all_be_filed() => Assert.Equal(12, All.Count);
    [Fact] public void Show_every_format() => Assert.Equal(Data.Formats.Select(f => f.Code).Order(), All.Select(f => f.Format).Distinct().Order());

    [Fact]
    public void Can_all_be_announced_in_time() => Assert.All(All, filed =>
        Assert.IsType<PressEventAnnounced>(Assert.Single(PressEventDecider.Decide(State(filed), new AnnouncePressEvent(), Data, Now))));

    [Fact] // as the halls are given: whoever comes first has it
    public void Filed_in_order_only_the_third_finds_its_hall_taken() => Assert.Equal([2], Enumerable.Range(0, 12)
        .Where(i => All.Take(i).Where((_, other) => other != 2)
            .Any(other => other.Hall is not null && other.Hall == All[i].Hall && Place(other).Overlaps(Place(All[i])))));

    [Fact] public void The_last_touches_the_first() => Assert.Equal(All[0].End, All[11].Start);
    [Fact] public void One_runs_over_midnight() => Assert.Single(All, filed => filed.Start.Date != filed.End.Date);
}

public class Free_places
{
    static Slot At(string from, string to, string day = "2026-12-07") => new(Given.At($"{day}T{from}:00+05:00"), Given.At($"{day}T{to}:00+05:00"));
    static readonly Slot Day = Resource.DayOf("hall:hall-1", new(2026, 12, 7), Data);

    [Fact] public void An_empty_day_is_the_halls_hours() => Assert.Equal([At("08:00", "22:00")], Day.Without([]));
    [Fact] public void Lie_between_what_is_taken() => Assert.Equal([At("08:00", "11:00"), At("12:00", "15:00"), At("15:30", "22:00")], Day.Without([At("15:00", "15:30"), At("11:00", "12:00")]));
    [Fact] public void Neighbours_that_touch_leave_nothing_between() => Assert.Equal([At("08:00", "11:00"), At("12:40", "22:00")], Day.Without([At("11:00", "12:00"), At("12:00", "12:40")]));
    [Fact] public void A_full_day_has_none() => Assert.Empty(Day.Without([At("07:00", "12:00"), At("12:00", "23:00")]));
    [Fact] public void What_is_taken_may_lie_within_something_longer() => Assert.Equal([At("12:00", "22:00")], Day.Without([At("08:00", "12:00"), At("09:00", "10:00")]));
    [Fact] public void Other_days_do_not_count() => Assert.Equal([Day], Day.Without([At("10:00", "11:00", "2026-12-08")]));

    [Fact]
    public void A_night_that_runs_into_the_morning_counts() => Assert.Equal([At("09:00", "22:00")],
        Day.Without([new(Given.At("2026-12-06T23:00:00+05:00"), Given.At("2026-12-07T09:00:00+05:00"))]));

    [Fact]
    public void A_night_that_was_asked_for_stretches_the_day()
    {
        var asked = new Slot(Given.At("2026-12-18T23:30:00+05:00"), Given.At("2026-12-19T00:30:00+05:00"));
        Assert.Equal([new(Given.At("2026-12-18T08:00:00+05:00"), asked.Start), new(Given.At("2026-12-19T00:00:00+05:00"), asked.End)],
            Resource.DayOf("hall:hall-1", new(2026, 12, 18), Data, asked).Without([new(asked.Start, Given.At("2026-12-19T00:00:00+05:00"))]));
    }

    [Fact] public void Hours_follow_almatys_offset_of_the_day() => Assert.Equal(TimeSpan.FromHours(6), Resource.DayOf("hall:hall-1", new(2024, 2, 29), Data).Start.Offset);
}
