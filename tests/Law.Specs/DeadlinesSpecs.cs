using FsCheck.Xunit;
using NodaTime;
using static Law.Specs.Given;

namespace Law.Specs;

public class A_deadline
{
    static readonly LocalDate Today = Day("2026-11-23");

    static Deadline Of(string? rule, string from, string? edition = null) => Deadlines.Compute(rule, Day(from), Today, Calendar, edition);

    static Deadline Of(Rule rule, LocalDate from) => Deadlines.Compute(rule.Name, from, Today, Calendar, rule.Edition);

    static LocalDate LastDay(Deadline deadline) => deadline.Trace.Single(step => step.Step == "last-day").Date;

    public static IEnumerable<TheoryDataRow<string, string, string, string>> TruthTable() =>
        Lines("deadlines.csv").Skip(1).Select(line => line.Split(','))
            .Select(row => new TheoryDataRow<string, string, string, string>(row[0], row[1], row[2], row[3]));

    [Theory, MemberData(nameof(TruthTable))]
    public void Is_as_in_the_truth_table(string rule, string from, string due, string safeDue)
    {
        var deadline = Of(rule, from);
        Assert.Equal((rule, Day(from), Day(due), Day(safeDue)), (deadline.Rule, deadline.From, deadline.Due, deadline.SafeDue));
        Assert.False(deadline.Provisional);
    }

    /// <summary>Terms of the same laws that the truth table does not show.</summary>
    static readonly string[] Beside = ["appk-extended-reply", "complaint-term-unnamed-route", "consent-withdrawal", "court-term", "inbox-answer", "media-request-extended", "media-statement-extended",
        "personal-data", "return", "site-news", "site-section", "written-promise"];

    [Fact]
    public void Has_a_row_in_the_truth_table_for_each_rule_that_it_names() => Assert.Equal(
        Deadlines.Rules.Where(rule => !rule.RuleId.StartsWith("ACC-", StringComparison.Ordinal)).Select(rule => rule.Name).Distinct().Except(Beside).Order(),
        Lines("deadlines.csv").Skip(1).Select(line => line.Split(',')[0]).Distinct().Order());

    [Theory]
    [InlineData("appk-extended-reply", "2026-11-23", "2027-02-15", "2027-02-12")] // 15 working days: Mon 14.12; two months: Sun 14.2
    [InlineData("media-request-extended", "2026-11-23", "2026-12-15", "2026-12-15")] // 5 working days: Mon 30.11; 15 days: Tue 15.12
    [InlineData("media-statement-extended", "2026-11-23", "2026-12-10", "2026-12-10")]
    [InlineData("return", "2026-11-30", "2026-12-03", "2026-12-03")]
    [InlineData("court-term", "2027-01-31", "2027-03-01", "2027-02-26")]
    [InlineData("complaint-term-unnamed-route", "2026-11-23", "2027-05-24", "2027-05-21")]
    [InlineData("personal-data", "2026-11-25", "2026-11-26", "2026-11-26")]
    [InlineData("written-promise", "2026-12-11", "2026-12-21", "2026-12-21")] // Wed 16.12 is a holiday
    [InlineData("personal-data", "2026-03-20", "2026-03-26", "2026-03-26")] // Nauryz and its moved days
    [InlineData("personal-data", "2024-05-03", "2024-05-04", "2024-05-04")] // a Saturday that was made working
    [InlineData("consent-withdrawal", "2026-11-25", "2026-12-17", "2026-12-17")] // 16.12 is a holiday
    [InlineData("consent-withdrawal", "2027-05-06", "2027-05-31", "2027-05-31")]
    [InlineData("accreditation-permanent", "2026-11-25", "2026-11-30", "2026-11-30")]
    [InlineData("accreditation-permanent", "2026-03-20", "2026-03-30", "2026-03-30")]
    [InlineData("accreditation-strategic", "2026-12-07", "2026-12-22", "2026-12-22")] // 16.12 is a holiday
    [InlineData("accreditation-call", "2026-11-23", "2026-12-07", "2026-12-07")]
    [InlineData("accreditation-term", "2026-03-10", "2027-03-10", "2027-03-10")]
    [InlineData("accreditation-deprivation", "2026-08-31", "2027-03-01", "2027-02-26")] // 28.2 is a Sunday, and the term's last day all the same
    [InlineData("site-news", "2026-12-15", "2026-12-17", "2026-12-17")] // 16.12 is a holiday
    [InlineData("site-section", "2026-12-14", "2026-12-18", "2026-12-18")]
    public void Of_the_same_laws_beside_it_is_counted_alike(string rule, string from, string due, string safeDue) =>
        Assert.Equal((Day(due), Day(safeDue)), (Of(rule, from).Due, Of(rule, from).SafeDue));

    [Property(Arbitrary = [typeof(AnyDay)], MaxTest = 2000)]
    public void Falls_on_a_working_day_around_the_unrolled_last_day_and_after_its_origin(Rule rule, LocalDate from)
    {
        var deadline = Of(rule, from);
        Assert.True(Calendar.IsWorking(deadline.Due) && Calendar.IsWorking(deadline.SafeDue));
        Assert.True(deadline.Due >= LastDay(deadline) && LastDay(deadline) >= deadline.SafeDue && deadline.SafeDue > from);
        Assert.True(rule.Unit is not TermUnit.WorkingDays || deadline.Due == deadline.SafeDue);
    }

