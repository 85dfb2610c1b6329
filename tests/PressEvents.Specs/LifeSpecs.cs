using static PressEvents.Specs.Given;

namespace PressEvents.Specs;

public class Postponing_a_press_event
{
    static readonly PostponePressEvent Ask = new(new Bilingual("Баяндамашы ауырып қалды", "Докладчик заболел"));
    static IReadOnlyList<object> When(PostponePressEvent ask, params object[] given) => PressEventDecider.Decide(State(given), ask, Now.AddHours(2));

    [Fact] public void Records_why_and_from_when() => Same(Postponed, When(Ask, Filed, Announced));
    [Fact] public void Said_twice_it_is_recorded_once() => Assert.Empty(When(Ask, Filed, Announced, Postponed));
    [Fact] public void A_reason_is_needed_in_both_languages() => Refused("reason-missing", "reason.ru", () => When(new(new Bilingual("Себеп", null)), Filed));
    [Fact] public void A_cancelled_one_is_not_postponed() => Refused("cancelled", () => When(Ask, Filed, Announced, Cancelled));
    [Fact] public void What_has_begun_is_not_postponed() => Refused("started", () => When(Ask, Filed, Announced, Started));
    [Fact] public void It_holds_nothing_any_more() => Assert.Empty(State(Filed, Announced, Postponed).Resources);
    [Fact] public void It_cannot_be_announced_without_a_date() => Refused("postponed", () => PressEventDecider.Decide(State(Filed, Postponed with { Known = false }), new AnnouncePressEvent(), Data, Now));

    [Fact]
    public void A_new_date_leads_back_to_the_state_before()
    {
        var again = Moved("2026-12-09T11:00:00+05:00", "2026-12-09T12:00:00+05:00");
        Assert.Equal((PressEventState.Announced, PressEventState.Planned), (State(Filed, Announced, Postponed, again).State, State(Filed, Postponed, again).State));
        Assert.Equal(("Announced", "Planned"), (View(Filed, Announced, Postponed, again).State, View(Filed, Postponed, again).State));
    }

    [Fact] // its old date is a new one for whoever was told that it has none
    public void Even_the_same_date_is_a_fact() => Assert.IsType<PressEventRescheduled>(Assert.Single(PressEventDecider.Decide(State(Filed, Announced, Postponed),
        new ReschedulePressEvent("2026-12-07T11:00:00+05:00", "2026-12-07T12:00:00+05:00"), Data, Now.AddHours(3))));
}

public class Going_live
{
    static IReadOnlyList<object> Start(StartPressEvent ask, bool isOnAir, params object[] given) => PressEventDecider.Decide(State(given), ask, isOnAir, Data, Noon);

    [Fact] public void Is_recorded() => Same(Started, Start(new(), true, Filed, Announced));
    [Fact] public void Is_recorded_once() => Assert.Empty(Start(new(), true, Filed, Announced, Started));
    [Fact] public void Needs_a_channel_where_the_format_is_broadcast() => Refused("no-channel-on-air", () => Start(new(), false, Filed, Announced));
    [Fact] public void Needs_none_elsewhere() => Assert.Single(Start(new(), false, Filed with { Format = "RoundTable" }, Announced));
    [Fact] public void Needs_the_announcement() => Refused("not-announced", () => Start(new(), true, Filed));
    [Fact] public void Needs_a_date() => Refused("not-announced", () => Start(new(), true, Filed, Announced, Postponed));
    [Fact] public void A_cancelled_one_does_not_begin() => Refused("cancelled", () => Start(new(), true, Filed, Announced, Cancelled));
    [Fact] public void May_be_told_late() => Assert.Equal(At("2026-12-07T11:02:00+05:00"), Assert.IsType<PressEventStarted>(Assert.Single(Start(new("2026-12-07T11:02:00+05:00"), true, Filed, Announced))).At);
    [Fact] public void Is_never_told_ahead() => Refused("at-ahead", "at", () => Start(new("2026-12-07T13:02:00+05:00"), true, Filed, Announced));
    [Fact] public void Comes_after_the_announcement() => Refused("at-too-early", "at", () => Start(new("2026-11-20T11:02:00+05:00"), true, Filed, Announced));
}

