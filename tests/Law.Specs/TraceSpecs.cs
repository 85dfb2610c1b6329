using FsCheck.Xunit;
using NodaTime;
using static Law.Specs.Given;

namespace Law.Specs;

public class The_trace_of_a_deadline
{
    static readonly LocalDate Today = Day("2026-11-23");

    static IReadOnlyList<TraceStep> Trace(string rule, string from) => Deadlines.Compute(rule, Day(from), Today, Calendar).Trace;

    static IEnumerable<string> Ru(string rule, string from) => Trace(rule, from).Select(step => step.Ru);

    static IEnumerable<string> Kk(string rule, string from) => Trace(rule, from).Select(step => step.Kk);

    [Fact]
    public void Tells_a_clerk_how_a_reply_is_rolled_over_a_holiday()
    {
        Assert.Equal(
        [
            "06.03.2026 (пятница) — день поступления; срок исчисляется со следующего дня",
            "15 календарных дней — последний день срока 21.03.2026 (суббота)",
            "21.03.2026 (суббота) — нерабочий день: праздник — Наурыз",
            "22.03.2026 (воскресенье) — нерабочий день: праздник — Наурыз",
            "23.03.2026 (понедельник) — нерабочий день: праздник — Наурыз",
            "24.03.2026 (вторник) — нерабочий день: выходной за праздник 21.03.2026 (суббота) — Наурыз",
            "25.03.2026 (среда) — нерабочий день: выходной за праздник 22.03.2026 (воскресенье) — Наурыз",
            "срок истекает в 24:00 26.03.2026 (четверг)",
            "надёжный срок — 20.03.2026 (пятница)",
        ], Ru("reply", "2026-03-06"));
        Assert.Equal(
        [
            "06.03.2026 (жұма) — сұрау салу келіп түскен күн; мерзім келесі күннен бастап есептеледі",
            "күнтізбелік 15 күн — мерзімнің соңғы күні 21.03.2026 (сенбі)",
            "21.03.2026 (сенбі) — жұмыс күні емес: мереке — Наурыз мейрамы",
        ], Kk("reply", "2026-03-06").Take(3));
    }

    [Fact]
    public void Lists_the_days_that_a_term_in_working_days_passes_over() => Assert.Equal(
    [
        "30.12.2024 (понедельник) — день продления срока рассмотрения; срок исчисляется со следующего дня",
        "01.01.2025 (среда) — нерабочий день: праздник — Новый год",
        "02.01.2025 (четверг) — нерабочий день: праздник — Новый год",
        "03.01.2025 (пятница) — нерабочий день: выходной перенесён с 05.01.2025 (воскресенье)",
        "04.01.2025 (суббота) — нерабочий день: выходной день",
        "2 рабочих дня — последний день срока 05.01.2025 (воскресенье)",
        "05.01.2025 (воскресенье) — рабочий день: работают за 03.01.2025 (пятница)",
        "срок истекает в 24:00 05.01.2025 (воскресенье)",
        "надёжный срок — 05.01.2025 (воскресенье)",
    ], Ru("media-extension-notice", "2024-12-30"));

    [Fact]
    public void Says_from_which_day_on_the_calendar_is_not_published()
    {
        var step = Trace("reply", "2027-12-20")[^1];
        Assert.Equal(("provisional", Day("2028-01-01")), (step.Step, step.Date));
        Assert.Equal("календарь на 2028 год не опубликован: Курбан-айт и переносы дней не учтены", step.Ru);
    }

    [Theory]
    [InlineData(1, "1 рабочий день"), InlineData(2, "2 рабочих дня"), InlineData(5, "5 рабочих дней"), InlineData(11, "11 рабочих дней")]
    [InlineData(21, "21 рабочий день"), InlineData(112, "112 рабочих дней"), InlineData(104, "104 рабочих дня")]
    public void Counts_in_russian_as_russian_counts(int n, string ru) => Assert.Equal(ru, Words.Count(TermUnit.WorkingDays, n).Ru);

    [Fact]
    public void Counts_in_the_words_of_the_law()
    {
        Assert.Equal("сұрау салу тіркелген күн", Words.Say("registration").Kk);
        Assert.Equal(["күнтізбелік 15 күн", "3 жұмыс күні", "3 ай"],
            [Words.Count(TermUnit.CalendarDays, 15).Kk, Words.Count(TermUnit.WorkingDays, 3).Kk, Words.Count(TermUnit.Months, 3).Kk]);
    }

    [Property(Arbitrary = [typeof(AnyDay)], MaxTest = 2000)]
    public void Speaks_two_languages_and_fills_every_gap(Rule rule, LocalDate from) =>
        Assert.All(Deadlines.Compute(rule.Name, from, Today, Calendar, rule.Edition).Trace, step =>
        {
            Assert.NotEqual(step.Kk, step.Ru);
            Assert.DoesNotMatch("[{}A-Za-z]", step.Kk + step.Ru); // no hole, no English
        });

    [Property(Arbitrary = [typeof(AnyDay)], MaxTest = 2000)]
    public void Accounts_for_every_day_of_a_working_term(Rule rule, LocalDate from)
    {
        if (rule.Unit is not TermUnit.WorkingDays) return;
        var deadline = Deadlines.Compute(rule.Name, from, Today, Calendar, rule.Edition);
        Assert.Equal(Period.DaysBetween(from, deadline.Due), rule.Length + deadline.Trace.Count(step => step.Step == "skipped"));
    }

    [Fact]
    public void Survives_a_holiday_that_an_order_names_for_the_first_time()
    {
        var calendar = Calendar.With(Calendar.Edition,
            [new(Day("2026-11-24"), DayKind.Holiday, "Day of mourning"), new(Day("2026-11-25"), DayKind.MovedOff, "")]);
        Assert.Equal(Day("2026-11-30"), Deadlines.Compute("forwarding", Day("2026-11-23"), Today, calendar).Due);
    }
}
