using static Publications.Specs.Given;

namespace Publications.Specs;

/// <summary>Kazakh first, Russian when it is approved too; Russian never leaks before.</summary>
public class Kazakh_first
{
    static readonly Content First = Written with { LanguagePolicy = LanguagePolicies.KkFirst };
    static readonly object[] Armed = [.. InReviewFacts(First), Approved("kk", First), Scheduled];
    static IReadOnlyList<object> Claim(DateTimeOffset now, params object[] given) => ReleaseDecider.Claim(State(given), () => given.OfType<DeliveryAttemptStarted>().Any() ? AttemptId : NextId, now.AddSeconds(30), now);
    static object[] Then(object[] given, IReadOnlyList<object> facts) => [.. given, .. facts];
    static object[] Out() => Then(Then(Armed, Claim(Due, Armed)), ReleaseDecider.Decide(State(Then(Armed, Claim(Due, Armed))), NextId, new Outcome.Accepted("ext-kk", "answer"), Settle, Due));

    [Fact] public void is_approved_by_Kazakh_alone() => Assert.Equal(PublicationState.Approved, State([.. InReviewFacts(First), Approved("kk", First)]).State);
    [Fact] public void is_submitted_without_Russian_words() => Assert.Single(PublicationDecider.Submit(State(Drafted(First with { Title = new("Т", null), Text = new("М", null) })), Editor, Noon));
    [Fact] public void goes_out_in_Kazakh_alone() => Assert.Equal("kk", Assert.IsType<DeliveryAttemptStarted>(Claim(Due, Armed)[1]).Language);

    [Fact]
    public void has_no_Russian_word_in_what_goes_out()
    {
        var state = State(Then(Armed, Claim(Due, Armed)));
        var post = Posts.Of(state, state.Attempts[0], ConfiguredAccounts.Site);
        Assert.Equal((new Contracts.Bilingual("Тақырып", null), new Contracts.Bilingual("Мәтін", null)), (post.Title, post.Text));
    }

    [Fact]
    public void is_released_and_public_in_Kazakh_alone()
    {
        var state = State(Out());
        Assert.Equal((PublicationState.Released, "Тақырып", null), (state.State, PublicationReply.Public(state, 9).Title.Kk, PublicationReply.Public(state, 9).Title.Ru));
        Assert.Null(PublicationReply.Public(state, 9).Text.Ru);
        Assert.DoesNotContain("Текст", Feeds.Document("ru", "x", [state]).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Текст", Ninjs.Item(state, 9, "x").ToJsonString(Platform.Json.Options), StringComparison.Ordinal);
        Assert.Equal(new Contracts.Bilingual("Тақырып", null), Out().OfType<PublicationReleased>().Single().Title);
    }

    [Fact] public void wakes_nobody_while_Russian_waits() => Assert.Null(PublicationFold.WakeAt(State(Out())));

    [Fact]
    public void lets_Russian_follow_when_it_is_approved()
    {
        object[] approved = [.. Out(), .. PublicationDecider.Decide(State(Out()), new ApprovePublication("ru", Hash("ru", First)), Approver, Due.AddHours(3))];
        Assert.Equal(Due.AddHours(3), PublicationFold.WakeAt(State(approved)));
        var claimed = Claim(Due.AddHours(3), approved);
        Assert.Equal(("ru", 1), (((DeliveryAttemptStarted)claimed.Single()).Language, ((DeliveryAttemptStarted)claimed.Single()).Number));
        var done = ReleaseDecider.Decide(State(Then(approved, claimed)), AttemptId, new Outcome.Accepted("ext-ru", "answer"), Settle, Due.AddHours(3));
        Assert.Equal(new Contracts.Bilingual(null, "Заголовок"), Assert.IsType<LanguageReleased>(done[1]).Title);
        Assert.Equal(["kk", "ru"], State([.. approved, .. claimed, .. done]).ReleasedLanguages);
    }

    [Fact]
    public void lets_Russian_words_change_while_they_wait_and_nothing_else()
    {
        EditPublication ask = new(null, null, new(null, "Новый текст"), null, null, null, null);
        Assert.Equal(PublicationState.Released, State(Then(Out(), PublicationDecider.Decide(State(Out()), ask, Editor, Due))).State);
        Assert.Equal("already-released", Refusal(() => PublicationDecider.Decide(State(Out()), ask with { Text = new("Жаңа", null) }, Editor, Due)));
    }
}

public class An_embargo
{
    static readonly Content Kept = Written with { Embargo = Due.AddHours(1), WantedAt = Due.AddHours(2) };
    static Publication Out(DateTimeOffset? embargo) => State(ReleasedFacts) with { Content = Written with { Embargo = embargo } };