public class Concluding
{
    static IReadOnlyList<object> Conclude(ConcludePressEvent ask, DateTimeOffset now, params object[] given) => PressEventDecider.Decide(State(given), ask, Data, now);

    [Fact] public void Is_recorded_with_the_day_for_its_materials() => Same(Concluded, Conclude(new(), Noon.AddHours(1), Filed, Announced, Started));
    [Fact] public void Is_recorded_once() => Assert.Empty(Conclude(new(), Noon.AddHours(2), Filed, Announced, Started, Concluded));
    [Fact] public void Needs_the_beginning() => Refused("not-live", () => Conclude(new(), Noon, Filed, Announced));
    [Fact] public void Comes_after_the_beginning() => Refused("at-too-early", "at", () => Conclude(new("2026-12-07T10:00:00+05:00"), Noon.AddHours(1), Filed, Announced, Started));

    [Fact] // 16 December is a holiday, 19 and 20 a weekend
    public void Materials_are_due_on_the_third_working_day() => Assert.Equal(new(2026, 12, 21),
        Assert.IsType<PressEventConcluded>(Assert.Single(Conclude(new(), At("2026-12-15T20:30:00+05:00"), Filed, Announced, Started))).MaterialsDue);
}

public class Publishing_materials
{
    static readonly PublishedMaterial[] Two = [.. Published.Materials];
    static IReadOnlyList<object> When(IReadOnlyList<PublishedMaterial> materials, DateTimeOffset now, params object[] given) => PressEventDecider.Decide(State(given), new PublishMaterials(), materials, Data.Calendar, now);

    [Fact] public void Is_recorded() => Same(Published, When(Two, Published.At, Filed, Announced, Started, Concluded));
    [Fact] public void Is_recorded_once() => Assert.Empty(When(Two, Published.At, Filed, Announced, Started, Concluded, Published));
    [Fact] public void More_of_them_is_news() => Assert.Single(When([.. Two, new(Id, "photo", null)], Published.At, Filed, Announced, Started, Concluded, Published));
    [Fact] public void Nothing_is_no_publication() => Refused("materials-missing", () => When([], Published.At, Filed, Announced, Started, Concluded));
    [Fact] public void Comes_after_the_end() => Refused("not-concluded", () => When(Two, Published.At, Filed, Announced, Started));
    [Fact] public void On_the_last_day_it_is_in_time() => Assert.False(Late("2026-12-10T23:59:00+05:00"));
    [Fact] public void The_day_after_it_is_late_and_not_hindered() => Assert.True(Late("2026-12-11T00:00:00+05:00"));
    static bool Late(string at) => Assert.IsType<MaterialsPublished>(Assert.Single(When(Two, At(at), Filed, Announced, Started, Concluded))).Late;
}

public class Revising_a_press_event
{
    static IReadOnlyList<object> When(RevisePressEvent ask, params object[] given) => PressEventDecider.Decide(State(given), ask, Data, Now.AddHours(2));

    [Fact] public void Records_all_words_as_they_are_now() => Same(Revised, When(new(Title: new("Су тасқыны", "О паводке")), Filed, Announced));
    [Fact] public void What_is_the_same_is_no_fact() => Assert.Empty(When(new(Title: Filed.Title, Channels: ["khabar24", "ortcom.kz"]), Filed));
    [Fact] public void A_plan_may_lack_a_language() => Assert.Single(When(new(Title: new(null, "О паводке")), Filed));
    [Fact] public void What_was_announced_may_not() => Refused("language-missing", () => When(new(Title: new(null, "О паводке")), Filed, Announced));
    [Fact] public void An_unknown_interpreter_is_refused() => Refused("interpreter-unknown", "interpreters[0]", () => When(new(Interpreters: ["klingon"]), Filed));
    [Fact] public void Nobody_is_no_capacity() => Refused("capacity-invalid", "capacity", () => When(new(Capacity: 0), Filed));
    [Fact] public void A_cancelled_one_stays() => Refused("cancelled", () => When(new(Capacity: 5), Filed, Announced, Cancelled));
}

