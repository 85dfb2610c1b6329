using static Publications.Specs.Given;

namespace Publications.Specs;

public class A_rehearsal
{
    static readonly CrisisPlan Plan = Crises.Plan(Crises.Drafted);
    static readonly RehearseCrisisPlan AsItIs = new(null, null, Crises.Values, null, null, null);
    static readonly Dictionary<string, ChannelAccount> Accounts = new() { ["site"] = ConfiguredAccounts.Site };

    static RehearsalReport When(RehearseCrisisPlan? ask = null, CrisisPlan? plan = null, params (Publication, IReadOnlyList<HaltScope>)[] ordinary)
    {
        var next = 0;
        return Rehearsal.Run(plan ?? Plan, ask ?? AsItIs, Accounts, ordinary, () => new($"0197f3a0-0000-7000-8000-{++next:x12}"), Noon);
    }

    static (Publication, IReadOnlyList<HaltScope>) Armed(DateTimeOffset due, params string[] tags) =>
        (State(ScheduledFacts()) with { DueAt = due }, [new(Body, "site", "site", tags, [])]);

    [Fact]
    public void says_what_would_have_gone_out_when_and_where()
    {
        var report = When();
        // one person drafts (20 minutes each), one approves (10 minutes a language), 5 minutes to the release, a second for the channel
        Assert.Equal([("first", "site", "kk", 45), ("first", "site", "ru", 45), ("sorry", "site", "kk", 65), ("sorry", "site", "ru", 65)],
            report.Out.Select(o => (o.Template, o.Channel, o.Language, (int)(o.At - Noon).TotalMinutes)));
        Assert.Equal("Құлсары: су тасқыны", report.Out[0].Title.Kk);
        Assert.Equal(["drafted", "approved", "approved", "armed"], report.Steps.Where(s => s.Template == "first").Select(s => s.What));
    }

    [Fact] public void keeps_the_three_hours_when_people_are_quick() => Assert.Equal((true, Noon.AddHours(3)), (When().Clock!.Kept, When().Clock!.DueAt));
    [Fact] public void fails_the_three_hours_when_they_are_not() => Assert.Equal((false, Noon.AddMinutes(185).AddSeconds(1)), (Slow.Clock!.Kept, Slow.Clock.OutAt));
    static RehearsalReport Slow => When(AsItIs with { Minutes = new(120, 30, 5) });
    [Fact] public void has_no_clock_where_no_statement_is_mandatory() => Assert.Null(When(AsItIs with { DisruptsLiving = false }).Clock);

    [Fact]
    public void with_two_who_draft_and_two_who_approve_is_quicker()
    {
        var plan = Plan with { Content = Crises.Content with { Roles = [.. Crises.People, new("draft", "editor-2") { ById = true }, new("approve", Other) { ById = true }] } };
        Assert.All(When(plan: plan).Out, o => Assert.Equal(45, (int)(o.At - Noon).TotalMinutes));
    }

    [Fact]
    public void says_what_would_have_been_halted()
    {
        var report = When(ordinary: [Armed(Noon.AddHours(1)), Armed(Noon.AddMinutes(-1))]);
        Assert.Equal([(Noon.AddHours(1), true)], report.Ordinary.Select(o => (o.DueAt, o.Halted)));
        Assert.False(When(AsItIs with { HaltOrdinary = false }, null, Armed(Noon.AddHours(1))).Ordinary.Single().Halted);
    }

    [Fact]
    public void on_a_channel_that_is_down_says_that_the_statement_would_not_have_come()
    {
        var report = When(AsItIs with { Down = ["site"] });
        Assert.Empty(report.Out);
        Assert.Equal((null, false), ((DateTimeOffset?)report.Clock!.OutAt, report.Clock.Kept));
        Assert.Equal(2, report.Steps.Count(s => s.What == "missed"));
    }

    [Fact]
    public void by_the_rules_in_earnest_refuses_an_author_as_approver()
    {
        var report = When(plan: Plan with { Content = Crises.Content with { Roles = [new("draft", Editor), new("approve", Editor), new("speak", Editor)] } });
        Assert.Equal(["approver-is-author", "approver-is-author"], report.Steps.Where(s => s.What == "refused").Select(s => s.Code));
        Assert.Empty(report.Out);
    }

    [Fact] public void names_what_is_not_filled_in() => Assert.Contains("[place]", When(AsItIs with { Values = null }).Out[0].Title.Kk!, StringComparison.Ordinal);
    [Fact] public void gives_the_same_report_for_the_same_question() => Assert.Equal(Stored(When()), Stored(When()));
    [Theory, InlineData(-1, 10, 5), InlineData(20, 1441, 5), InlineData(20, 10, 0)]
    public void with_minutes_beyond_measure_is_refused(int draft, int approve, int release) =>
        Assert.Equal("minutes-invalid", Refusal(() => When(AsItIs with { Minutes = new(draft, approve, release) })));
    [Fact] public void with_a_value_for_nothing_is_refused() => Assert.Equal("placeholder-unknown", Refusal(() => When(AsItIs with { Values = new Dictionary<string, Bilingual?> { ["weather"] = new("Ашық", "Ясно") } })));
}

public class A_timeline
{
    [Fact]
    public void is_ordered_by_when_it_was_so_and_then_as_it_was_recorded()
    {
        TimelineEntry Line(int at, int recorded, string what) => new(Noon.AddMinutes(at), Noon.AddMinutes(recorded), "publication", Id, what, null);
        Assert.Equal(["a", "b", "c"], Timeline.Ordered([Line(2, 2, "c"), Line(1, 2, "b"), Line(1, 1, "a")]).Select(e => e.What));
    }
}
