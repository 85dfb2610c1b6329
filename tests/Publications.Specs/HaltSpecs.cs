using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Platform;
using static Publications.Specs.Given;

namespace Publications.Specs;

/// <summary>Callers and halts that specs about the kill switch share.</summary>
static class Halting
{
    public static readonly Guid HaltId = new("0197f3a0-0000-7000-8000-0000000000b1"), Person = new("0197f3a0-0000-7000-8000-0000000000c1");
    public static Caller Of(string id, string? body, params string[] roles) => new(id, id, body, roles.ToHashSet());
    public static readonly Caller Own = Of("approver-1", Body, Roles.Approver), Second = Of("approver-2", Body, Roles.Approver), Foreign = Of("approver-3", "min-transport", Roles.Approver),
        Scc = Of("scc-1", "scc", Roles.Editor), Admin = Of("admin-1", null, Roles.Admin);

    public static HaltPlaced Placed(string kind, string? value, string? within = null, string? except = null) => new(HaltId, new(kind, value), within, except, "Қаралы күн", "approver-1", 7, Noon);
    public static Halt Halt(string kind, string? value, string? within = null, string? except = null, DateTimeOffset? liftedAt = null) =>
        HaltDecider.Evolve(null, Placed(kind, value, within, except))! with { LiftedAt = liftedAt };

    public static readonly HaltScope Site = new(Body, "site", "site", ["su", "Flood"], [Person]), Telegram = Site with { Channel = "me-tg", ChannelKind = "telegram" },
        Elsewhere = new("min-transport", "mt-tg", "telegram", [], []);
}

public class Placing_a_halt
{
    static HaltPlaced When(string? kind, string? value, Caller? by = null, string? accountBody = Body, string? reason = "Қаралы күн") =>
        HaltDecider.Place(Halting.HaltId, new(kind is null ? null : new(kind, value), reason), by ?? Halting.Own, accountBody, 7, Noon);

    [Theory, InlineData("body", Body), InlineData("account", "me-tg"), InlineData("tag", "flood"), InlineData("person", "0197f3a0-0000-7000-8000-0000000000c1")]
    public void of_what_is_the_bodys_own_reaches_its_publications_only(string kind, string value) => Same([Halting.Placed(kind, value, Body)], [When(kind, value)]);

    [Theory, InlineData("all", null), InlineData("channel", "telegram"), InlineData("body", "min-transport"), InlineData("tag", "flood")]
    public void by_the_central_service_or_an_administrator_reaches_everybody(string kind, string? value) =>
        Assert.Equal(((string?)null, (string?)null), (When(kind, value, Halting.Scc).Within, When(kind, value, Halting.Admin).Within));

    [Theory, InlineData("all", null, Body), InlineData("channel", "telegram", Body), InlineData("body", "min-transport", Body), InlineData("account", "mt-tg", "min-transport")]
    public void of_what_is_not_the_bodys_own_is_refused(string kind, string? value, string accountBody) => Assert.Equal("halt-not-own", Refusal(() => When(kind, value, accountBody: accountBody)));

    [Fact] public void without_a_body_in_the_token_is_refused() => Assert.Equal("halt-not-own", Refusal(() => When("tag", "flood", Halting.Of("x", null, Roles.Editor))));

    [Theory]
    [InlineData("everything", null, "scope-invalid", "scope.kind"), InlineData(null, null, "scope-invalid", "scope.kind"), InlineData("all", "x", "scope-invalid", "scope.value")]
    [InlineData("body", " ", "scope-invalid", "scope.value"), InlineData("body", "nobody", "holder-unknown", "scope.value"), InlineData("channel", "carrier-pigeon", "channel-unknown", "scope.value")]
    [InlineData("person", "Abai", "person-invalid", "scope.value")]
    public void of_something_else_is_refused_by_field(string? kind, string? value, string code, string field)
    {
        var refused = Assert.Throws<RefusedException>(() => When(kind, value, Halting.Scc));
        Assert.Equal((code, field), (refused.Code, refused.Errors.Keys.Single()));
    }

    [Fact] public void of_an_account_that_is_none_is_refused() => Assert.Equal("channel-unknown", Refusal(() => When("account", "x", accountBody: null)));
    [Fact] public void of_a_tag_beyond_all_measure_is_refused() => Assert.Equal("words-too-long", Refusal(() => When("tag", new string('a', 101))));
    [Theory, InlineData(null), InlineData("  ")] public void without_a_reason_is_refused(string? reason) => Assert.Equal("reason-missing", Refusal(() => When("body", Body, reason: reason)));
    [Fact] public void with_endless_reasons_is_refused() => Assert.Equal("words-too-long", Refusal(() => When("body", Body, reason: new string('a', 2001))));
}

