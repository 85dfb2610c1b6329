using static Publications.Specs.Given;

namespace Publications.Specs;

/// <summary>Several channels: one that fails leaves a plan for the rest; halts and checks at the claim.</summary>
public class Several_channels
{
    static readonly Content Two = Written with { Channels = ["a-telegram", "site"] };
    static readonly object[] Armed = [.. ApprovedFacts(Two), Scheduled];
    static readonly Guid[] Ids = [AttemptId, NextId];
    static IReadOnlyList<object> Claim(ClaimContext? context = null) { var n = 0; return ReleaseDecider.Claim(State(Armed), () => Ids[n++], Lease, Due, context); }
    static readonly Publication Started = After(State(Armed), Claim());
    static Publication On(Publication state, Guid attempt, Outcome outcome) => After(state, ReleaseDecider.Decide(state, attempt, outcome, Settle, Due.AddSeconds(1)));
    static readonly Outcome Yes = new Outcome.Accepted("ext", "answer"), No = new Outcome.Refused(403);

    [Fact] public void start_together() => Assert.Equal(["a-telegram", "site"], Claim().OfType<DeliveryAttemptStarted>().Select(a => a.Channel));
    [Fact] public void are_released_when_all_have_it() => Assert.Equal(PublicationState.Released, On(On(Started, AttemptId, Yes), NextId, Yes).State);
    [Fact] public void are_still_releasing_while_one_is_open() => Assert.Equal(PublicationState.Releasing, On(Started, AttemptId, Yes).State);
    [Fact] public void wait_for_a_person_when_one_refuses() => Assert.Equal((PublicationState.Releasing, null), (On(On(Started, AttemptId, Yes), NextId, No) is var s ? s.State : default, PublicationFold.WakeAt(s)));
    [Fact] public void are_missed_when_all_refuse() => Assert.Equal((PublicationState.Missed, "refused"), (On(On(Started, AttemptId, No), NextId, No) is var s ? s.State : default, s.MissReason));

    static readonly Publication Half = On(On(Started, AttemptId, Yes), NextId, No);
    static IReadOnlyList<object> Decide(string decision, Publication state) => ReleaseDecider.Decide(state, new DecideOutcome(decision, null, NextId), Approver, Due.AddDays(2));

    [Fact]
    public void of_which_one_is_given_up_are_released_on_the_others()
    {
        var given = Decide("give-up", Half);
        Assert.Equal(["a-telegram"], Assert.IsType<PublicationReleased>(given[1]).Channels);
        Assert.Empty(Decide("give-up", After(Half, given)));
    }

    [Fact]
    public void of_which_one_is_tried_again_are_tried_whatever_the_time()
    {
        var state = After(Half, Decide("retry", Half));
        Assert.Equal(2, Assert.IsType<DeliveryAttemptStarted>(ReleaseDecider.Claim(state, () => CorrectionId, Lease.AddDays(3), Due.AddDays(2)).Single()).Number);
    }

    [Fact] public void that_have_it_are_not_decided_about() => Assert.Equal("outcome-known", Refusal(() => ReleaseDecider.Decide(Half, new DecideOutcome("retry", null, AttemptId), Approver, Due)));

    [Fact]
    public void of_which_one_comes_too_late_keep_the_others()
    {
        var state = On(On(Started, AttemptId, Yes), NextId, new Outcome.Unavailable(503));
        var late = Assert.IsType<DeliveryRejected>(ReleaseDecider.Claim(state, () => CorrectionId, Lease, Due.AddHours(5)).Single());
        Assert.Equal(("late", "site"), (late.Class, late.Channel));
    }
}

public class A_claim_under_a_halt
{
    static readonly Content Two = Written with { Channels = ["a-telegram", "site"] };
    static IReadOnlyList<object> Claim(Content content, ClaimContext context) => ReleaseDecider.Claim(State([.. ApprovedFacts(content), Scheduled]), Guid.NewGuid, Lease, Due, context);

    [Fact] public void of_everything_misses_its_time() => Same([new PublicationMissed(Id, Body, Due, "halted", Due)], Claim(Two, new(7, _ => "halted", [])));
    [Fact] public void carries_its_epoch() => Assert.Equal(7, Claim(Written, new(7, _ => null, [])).OfType<DeliveryAttemptStarted>().Single().Epoch);

