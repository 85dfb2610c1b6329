using Platform;
using Specs;
using static PressEvents.Specs.Given;

namespace PressEvents.Specs;

public class What_is_told_of_a_change
{
    static readonly PressEventRescheduled Move = Moved("2026-12-08T11:00:00+05:00", "2026-12-08T12:00:00+05:00", "hall-2");
    static readonly Contact Kk = new("kk", "a@b.kz"), Ru = new("ru", "a@b.kz");

    static (string Subject, string Text) Mail(string change, Contact to, params object[] facts) => ChangeWords.Mail(change, View(facts).Shown(), to, "http://there/x", Data);

    [Fact]
    public void Is_the_weightiest_of_what_was_said_at_once() => Assert.Equal(["rescheduled", "cancelled", "announced"],
        new object[][] { [Revised, Move], [Move, Cancelled, Revised], [Revised, Announced] }.Select(facts => ChangeWords.Of(facts)));
    [Fact] public void Is_nothing_of_a_filing_or_a_start() => Assert.Null(ChangeWords.Of([Filed, Started]));
    [Fact]
    public void Has_words_for_every_change() => Assert.Equal(ChangeWords.All.Order(),
        new object[] { Announced, Revised, Move, Postponed, Concluded, Published, Cancelled }.Select(fact => ChangeWords.Of([fact])!).Order());
    [Fact] public void Has_real_words_in_both_languages() => Assert.All(ChangeWords.All, change => Assert.True(ChangeWords.Of(change) is { IsComplete: true } words && words.Kk != words.Ru));

    [Fact] public void Is_known_when_the_public_knows() => Assert.All(new object[] { Announced, Revised, Move, Postponed, Concluded, Published, Cancelled }, fact => Assert.True(ChangeWords.IsKnown([fact])));
    [Fact]
    public void And_else_is_not() => Assert.All(new object[] { Announced with { Public = false }, Revised with { Known = false }, Move with { Known = false }, Postponed with { Known = false },
        Concluded with { Known = false }, Published with { Known = false }, Cancelled with { Known = false } }, fact => Assert.False(ChangeWords.IsKnown([fact])));

    [Fact]
    public void Says_the_new_time_and_place_in_ru() => Assert.Equal(("Изменились время или место мероприятия: О подготовке к паводкам",
        "Изменились время или место мероприятия.\nО подготовке к паводкам\n\nВремя: 08.12.2026 11:00 – 12:00 (время Астаны)\nМесто: " + Data.Hall("hall-2")!.Name.Ru + "\nПодробнее: http://there/x"),
        Mail("rescheduled", Ru, Filed, Announced, Move));
    [Fact] public void And_in_kk() => Assert.Equal("Іс-шараның уақыты немесе орны өзгерді: Су тасқынына дайындық", Mail("rescheduled", Kk, Filed, Announced, Move).Subject);

    [Fact]
    public void Says_why_it_is_cancelled_and_no_time()
    {
        var text = Mail("cancelled", Kk, Filed, Announced, Cancelled).Text;
        Assert.Contains("Себебі: Су басты", text, StringComparison.Ordinal);
        Assert.DoesNotContain("11:00", text, StringComparison.Ordinal);
    }

    [Fact] public void Says_why_it_has_no_date() => Assert.Contains("Причина: Докладчик заболел", Mail("postponed", Ru, Filed, Announced, Postponed).Text, StringComparison.Ordinal);
}

public class A_contact_of_an_event
{
    static readonly Guid ContactId = new("01a20000-0000-7000-8000-000000000031");
    static readonly EventContactAdded Added = new(ContactId, Id, "min-emergency", "technician", GivenSpeakers.Subject, Now);
    static readonly EventContactRemoved Removed = new(ContactId, Id, Now.AddHours(1));
    static EventContact State(params object[] facts) => facts.Aggregate((EventContact?)null, EventContactDecider.Evolve)!;

    [Theory, InlineData("technician"), InlineData("interpreter"), InlineData("host")] public void Works_there_as(string role) => Assert.Equal(role, EventContactDecider.Role(role));
    [Theory, InlineData(null), InlineData("guest")] public void And_as_nothing_else(string? role) => Refused("role-unknown", "role", () => EventContactDecider.Role(role));
    [Fact] public void Is_removed() => Same(Removed, EventContactDecider.Remove(State(Added), Now.AddHours(1)));
    [Fact] public void Is_removed_once() => Assert.Empty(EventContactDecider.Remove(State(Added, Removed), Now));

    [Fact]
    public void Walks_through_every_fold()
    {
        Assert.Equal(EventContactDecider.Facts, new object[] { Added, Removed }.Select(f => f.GetType()));
        Assert.True(EventContactViewFold.Evolve(EventContactViewFold.Evolve(null, Added), Removed)!.Removed);
        Assert.Throws<InvalidOperationException>(() => EventContactDecider.Evolve(null, new object()));
        Assert.Throws<InvalidOperationException>(() => EventContactViewFold.Evolve(null, new object()));
        Assert.All(new object[] { Added, Removed }, fact => Assert.NotEqual(default, HistoryEntry.AtOf(fact)));
    }

    [Fact]
    public void Keeps_its_stored_shape() => Assert.All(new object[] { Added, Removed }, fact => Golden.CheckText(Platform.Store.NameOf(fact.GetType()) + ".json", Stored(fact)));
}

public class A_notice_of_this_service
{
    [Fact] public void Names_family_role_and_change() => Assert.Equal("event/speaker/rescheduled", PressNotices.What("event", "speaker", "rescheduled"));
    [Fact] public void Has_a_family_each() => Assert.Equal(["event", "invitation", "seat", "series", "statement", "subscription"], ConcernedComposition.Families.Select(f => f.Name).Order());
    [Fact] public void Goes_to_those_who_work_there_also_of_plans() => Assert.Equal([("speaker", true), ("contact", true), ("journalist", false), ("registrant", false), ("subscriber", false)], ConcernedComposition.Sources.Select(s => (s.Role, s.ToldOfPlans)));
    [Fact] public void Is_sent_by_webhook_and_mail() => Assert.True(new PressNotices(ConcernedComposition.Families, ConcernedComposition.Sources).Parts is { Webhooks: true, AboutColumn: "about" });
}
