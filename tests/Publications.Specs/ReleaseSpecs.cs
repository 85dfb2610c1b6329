using static Publications.Specs.Given;

namespace Publications.Specs;

public class Lateness_of_an_item
{
    [Theory]
    [InlineData(-1, "hold", Timing.Wait), InlineData(-1, "publish", Timing.Wait), InlineData(-1, "drop", Timing.Wait)]
    [InlineData(0, "hold", Timing.Release), InlineData(3_600_000, "hold", Timing.Release), InlineData(3_600_000, "drop", Timing.Release)]
    [InlineData(3_600_001, "hold", Timing.Hold), InlineData(3_600_001, "publish", Timing.Release), InlineData(3_600_001, "drop", Timing.Drop)]
    public void is_a_function_of_due_now_allowance_and_policy(int msAfterDue, string onMiss, Timing expected) =>
        Assert.Equal(expected, Lateness.Judge(Due, Due.AddMilliseconds(msAfterDue), TimeSpan.FromHours(1), onMiss));

    [Fact]
    public void of_no_allowance_is_the_moment_itself() => Assert.Equal((Timing.Release, Timing.Hold),
        (Lateness.Judge(Due, Due, TimeSpan.Zero, "hold"), Lateness.Judge(Due, Due.AddTicks(1), TimeSpan.Zero, "hold")));
}

public class Claiming
{
    static IReadOnlyList<object> When(DateTimeOffset now, params object[] given) => ReleaseDecider.Claim(State(given), () => NextId, now.AddSeconds(30), now);
    static object[] With(string onMiss) => ScheduledFacts(Written with { OnMiss = onMiss });

    [Fact] public void at_its_time_stores_the_attempt_before_the_call() => Same([ReleaseStarted, AttemptStarted with { AttemptId = NextId }], When(Due, ScheduledFacts()));
    [Fact] public void a_moment_early_starts_nothing() => Assert.Empty(When(Due.AddTicks(-1), ScheduledFacts()));
    [Fact] public void past_its_allowance_is_a_miss() => Same([new PublicationMissed(Id, Body, Due, "late", Due.AddHours(1).AddTicks(1))], When(Due.AddHours(1).AddTicks(1), ScheduledFacts()));
    [Fact] public void past_its_allowance_goes_out_if_it_says_so() => Assert.IsType<PublicationReleaseStarted>(When(Due.AddHours(9), With("publish"))[0]);
    [Fact] public void past_its_allowance_is_dropped_if_it_says_so() => Assert.Equal(PublicationState.Cancelled, After(State(With("drop")), When(Due.AddHours(9), With("drop"))).State);
    [Fact] public void what_another_worker_holds_starts_nothing() => Assert.Empty(When(Lease.AddTicks(-1), ReleasingFacts));
    [Fact] public void what_a_person_has_to_decide_starts_nothing() => Assert.Empty(When(Due.AddDays(1), [.. ReleasingFacts, Unknown with { LookAgainAt = null }]));

    [Fact]
    public void after_content_slipped_past_its_approval_is_a_miss()
    {
        object[] given = [.. ApprovedFacts(), new PublicationEdited(Id, Written with { Text = new("Мәтін", "Иной") }, Editor, [], null, null, Noon), Scheduled];
        Same([new PublicationMissed(Id, Body, Due, "content-changed", Due)], When(Due, given));
    }

    [Fact] public void what_was_moved_by_a_worker_with_the_old_time_starts_nothing() => Assert.Empty(When(Due, [.. ScheduledFacts(), new PublicationEdited(Id, Written with { WantedAt = Due.AddHours(5) }, Editor, ["kk", "ru"], null, null, Noon)]));
    [Fact] public void what_was_cancelled_starts_nothing() => Assert.Empty(When(Due, [.. ScheduledFacts(), new PublicationCancelled(Id, Editor, null, Noon)]));

    [Fact]
    public void after_its_worker_died_asks_before_anything_else() => Same(
        [new DeliveryOutcomeUnknown(Id, AttemptId, "site", "worker-lost", Lease.AddSeconds(30), Lease), new DeliveryReadBackStarted(Id, AttemptId, "site", Lease.AddSeconds(30), Lease)],
        When(Lease, ReleasingFacts));

    [Fact] public void an_unknown_one_only_asks() => Same([new DeliveryReadBackStarted(Id, AttemptId, "site", Due.AddSeconds(41), Due.AddSeconds(11))], When(Due.AddSeconds(11), UnknownFacts));

