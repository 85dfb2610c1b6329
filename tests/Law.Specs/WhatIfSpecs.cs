using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using NodaTime;
using static Law.Specs.Given;

namespace Law.Specs;

/// <summary>Calendars after an order of a few days, made working or not at random.</summary>
public static class AnyOrder
{
    public static Arbitrary<WorkingCalendar> Calendars() =>
        (from days in Gen.Choose(0, 1460).ListOf(6) from works in Gen.Elements(true, false).ListOf(6) select Changed(days, works)).ToArbitrary();

    static WorkingCalendar Changed(IEnumerable<int> days, IEnumerable<bool> works) => Calendar.With(Calendar.Edition with { Version = "changed" },
        days.Zip(works, (day, work) => new CalendarDay(new LocalDate(2024, 1, 1).PlusDays(day), work ? DayKind.TransferredWork : DayKind.TransferredOff, "")
        { For = new LocalDate(2024, 1, 1) }));
}

public class A_changed_calendar
{
    static readonly LocalDate Today = Day("2026-11-23");

    [Property(Arbitrary = [typeof(AnyDay), typeof(AnyOrder)], MaxTest = 2000)]
    public void Still_ends_every_term_on_a_working_day_and_in_order(Rule rule, LocalDate from, WorkingCalendar calendar)
    {
        Deadline Of(LocalDate day) => Deadlines.Compute(rule.Name, day, Today, calendar, rule.Edition);
        var (deadline, next) = (Of(from), Of(from.PlusDays(1)));
        Assert.True(calendar.IsWorking(deadline.Due) && calendar.IsWorking(deadline.SafeDue) && deadline.SafeDue <= deadline.Due);
        Assert.True(deadline.Due <= next.Due && deadline.SafeDue <= next.SafeDue);
        Assert.NotEqual(deadline.Sentence.Kk, deadline.Sentence.Ru);
    }

    [Property(Arbitrary = [typeof(AnyDay), typeof(AnyOrder)], MaxTest = 2000)]
    public void Moves_no_term_that_holds_no_changed_day(Rule rule, LocalDate from, WorkingCalendar calendar)
    {
        var (before, after) = (Deadlines.Compute(rule.Name, from, Today, Calendar, rule.Edition), Deadlines.Compute(rule.Name, from, Today, calendar, rule.Edition));
        var holds = Calendar.Differing(calendar).Any(day => from < day && day <= before.Due);
        Assert.True(holds || (before.Due, before.SafeDue) == (after.Due, after.SafeDue));
    }

    [Property(Arbitrary = [typeof(AnyDay)], MaxTest = 1000)]
    public void By_nothing_changes_nothing(Rule rule, LocalDate from)
    {
        var same = Calendar.With(Calendar.Edition with { Version = "same" }, Calendar.Special(2026).Concat(Calendar.Special(2025)));
        var (before, after) = (Deadlines.Compute(rule.Name, from, Today, Calendar, rule.Edition), Deadlines.Compute(rule.Name, from, Today, same, rule.Edition));
        Assert.Equal((before.Due, before.SafeDue, before.Sentence), (after.Due, after.SafeDue, after.Sentence));
        Assert.Empty(Calendar.Differing(same));
    }

    [Fact]
    public void Differs_on_the_days_of_its_order() => Assert.Equal([Day("2026-12-18"), Day("2026-12-19")], Calendar.Differing(Calendar.With(Calendar.Edition,
    [
        new(Day("2026-12-18"), DayKind.TransferredOff, "moved from Sat 2026-12-19"),
        new(Day("2026-12-19"), DayKind.TransferredWork, "works for Fri 2026-12-18"),
        new(Day("2026-12-20"), DayKind.Holiday, "on a Sunday"),
    ])));
}

public class A_rule
{
    [Property(Arbitrary = [typeof(AnyDay)], MaxTest = 1000)]
    public void Of_a_later_edition_does_not_reach_back(Rule rule, LocalDate from, PositiveInt days, PositiveInt length)
    {
        var later = rule with { Edition = "later", ValidFrom = from.PlusDays(days.Get % 3000 + 1), Length = length.Get };
        string? Edition(IEnumerable<Rule> rules) => Deadlines.Rules.Any(known => known.Name == rule.Name && known.ValidFrom <= from)
            ? Deadlines.InForce(rules, rule.Name, from).Edition : Refusal(() => Deadlines.InForce(rules, rule.Name, from));
        Assert.Equal(Edition(Deadlines.Rules), Edition([.. Deadlines.Rules, later]));
        var next = Deadlines.Rules.Append(later).Where(known => known.Name == rule.Name).MaxBy(known => known.ValidFrom)!;
        Assert.Equal(next.Edition, Deadlines.InForce([.. Deadlines.Rules, later], rule.Name, Day("2100-01-01")).Edition);
    }

