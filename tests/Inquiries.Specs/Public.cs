using static Inquiries.Specs.Given;

namespace Inquiries.Specs;

public class Timeliness_of_a_request
{
    private static Timeliness? Row(params object[] facts) => facts.Select((fact, i) => (fact, position: i + 1L)).Aggregate((Timeliness?)null, (row, x) => TimelinessFold.Evolve(row, x.fact, x.position));

    [Fact] public void has_no_month_before_a_final_act() => Assert.Equal(("akimat-75", null), Row(Received, Registered) is { } r ? (r.Holder, r.Month) : default);
    [Fact] public void counts_days_of_Almaty_to_the_first_final_act() => Assert.Equal((7, new DateOnly(2026, 11, 1), 3L), Row(Received, Registered, Answered with { At = Noon.AddDays(7) }) is { } r ? (r.Days, r.Month, r.ConcludedPosition) : default);
    [Fact] // 23:30 in Almaty is still the same day, whatever UTC says
    public void ends_the_day_at_midnight_in_Almaty() => Assert.Equal(0, Row(Received, Answered with { At = new(2026, 11, 23, 23, 30, 0, TimeSpan.FromHours(5)) })!.Days);
    [Fact] public void is_in_time_without_a_violation_of_its_term() => Assert.Null(Row(Received, Registered, Answered)!.LatePosition);
    [Fact] public void is_late_with_one_beside_the_act() => Assert.Equal(4, Row(Received, Registered, Answered, Violation)!.LatePosition);
    [Fact] public void is_not_late_for_another_term() => Assert.Null(Row(Received, Registered, RefusedFact, Violation with { Rule = "refusal" })!.LatePosition);
    [Fact] public void is_not_late_for_an_extension_that_came_late() => Assert.Null(Row(Received, Registered, Violation with { At = Noon.AddDays(-1) }, Answered)!.LatePosition);
    [Fact] public void stays_what_it_was_when_a_complaint_opened_it_again() => Assert.Equal(3, Row(Received, Registered, RefusedFact, Complained, Decided with { Outcome = "satisfied" }, Answered with { At = Noon.AddDays(9) })!.ConcludedPosition);
    [Fact] public void counts_a_part_for_its_own_holder() => Assert.Equal("akimat-71", Row(HandedOver, Registered, Answered)!.Holder);
    [Fact] public void knows_nothing_of_withdrawn_ones() => Assert.Null(Row(Received, Registered, Withdrawn)!.Month);
    [Fact] public void is_defined_in_two_languages() => Assert.NotEqual(StatisticsDefinition.Current.Kk, StatisticsDefinition.Current.Ru);
}

public class Words_looked_for_in_disclosures
{
    [Theory, InlineData("жол", "жол:*"), InlineData("Жол жөндеу!", "жол:* & жөндеу:*"), InlineData("a' | !b & (c:*)", "a:* & b:* & c:*"), InlineData("  ", "")]
    public void are_beginnings_and_nothing_of_a_query_language(string q, string wanted) => Assert.Equal(wanted, DisclosureReads.Prefixes(q));

    [Fact]
    public void stand_in_a_feed_by_language()
    {
        DisclosureView view = new(Id, Other, "akimat-75", new("Жолдар", "Дороги"), new("Үш көше.", "Три\u0001улицы."), Noon);
        var (kk, ru) = (DisclosureReads.Document("kk", "https://x/feed", [view]).ToString(), DisclosureReads.Document("ru", "https://x/feed", [view]).ToString());
        Assert.Contains("Үш көше.", kk, StringComparison.Ordinal);
        Assert.DoesNotContain("Три", kk, StringComparison.Ordinal);
        Assert.Contains("Три\uFFFDулицы.", ru, StringComparison.Ordinal);
        Assert.Contains("Акимат города Алматы", ru, StringComparison.Ordinal);
    }
}