    [Fact] public void before_its_time_refuses_a_wanted_time() => Assert.Equal("embargoed", Refusal(() => PublicationDecider.Decide(State(Drafted(Written with { Embargo = Due })), new EditPublication(null, null, null, null, Due.AddTicks(-1), null, null), Editor, Noon)));
    [Fact] public void refuses_a_release_at_once() => Assert.Equal("embargoed", Refusal(() => PublicationDecider.Decide(State(ApprovedFacts(Kept)), new ReleasePublicationNow("дереу"), Editor, Due)));
    [Fact] public void refuses_to_publish_a_missed_one() => Assert.Equal("embargoed", Refusal(() => ReleaseDecider.Decide(State([.. ApprovedFacts(Kept), Scheduled, new PublicationMissed(Id, Body, Due, "late", Due)]), new DecideMissed("publish"), Approver, Due)));
    [Fact] public void keeps_a_claim_from_going_out() => Assert.Equal("embargoed", Assert.IsType<PublicationMissed>(ReleaseDecider.Claim(State([.. ApprovedFacts(Kept), Scheduled]), () => NextId, Lease, Due).Single()).Reason);
    [Fact] public void is_judged_by_the_clock_at_reading() => Assert.Equal((false, true), (Out(Due.AddHours(1)).IsPublic(Due.AddHours(1).AddTicks(-1)), Out(Due.AddHours(1)).IsPublic(Due.AddHours(1))));
    [Fact]
    public void is_outrun_by_no_order_of_commands_at_any_hour()
    {
        var afterOne = 0;
        for (var seed = 0; seed < 3000; seed++)
        {
            var (dice, now) = (new Random(seed), Noon);
            var state = State(Drafted(Written with { WantedAt = null, LanguagePolicy = seed % 2 == 0 ? null : "kk-first" }));
            for (var step = 0; step < 60; step++, now = now.AddMinutes(dice.Next(40)))
            {
                var facts = Anything(state, dice, now);
                state = After(state, facts);
                var leaves = facts.Any(fact => fact is DeliveryAttemptStarted || IsToldToEverybody(fact));
                Assert.False((leaves || state.IsOut) && state.Content.Embargo > now, $"seed {seed}, step {step}");
                afterOne += leaves && state.Content.Embargo is not null ? 1 : 0;
            }
        }

        Assert.InRange(afterOne, 500, int.MaxValue); // it was tried
    }

    static bool IsToldToEverybody(object fact) =>
        Leaves.List.For((JasperFx.Events.IEvent)Activator.CreateInstance(typeof(JasperFx.Events.Event<>).MakeGenericType(fact.GetType()), fact)!) is { Body: null };

    /// <summary>What one of the commands, or a worker, does to it now; nothing where it is refused.</summary>
    static IReadOnlyList<object> Anything(Publication p, Random dice, DateTimeOffset now)
    {
        var (edit, when, language) = (new EditPublication(null, null, null, null, null, null, null), now.AddMinutes(dice.Next(-30, 180)), dice.Next(2) == 0 ? "kk" : "ru");
        try
        {
            return dice.Next(15) switch
            {
                0 => PublicationDecider.Decide(p, edit with { Embargo = when }, Editor, now),
                1 => PublicationDecider.Decide(p, edit with { WantedAt = when }, Editor, now),
                2 => PublicationDecider.Decide(p, edit with { Clear = [dice.Next(3) == 0 ? "embargo" : "wantedAt"] }, Editor, now),
                3 => PublicationDecider.Decide(p, new ReschedulePublication(when), Editor, now),
                4 or 5 => PublicationDecider.Submit(p, Editor, now),
                6 or 7 or 8 => Taken(p, PublicationDecider.Decide(p, new ApprovePublication(language, ContentHash.Of(Body, p.ToCome(), language, p.Proposed?.Notice)), Approver, now), now),
                9 => PublicationDecider.Decide(p, new SchedulePublication(null), Editor, now),
                10 => PublicationDecider.Decide(p, new ReleasePublicationNow("дереу"), Editor, now),
                11 or 12 => ReleaseDecider.Claim(p, Guid.NewGuid, now.AddSeconds(30), now),
                13 => p.Attempts is [.., var last] ? ReleaseDecider.Decide(p, last.AttemptId, new Outcome.Accepted("ext-1", "answer"), Settle, now) : [],
                _ => p.IsOut ? CorrectionDecider.Decide(p, new(null, new($"Мәтін {now:O}", $"Текст {now:O}"), null, Notice, "қате"), Guid.NewGuid(), Editor, now)
                    : ReleaseDecider.Decide(p, new DecideMissed("publish"), Approver, now),
            };
        }
        catch (Platform.RefusedException)
        {
            return [];
        }
    }

    static IReadOnlyList<object> Taken(Publication p, IReadOnlyList<object> facts, DateTimeOffset now) => [.. facts, .. CorrectionDecider.Take(After(p, facts), _ => CanAll, now)];

    [Fact] public void can_be_taken_away() => Assert.Null(((PublicationEdited)PublicationDecider.Decide(State(Drafted(Kept)), new EditPublication(null, null, null, null, null, null, null) { Clear = ["embargo"] }, Editor, Noon).Single()).Content.Embargo);
}

public class A_release_at_once
{
    static IReadOnlyList<object> When(string by, params object[] given) => PublicationDecider.Decide(State(given), new ReleasePublicationNow("су тасқыны"), by, Noon);
    static object[] Ordered(params object[] given) => [.. given, .. When(Editor, given)];
    static string Code(string by, params object[] given) => Refusal(() => PublicationDecider.Decide(State(given), new ApprovePublication("kk", Hash("kk")), by, Due));

