using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using NodaTime.Text;

namespace Law.Specs;

/// <summary>What the specs share: days written as text, refusals by code, days drawn at random.</summary>
static class Given
{
    public static WorkingCalendar Calendar => WorkingCalendar.Embedded;

    public static LocalDate Day(string text) => LocalDatePattern.Iso.Parse(text).Value;

    public static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    public static IEnumerable<string> Lines(string file) => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", file));

    public static IEnumerable<LocalDate> Days(int from, int to)
    {
        for (var date = new LocalDate(from, 1, 1); date.Year <= to; date = date.PlusDays(1)) yield return date;
    }

    public static string Refusal(Action act) => Assert.Throws<RefusedException>(act).Code;
}

/// <summary>Days on which every term, counted either way, stays within the calendar.</summary>
public static class AnyDay
{
    static readonly LocalDate First = new(2016, 2, 1);

    public static Arbitrary<LocalDate> Arbitrary() =>
        Gen.Choose(0, Period.DaysBetween(First, new(2049, 12, 1))).Select(First.PlusDays).ToArbitrary();

    public static Arbitrary<Rule> Rules() => Gen.Elements(Deadlines.Rules.ToArray()).ToArbitrary();
}