public class What_an_event_reserves
{
    [Fact] public void Is_its_hall_and_the_air_time() => Assert.Equal(["hall:hall-1", "slot:khabar24"], State(Filed).Resources);
    [Fact] public void The_net_has_room_for_all() => Assert.Equal(["hall:hall-1"], State(Filed with { Channels = ["ortcom.kz", "facebook"] }).Resources);

    [Fact]
    public void Its_registered_speakers_and_interpreters_once_each() => Assert.Equal(["hall:hall-1", "interpreter:kk-ru-1", "interpreter:sign-1", "slot:khabar24", $"speaker:{Id}"],
        State(Filed with { Interpreters = ["sign-1", "kk-ru-1", "sign-1"], Speakers = [Filed.Speakers[0] with { SpeakerId = Id }, Filed.Speakers[0] with { SpeakerId = Id }, Filed.Speakers[0]] }).Resources);

    [Theory]
    [InlineData("hall:hall-99"), InlineData("slot:radio"), InlineData("interpreter:klingon"), InlineData("speaker:me"), InlineData(null), InlineData("")]
    public void What_there_is_not_is_refused(string? resource) => Refused("resource-unknown", "resource", () => Resource.Known(resource, Data));
}

public class Holding_a_place
{
    static readonly HoldReservation Ask = new("slot:khabar24", "2026-12-07T11:00:00+05:00", "2026-12-07T12:00:00+05:00", 30);
    static Hold Of(params object[] facts) => facts.Aggregate((Hold?)null, HoldDecider.Evolve)!;

    [Fact] public void Lasts_as_long_as_asked() => Same(Held, [HoldDecider.Decide(Id, Ask, "scc", Data, Now)]);
    [Fact] public void Lasts_to_the_start_at_most() => Assert.Equal(At(Ask.Start!), HoldDecider.Decide(Id, Ask with { Minutes = 30 }, "scc", Data, At("2026-12-07T10:45:00+05:00")).HeldUntil);
    [Fact] public void An_hour_unless_told() => Assert.Equal(Now.AddHours(1), HoldDecider.Decide(Id, Ask with { Minutes = null }, "scc", Data, Now).HeldUntil);
    [Fact] public void Not_for_ever() => Refused("minutes-invalid", "minutes", () => HoldDecider.Decide(Id, Ask with { Minutes = 5000 }, "scc", Data, Now));
    [Fact] public void Ends_by_itself() => Assert.Equal(("Held", "Expired"), (Of(Held).StateAt(Held.HeldUntil.AddTicks(-1)), Of(Held).StateAt(Held.HeldUntil)));
    [Fact] public void Becomes_an_events() => Same(new ReservationConfirmed(Id, Id, false, Now), HoldDecider.Confirm(Of(Held), Id, false, Now));
    [Fact] public void Becomes_it_once() => Assert.Empty(HoldDecider.Confirm(Of(Held, Confirmed), Id, false, Now));
    [Fact] public void An_expired_one_does_not() => Refused("not-held", () => HoldDecider.Confirm(Of(Held), Id, false, Held.HeldUntil));
    [Fact] public void A_released_one_does_not() => Refused("not-held", () => HoldDecider.Confirm(Of(Held, new ReservationReleased(Id, Now)), Id, false, Now));
    [Fact] public void Is_given_back_once() => Assert.Empty(HoldDecider.Release(Of(Held, new ReservationReleased(Id, Now)), Now));
    [Fact] public void A_filing_takes_it_over() => Assert.Equal(HoldState.Released, Of(Held, Confirmed with { InFiling = true }).State);
}
