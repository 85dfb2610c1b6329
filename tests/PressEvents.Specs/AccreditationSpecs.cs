using FsCheck.Xunit;
using NodaTime;
using static PressEvents.Specs.AccreditationGiven;
using static PressEvents.Specs.Given;

namespace PressEvents.Specs;

public class Applying_for_accreditation
{
    static readonly RequestAccreditation Permanent = new("Permanent");
    static readonly RequestAccreditation Temporary = new("Temporary", Id);
    static readonly PressEventView Event = View(Filed, Announced); // Monday 7 December 2026, 11:00

    [Fact]
    public void A_permanent_one_is_decided_within_three_working_days() => Assert.Equal(
        (new DateOnly(2026, 11, 30), At("2026-12-01T00:00:00+05:00"), "accreditation-permanent"), Request(Permanent, Applicant()) is var r ? (r.Due, r.DueAt, r.Rule) : default);

    [Fact] // 16 December is a holiday
    public void For_strategic_objects_within_ten() => Assert.Equal((new DateOnly(2026, 12, 22), "accreditation-strategic"),
        Request(Permanent with { Strategic = true }, Applicant(), At("2026-12-07T23:59:00+05:00")) is var r ? (r.Due, r.Rule) : default);

    [Fact]
    public void A_temporary_one_at_the_latest_one_working_day_before_its_event() => Assert.Equal((new DateOnly(2026, 12, 4), At("2026-12-05T00:00:00+05:00"), null, Id),
        Request(Temporary, Applicant(pressEvent: Event)) is var r ? (r.Due, r.DueAt, r.Rule, r.PressEventId!.Value) : default);

    [Fact]
    public void After_that_day_it_is_too_late()
    {
        Assert.NotNull(Request(Temporary, Applicant(pressEvent: Event), At("2026-12-04T23:59:59+05:00")));
        Refused("application-too-late", () => Request(Temporary, Applicant(pressEvent: Event), At("2026-12-05T00:00:00+05:00")));
    }

    [Theory]
    [InlineData("Permanent", true, "event-not-allowed", "pressEventId"), InlineData("Temporary", false, "event-missing", "pressEventId")]
    [InlineData("Temporary", true, "event-unknown", "pressEventId"), InlineData("Lifelong", false, "kind-unknown", "kind"), InlineData(null, false, "kind-unknown", "kind")]
    public void Kind_and_event_fit_each_other(string? kind, bool named, string code, string field) => Refused(code, field, () => Request(new(kind, named ? Id : null), Applicant()));

    [Fact] public void Only_for_what_is_announced() => Refused("event-not-announced", () => Request(Temporary, Applicant(pressEvent: View(Filed))));
    [Fact] public void Not_for_what_is_cancelled() => Refused("event-not-announced", () => Request(Temporary, Applicant(pressEvent: View(Filed, Announced, Cancelled))));

    [Fact]
    public void Foreign_media_give_the_number_of_the_foreign_ministry()
    {
        var foreign = Person(new JournalistDocumentsEdited(JournalistId, "Foreign", OutletId, Item, [], Applied));
        Refused("mfa-accreditation-missing", "mfaNumber", () => Request(Permanent, Applicant(foreign)));
        Refused("mfa-accreditation-missing", "mfaNumber", () => Request(Permanent with { MfaNumber = " " }, Applicant(outlet: Medium() with { Foreign = true })));
        Assert.Equal(Words, Request(Permanent with { MfaNumber = "KZ-123" }, Applicant(foreign)).MfaItemId);
    }

    [Fact] public void A_closed_outlet_sends_nobody() => Refused("outlet-closed", () => Request(Permanent, Applicant(outlet: Medium(new OutletClosed(OutletId, Applied)))));
    [Fact] public void One_at_a_time() => Refused("accreditation-open", () => Request(Permanent, Applicant(before: Application())));
    [Fact] public void Not_while_the_refusal_is_appealed() => Refused("accreditation-open", () => Request(Permanent, Applicant(before: Application(Rejected, Appealed))));
    [Fact] public void Not_again_while_it_stands() => Refused("already-accredited", () => Request(Permanent, Applicant(before: Application(Granted)), Tomorrow));
    [Fact] public void Renewed_in_its_last_days() => Assert.Equal(One, Request(Permanent, Applicant(before: Application(Granted)), Granted.ValidUntil!.Value.AddDays(-30)).PreviousId);

