using static Publications.Specs.CalendarFacts;
using static Publications.Specs.Given;

namespace Publications.Specs;

public class A_cadence
{
    static readonly CadenceRule Daily = new(null, 1, null);

    [Fact] public void is_set() => Same([new CadenceSet(CadenceId, Body, "site", Daily, Editor, Noon)], CadenceDecider.Set(null, Body, "site", Daily, Editor, Noon));
    [Fact] public void is_already_so_when_set_twice() => Assert.Empty(CadenceDecider.Set(Cadence(Set), Body, "site", Set.Rule, Editor, Noon));
    [Fact] public void exists_once() => Assert.Equal("cadence-exists", Refusal(() => CadenceDecider.Set(Cadence(Set), Body, "site", Daily, Editor, Noon)));
    [Fact] public void is_set_again_after_it_was_dropped() => Assert.Single(CadenceDecider.Set(Cadence(Cadences), Body, "site", Daily, Editor, Noon));
    [Fact] public void is_changed_and_holds_from_then_on() => Assert.Equal((Daily, Due), Cadence([Set, .. CadenceDecider.Change(Cadence(Set), Daily, Editor, Due)]) is var c ? (c.Rule, c.Since) : default);
    [Fact] public void is_already_so_when_changed_twice() => Assert.Empty(CadenceDecider.Change(Cadence(Set), Set.Rule, Editor, Noon));
    [Fact] public void is_not_changed_when_dropped() => Assert.Equal("cadence-dropped", Refusal(() => CadenceDecider.Change(Cadence(Cadences), Daily, Editor, Noon)));
    [Fact] public void is_dropped() => Assert.Single(CadenceDecider.Drop(Cadence(Set), Editor, Noon));
    [Fact] public void is_dropped_once() => Assert.Empty(CadenceDecider.Drop(Cadence(Cadences), Editor, Noon));
    [Fact] public void is_of_one_channel_of_one_body() => Assert.NotEqual(CadenceDecider.StreamId("a", "b"), CadenceDecider.StreamId("b", "a"));

    [Theory, InlineData(0, null, null, "everyHours"), InlineData(721, null, null, "everyHours"), InlineData(null, 0, null, "perDay"), InlineData(null, 101, null, "perDay"), InlineData(null, null, -1, "minutesBetween"),
        InlineData(null, null, 1441, "minutesBetween")]
    public void is_within_limits(int? hours, int? perDay, int? minutes, string field)
    {
        Assert.Equal("cadence-invalid", Refusal(() => CadenceDecider.Checked(hours, perDay, minutes)));
        Assert.Equal([field], Fields(() => CadenceDecider.Checked(hours, perDay, minutes)));
    }

    [Fact] public void says_something() => Assert.Equal("cadence-empty", Refusal(() => CadenceDecider.Checked(null, null, null)));
}

public class A_key_to_the_calendar
{
    [Fact] public void is_revoked_once() => Assert.Equal((1, 0), (CalendarKeyDecider.Revoke(Key(1), Editor, Noon).Count, CalendarKeyDecider.Revoke(Key(2), Editor, Noon).Count));

    static CalendarKey Key(int facts) => Keys.Take(facts).Aggregate((CalendarKey?)null, CalendarKeyDecider.Evolve)!;
}