    [Fact]
    public void of_one_channel_goes_on_at_the_other()
    {
        var facts = Claim(Two, new(7, c => c == "site" ? "halted" : null, []));
        Assert.Equal(("halted", "site", null), (facts.OfType<DeliveryRejected>().Single() is var r ? r.Class : "", r.Channel, r.RetryAt));
        Assert.Equal(2, facts.OfType<DeliveryAttemptStarted>().Count());
    }

    [Fact] public void that_began_before_the_call_sends_nothing_and_misses() => Assert.Equal(["DeliveryRejected", "PublicationMissed"], ReleaseDecider.Decide(State(ReleasingFacts), AttemptId, new Outcome.Halted(), Settle, Due).Select(f => f.GetType().Name));
    [Fact] public void of_a_closed_account_misses_with_that_reason() => Assert.Equal("channel-closed", ((PublicationMissed)Claim(Written, new(0, _ => "channel-closed", [])).Single()).Reason);
    [Fact] public void with_a_blocking_finding_misses_with_its_code() => Assert.Equal("person-living", ((PublicationMissed)Claim(Written, new(0, _ => null, [new("x", "", null, false), new("person-living", "", null, true)])).Single()).Reason);
}

public class Kinds_about_a_person
{
    static readonly Content Condolence = Written with { Kind = "Condolence" };
    [Fact] public void need_a_subject_to_be_submitted() => Assert.Equal("subject-missing", Refusal(() => PublicationDecider.Submit(State(Drafted(Condolence)), Editor, Noon)));
    [Fact] public void need_a_subject_to_be_armed() => Assert.Equal("subject-missing", Refusal(() => PublicationDecider.Decide(State(ApprovedFacts(Condolence)), new SchedulePublication(null), Editor, Noon)));
    [Fact] public void with_a_subject_are_submitted() => Assert.Single(PublicationDecider.Submit(State(Drafted(Condolence with { SubjectPersonId = PersonId })), Editor, Noon));
}

public class The_hash_of_optional_parts
{
    public static TheoryData<Content> Changed => new()
    {
        Written with { Media = [PictureUse] }, Written with { Media = [PictureUse with { Crop = new(10, 20, 300, 401) }] }, Written with { Media = [PictureUse with { Crop = null }] }, Written with { SubjectPersonId = PersonId },
        Written with { Embargo = Noon }, Written with { LanguagePolicy = "kk-first" }, Written with { Tags = ["aza"] }, Written with { AiMade = true }, Written with { WantedWall = new("2026-12-01T14:00:00", "Asia/Almaty") },
    };

    [Theory, MemberData(nameof(Changed))]
    public void changes_with_each_of_them(Content changed) => Assert.All(Languages.All, l => Assert.NotEqual(Hash(l), Hash(l, changed)));
    [Fact] public void are_all_different() => Assert.Equal(Changed.Count, Changed.Select(row => Hash("kk", row.Data)).Distinct().Count());
    [Fact] public void of_a_caption_in_Russian_leaves_Kazakh_approved() => Assert.Equal(Hash("kk", Written with { Media = [PictureUse] }), Hash("kk", Written with { Media = [PictureUse with { Caption = new("Сурет", "Иной") }] }));
    [Fact] public void that_are_empty_is_that_of_none() => Assert.Equal(Hash("kk"), Hash("kk", Written with { Media = [], Tags = [], AiMade = false, LanguagePolicy = "both" }));
    [Fact] public void is_in_canonical_form() => Assert.Equal("{\"aiMade\":true,\"body\":\"min-emergency\",\"channels\":[\"site\"],\"kind\":\"News\",\"language\":\"kk\",\"maxLateness\":\"PT1H\",\"media\":[{\"alt\":\"Балама\",\"caption\":\"Сурет\",\"crop\":{\"height\":400,\"width\":300,\"x\":10,\"y\":20},\"mediaId\":\"0197f3a0-0000-7000-8000-0000000000b1\"}],\"onMiss\":\"hold\",\"text\":\"Мәтін\",\"title\":\"Тақырып\",\"v\":2,\"wantedAt\":\"2026-12-01T09:00:00.0000000Z\"}",
        ContentHash.Canonical(Body, Written with { Media = [PictureUse], AiMade = true }, "kk"));
}