public class Lifting_a_halt
{
    static IReadOnlyList<object> When(Caller by, params object[] given) => HaltDecider.Decide(given.Aggregate((Halt?)null, HaltDecider.Evolve)!, new(null), by, Due);
    static readonly HaltPlaced Own = Halting.Placed("body", Body, Body), Everybodys = Halting.Placed("all", null);
    static readonly HaltLifted Lifted = new(Halting.HaltId, "approver-2", null, Due);

    [Fact] public void takes_a_second_person() => Same([Lifted], When(Halting.Second, Own));
    [Fact] public void by_who_placed_it_is_refused() => Assert.Equal("lifter-is-placer", Refusal(() => When(Halting.Own, Own)));
    [Fact] public void by_who_placed_it_is_refused_in_every_role() => Assert.Equal("lifter-is-placer", Refusal(() => When(Halting.Of("approver-1", "scc", Roles.Admin, Roles.Head), Own)));
    [Fact] public void by_who_placed_it_is_refused_when_it_is_lifted() => Assert.Equal("lifter-is-placer", Refusal(() => When(Halting.Own, Own, Lifted)));
    [Fact] public void of_everybodys_by_one_body_is_refused() => Assert.Equal("halt-not-own", Refusal(() => When(Halting.Second, Everybodys)));
    [Fact] public void of_another_bodys_is_refused() => Assert.Equal("halt-not-own", Refusal(() => When(Halting.Foreign, Own)));
    [Fact] public void by_the_central_service_is_always_possible() => Assert.All<HaltPlaced>([Own, Everybodys], placed => Assert.Single(When(Halting.Scc, placed)));
    [Fact] public void twice_is_recorded_once() => Assert.Empty(When(Halting.Second, Own, Lifted));
    [Fact] public void of_the_services_own_is_anybodys_of_the_central_service() => Assert.Single(When(Halting.Scc, Halting.Placed("person", Halting.Person.ToString()) with { By = ReleaseDecider.Service }));
}

public class What_a_halt_reaches
{
    static bool Reaches(Halt halt, HaltScope scope) => HaltRules.Stops([halt], scope) == Halting.HaltId;

    [Theory]
    [InlineData("all", null, true, true), InlineData("body", Body, true, false), InlineData("body", "min-transport", false, true), InlineData("account", "site", true, false)]
    [InlineData("account", "me-tg", false, false), InlineData("channel", "telegram", false, true), InlineData("tag", "flood", true, false), InlineData("tag", "floo", false, false)]
    [InlineData("person", "0197f3a0-0000-7000-8000-0000000000c1", true, false), InlineData("person", "0197f3a0-0000-7000-8000-0000000000c2", false, false)]
    public void is_said_by_its_target(string kind, string? value, bool site, bool elsewhere) =>
        Assert.Equal((site, elsewhere), (Reaches(Halting.Halt(kind, value), Halting.Site), Reaches(Halting.Halt(kind, value), Halting.Elsewhere)));

    [Fact] public void of_one_body_is_not_another_bodys() => Assert.False(Reaches(Halting.Halt("tag", "flood", within: "min-transport"), Halting.Site));

    [Fact] public void lets_a_crisiss_own_through() => Assert.False(Reaches(Halting.Halt("body", Body, Body, "crisis:1"), Halting.Site with { Tags = ["crisis:1"] }));
    [Fact] public void stops_another_crisiss_own() => Assert.True(Reaches(Halting.Halt("body", Body, Body, "crisis:1"), Halting.Site with { Tags = ["crisis:2"] }));
    [Fact]
    public void is_not_narrowed_by_another_halts_exception() =>
        Assert.NotNull(HaltRules.Stops([Halting.Halt("body", Body, Body, "crisis:1"), Halting.Halt("all", null)], Halting.Site with { Tags = ["crisis:1"] }));

    [Fact] public void is_nothing_once_it_is_lifted() => Assert.Null(HaltRules.Stops([Halting.Halt("all", null, liftedAt: Due)], Halting.Site));
    [Fact] public void unknown_throws() => Assert.Throws<InvalidOperationException>(() => HaltRules.Stops([Halting.Halt("mood", "bad")], Halting.Site));
}

public class After_a_halt_is_lifted
{
    static readonly Halt Lifted = Halting.Halt("body", Body, liftedAt: Due); // [Noon, Due)

    [Theory]
    [InlineData(-1, false), InlineData(0, true), InlineData(3600_000, true), InlineData(7199_999, true), InlineData(7200_000, false), InlineData(7200_001, false)]
    public void what_was_due_meanwhile_is_missed(int msAfterNoon, bool missed) => Assert.Equal(missed, HaltRules.Passed([Lifted], Halting.Site, Noon.AddMilliseconds(msAfterNoon)) is not null);

