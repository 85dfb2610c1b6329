using FsCheck.Xunit;
using NodaTime;
using static Law.Specs.Given;

namespace Law.Specs;

public class A_deadline_in_one_sentence
{
    static readonly LocalDate Today = Day("2026-11-23");

    static Words Of(string rule, string from) => Deadlines.Compute(rule, Day(from), Today, Calendar).Sentence;

    [Theory]
    [InlineData("reply", "2026-03-05", "15 календарных дней с 05.03.2026 → пт 20.03.2026")]
    [InlineData("reply", "2026-03-06",
        "15 календарных дней с 06.03.2026 → сб 21.03.2026, праздник Наурыз → 22, 23 — праздники, 24, 25 — перенесённые выходные → чт 26.03.2026")]
    [InlineData("reply", "2026-01-30", "15 календарных дней с 30.01.2026 → сб 14.02.2026, выходной → 15 — выходной → пн 16.02.2026")]
    [InlineData("reply", "2026-04-16",
        "15 календарных дней с 16.04.2026 → пт 01.05.2026, праздник Праздник единства народа Казахстана → 2, 3 — выходные → пн 04.05.2026")]
    [InlineData("forwarding", "2026-03-20",
        "3 рабочих дня с 20.03.2026 → не считаются 21, 22, 23 — праздники, 24, 25 — перенесённые выходные, 28, 29 — выходные → пн 30.03.2026")]
    [InlineData("refusal", "2026-02-26", "5 рабочих дней с 26.02.2026 → не считаются 28, 01.03 — выходные → чт 05.03.2026")]
    [InlineData("media-extension-notice", "2024-12-30", "2 рабочих дня с 30.12.2024 → не считаются 01.01, 2 — праздники, 3 — выходной по приказу о переносе, "
        + "4 — выходной → вс 05.01.2025, рабочий день за 03.01.2025")]
    [InlineData("forwarding", "2024-05-03", "3 рабочих дня с 03.05.2024 → не считаются 5 — выходной, 7, 9 — праздники, 8 — выходной по приказу о переносе → "
        + "считаются 4 — рабочий день по приказу о переносе → пт 10.05.2024")]
    [InlineData("complaint-term", "2026-11-30", "3 месяца с 30.11.2026 → вс 28.02.2027, выходной → пн 01.03.2027")]
    [InlineData("reply", "2027-12-20", "15 календарных дней с 20.12.2027 → вт 04.01.2028, перенесённый выходной за 02.01.2028 → ср 05.01.2028; "
        + "календарь на 2028 год не опубликован: Курбан-айт и переносы дней не учтены")]
    public void Says_in_russian_how_it_came_about(string rule, string from, string ru) => Assert.Equal(ru, Of(rule, from).Ru);

    [Theory]
    [InlineData("reply", "2026-03-05", "05.03.2026 күнінен бастап күнтізбелік 15 күн → жұм. 20.03.2026")]
    [InlineData("reply", "2026-03-06", "06.03.2026 күнінен бастап күнтізбелік 15 күн → сен. 21.03.2026, мереке Наурыз мейрамы → "
        + "22, 23 — мереке күндері, 24, 25 — ауыстырылған демалыс күндері → бей. 26.03.2026")]
    [InlineData("refusal", "2026-02-26", "26.02.2026 күнінен бастап 5 жұмыс күні → есептелмейтіні: 28, 01.03 — демалыс күндері → бей. 05.03.2026")]
    public void Says_the_same_in_kazakh(string rule, string from, string kk) => Assert.Equal(kk, Of(rule, from).Kk);

    [Property(Arbitrary = [typeof(AnyDay)], MaxTest = 3000)]
    public void Speaks_two_languages_and_ends_with_the_due_day(Rule rule, LocalDate from)
    {
        var deadline = Deadlines.Compute(rule.Name, from, Today, Calendar, rule.Edition);
        var (kk, ru) = deadline.Sentence;
        Assert.NotEqual(kk, ru);
        Assert.DoesNotMatch("[{}A-Za-z]", kk + ru); // no hole, no English
        Assert.All([kk, ru], text => Assert.Contains(Words.Plain(deadline.Due), text.Split(';')[0].Split(" → ")[^1]));
    }

    [Fact]
    public void Differs_in_the_two_languages_on_every_day_of_many_years() => Assert.All(
        Days(2025, 2027).SelectMany(day => Deadlines.Rules.Select(rule => Deadlines.Compute(rule.Name, day, Today, Calendar, rule.Edition)))
            .Where(deadline => deadline.Sentence.Kk == deadline.Sentence.Ru || deadline.Trace.Any(step => step.Kk == step.Ru)), Assert.Null);

    [Fact]
    public void Names_a_holiday_that_an_order_names_for_the_first_time()
    {
        var calendar = Calendar.With(Calendar.Edition,
        [
            new(Day("2026-12-12"), DayKind.Holiday, "order 7") { Name = new("Ғылым күні", "День науки") },
            new(Day("2026-12-14"), DayKind.MovedOff, "order 7") { For = Day("2026-12-12"), Name = new("Ғылым күні", "День науки") },
        ]);
        var deadline = Deadlines.Compute("reply", Day("2026-11-27"), Today, calendar);
        Assert.Equal("15 календарных дней с 27.11.2026 → сб 12.12.2026, праздник День науки → 13 — выходной, 14 — перенесённый выходной → вт 15.12.2026",
            deadline.Sentence.Ru);
        Assert.Equal("14.12.2026 (понедельник) — нерабочий день: выходной за праздник 12.12.2026 (суббота) — День науки", deadline.Trace[^3].Ru);
        Assert.Equal("14.12.2026 (дүйсенбі) — жұмыс күні емес: мерекенің демалысы 12.12.2026 (сенбі) күнінен ауыстырылды — Ғылым күні", deadline.Trace[^3].Kk);
    }
}

public class The_words
{
    static string Term(string en, string language) => Lines("terms.csv").Skip(1).Select(line => line.Split(','))
        .Single(row => row[0] == en)[language == "ru" ? 1 : 2];

    [Fact]
    public void Are_never_the_same_in_both_languages() => Assert.All(Tables.Read("words"), row =>
    {
        Assert.False(string.IsNullOrWhiteSpace(row["kk"]) || string.IsNullOrWhiteSpace(row["ru"]), row["key"]);
        Assert.NotEqual(row["kk"], row["ru"]);
    });

    [Theory]
    [InlineData("day of receipt", "receipt"), InlineData("day of registration", "registration")]
    public void Are_the_laws_own(string term, string key) =>
        Assert.Equal((Term(term, "kk"), Term(term, "ru")), (Words.Say(key).Kk, Words.Say(key).Ru));

    [Theory]
    [InlineData("calendar days", TermUnit.CalendarDays), InlineData("working days", TermUnit.WorkingDays)]
    public void Count_in_the_laws_own_words(string term, TermUnit unit)
    {
        Assert.Contains(Term(term, "ru"), Words.Count(unit, 15).Ru);
        Assert.All(Term(term, "kk").Split(' '), word => Assert.Contains(word, Words.Count(unit, 15).Kk));
    }

    [Fact]
    public void Extend_a_term_as_the_law_says_it() => Assert.Contains(Term("to extend the term", "kk")[..13], Words.Say("extension").Kk);
}