    [Fact] public void goes_out_without_approval_by_its_authors_word() => Assert.IsType<PublicationReleaseStarted>(ReleaseDecider.Claim(State(Ordered(Drafted())), () => NextId, Lease, Noon)[0]);
    [Fact] public void owes_both_approvals() => Assert.Equal(["kk", "ru"], State(Ordered(Drafted())).ApprovalOwed);
    [Fact] public void is_settled_by_a_second_person() => Assert.Equal(["ru"], State([.. Ordered(Drafted()), .. PublicationDecider.Decide(State(Ordered(Drafted())), new ApprovePublication("kk", Hash("kk")), Approver, Due)]).ApprovalOwed);
    [Fact] public void is_not_settled_by_its_author() => Assert.Equal("approver-is-author", Code(Editor, Ordered(Drafted())));
    [Fact] public void is_not_settled_by_who_ordered_it() => Assert.Equal("approver-is-author", Refusal(() => PublicationDecider.Decide(State([Drafted(), .. When(Other, Drafted())]), new ApprovePublication("kk", Hash("kk")), Other, Due)));
    [Fact] public void owes_again_what_its_orderer_had_approved_himself() => Assert.Equal(["kk", "ru"], State([.. ApprovedFacts(), .. When(Approver, ApprovedFacts())]).ApprovalOwed);
    [Fact] public void twice_is_recorded_once() => Assert.Empty(When(Editor, Ordered(Drafted())));
    [Fact] public void without_a_reason_is_refused() => Assert.Equal("reason-missing", Refusal(() => PublicationDecider.Decide(State(Drafted()), new ReleasePublicationNow(" "), Editor, Noon)));
    [Fact] public void in_one_language_is_refused() => Assert.Equal("language-missing", Refusal(() => When(Editor, Drafted(Written with { Text = new("М", null) }))));
    [Fact] public void of_what_is_out_is_refused() => Assert.Equal("already-released", Refusal(() => When(Editor, ReleasedFacts)));
    [Fact] public void after_other_words_came_in_goes_nowhere() => Assert.Equal(PublicationState.InReview, State([.. Ordered(InReviewFacts()), new PublicationEdited(Id, Written with { Text = new("М", "Т") }, Editor, [], null, null, Noon)]).State);
}

public class Holding
{
    static IReadOnlyList<object> When(params object[] given) => PublicationDecider.Decide(State(given), new HoldPublication("аза күні"), Editor, Noon);
    static readonly object[] Held = [.. ScheduledFacts(), new PublicationHeld(Id, Editor, "аза күні", Noon)];

    [Fact] public void disarms_it() => Assert.Null(PublicationFold.WakeAt(State([.. ScheduledFacts(), .. When(ScheduledFacts())])));
    [Fact] public void keeps_its_approvals() => Same([Scheduled], PublicationDecider.Decide(State(Held), new SchedulePublication(null), Editor, Noon));
    [Fact] public void twice_is_recorded_once() => Assert.Empty(When(Held));
    [Fact] public void of_what_is_not_armed_is_refused() => Assert.Equal("not-scheduled", Refusal(() => When(ApprovedFacts())));
    [Fact] public void of_what_goes_out_is_refused() => Assert.Equal("releasing", Refusal(() => When(ReleasingFacts)));
    [Fact] public void past_its_time_needs_another_one() => Assert.Equal("wanted-at-past", Refusal(() => PublicationDecider.Decide(State(Held), new SchedulePublication(null), Editor, Due)));
    [Fact] public void starts_nothing_for_a_worker_that_comes() => Assert.Empty(ReleaseDecider.Claim(State(Held), () => NextId, Lease, Due));
}

public class Rescheduling
{
    static IReadOnlyList<object> When(ReschedulePublication ask, params object[] given) => PublicationDecider.Decide(State(given), ask, Editor, Noon);

    [Fact] public void disarms_and_needs_new_approval() => Assert.Equal((PublicationState.InReview, null, 0), (State([.. ScheduledFacts(), .. When(new(Due.AddDays(1)), ScheduledFacts())]) is var s ? s.State : default, s.DueAt, s.Approvals.Count));
    [Fact] public void to_the_same_time_records_nothing() => Assert.Empty(When(new(Due), ScheduledFacts()));
    [Fact]
    public void keeps_what_the_wall_clock_said() => Assert.Equal((At("2026-12-02T09:30:00+05:00"), new WallTime("2026-12-02T09:30:00", "Asia/Almaty")),
        (((PublicationEdited)When(new(null, "2026-12-02T09:30"), ScheduledFacts()).Single()).Content is var c ? c.WantedAt!.Value : default, c.WantedWall!));
    [Fact] public void to_the_past_is_refused() => Assert.Equal("wanted-at-past", Refusal(() => When(new(Noon), ScheduledFacts())));
    [Fact] public void to_no_time_is_refused() => Assert.Equal("wanted-at-missing", Refusal(() => When(new(null), ScheduledFacts())));
}