    [Fact]
    public void A_rejected_journalist_re_applies_and_the_new_application_names_the_old()
    {
        var again = Request(Permanent, Applicant(before: Application(Rejected)), Tomorrow);
        Assert.Equal((Two, One, new DateOnly(2026, 12, 1)), (again.AccreditationId, again.PreviousId!.Value, again.Due));
        Assert.Equal("Granted", Accreditations.Evolve(Accreditations.Evolve(null, again), Granted with { AccreditationId = Two })!.State);
        Assert.Equal("Refused", Application(Rejected).State); // the old one stays what it was
    }

    [Fact]
    public void A_call_is_answered_while_it_stands()
    {
        var call = AccreditationCalls.Evolve(null, Called)!;
        Assert.Equal(CallId, Request(Permanent with { CallId = CallId }, Applicant(call: call), At("2026-12-07T23:59:00+05:00")).CallId);
        Refused("call-closed", () => Request(Permanent with { CallId = CallId }, Applicant(call: call), At("2026-12-08T00:00:00+05:00")));
        Refused("call-unknown", "callId", () => Request(Permanent with { CallId = CallId }, Applicant()));
    }

    [Fact] public void Not_while_suspended() => Refused("suspended", () => Request(Permanent, Applicant(Person(Suspended))));
}

public class Deciding_on_an_application
{
    static IReadOnlyList<object> Grant(Accreditation state, DateTimeOffset? now = null, DateTimeOffset? start = null, Journalist? journalist = null) =>
        AccreditationDecider.Grant(state, journalist ?? Person(), start, "А. Нұрланов", Data.Calendar, now ?? Tomorrow);
    static IReadOnlyList<object> Refuse(Accreditation state, string? reason) => AccreditationDecider.Refuse(state, new(reason), Words, "А. Нұрланов", "nurlanov", Data.Calendar, Tomorrow);
    static IReadOnlyList<object> Appeal(Accreditation state, DateTimeOffset now) => AccreditationDecider.File(state, Words, now);
    static IReadOnlyList<object> DecideAppeal(Accreditation state, bool upheld, string byId = "head", Journalist? journalist = null) =>
        AccreditationDecider.DecideAppeal(state, upheld, Words, journalist ?? Person(), null, "Б. Серік", byId, Data.Calendar, Tomorrow.AddDays(2));

    [Fact] public void A_permanent_one_is_valid_for_a_year() => Same(Granted, Grant(Application()));
    [Fact] public void Said_twice_it_is_granted_once() => Assert.Empty(Grant(Application(Granted), Tomorrow.AddDays(1)));
    [Fact] public void A_late_decision_is_a_decision() => Assert.Single(Grant(Application(), Applied.AddDays(30)));
    [Fact]
    public void Granted_on_29_february_it_ends_with_the_28th() => Assert.Equal((new DateOnly(2029, 2, 28), At("2029-03-01T00:00:00+05:00")),
        Assert.IsType<AccreditationGranted>(Assert.Single(Grant(Application(), At("2028-02-29T23:30:00+05:00")))) is var g ? (g.LastDay!.Value, g.ValidUntil!.Value) : default);
    [Fact] public void The_day_is_almatys() => Assert.Equal(new DateOnly(2027, 11, 27), ((AccreditationGranted)Grant(Application(), At("2026-11-26T19:30:00+00:00"))[0]).LastDay);
    [Theory, InlineData("Refused"), InlineData("RefusalUpheld"), InlineData("Lapsed")]
    public void What_was_decided_is_not_decided_again(string state) => Refused("decided", () => Grant(Application() with { State = state }));
    [Fact] public void Nothing_is_granted_to_the_suspended() => Refused("suspended", () => Grant(Application(), journalist: Person(Suspended)));