    static readonly object[] Unavailable = [.. ReleasingFacts, new DeliveryRejected(Id, AttemptId, "site", "unavailable", 503, Due.AddSeconds(1), null, Due)];
    [Fact] public void after_a_certain_no_makes_a_new_attempt() => Same([new DeliveryAttemptStarted(Id, NextId, "site", 2, Due.AddSeconds(31), Due.AddSeconds(1))], When(Due.AddSeconds(1), Unavailable));
    [Fact] public void before_its_back_off_is_over_starts_nothing() => Assert.Empty(When(Due.AddMilliseconds(999), Unavailable));
    [Fact] public void a_retry_past_its_allowance_is_a_miss() => Same([new PublicationMissed(Id, Body, Due, "late", Due.AddHours(2))], When(Due.AddHours(2), Unavailable));
}

public class Releasing
{
    public static IReadOnlyList<object> Accepted() => When(new Outcome.Accepted("ext-1", "answer"), ReleasingFacts);
    static IReadOnlyList<object> When(Outcome outcome, params object[] given) => When(outcome, Due.AddSeconds(1), given);
    static IReadOnlyList<object> When(Outcome outcome, DateTimeOffset now, params object[] given) => ReleaseDecider.Decide(State(given), AttemptId, outcome, Settle, now);

    [Fact]
    public void is_done_when_every_channel_has_an_external_id() => Same(
        [new DeliveryAccepted(Id, AttemptId, "site", "ext-1", "answer", null, Due.AddSeconds(1)), new PublicationReleased(Id, Body, "News", Written.Title, ["site"], null, Due.AddSeconds(1))], Accepted());

    [Fact] public void heard_twice_is_recorded_once() => Assert.Empty(When(new Outcome.Accepted("ext-1", "answer"), [.. ReleasingFacts, .. Accepted()]));
    [Fact]
    public void refused_by_the_channel_waits_for_a_person() => Same(
        [new DeliveryRejected(Id, AttemptId, "site", "refused", 422, null, null, Due.AddSeconds(1)), new PublicationMissed(Id, Body, Due, "refused", Due.AddSeconds(1))], When(new Outcome.Refused(422), ReleasingFacts));
    [Fact]
    public void to_an_unavailable_channel_is_tried_again_a_second_later() => Same(
        [new DeliveryRejected(Id, AttemptId, "site", "unavailable", 503, Due.AddSeconds(2), null, Due.AddSeconds(1))], When(new Outcome.Unavailable(503), ReleasingFacts));
    [Fact]
    public void without_an_answer_is_unknown_and_asked_about() => Same(
        [new DeliveryOutcomeUnknown(Id, AttemptId, "site", "timeout", Due.AddSeconds(2), Due.AddSeconds(1))], When(new Outcome.Unknown("timeout"), ReleasingFacts));

    [Fact] public void found_by_a_read_back_is_done() => Assert.Equal(PublicationState.Released, After(State(UnknownFacts), When(new Outcome.Accepted("ext-1", "read-back"), UnknownFacts)).State);
    [Fact] public void not_found_soon_after_is_not_believed() => Assert.Equal("not-found-yet", Assert.IsType<DeliveryOutcomeUnknown>(When(new Outcome.NotFound(), Due.AddSeconds(39), UnknownFacts).Single()).Reason);
    [Fact]
    public void not_found_after_it_settled_lets_a_new_attempt_start() => Same(
        [new DeliveryRejected(Id, AttemptId, "site", "not-accepted", null, Due.AddSeconds(40), null, Due.AddSeconds(40))], When(new Outcome.NotFound(), Due.AddSeconds(40), UnknownFacts));

    [Fact]
    public void after_a_dozen_read_backs_that_failed_a_person_decides()
    {
        object[] given = [.. UnknownFacts, .. Enumerable.Repeat(new DeliveryReadBackStarted(Id, AttemptId, "site", Lease, Due), ReleaseDecider.MostReadBacks)];
        var unknown = Assert.IsType<DeliveryOutcomeUnknown>(When(new Outcome.Unknown("read-back-failed"), given).Single());
        Assert.Null(unknown.LookAgainAt);
        Assert.Null(PublicationFold.WakeAt(State([.. given, unknown])));
    }

