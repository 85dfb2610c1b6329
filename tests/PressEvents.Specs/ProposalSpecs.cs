using Law;
using NodaTime;
using static PressEvents.Specs.Given;
using static PressEvents.Specs.GivenQuestions;

namespace PressEvents.Specs;

static class GivenProposals
{
    public static readonly Guid ProposalId = new("01a20000-0000-7000-8000-00000000e001");
    public static readonly ProposalMade PMade = new(ProposalId, Id, "min-emergency", "kk", Subject, TextId, null, true, new(2026, 12, 7), During);
    public static readonly ProposalPublished PPublished = new(ProposalId, new("Бөгетті биіктету", "Поднять дамбу"), During);
    public static readonly Official Official = new(new("Айдос Берікұлы", "Айдос Берикулы"), new("Вице-министр", "Заместитель министра"));
    public static readonly ProposalDecided PDecided = new(ProposalId, Id, "min-emergency", "PartlyAccepted", new("Жартысы", "Половина"), Official, During);
    public static readonly object[] OfProposals = [PMade, PPublished, PDecided];

    public static Proposal State(params object[] facts) => facts.Prepend(PMade).Aggregate((Proposal?)null, ProposalDecider.Evolve)!;
    public static ProposalView View(params object[] facts) => facts.Prepend(PMade).Aggregate((ProposalView?)null, ProposalViewFold.Evolve)!;
}

public class A_proposal
{
    static readonly PublishProposal Publish = new(GivenProposals.PPublished.Wording);
    static readonly DecideProposal Decide = new("PartlyAccepted", GivenProposals.PDecided.Reason, new(GivenProposals.Official.Name, GivenProposals.Official.Post));

    static IReadOnlyList<object> When(PublishProposal ask, params object[] given) => ProposalDecider.Decide(GivenProposals.State(given), ask, During);
    static IReadOnlyList<object> When(DecideProposal ask, params object[] given) => ProposalDecider.Decide(GivenProposals.State(given), ask, During);

    [Fact] public void Is_published_in_a_moderators_wording() => Same(GivenProposals.PPublished, When(Publish));
    [Fact] public void Published_twice_it_is_recorded_once() => Assert.Empty(When(Publish, GivenProposals.PPublished));
    [Fact] public void Only_with_consent() => Refused("consent-missing", () => ProposalDecider.Decide(new Proposal(GivenProposals.ProposalId, GivenProposals.PMade with { MayPublish = false }), Publish, During));
    [Fact] public void A_wording_is_needed() => Refused("wording-missing", "wording", () => When(new PublishProposal(null)));

    [Fact] public void Is_decided_with_reason_and_official() => Same(GivenProposals.PDecided, When(Decide));
    [Fact] public void Decided_twice_it_is_recorded_once() => Assert.Empty(When(Decide, GivenProposals.PDecided));
    [Fact] public void Another_decision_comes_too_late() => Refused("decided", () => When(Decide with { Decision = "Accepted" }, GivenProposals.PDecided));
    [Theory, InlineData(null), InlineData("Perhaps")] public void The_list_of_decisions_is_closed(string? decision) => Refused("decision-unknown", "decision", () => When(Decide with { Decision = decision }));
    [Fact] public void Reasons_are_in_both_languages() => Refused("language-missing", "reason.kk", () => When(Decide with { Reason = new(null, "Нет") }));
    [Fact] public void Somebody_answers_for_it() => Refused("language-missing", "official.name.kk official.name.ru", () => When(Decide with { Official = null }));
}

public class The_term_of_a_proposal
{
    static ProposalShown At(string now, params object[] facts) => ProposalShown.Of(GivenProposals.View(facts), Data.Calendar, Given.At(now));

    [Theory]
    [InlineData("2026-12-07T11:30:00+05:00", "2026-12-07")] // Monday
    [InlineData("2026-12-07T23:30:00+05:00", "2026-12-08")] // after closing
    [InlineData("2026-12-12T10:00:00+05:00", "2026-12-14")] // Saturday
    public void Runs_from_registration(string made, string day) =>
        Assert.Equal(DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), ProposalTerm.RegisteredOn(Given.At(made), "min-emergency", Data.Calendar));

    [Fact]
    public void Is_that_of_an_appeal()
    {
        var term = At("2026-12-08T10:00:00+05:00").Term;
        Assert.Equal(("appk-reply", Deadlines.Compute("appk-reply", new LocalDate(2026, 12, 7), new LocalDate(2026, 12, 7), Data.Calendar).Due.ToDateOnly()), (term.Rule, term.Due));
        Assert.NotEmpty(term.Trace);
    }

    [Fact]
    public void Overdue_is_counted_at_reading()
    {
        var due = At("2026-12-08T10:00:00+05:00").Term.Due;
        var after = Registration.DueInstant(LocalDate.FromDateOnly(due));
        Assert.False(ProposalShown.Of(GivenProposals.View(), Data.Calendar, after.AddSeconds(-1)).Overdue);
        Assert.True(ProposalShown.Of(GivenProposals.View(), Data.Calendar, after.AddDays(10)).Overdue);
        var late = ProposalShown.Of(GivenProposals.View(GivenProposals.PDecided with { At = after.AddDays(10) }), Data.Calendar, after.AddDays(100));
        Assert.True(late is { Overdue: false, LateBy: > 0, State: "Decided" });
    }

    [Fact]
    public void The_list_tells_the_same() => Assert.All(Enumerable.Range(0, 60).Select(n => new LocalDate(2026, 12, 7).PlusDays(n)), today =>
        Assert.Equal(ProposalTerm.Of(new(2026, 12, 7), Data.Calendar).Due < today, new DateOnly(2026, 12, 7) <= ProposalTerm.Cutoff(today, Data.Calendar)));

    [Fact]
    public void An_event_takes_them_until_ten_working_days_after_it()
    {
        var ended = Live with { State = "Concluded", ConcludedAt = Given.At("2026-12-11T12:10:00Z") };
        Assert.True(ProposalTerm.IsOpen(Announced_, Data.Calendar, Given.At("2026-12-01T10:00:00+05:00")));
        Assert.True(ProposalTerm.IsOpen(Live, Data.Calendar, During));
        Assert.True(ProposalTerm.IsOpen(ended, Data.Calendar, Given.At("2026-12-28T23:59:59+05:00")));
        Assert.False(ProposalTerm.IsOpen(ended, Data.Calendar, Given.At("2026-12-29T00:00:00+05:00")));
        Assert.False(ProposalTerm.IsOpen(Live with { State = "Cancelled" }, Data.Calendar, During));
        Assert.False(ProposalTerm.IsOpen(Live with { IsOpen = false }, Data.Calendar, During));
    }

    [Fact] public void What_was_not_published_shows_no_words() => Assert.Null(At("2026-12-08T10:00:00+05:00").Wording);
}