    [Property(Arbitrary = [typeof(AnyDay)], MaxTest = 500)]
    public void Gives_a_request_the_same_dates_whenever_it_is_asked(LocalDate from, PositiveInt later)
    {
        var term = new RunningTerm(Guid.Empty, "reply", from, from, from);
        var (_, moved) = WhatIf.Run([term], Calendar, new(Calendar, null, new Dictionary<string, int>()), from.PlusDays(later.Get));
        Assert.Empty(moved);
        Assert.Equal(Deadlines.Compute("reply", from, from, Calendar).Due, WhatIf.Now(term, Calendar).Due);
    }

    [Fact]
    public void Says_where_it_was_read_inferred_or_left_open() => Assert.All(Deadlines.Rules, rule => Assert.Matches(@"^\[[SIU]\]", rule.Source));

    [Fact]
    public void Says_in_words_what_it_is_counted_from() => Assert.All(Deadlines.Rules, rule => Assert.NotEmpty(Words.Say(rule.CountedFrom).Kk));
}

public class A_caseload_under_another_law
{
    static readonly LocalDate Today = Day("2026-04-06");

    // due 26.03.2026, 16.04.2026, 04.05.2026
    static readonly RunningTerm[] Caseload = [Term("2026-03-06"), Term("2026-04-01"), Term("2026-04-16")];

    static RunningTerm Term(string from, string rule = "reply", string? registered = null) =>
        new(Guid.NewGuid(), rule, Day(from), Day(registered ?? from), Day(from));

    static OtherLaw Law(string? edition = null, int? reply = null, params CalendarDay[] days) => new(Calendar.With(Calendar.Edition, days), edition,
        reply is { } length ? new Dictionary<string, int> { ["reply"] = length } : new Dictionary<string, int>());

    static ShiftCounts Counts(OtherLaw law, params RunningTerm[] caseload) => WhatIf.Run(caseload, Calendar, law, Today).Counts;

    [Fact]
    public void Stays_as_it_is_under_its_own() => Assert.Equal(new(3, 0, 0, 3, 0, 0), Counts(Law(), Caseload));

    [Fact]
    public void With_a_longer_term_has_later_days_and_what_was_late_is_in_time()
    {
        Assert.Equal(new(3, 3, 0, 0, 1, 0), Counts(Law(reply: 35), Caseload));
        var moved = WhatIf.Run(Caseload, Calendar, Law(reply: 35), Today).Moved;
        Assert.Equal(Caseload.Select(term => term.Id), moved.Select(shift => shift.Id));
        Assert.Equal((Day("2026-03-26"), Day("2026-03-20"), Day("2026-04-10"), Day("2026-04-10")),
            (moved[0].Due, moved[0].SafeDue, moved[0].NewDue, moved[0].NewSafeDue));
    }

    [Fact]
    public void With_a_shorter_term_has_earlier_days_and_what_was_in_time_is_late() =>
        Assert.Equal(new(3, 0, 3, 0, 0, 1), Counts(Law(reply: 2), Caseload));

    [Fact]
    public void With_another_calendar_moves_what_ends_on_the_changed_day() =>
        Assert.Equal(new(3, 1, 0, 2, 0, 0), Counts(Law(days: new CalendarDay(Day("2026-04-16"), DayKind.Holiday, "")), Caseload));

    [Fact]
    public void With_a_day_off_more_before_an_unrolled_last_day_moves_the_safe_day_alone() =>
        Assert.Equal(new(1, 0, 1, 0, 0, 0), Counts(Law(days: new CalendarDay(Day("2026-03-20"), DayKind.TransferredOff, "")), Term("2026-03-06")));

    [Fact]
    public void Under_another_edition_is_counted_from_that_editions_fact()
    {
        var term = Term("2026-04-03", "appk-reply", registered: "2026-04-07");
        Assert.Equal(Deadlines.Compute("appk-reply", Day("2026-04-07"), Today, Calendar).Due, WhatIf.Now(term, Calendar).Due);
        Assert.Equal(Deadlines.Compute("appk-reply", Day("2026-04-03"), Today, Calendar).Due, WhatIf.Of(term, Law("APPK-2021")).Due);
        Assert.Equal(new(1, 0, 1, 0, 0, 0), Counts(Law("APPK-2021"), term));
    }

    [Fact]
    public void Keeps_the_terms_that_the_other_edition_does_not_have() => Assert.Equal(new(3, 0, 0, 3, 0, 0), Counts(Law("APPK-2021"), Caseload));

    [Fact]
    public void Extended_takes_the_length_of_what_it_extends_along() => Assert.Equal(Day("2026-04-01").PlusDays(20 + 15),
        WhatIf.Of(Term("2026-04-01", "extended-reply"), Law(reply: 20)).LastDay);

    [Fact]
    public void Refuses_what_no_law_knows()
    {
        Assert.Equal("edition-unknown", Refusal(() => Law("401-V-1916").Checked()));
        Assert.Equal("rule-unknown", Refusal(() => new OtherLaw(Calendar, null, new Dictionary<string, int> { ["answer"] = 5 }).Checked()));
        Assert.Equal("length-invalid", Refusal(() => Law(reply: 0).Checked()));
        Assert.Equal("length-invalid", Refusal(() => Law(reply: 367).Checked()));
        Assert.Equal(5, Law(reply: 5).Checked().Lengths["reply"]);
    }
}