    [Fact]
    public void A_temporary_one_is_granted_for_its_event_in_time_by_the_day_it_has_now()
    {
        var temporary = Application() with { Kind = "Temporary", PressEventId = Id };
        Same(Granted with { LastDay = null, ValidUntil = null, At = At("2026-12-04T23:59:59+05:00"), Scope = new("Temporary", Id, null) }, Grant(temporary, At("2026-12-04T23:59:59+05:00"), Filed.Start));
        Refused("decision-too-late", () => Grant(temporary, At("2026-12-05T00:00:00+05:00"), Filed.Start));
        Assert.Single(Grant(temporary, At("2026-12-05T00:00:00+05:00"), Filed.Start.AddDays(7))); // it was put off
    }

    [Fact] public void A_refusal_has_a_reason_of_the_list_and_a_term_to_appeal() => Same(Rejected, Refuse(Application(), "ApplicationIncomplete"));
    [Fact] public void Said_twice_it_is_refused_once() => Assert.Empty(Refuse(Application(Rejected), "ApplicationIncomplete"));
    [Theory, InlineData(null), InlineData("NotLiked")] public void Other_reasons_there_are_none(string? reason) => Refused("reason-unknown", "reason", () => Refuse(Application(), reason));
    [Fact] public void What_was_granted_is_not_refused() => Refused("decided", () => Refuse(Application(Granted), "DataUntrue"));

    [Fact] public void A_refusal_is_appealed() => Same(Appealed, Appeal(Application(Rejected), Appealed.At));
    [Fact] public void Said_twice_it_is_appealed_once() => Assert.Empty(Appeal(Application(Rejected, Appealed), Appealed.At));
    [Fact] public void To_the_last_minute_of_the_term() => Assert.Single(Appeal(Application(Rejected), At("2027-02-26T23:59:00+05:00")));
    [Fact] public void And_not_after_it() => Refused("appeal-too-late", () => Appeal(Application(Rejected), At("2027-02-27T00:00:00+05:00")));
    [Fact] public void Only_refusals_are_appealed() => Refused("not-refused", () => Appeal(Application(Granted), Tomorrow));

    [Fact]
    public void An_appeal_that_is_upheld_grants_in_the_same_breath()
    {
        var facts = DecideAppeal(Application(Rejected, Appealed), true);
        Assert.Equal([typeof(AccreditationAppealDecided), typeof(AccreditationGranted)], facts.Select(f => f.GetType()));
        Assert.Equal("Granted", facts.Aggregate(Application(Rejected, Appealed), (s, f) => Accreditations.Evolve(s, f)!).State);
    }

    [Fact] public void One_that_is_not_leaves_the_refusal() => Assert.Equal("RefusalUpheld", Accreditations.Evolve(Application(Rejected, Appealed), Assert.Single(DecideAppeal(Application(Rejected, Appealed), false)))!.State);
    [Fact] public void The_refuser_does_not_decide_it() => Refused("decider-is-refuser", () => DecideAppeal(Application(Rejected, Appealed), true, "nurlanov"));
    [Fact] public void Said_twice_it_is_decided_once() => Assert.Empty(DecideAppeal(Application(Rejected, Appealed, new AccreditationAppealDecided(One, JournalistId, false, null, "Б. Серік", Tomorrow)), false));
    [Fact] public void Without_an_appeal_there_is_nothing_to_decide() => Refused("not-appealed", () => DecideAppeal(Application(Rejected), true));
    [Fact] public void The_suspended_get_nothing_by_appeal_either() => Refused("suspended", () => DecideAppeal(Application(Rejected, Appealed), true, journalist: Person(Suspended)));
}

public class Whether_an_accreditation_stands
{
    static readonly AccreditationLapsed Lapsed = new(One, JournalistId, "documents-edited", Tomorrow.AddDays(10), Scope);

    [Fact]
    public void From_its_grant_to_the_midnight_after_its_last_day() => Assert.Equal([false, true, true, false],
        new[] { Tomorrow.AddTicks(-1), Tomorrow, At("2027-11-26T23:59:59+05:00"), At("2027-11-27T00:00:00+05:00") }.Select(at => Application(Granted).StandsAt(at)));

