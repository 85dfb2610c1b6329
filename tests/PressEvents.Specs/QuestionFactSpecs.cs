using HandingOver;
using JasperFx.Events;
using Platform;
using Specs;
using static PressEvents.Specs.Given;
using static PressEvents.Specs.GivenHandOvers;
using static PressEvents.Specs.GivenProposals;
using static PressEvents.Specs.GivenQuestions;
using Public = Contracts.PressEvents;

namespace PressEvents.Specs;

public class The_facts_of_questions_hand_overs_and_proposals
{
    static readonly object[] Each = [.. OfQuestions, .. OfHandOvers, .. OfProposals];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Each.Length)];

    [Fact]
    public void Every_registered_type_walks_through_every_fold()
    {
        Assert.Equal([.. QuestionDecider.Facts, .. HandOverDecider.Facts, .. ProposalDecider.Facts], Each.Select(fact => fact.GetType()));
        Assert.All(OfQuestions, fact => Assert.NotNull(QuestionDecider.Evolve(Ask(), fact)));
        Assert.All(OfQuestions, fact => Assert.NotNull(QuestionViewFold.Evolve(Seen(), fact)));
        Assert.All(OfHandOvers, fact => Assert.NotNull(HandOverDecider.Evolve(Given_(HAsked), fact)));
        Assert.All(OfHandOvers, fact => Assert.NotNull(HandOverViewFold.Evolve(HandOverViewFold.Evolve(null, HAsked), fact)));
        Assert.All(OfProposals, fact => Assert.NotNull(ProposalDecider.Evolve(GivenProposals.State(), fact)));
        Assert.All(OfProposals, fact => Assert.NotNull(ProposalViewFold.Evolve(GivenProposals.View(), fact)));
        Assert.All(Each, fact => Assert.NotEqual(default, HistoryEntry.AtOf(fact)));
    }

    [Fact]
    public void An_unknown_one_throws()
    {
        Assert.Throws<InvalidOperationException>(() => QuestionDecider.Evolve(Ask(), new object()));
        Assert.Throws<InvalidOperationException>(() => QuestionViewFold.Evolve(Seen(), new object()));
        Assert.Throws<InvalidOperationException>(() => HandOverDecider.Evolve(Given_(HAsked), new object()));
        Assert.Throws<InvalidOperationException>(() => HandOverViewFold.Evolve(HandOverViewFold.Evolve(null, HAsked), new object()));
        Assert.Throws<InvalidOperationException>(() => ProposalDecider.Evolve(GivenProposals.State(), new object()));
        Assert.Throws<InvalidOperationException>(() => ProposalViewFold.Evolve(GivenProposals.View(), new object()));
    }

    [Theory, MemberData(nameof(Numbers))]
    public void Keep_their_stored_shape(int number) => Golden.CheckText(Platform.Store.NameOf(Each[number].GetType()) + ".json", Stored(Each[number]));

    [Theory, MemberData(nameof(Numbers))]
    public void Come_back_from_the_store_as_they_were(int number)
    {
        using var json = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Stored(Each[number])));
        Assert.Equal(Stored(Each[number]), Stored(Given.Store.FromJson(Each[number].GetType(), json)));
    }

    static Platform.Outgoing? Leaves_(object fact) => Leaves.List.For(Wrap((dynamic)fact));
    static Event<T> Wrap<T>(T fact) where T : notnull => new Event<T>(fact) { Version = 4 };
    static readonly object[] Leaving = [QPromised, QWritten, HTaken, PDecided];

    [Fact]
    public void Those_of_a_body_leave_for_that_body_and_decisions_for_everybody() => Assert.Equal(
        [(typeof(Public.WrittenAnswerPromised), "min-emergency"), (typeof(Public.QuestionAnsweredInWriting), "min-emergency"), (typeof(Public.HandOverTaken), "min-emergency"), (typeof(Public.ProposalDecided), (string?)null)],
        Leaving.Select(fact => Leaves_(fact)!).Select(l => (l.Message.GetType(), l.Body)));

    [Fact] public void The_others_stay_in_the_house() => Assert.All(Each.Except(Leaving), fact => Assert.Null(Leaves_(fact)));

    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(3)]
    public void Their_messages_keep_their_shape(int number)
    {
        var message = Leaves_(Leaving[number])!.Message;
        Golden.CheckText($"message_{Platform.Store.NameOf(message.GetType())}.json", Stored(message));
    }
}
