using FsCheck.Xunit;
using NodaTime;
using static Law.Specs.Given;

namespace Law.Specs;

public class The_working_calendar
{
    [Fact]
    public void Says_of_every_published_day_what_the_table_says()
    {
        var table = Tables.Read("calendar").ToDictionary(row => Day(row["date"]), row => row["works"] == "yes");
        Assert.All(Days(2024, 2027), date => Assert.Equal(
            table.TryGetValue(date, out var works) ? works : date.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday),
            Calendar.IsWorking(date)));
    }

    [Fact]
    public void Computes_the_published_years_but_for_transfers_and_kurban_ait()
    {
        var computed = new WorkingCalendar(new("computed", 1, 0, 2016, 2050), []);
        for (var year = 2024; year <= 2027; year++)
        {
            Assert.Equal(
                Calendar.Special(year).Where(day => day.Kind is not (DayKind.TransferredOff or DayKind.TransferredWork)
                    && !day.Note.StartsWith("Kurban Ait", StringComparison.Ordinal)),
                computed.Special(year));
        }
    }

    [Theory]
    [InlineData("2026-03-20", DayKind.Working)]
    [InlineData("2026-02-14", DayKind.Weekend)]
    [InlineData("2026-03-21", DayKind.Holiday)]
    [InlineData("2026-01-07", DayKind.Religious)]
    [InlineData("2026-03-24", DayKind.MovedOff)]
    [InlineData("2024-05-08", DayKind.TransferredOff)]
    [InlineData("2025-01-05", DayKind.TransferredWork)]
    public void Says_why_a_day_works_or_not(string date, DayKind kind) => Assert.Equal(kind, Calendar.Kind(Day(date)));

    [Theory]
    [InlineData("2025-08-30", true), InlineData("2026-08-30", false), InlineData("2028-08-30", false), InlineData("2023-08-30", true)]
    [InlineData("2026-03-15", false), InlineData("2027-03-15", true), InlineData("2028-03-15", true), InlineData("2023-03-15", false)]
    public void Knows_a_holiday_only_in_its_years(string date, bool holiday) =>
        Assert.Equal(holiday, Calendar.Kind(Day(date)) is DayKind.Holiday);

    [Fact]
    public void Stacks_the_moves_of_two_holidays_on_one_weekend() => Assert.Equal(
        ["2028-01-03 for New Year on 2028-01-01", "2028-01-04 for New Year on 2028-01-02"],
        Calendar.Special(2028).Where(day => day.Kind is DayKind.MovedOff).Take(2).Select(day => $"{day.Date:uuuu-MM-dd} {day.Note}"));

    [Fact]
    public void Does_not_move_the_seventh_of_january()
    {
        Assert.Equal(DayKind.Religious, Calendar.Kind(Day("2029-01-07"))); // a Sunday
        Assert.True(Calendar.IsWorking(Day("2029-01-08")));
    }

    [Fact]
    public void Calls_every_day_outside_the_published_years_provisional() => Assert.All(Days(2016, 2050),
        date => Assert.Equal(date.Year is < 2024 or > 2027, Calendar.IsProvisional(date)));

    [Theory]
    [InlineData("2015-12-31"), InlineData("2051-01-01"), InlineData("9999-12-31"), InlineData("0001-01-01")]
    public void Refuses_what_it_does_not_know(string date)
    {
        Assert.Equal("calendar-unknown", Refusal(() => Calendar.IsWorking(Day(date))));
        Assert.Equal("calendar-unknown", Refusal(() => Calendar.IsProvisional(Day(date))));
        Assert.Equal("calendar-unknown", Refusal(() => Calendar.NextWorking(Day("2050-12-30"))));
    }

    [Theory]
    [InlineData("2026-04-17", 1, "2026-04-16")]
    [InlineData("2026-04-20", 1, "2026-04-17")] // Monday: Friday
    [InlineData("2026-04-19", 1, "2026-04-17")] // Sunday: Friday
    [InlineData("2026-03-26", 5, "2026-03-16")] // over Nauryz
    [InlineData("2024-05-06", 1, "2024-05-04")] // a Saturday that works
    [InlineData("2026-04-19", 0, "2026-04-19")]
    public void Finds_the_latest_day_for_a_notice(string date, int days, string latest) =>
        Assert.Equal(Day(latest), Calendar.AddWorkingDaysBack(Day(date), days));

    [Property(Arbitrary = [typeof(AnyDay)], MaxTest = 1000)]
    public void Neighbours_of_a_day_work_and_nothing_between_them_does(LocalDate date)
    {
        var (before, after) = (Calendar.PreviousWorkingOnOrBefore(date), Calendar.NextWorking(date));
        Assert.True(Calendar.IsWorking(before) && Calendar.IsWorking(after) && before <= date && date < after);
        Assert.DoesNotContain(Days(before.Year, after.Year).Where(day => before < day && day < after && day != date), Calendar.IsWorking);
    }

    [Property(Arbitrary = [typeof(AnyDay)], MaxTest = 1000)]
    public void Counting_forth_from_the_day_found_by_counting_back_leads_to_the_date(LocalDate date, byte seed)
    {
        var days = 1 + seed % 10;
        Assert.Equal(Calendar.WorkingOnOrAfter(date), Calendar.AddWorkingDays(Calendar.AddWorkingDaysBack(date, days), days));
    }

    [Fact]
    public void Changes_by_an_order_and_keeps_the_rest()
    {
        var changed = Calendar.With(Calendar.Edition with { Version = "2026-11-2" },
        [
            new(Day("2026-12-18"), DayKind.TransferredOff, "moved from Sat 2026-12-19"),
            new(Day("2026-12-19"), DayKind.TransferredWork, "works for Fri 2026-12-18"),
        ]);

        Assert.Equal("2026-11-2", changed.Version);
        Assert.Equal((false, true), (changed.IsWorking(Day("2026-12-18")), changed.IsWorking(Day("2026-12-19"))));
        Assert.Equal([Day("2026-12-18"), Day("2026-12-19")], Days(2016, 2050).Where(date => changed.Day(date) != Calendar.Day(date)));
    }

    [Fact]
    public void Takes_a_newly_published_year_as_it_is_printed()
    {
        var published = Calendar.With(Calendar.Edition with { PublishedTo = 2028 },
            [new(Day("2028-05-05"), DayKind.Religious, "Kurban Ait")]);

        Assert.False(published.IsProvisional(Day("2028-05-05")) || published.IsWorking(Day("2028-05-05")));
        Assert.Single(published.Special(2028));
    }
}