    [Fact] public void Until_it_lapsed() => Assert.Equal([true, false], new[] { Lapsed.At.AddTicks(-1), Lapsed.At }.Select(at => Application(Granted, Lapsed).StandsAt(at)));
    [Fact] public void Never_when_it_was_not_granted() => Assert.DoesNotContain(true, new[] { Application(), Application(Rejected), Application(Rejected, Appealed) }.Select(a => a.StandsAt(Tomorrow.AddDays(1))));
    [Fact] public void Edited_documents_make_what_stands_lapse() => Same(Lapsed, AccreditationDecider.Lapse(Application(Granted), Lapsed.At));
    [Fact] public void What_is_over_does_not_lapse() => Assert.Empty(AccreditationDecider.Lapse(Application(Granted), Granted.ValidUntil!.Value));
    [Fact] public void What_lapsed_does_not_lapse_again() => Assert.Empty(AccreditationDecider.Lapse(Application(Granted, Lapsed), Lapsed.At.AddDays(1)));

    [Fact]
    public void Undecided_past_its_day_is_overdue() => Assert.Equal([false, true, false],
        new[] { Application().OverdueAt(Requested.DueAt.AddTicks(-1)), Application().OverdueAt(Requested.DueAt), Application(Rejected).OverdueAt(Requested.DueAt) });

    [Property(MaxTest = 500)]
    public void For_a_year_and_never_a_day_less(int day)
    {
        var granted = new LocalDate(2026, 1, 1).PlusDays(Math.Abs(day % 3000));
        var fact = (AccreditationGranted)AccreditationDecider.Grant(Application(), Person(), null, "x", Data.Calendar, Law.Times.On(granted, new(12, 0)))[0];
        var last = LocalDate.FromDateOnly(fact.LastDay!.Value);
        Assert.Equal(granted.PlusYears(1), last);
        Assert.True(Application(fact).StandsAt(Law.Times.On(last, new(23, 59))) && !Application(fact).StandsAt(Law.Times.On(last.PlusDays(1), LocalTime.Midnight)));
    }
}

public class The_standing_of_a_journalist
{
    static JournalistStanding Of(DateTimeOffset at, Guid? pressEvent = null, Journalist? journalist = null, bool erased = false, params Accreditation[] all) =>
        JournalistStanding.Of(journalist ?? Person(), all, pressEvent, erased, at);

    static readonly Accreditation Temporary = Application(Granted with { LastDay = null, ValidUntil = null }) with { Kind = "Temporary", PressEventId = Id };
    static readonly DateTimeOffset Later = Tomorrow.AddDays(5);

    [Fact] public void Holds_for_every_event_by_a_permanent_accreditation() => Assert.Equal((true, null, One, Granted.ValidUntil), Of(Later, Id, null, false, Application(Granted)) is var s ? (s.Accredited, s.WhyNot, s.AccreditationId, s.Until) : default);
    [Fact] public void By_a_temporary_one_for_its_event_alone() => Assert.Equal([true, false, false], new[] { Id, Two, (Guid?)null }.Select(e => Of(Later, e, null, false, Temporary).Accredited));
    [Fact]
    public void Says_why_not() => Assert.Equal(["none", "pending", "refused", "pending", "expired", "lapsed"], new[]
    {
        Of(Later, Id), Of(Later, Id, null, false, Application()), Of(Later, Id, null, false, Application(Rejected)), Of(Tomorrow.AddTicks(-1), Id, null, false, Application(Granted)),
        Of(Granted.ValidUntil!.Value, Id, null, false, Application(Granted)), Of(Later, Id, null, false, Application(Granted, new AccreditationLapsed(One, JournalistId, "documents-edited", Later))),
    }.Select(s => s.WhyNot));
    [Fact] public void Is_none_of_the_erased() => Assert.Equal("erased", Of(Later, Id, null, true, Application(Granted)).WhyNot);
}