    [Fact] public void what_it_did_not_reach_is_not() => Assert.Null(HaltRules.Passed([Lifted], Halting.Elsewhere, Noon.AddMinutes(1)));
    [Fact] public void a_halt_that_holds_stops_and_has_not_passed() => Assert.Null(HaltRules.Passed([Halting.Halt("all", null)], Halting.Site, Noon.AddMinutes(1)));

    /// <summary>Whenever a claim looks, during the halt or at any time after it, an item that fell due in it does not go out: so there is no burst at the lift.</summary>
    [Property]
    public bool nothing_that_fell_due_in_it_goes_out_whenever_a_claim_looks(uint placed, uint length, uint due, uint looks)
    {
        var (placedAt, dueAt) = (Noon.AddSeconds(placed % 1000), Noon.AddSeconds(due % 3000));
        var liftedAt = placedAt.AddSeconds(1 + (length % 1000));
        var looksAt = dueAt.AddSeconds(looks % 3000);
        var halt = Halting.Halt("all", null) with { PlacedAt = placedAt, LiftedAt = looksAt >= liftedAt ? liftedAt : null };
        var goesOut = (looksAt < placedAt || HaltRules.Stops([halt], Halting.Site) is null) && HaltRules.Passed([halt], Halting.Site, dueAt) is null;
        var fellInto = dueAt >= placedAt && dueAt < liftedAt;
        return fellInto ? !goesOut : looksAt >= placedAt && looksAt < liftedAt || goesOut;
    }
}

public class The_lock_of_a_send
{
    static readonly string?[] Bodies = [null, Body, "min-transport", "scc"];
    static readonly (string Account, string Kind)[] Accounts = [("site", "site"), ("me-tg", "telegram"), ("mt-tg", "telegram"), ("me-yt", "youtube")];

    /// <summary>No halt overlooks a send that it reaches, whatever names share their bits.</summary>
    [Property]
    public bool is_among_those_that_every_halt_of_its_scope_waits_for(byte kind, byte value, byte within, byte body, byte account)
    {
        var scope = new HaltScope(Bodies[1 + (body % 3)]!, Accounts[account % 4].Account, Accounts[account % 4].Kind, ["flood"], [Halting.Person]);
        var of = HaltDecider.Kinds[kind % HaltDecider.Kinds.Length];
        var halt = Halting.Halt(of, of switch
        {
            HaltDecider.OfBody => Bodies[1 + (value % 3)],
            HaltDecider.OfAccount => Accounts[value % 4].Account,
            HaltDecider.OfChannel => Accounts[value % 4].Kind,
            HaltDecider.OfTag => "flood",
            HaltDecider.OfPerson => Halting.Person.ToString(),
            _ => null,
        }, Bodies[within % 4]);
        var (mask, key) = SendLocks.Reach(halt);
        return !HaltRules.Reaches(halt, scope) || (unchecked((uint)SendLocks.Of(scope)) & mask) == key;
    }

    [Fact]
    public void of_another_body_or_account_is_not_waited_for()
    {
        bool Waits(Halt halt, HaltScope scope) => (unchecked((uint)SendLocks.Of(scope)) & SendLocks.Reach(halt).Mask) == SendLocks.Reach(halt).Key;
        Assert.Equal((true, false), (Waits(Halting.Halt("body", Body), Halting.Site), Waits(Halting.Halt("body", Body), Halting.Elsewhere)));
        Assert.Equal((true, false), (Waits(Halting.Halt("account", "me-tg"), Halting.Telegram), Waits(Halting.Halt("account", "me-tg"), Halting.Site)));
        Assert.Equal((false, true), (Waits(Halting.Halt("tag", "x", within: "min-transport"), Halting.Site), Waits(Halting.Halt("tag", "x"), Halting.Site)));
    }
}

/// <summary>What the gate says: to a person who arms it or lets it out, and to a claim.</summary>
public class A_halt_as_a_check
{
    static IReadOnlyList<Finding> When(DateTimeOffset? goesOutDueAt, Halt halt, params HaltScope[] scopes) =>
        HaltCheck.Find(new(7, s => HaltRules.Stops([halt], s)) { Passed = (s, due) => HaltRules.Passed([halt], s, due) }, scopes, goesOutDueAt);
    static readonly Halt Channel = Halting.Halt("channel", "telegram"), All = Halting.Halt("all", null), Over = Halting.Halt("all", null, liftedAt: Due);

