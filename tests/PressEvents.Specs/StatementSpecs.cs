using JasperFx.Events;
using Platform;
using Specs;
using static PressEvents.Specs.Given;
using Public = Contracts.PressEvents;

namespace PressEvents.Specs;

/// <summary>A statement as the specs know it: written by Asel, approved by Bolat.</summary>
static class GivenStatements
{
    public const string Asel = "asel", Bolat = "bolat";
    public static readonly Guid StatementId = new("01a20000-0000-7000-8000-000000000051"), RequestId = new("01a20000-0000-7000-8000-000000000052");
    public static readonly DraftStatement Ask = new(null, "min-emergency", new("Су тасқыны туралы", "О паводке"), new("Жағдай бақылауда.", "Ситуация под контролем."));
    public static readonly StatementDrafted Drafted = StatementDecider.Draft(StatementId, Ask, Asel, Now);
    public static readonly StatementRevised Revised_ = new(StatementId, Drafted.Title, new("Жағдай толық бақылауда.", "Ситуация под полным контролем."), Asel, Now.AddHours(1));
    public static readonly StatementSubmitted Submitted = new(StatementId, Asel, Now.AddHours(1));
    public static readonly StatementApproved Approved = new(StatementId, Bolat, Now.AddHours(2));
    public static readonly StatementReleased Released = new(StatementId, "Statement", "min-emergency", Drafted.Title, Drafted.Text, Asel, Now.AddHours(3));
    public static readonly Bilingual Why = new("Сан қате болды", "Была ошибка в числе");
    public static readonly StatementCorrected Corrected = new(StatementId, "Statement", "min-emergency", Drafted.Title, Revised_.Text, Why, Bolat, Now.AddHours(4));
    public static readonly StatementWithdrawn Withdrawn = new(StatementId, "Statement", "min-emergency", Why, Bolat, Now.AddHours(4));
    public static readonly ClarificationRequested Requested = ClarificationDecider.Request(RequestId, Statement(Drafted, Submitted, Approved, Released), 4, "ru", Data.Calendar, At("2026-11-23T10:00:00+05:00")).Fact;

    public static Statement Statement(params object[] facts) => facts.Aggregate((Statement?)null, StatementDecider.Evolve)!;
    public static StatementView Shown(params object[] facts) => facts.Aggregate((StatementView?)null, StatementViewFold.Evolve)!;
}

public class A_statement
{
    static readonly object[] Ready = [GivenStatements.Drafted, GivenStatements.Submitted, GivenStatements.Approved], Out = [.. Ready, GivenStatements.Released];
    static Statement State(params object[] facts) => GivenStatements.Statement(facts);

    [Fact] public void Is_drafted() => Assert.Equal(("Statement", "min-emergency"), (GivenStatements.Drafted.Kind, GivenStatements.Drafted.Body));
    [Fact] public void Or_is_a_notice() => Assert.Equal("Notice", StatementDecider.Draft(GivenStatements.StatementId, GivenStatements.Ask with { Kind = "Notice" }, "x", Now).Kind);
    [Fact] public void Is_nothing_else() => Refused("kind-unknown", "kind", () => StatementDecider.Draft(GivenStatements.StatementId, GivenStatements.Ask with { Kind = "Rumour" }, "x", Now));
    [Fact] public void Is_a_known_bodys() => Refused("body-unknown", "body", () => StatementDecider.Draft(GivenStatements.StatementId, GivenStatements.Ask with { Body = null }, "x", Now));
    [Fact] public void Has_a_title() => Refused("title-missing", "title", () => StatementDecider.Draft(GivenStatements.StatementId, GivenStatements.Ask with { Title = null }, "x", Now));
    [Fact] public void Has_a_text() => Refused("text-missing", "text", () => StatementDecider.Draft(GivenStatements.StatementId, GivenStatements.Ask with { Text = new(" ", null) }, "x", Now));

    [Fact] public void Is_revised() => Same(GivenStatements.Revised_, StatementDecider.Decide(State(GivenStatements.Drafted), new ReviseStatement(null, GivenStatements.Revised_.Text), GivenStatements.Asel, Now.AddHours(1)));
    [Fact] public void The_same_words_are_no_revision() => Assert.Empty(StatementDecider.Decide(State(Ready), new ReviseStatement(GivenStatements.Drafted.Title), "x", Now));
    [Fact] public void A_revision_makes_it_a_draft_again() => Assert.Equal(StatementState.Drafted, State([.. Ready, GivenStatements.Revised_]).State);
    [Fact] public void Is_not_revised_once_it_is_out() => Refused("released", () => StatementDecider.Decide(State(Out), new ReviseStatement(GivenStatements.Why), "x", Now));