    static readonly object[] GivenUp = [.. UnknownFacts, new DeliveryRejected(Id, AttemptId, "site", "not-accepted", null, Due, null, Due), new PublicationMissed(Id, Body, Due, "late", Due)];
    [Fact] public void an_answer_that_comes_after_all_is_the_truth() => Assert.Equal(PublicationState.Released, After(State(GivenUp), When(new Outcome.Accepted("ext-1", "answer"), GivenUp)).State);
    [Fact] public void a_no_from_a_worker_that_was_given_up_changes_nothing() => Assert.Empty(When(new Outcome.Unavailable(503), GivenUp));
}

public class Deciding_about_a_missed_one
{
    static IReadOnlyList<object> When(string? decision, params object[] given) => ReleaseDecider.Decide(State(given), new DecideMissed(decision), Approver, Due.AddHours(3));
    static MissedPublicationDecided Decided(string decision) => new(Id, decision, Approver, Due.AddHours(3));

    [Fact] public void to_publish_arms_it_for_now() => Assert.Equal((PublicationState.Scheduled, Due.AddHours(3)), (After(State(MissedFacts), When("publish", MissedFacts)).State, After(State(MissedFacts), When("publish", MissedFacts)).DueAt));
    [Fact] public void to_publish_lets_the_next_claim_out() => Assert.IsType<DeliveryAttemptStarted>(ReleaseDecider.Claim(State([.. MissedFacts, Decided("publish")]), () => NextId, Due.AddHours(4), Due.AddHours(3))[1]);
    [Fact] public void to_drop_ends_it() => Assert.Equal(PublicationState.Cancelled, After(State(MissedFacts), When("drop", MissedFacts)).State);
    [Theory, InlineData("publish"), InlineData("drop")] public void twice_is_recorded_once(string decision) => Assert.Empty(When(decision, [.. MissedFacts, Decided(decision)]));
    [Fact] public void another_way_afterwards_is_refused() => Assert.Equal("not-missed", Refusal(() => When("publish", [.. MissedFacts, Decided("drop")])));
    [Fact] public void that_is_not_missed_is_refused() => Assert.Equal("not-missed", Refusal(() => When("publish", ScheduledFacts())));
    [Fact] public void in_other_words_is_refused() => Assert.Equal("decision-invalid", Refusal(() => When("maybe", MissedFacts)));
    [Fact] public void whose_cause_changed_is_refused() => Assert.Equal("cause-changed", Refusal(() => When("publish", [.. MissedFacts, new CauseChanged(Id, 3, "cancelled", null, Noon)])));
}

public class Deciding_about_an_unknown_outcome
{
    static IReadOnlyList<object> When(DecideOutcome ask, params object[] given) => ReleaseDecider.Decide(State(given), ask, Approver, Due.AddMinutes(5));
    static readonly DecideOutcome ItIs = new("accepted", "ext-9", null), ItIsNot = new("not-accepted", null, AttemptId);

    [Fact]
    public void that_it_is_there_releases_it() => Same(
        [new DeliveryAccepted(Id, AttemptId, "site", "ext-9", "decision", Approver, Due.AddMinutes(5)), new PublicationReleased(Id, Body, "News", Written.Title, ["site"], null, Due.AddMinutes(5))], When(ItIs, UnknownFacts));
    [Fact]
    public void that_it_is_not_lets_another_attempt_start() => Same(
        [new DeliveryRejected(Id, AttemptId, "site", "not-accepted", null, Due.AddMinutes(5), Approver, Due.AddMinutes(5))], When(ItIsNot, UnknownFacts));
    [Fact] public void twice_is_recorded_once() => Assert.Empty(When(ItIs, [.. UnknownFacts, .. When(ItIs, UnknownFacts)]));
    [Fact] public void twice_that_it_is_not_is_recorded_once() => Assert.Empty(When(ItIsNot, [.. UnknownFacts, .. When(ItIsNot, UnknownFacts)]));
    [Fact] public void while_it_is_known_is_refused() => Assert.Equal("outcome-known", Refusal(() => When(ItIsNot, ReleasingFacts)));
    [Fact] public void of_an_attempt_that_never_was_is_refused() => Assert.Equal("outcome-known", Refusal(() => When(ItIsNot with { AttemptId = NextId }, UnknownFacts)));
    [Fact] public void without_the_channels_id_is_refused() => Assert.Equal("external-id-missing", Refusal(() => When(ItIs with { ExternalId = " " }, UnknownFacts)));
    [Fact] public void in_other_words_is_refused() => Assert.Equal("decision-invalid", Refusal(() => When(new("perhaps", null, null), UnknownFacts)));
}