    [Fact] public void only_warns_whoever_arms_it() => Assert.Equal([("halted", false)], When(null, All, Halting.Site, Halting.Telegram).Select(f => (f.Code, f.Blocking)));
    [Fact] public void keeps_back_what_goes_out_now() => Assert.Equal("halted", Refusal(() => When(Due, All, Halting.Site, Halting.Telegram).Demand()));
    [Fact] public void lets_the_channels_go_on_that_it_does_not_reach() => Assert.Equal([false], When(Due, Channel, Halting.Site, Halting.Telegram).Select(f => f.Blocking));
    [Fact] public void says_nothing_where_there_is_none() => Assert.Empty(When(Due, Channel, Halting.Site));
    [Fact] public void keeps_back_what_was_due_in_one_that_is_over() => Assert.Equal("halted", Refusal(() => When(Noon, Over, Halting.Site).Demand()));
    [Fact] public void lets_out_what_is_due_since_it_is_over() => Assert.Empty(When(Due, Over, Halting.Site));
    [Fact] public void lets_be_armed_what_is_due_later_once_it_is_over() => Assert.Empty(When(null, Over, Halting.Site));
}

/// <summary>Halts and crises are stored for ever too.</summary>
public class Stored_shapes_of_halts_and_crises
{
    static readonly RehearsalReport Report = new(Noon, new(20, 10, 5), true, [new(Noon, "first", "approved", "approver-1", "kk", null)],
        [new("first", "Crisis", new("Тасқын", "Паводок"), "site", "kk", Noon)], [new(Id, Due, true)], new(Due, Noon, true));

    static readonly object[] Facts =
    [
        Halting.Placed("tag", "flood", Body, "crisis:x"), new HaltLifted(Halting.HaltId, Other, "Аяқталды", Due),
        Crises.Drafted, new CrisisPlanEdited(Crises.PlanId, Crises.Content, Other, Noon), Crises.Approved, new CrisisPlanRehearsed(Crises.PlanId, 1, Report, Editor, Noon),
        Crises.Started, new CrisisClosed(Crises.CrisisId, Approver, "Себеп", Due),
    ];

    public static TheoryData<int> Each => [.. Enumerable.Range(0, Facts.Length)];

    [Theory, MemberData(nameof(Each))] public void are_what_they_were(int number) => global::Specs.Golden.Check(Store.NameOf(Facts[number].GetType()), Facts[number]);

    [Theory, MemberData(nameof(Each))]
    public void are_read_back_whole(int number) => Assert.Equal(Stored(Facts[number]), Stored(System.Text.Json.JsonSerializer.Deserialize(
        System.Text.Json.JsonSerializer.Serialize(Facts[number], Facts[number].GetType(), Json.Options), Facts[number].GetType(), Json.Options)!));

    [Fact] public void exist_for_every_fact() => Assert.Equal(HaltDecider.Facts.Concat(CrisisPlanDecider.Facts).Concat(CrisisDecider.Facts).Select(t => t.Name).Order(), Facts.Select(f => f.GetType().Name).Order());

    [Fact]
    public void of_every_fact_are_folded() => Assert.All(Facts, fact => Assert.NotNull((object?)(fact switch
    {
        _ when HaltDecider.Facts.Contains(fact.GetType()) => HaltViewFold.Evolve(fact is HaltPlaced ? null : new(Halting.HaltId, Halting.Halt("all", null)), Halting.HaltId, fact),
        _ when CrisisPlanDecider.Facts.Contains(fact.GetType()) => CrisisPlanViewFold.Evolve(fact is CrisisPlanDrafted ? null : new(Crises.PlanId, Crises.Plan(Crises.Drafted)), Crises.PlanId, fact),
        _ => CrisisViewFold.Evolve(fact is CrisisStarted ? null : new(Crises.CrisisId, new(Crises.CrisisId, Crises.Started)), Crises.CrisisId, fact),
    })));

    [Fact]
    public void that_are_unknown_throw() => Assert.All<Action>(
        [() => HaltDecider.Evolve(null, new object()), () => CrisisPlanDecider.Evolve(null, new object()), () => CrisisDecider.Evolve(null, new object())],
        act => Assert.Throws<InvalidOperationException>(act));

    [Fact]
    public void of_the_views_survive_their_own_documents()
    {
        object[] views = [new HaltView(Halting.HaltId, Halting.Halt("tag", "flood", liftedAt: Due)) { Version = 2 }, new CrisisPlanView(Crises.PlanId, Crises.Plan(Crises.Drafted, Crises.Approved)) { Version = 2 },
            new CrisisView(Crises.CrisisId, new(Crises.CrisisId, Crises.Started) { End = new(Crises.CrisisId, Approver, null, Due) }) { Version = 2 }];
        Assert.All(views, view => Assert.Equal(Stored(view), Stored(System.Text.Json.JsonSerializer.Deserialize(System.Text.Json.JsonSerializer.Serialize(view, view.GetType(), Json.Options), view.GetType(), Json.Options)!)));
    }
}