    [Fact] public void Is_submitted() => Same(GivenStatements.Submitted, StatementDecider.Submit(State(GivenStatements.Drafted), GivenStatements.Asel, Now.AddHours(1)));
    [Fact] public void Is_submitted_once() => Assert.Empty(StatementDecider.Submit(State(GivenStatements.Drafted, GivenStatements.Submitted), GivenStatements.Asel, Now));
    [Fact] public void Has_both_languages_by_then() => Refused("language-missing", "text.kk", () => StatementDecider.Submit(State(GivenStatements.Drafted with { Text = new(null, "Только") }), GivenStatements.Asel, Now));
    [Fact] public void Is_not_submitted_once_it_is_out() => Refused("released", () => StatementDecider.Submit(State(Out), GivenStatements.Asel, Now));

    [Fact] public void Is_approved_by_another() => Same(GivenStatements.Approved, StatementDecider.Approve(State(GivenStatements.Drafted, GivenStatements.Submitted), GivenStatements.Bolat, Now.AddHours(2)));
    [Fact] public void Is_approved_once() => Assert.Empty(StatementDecider.Approve(State(Ready), GivenStatements.Bolat, Now));
    [Fact] public void Never_by_its_author() => Refused("approver-is-author", () => StatementDecider.Approve(State(GivenStatements.Drafted, GivenStatements.Submitted), GivenStatements.Asel, Now));
    [Fact] public void Nor_by_who_revised_it() => Refused("approver-is-author", () => StatementDecider.Approve(State(GivenStatements.Drafted, GivenStatements.Revised_ with { By = GivenStatements.Bolat }, GivenStatements.Submitted), GivenStatements.Bolat, Now));
    [Fact] public void Not_before_it_is_submitted() => Refused("not-submitted", () => StatementDecider.Approve(State(GivenStatements.Drafted), GivenStatements.Bolat, Now));

    [Fact] public void Is_released_at_one_instant() => Same(GivenStatements.Released, StatementDecider.Release(State(Ready), GivenStatements.Asel, Now.AddHours(3)));
    [Fact] public void Is_released_once() => Assert.Empty(StatementDecider.Release(State(Out), GivenStatements.Asel, Now));
    [Fact] public void Not_before_it_is_approved() => Refused("not-approved", () => StatementDecider.Release(State(GivenStatements.Drafted, GivenStatements.Submitted), GivenStatements.Asel, Now));
    [Fact] public void Not_once_it_was_withdrawn() => Refused("not-approved", () => StatementDecider.Release(State([.. Out, GivenStatements.Withdrawn]), GivenStatements.Asel, Now));

    [Fact] public void Is_corrected_with_a_reason() => Same(GivenStatements.Corrected, StatementDecider.Decide(State(Out), new CorrectStatement(null, GivenStatements.Revised_.Text, GivenStatements.Why), GivenStatements.Bolat, Now.AddHours(4)));
    [Fact] public void Is_corrected_once() => Assert.Empty(StatementDecider.Decide(State([.. Out, GivenStatements.Corrected]), new CorrectStatement(null, GivenStatements.Revised_.Text, GivenStatements.Why), "x", Now));
    [Fact] public void Not_without_one() => Refused("reason-missing", "reason.kk", () => StatementDecider.Decide(State(Out), new CorrectStatement(null, GivenStatements.Revised_.Text, new(null, "Ошибка")), "x", Now));
    [Fact] public void Keeps_both_languages() => Refused("language-missing", "text.ru", () => StatementDecider.Decide(State(Out), new CorrectStatement(null, new("Тек", null), GivenStatements.Why), "x", Now));
    [Fact] public void Is_not_corrected_before_it_is_out() => Refused("not-released", () => StatementDecider.Decide(State(Ready), new CorrectStatement(null, GivenStatements.Revised_.Text, GivenStatements.Why), "x", Now));

    [Fact] public void Is_withdrawn_with_a_reason() => Same(GivenStatements.Withdrawn, StatementDecider.Decide(State(Out), new WithdrawStatement(GivenStatements.Why), GivenStatements.Bolat, Now.AddHours(4)));
    [Fact] public void Is_withdrawn_once() => Assert.Empty(StatementDecider.Decide(State([.. Out, GivenStatements.Withdrawn]), new WithdrawStatement(GivenStatements.Why), "x", Now));
    [Fact] public void And_that_is_final() => Refused("withdrawn", () => StatementDecider.Decide(State([.. Out, GivenStatements.Withdrawn]), new CorrectStatement(null, GivenStatements.Revised_.Text, GivenStatements.Why), "x", Now));
    [Fact]
    public void Is_read_no_more_then_but_its_title_and_reason() => Assert.True(GivenStatements.Shown([.. Out, GivenStatements.Withdrawn]) is { IsOpen: true, Text: null, State: "Withdrawn" } view
        && view.WithdrawnBecause == GivenStatements.Why);
    [Fact] public void Is_public_from_its_release_on() => Assert.Equal([false, true], new object[][] { Ready, Out }.Select(facts => GivenStatements.Shown(facts).IsOpen));
    [Fact] public void Shows_its_corrections() => Assert.Equal((GivenStatements.Revised_.Text, GivenStatements.Why), GivenStatements.Shown([.. Out, GivenStatements.Corrected]) is { Text: { } text, Corrections: [var one] } ? (text, one.Reason) : default);
}

