using JasperFx.Events;
using Platform;
using Specs;
using static PressEvents.Specs.Given;
using Public = Contracts.PressEvents;

namespace PressEvents.Specs;

public class The_view_of_a_press_event
{
    static readonly PressEventRescheduled First = Moved("2026-12-08T11:00:00+05:00", "2026-12-08T12:00:00+05:00");
    static readonly PressEventRescheduled Second = Moved("2026-12-09T11:00:00+05:00", "2026-12-09T12:00:00+05:00", "hall-2");

    static Caller Of(string? body, params string[] roles) => new("x", "x", body, roles.ToHashSet());

    [Fact]
    public void Counts_changes_after_announcing() => Assert.Equal([0, 0, 1, 2, 3], new object[][]
        { [Filed], [Filed, Announced], [Filed, Announced, First], [Filed, Announced, First, Second], [Filed, Announced, First, Second, Cancelled] }
        .Select(facts => View(facts).Sequence));

    [Fact] public void A_move_before_announcing_does_not_count() => Assert.Equal(0, View(Filed, First, Announced).Sequence);
    [Fact] public void Shows_almaty_time() => Assert.Equal(TimeSpan.FromHours(5), View(Filed).Shown().Start.Offset);
    [Fact] public void Stands_in_utc_for_the_columns() => Assert.Equal(TimeSpan.Zero, View(Filed, Announced, First).End.Offset);

    [Fact]
    public void Is_public_from_announcing_on() => Assert.Equal([false, true, true, false], new object[][]
        { [Filed], [Filed, Announced], [Filed, Announced, Cancelled], [Filed, Cancelled] }.Select(facts => View(facts).IsFor(Caller.Anonymous)));

    [Fact]
    public void Not_public_without_its_filers_word() => Assert.False(View(Filed with { Public = false }, Announced with { Public = false }).IsFor(Caller.Anonymous));

    [Fact]
    public void A_plan_is_for_its_body_scc_and_auditors() => Assert.Equal([true, true, true, false, false], new[]
        { Of("min-emergency", Roles.Officer), Of("scc", Roles.Editor), Of(null, Roles.Auditor), Of("akimat-71", Roles.Editor), Of("", Roles.Editor) }
        .Select(View(Filed).IsFor));
}

public class The_facts
{
    static readonly object[] OfEvents = [Filed, Announced, Revised, Moved("2026-12-08T11:00:00+05:00", "2026-12-08T12:00:00+05:00", "hall-2"), Postponed, Started, Concluded, Published, Withdrawn, Cancelled];
    static readonly object[] OfHolds = [Held, Confirmed, new ReservationReleased(Id, Now)];
    static readonly object[] OfSeries = [new SeriesPlanned(Id, "scc", [Id], 1, Now), new SeriesRescheduled(Id, "Following", [Id], 1, "16:30:00", null, Now), new SeriesCancelled(Id, "All", [Id], Reason.Reason!, Now)];
    static readonly object[] Each = [.. OfEvents, .. OfHolds, Edited, .. OfSeries];

    [Fact]
    public void Every_registered_type_walks_through_every_fold()
    {
        Assert.Equal(PressEventDecider.Facts, OfEvents.Select(fact => fact.GetType()));
        Assert.Equal(HoldDecider.Facts, OfHolds.Select(fact => fact.GetType()));
        Assert.Equal(FormatDecider.Facts, [Edited.GetType()]);
        Assert.NotNull(FormatDecider.Evolve(null, Edited));
        Assert.Equal(SeriesDecider.Facts, OfSeries.Select(fact => fact.GetType()));
        Assert.All(OfSeries, fact => Assert.NotNull(SeriesDecider.Evolve(SeriesDecider.Evolve(null, OfSeries[0]), fact)));
        Assert.All(OfHolds, fact => Assert.NotNull(HoldDecider.Evolve(HoldDecider.Evolve(null, Held), fact)));
        foreach (var fact in OfEvents)
        {
            Assert.NotNull(PressEventDecider.Evolve(State(Filed), fact));
            Assert.NotNull(PressEventViewFold.Evolve(View(Filed), fact));
            Assert.NotEqual(default, HistoryEntry.AtOf(fact));
        }
    }

    [Fact]
    public void An_unknown_one_throws()
    {
        Assert.Throws<InvalidOperationException>(() => PressEventDecider.Evolve(State(Filed), new object()));
        Assert.Throws<InvalidOperationException>(() => PressEventViewFold.Evolve(View(Filed), new object()));
        Assert.Throws<InvalidOperationException>(() => HoldDecider.Evolve(null, new object()));
        Assert.Throws<InvalidOperationException>(() => SeriesDecider.Evolve(null, new object()));
        Assert.Throws<InvalidOperationException>(() => FormatDecider.Evolve(null, new object()));
    }

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Each.Length)];

    [Theory, MemberData(nameof(Numbers))]
    public void Keep_their_stored_shape(int number) => Golden.CheckText(Platform.Store.NameOf(Each[number].GetType()) + ".json", Stored(Each[number]));

    [Theory, MemberData(nameof(Numbers))]
    public void Come_back_from_the_store_as_they_were(int number)
    {
        using var json = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Stored(Each[number])));
        Assert.Equal(Stored(Each[number]), Stored(Given.Store.FromJson(Each[number].GetType(), json)));
    }
}

public class What_leaves_the_house
{
    static Platform.Outgoing? When(object fact) => Leaves.List.For(Wrap((dynamic)fact));
    static Event<T> Wrap<T>(T fact) where T : notnull => new Event<T>(fact) { Version = 4 };

    static readonly PressEventRescheduled Move = Moved("2026-12-08T11:00:00+05:00", "2026-12-08T12:00:00+05:00", "hall-2");

    static readonly object[] Known = [Announced, Revised, Move, Postponed, Started, Concluded, Published, Cancelled];

    [Fact]
    public void Is_what_the_public_knows_of() => Assert.Equal(
        [typeof(Public.PressEventAnnounced), typeof(Public.PressEventRevised), typeof(Public.PressEventRescheduled), typeof(Public.PressEventPostponed), typeof(Public.PressEventStarted),
            typeof(Public.PressEventConcluded), typeof(Public.PressEventMaterialsPublished), typeof(Public.PressEventCancelled)],
        Known.Select(fact => When(fact)!.Message.GetType()));

    [Fact]
    public void And_nothing_else() => Assert.All([Filed, Announced with { Public = false }, Revised with { Known = false }, Move with { Known = false }, Postponed with { Known = false },
        Started with { Known = false }, Concluded with { Known = false }, Published with { Known = false }, Cancelled with { Known = false }, Held, Confirmed],
        (object fact) => Assert.Null(When(fact)));

    [Fact]
    public void Is_for_everybody_and_carries_the_version() => Assert.All(Known, (object fact) =>
    {
        var leaves = When(fact)!;
        Assert.Equal((null, 4L), (leaves.Body, ((dynamic)leaves.Message).Version));
    });

    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6), InlineData(7)]
    public void Keeps_its_shape(int number)
    {
        var message = When(Known[number])!.Message;
        Golden.CheckText($"message_{Platform.Store.NameOf(message.GetType())}.json", Stored(message));
    }
}