    [Property(Arbitrary = [typeof(AnyDay)], MaxTest = 2000)]
    public void Never_comes_earlier_for_a_later_origin(Rule rule, LocalDate from)
    {
        var (today, tomorrow) = (Of(rule, from), Of(rule, from.PlusDays(1)));
        Assert.True(today.Due <= tomorrow.Due && today.SafeDue <= tomorrow.SafeDue);
    }

    [Property(Arbitrary = [typeof(AnyDay)], MaxTest = 2000)]
    public void When_extended_is_thirty_days_from_the_origin_rolled_once(LocalDate from) => Assert.Equal(
        Calendar.WorkingOnOrAfter(from.PlusDays(30)), Deadlines.Compute("extended-reply", from, Today, Calendar).Due);

    [Property(Arbitrary = [typeof(AnyDay)], MaxTest = 2000)]
    public void Is_provisional_exactly_when_a_day_of_the_term_is(Rule rule, LocalDate from)
    {
        var deadline = Of(rule, from);
        Assert.Equal(deadline.Due.Year > 2027 || from.PlusDays(1).Year < 2024, deadline.Provisional);
        Assert.Equal(deadline.Provisional, deadline.Trace.Any(step => step.Step == "provisional"));
    }

    [Theory]
    [InlineData("2027-12-16", false), InlineData("2027-12-17", true)] // the last day of 2027, the first of 2028
    [InlineData("2023-12-30", true), InlineData("2023-12-31", false)] // counting starts on the next day
    public void Is_provisional_from_the_first_such_day_it_counts(string from, bool provisional) =>
        Assert.Equal(provisional, Of("reply", from).Provisional);

    [Fact]
    public void Extends_only_a_term_of_the_same_origin() => Assert.All(
        Deadlines.Rules.Join(Deadlines.Rules, rule => (rule.Extends, rule.Edition), origin => (origin.Name, origin.Edition), (rule, origin) => (rule, origin)),
        pair => Assert.Equal(pair.rule.CountedFrom, pair.origin.CountedFrom));

    [Theory]
    [InlineData("2026-11-30", "2027-03-01", "2027-02-26")] // 28 February is a Sunday
    [InlineData("2027-11-30", "2028-02-29", "2028-02-29")] // a leap year's last day
    [InlineData("2024-11-29", "2025-02-28", "2025-02-28")]
    [InlineData("2026-01-31", "2026-04-30", "2026-04-30")]
    public void To_complain_ends_with_a_shorter_month(string from, string due, string safeDue) =>
        Assert.Equal((Day(due), Day(safeDue)), (Of("complaint-term", from).Due, Of("complaint-term", from).SafeDue));

    [Theory]
    [InlineData("2028-02-14", "2028-02-29")]
    [InlineData("2028-02-29", "2028-03-15", "2028-03-16")] // Constitution Day since 2027
    [InlineData("2050-12-01", "2050-12-16", "2050-12-19")]
    public void In_a_year_without_a_calendar_is_computed_and_provisional(string from, string last, string? due = null)
    {
        var deadline = Of("reply", from);
        Assert.Equal((Day(last), Day(due ?? last), true), (LastDay(deadline), deadline.Due, deadline.Provisional));
    }

    [Theory]
    [InlineData("reply", "2050-12-20"), InlineData("reply", "2050-12-16"), InlineData("refusal", "2051-01-01")]
    [InlineData("reply", "9999-12-31")]
    [InlineData("complaint-term", "2050-10-01"), InlineData("reply", "2015-12-31"), InlineData("forwarding", "0001-01-01")]
    public void Beyond_the_calendar_is_refused(string rule, string from) => Assert.Equal("calendar-unknown", Refusal(() => Of(rule, from)));

    [Theory]
    [InlineData("answer"), InlineData("Reply"), InlineData(""), InlineData(null)]
    public void Of_an_unknown_rule_is_refused(string? rule) => Assert.Equal("rule-unknown", Refusal(() => Of(rule, "2026-03-06")));

    [Fact]
    public void Of_an_unknown_edition_or_before_the_first_is_refused()
    {
        Assert.Equal("edition-unknown", Refusal(() => Of("reply", "2026-03-06", "401-V-1916")));
        Assert.Equal("edition-unknown", Refusal(() => Deadlines.InForce("reply", Day("2015-12-31"))));
    }

    [Theory]
    [InlineData("2025-12-30", "APPK-2021", "receipt"), InlineData("2025-12-31", "APPK-2025-12", "registration")]
    [InlineData("2026-11-23", "APPK-2025-12", "registration")]
    public void Follows_the_edition_in_force_on_the_day(string asOf, string edition, string countedFrom)
    {
        var rule = Deadlines.InForce("appk-reply", Day(asOf));
        Assert.Equal((edition, countedFrom), (rule.Edition, rule.CountedFrom));
        Assert.Equal(edition, Deadlines.Compute("appk-reply", Day("2026-03-06"), Day(asOf), Calendar).Edition);
    }

    [Fact]
    public void Follows_the_edition_that_is_named() => Assert.Equal("APPK-2021", Of("appk-reply", "2026-03-06", "APPK-2021").Edition);

    [Fact]
    public void Names_each_edition_of_a_rule_once_and_its_source() => Assert.All(
        Deadlines.Rules.GroupBy(rule => (rule.Name, rule.Edition)),
        same => Assert.False(string.IsNullOrWhiteSpace(Assert.Single(same).Source) || string.IsNullOrWhiteSpace(same.Single().Article)));
}