public class A_request_to_clarify_a_statement
{
    static readonly Statement Out = GivenStatements.Statement(GivenStatements.Drafted, GivenStatements.Submitted, GivenStatements.Approved, GivenStatements.Released);
    static ClarificationRequested Request(string now, Statement? about = null) => ClarificationDecider.Request(GivenStatements.RequestId, about ?? Out, 4, "ru", Data.Calendar, At(now)).Fact;

    [Fact]
    public void Has_two_working_days() => Assert.Equal((new DateOnly(2026, 11, 23), new DateOnly(2026, 11, 25), new DateOnly(2026, 11, 25)),
        Request("2026-11-23T10:00:00+05:00") is var r ? (r.RegisteredOn, r.Due, r.SafeDue) : default);
    [Fact] public void After_closing_time_is_registered_the_next_day() => Assert.Equal((new DateOnly(2026, 11, 24), new DateOnly(2026, 11, 26)), Request("2026-11-23T23:00:00+05:00") is var r ? (r.RegisteredOn, r.Due) : default);
    [Fact] public void A_weekend_does_not_count() => Assert.Equal(new DateOnly(2026, 12, 1), Request("2026-11-27T10:00:00+05:00").Due);
    [Fact] public void Says_by_which_law() => Assert.Equal("MML-2024", Request("2026-11-23T10:00:00+05:00").Edition);
    [Fact] public void Is_about_what_is_out() => Refused("not-released", () => Request("2026-11-23T10:00:00+05:00", GivenStatements.Statement(GivenStatements.Drafted)));
    [Fact] public void And_stands() => Refused("withdrawn", () => Request("2026-11-23T10:00:00+05:00", Out with { State = StatementState.Withdrawn }));
}

public class The_facts_about_statements
{
    static readonly object[] OfStatements = [GivenStatements.Drafted, GivenStatements.Revised_, GivenStatements.Submitted, GivenStatements.Approved, GivenStatements.Released, GivenStatements.Corrected, GivenStatements.Withdrawn];
    static readonly object[] Each = [.. OfStatements, GivenStatements.Requested];

    [Fact]
    public void Walk_through_every_fold()
    {
        Assert.Equal(StatementDecider.Facts, OfStatements.Select(f => f.GetType()));
        Assert.Equal(ClarificationDecider.Facts, [GivenStatements.Requested.GetType()]);
        foreach (var fact in OfStatements)
        {
            // a correction leaves it released
            var before = fact is StatementCorrected ? new object[] { GivenStatements.Drafted, GivenStatements.Released } : [GivenStatements.Drafted];
            Assert.Equal(StatementDecider.Evolve(GivenStatements.Statement(before), fact)!.State.ToString(), StatementViewFold.Evolve(GivenStatements.Shown(before), fact)!.State);
        }

        Assert.NotNull(ClarificationDecider.Evolve(null, GivenStatements.Requested));
        Assert.NotNull(ClarificationViewFold.Evolve(null, GivenStatements.Requested));
        Assert.All(Each, fact => Assert.NotEqual(default, HistoryEntry.AtOf(fact)));
    }

    [Fact]
    public void An_unknown_one_throws() => Assert.All(new Action[] { () => StatementDecider.Evolve(null, new object()), () => StatementViewFold.Evolve(null, new object()),
        () => ClarificationDecider.Evolve(null, new object()), () => ClarificationViewFold.Evolve(null, new object()) }, act => Assert.Throws<InvalidOperationException>(act));

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Each.Length)];

    [Theory, MemberData(nameof(Numbers))]
    public void Keep_their_stored_shape(int number) => Golden.CheckText(Platform.Store.NameOf(Each[number].GetType()) + ".json", Stored(Each[number]));

    static Platform.Outgoing? When<T>(T fact) where T : notnull => Leaves.List.For(new Event<T>(fact) { Version = 4 });

    [Fact]
    public void Leave_the_house_once_released()
    {
        Assert.All([When(GivenStatements.Drafted), When(GivenStatements.Submitted), When(GivenStatements.Approved), When(GivenStatements.Requested)], Assert.Null);
        var leaving = new[] { When(GivenStatements.Released)!, When(GivenStatements.Corrected)!, When(GivenStatements.Withdrawn)! };
        Assert.Equal([typeof(Public.StatementReleased), typeof(Public.StatementCorrected), typeof(Public.StatementWithdrawn)], leaving.Select(l => l.Message.GetType()));
        Assert.All(leaving, l =>
        {
            Assert.Null(l.Body);
            Golden.CheckText($"message_{Platform.Store.NameOf(l.Message.GetType())}.json", Stored(l.Message));
        });
    }
}
