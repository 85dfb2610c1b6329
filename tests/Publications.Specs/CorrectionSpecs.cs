using static Publications.Specs.Given;

namespace Publications.Specs;

public class Correcting
{
    static readonly CorrectPublication Ask = new(null, Corrected.Text, null, Notice, "қате");
    static IReadOnlyList<object> When(CorrectPublication ask, params object[] given) => CorrectionDecider.Decide(State(given), ask, CorrectionId, Editor, Due.AddHours(1));
    static readonly object[] Waiting = [.. ReleasedFacts, Proposed];
    static IReadOnlyList<object> Approve(string language, string hash, string by, params object[] given) => PublicationDecider.Decide(State(given), new ApprovePublication(language, hash), by, Due.AddHours(1));
    static string HashOf(string language) => ContentHash.Of(Body, Corrected, language, Notice);

    [Fact] public void waits_for_approval_and_changes_nothing_yet() => Same([Proposed], When(Ask, ReleasedFacts));
    [Fact] public void leaves_the_public_words_until_then() => Assert.Equal("Текст", PublicationReply.Public(State(Waiting), 9).Text.Ru);
    [Fact] public void is_approved_by_its_own_hash() => Same([CorrectionApproved("kk")], Approve("kk", HashOf("kk"), Approver, Waiting));
    [Fact] public void is_not_approved_by_the_hash_of_what_is_out() => Assert.Equal("content-changed", Refusal(() => Approve("kk", Hash("kk"), Approver, Waiting)));
    [Fact] public void is_bound_to_its_notice() => Assert.NotEqual(HashOf("kk"), ContentHash.Of(Body, Corrected, "kk", new("Басқа", "Другое")));
    [Fact] public void is_never_approved_by_an_author() => Assert.Equal("approver-is-author", Refusal(() => Approve("kk", HashOf("kk"), Editor, Waiting)));
    [Fact] public void takes_no_effect_with_one_language() => Assert.Empty(CorrectionDecider.Take(State([.. Waiting, CorrectionApproved("kk")]), _ => CanAll, Due.AddHours(1)));
    [Fact] public void takes_effect_with_both() => Same([CorrectionTaken()], CorrectionDecider.Take(State([.. Waiting, CorrectionApproved("kk"), CorrectionApproved("ru")]), _ => CanAll, Due.AddHours(1)));

    [Theory]
    [InlineData(true, true, 1, Purposes.Edit), InlineData(true, true, 49, Purposes.Reply), InlineData(false, true, 1, Purposes.Reply), InlineData(false, false, 1, Purposes.Nothing)]
    public void follows_on_a_channel_by_what_it_can(bool edit, bool reply, int hours, string how) =>
        Assert.Equal(how, CorrectionDecider.ToCorrect(CanNothing with { Edit = edit, Reply = reply, EditWithin = TimeSpan.FromHours(48) }, TimeSpan.FromHours(hours)));

    [Fact]
    public void shows_the_new_words_with_the_notice()
    {
        var state = State(CorrectedFacts);
        Assert.Equal((PublicationState.Corrected, "Исправленный текст", Notice), (state.State, PublicationReply.Public(state, 9).Text.Ru, PublicationReply.Public(state, 9).Notice));
        Assert.Contains("Исправлено", Feeds.Document("ru", "x", [state]).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void is_open_until_the_channel_has_it()
    {
        var state = State(CorrectedFacts);
        Assert.Equal((true, Due.AddHours(1)), (state.FollowUps.Single().IsOpen, PublicationFold.WakeAt(state)!.Value));
        var claimed = ReleaseDecider.Claim(state, () => NextId, Due.AddHours(2), Due.AddHours(1));
        Assert.Equal((Purposes.Edit, CorrectionId), (((DeliveryAttemptStarted)claimed.Single()).Purpose, ((DeliveryAttemptStarted)claimed.Single()).CorrectionId));
        var done = After(After(state, claimed), ReleaseDecider.Decide(After(state, claimed), NextId, new Outcome.Accepted("ext-1", "answer"), Settle, Due.AddHours(1)));
        Assert.Equal((false, null, PublicationState.Corrected), (done.FollowUps.Single().IsOpen, PublicationFold.WakeAt(done), done.State));
    }

    [Fact]
    public void says_an_edit_again_when_nobody_knows_what_came_of_it()
    {
        var state = After(State(CorrectedFacts), ReleaseDecider.Claim(State(CorrectedFacts), () => NextId, Due.AddHours(2), Due.AddHours(1)));
        var unknown = Assert.IsType<DeliveryRejected>(ReleaseDecider.Decide(state, NextId, new Outcome.Unknown("timeout"), Settle, Due.AddHours(1)).Single());
        Assert.Equal(("timeout", Due.AddHours(1).AddSeconds(1)), (unknown.Class, unknown.RetryAt!.Value));
        Assert.IsType<DeliveryAttemptStarted>(ReleaseDecider.Claim(state, () => AttemptId, Due.AddHours(4), Due.AddHours(3)).Single());
    }

    [Fact]
    public void never_says_a_reply_twice()
    {
        object[] given = [.. ReleasedFacts, Proposed, CorrectionTaken(Purposes.Reply)];
        var state = After(State(given), ReleaseDecider.Claim(State(given), () => NextId, Due.AddHours(2), Due.AddHours(1)));
        Assert.Equal(Notice, Posts.Of(state, state.Attempts[^1], ConfiguredAccounts.Site).Text);
        Assert.Null(Assert.IsType<DeliveryOutcomeUnknown>(ReleaseDecider.Claim(state, () => AttemptId, Due.AddHours(4), Due.AddHours(3)).Single()).LookAgainAt);
    }

    [Fact] public void twice_at_once_is_refused() => Assert.Equal("correction-waits", Refusal(() => When(Ask, Waiting)));
    [Fact] public void sent_back_is_gone() => Assert.Null(State([.. Waiting, .. PublicationDecider.Decide(State(Waiting), new RejectPublication("жоқ"), Approver, Due)]).Proposed);
    [Fact] public void to_the_same_words_is_refused() => Assert.Equal("nothing-corrected", Refusal(() => When(Ask with { Text = Written.Text }, ReleasedFacts)));
    [Fact] public void in_one_language_is_refused() => Assert.Equal("language-missing", Refusal(() => When(Ask with { Text = new(null, "") }, ReleasedFacts)));
    [Fact] public void without_a_notice_in_both_is_refused() => Assert.Equal(["notice.kk"], Fields(() => When(Ask with { Notice = new(null, "Исправлено") }, ReleasedFacts)));
    [Fact] public void of_what_is_not_out_is_refused() => Assert.Equal("not-released", Refusal(() => When(Ask, ScheduledFacts())));
}

public class Withdrawing
{
    static readonly WithdrawPublication Ask = new(Notice, "басқа адамның суреті");
    static IReadOnlyList<object> When(ChannelCapabilities? can, params object[] given) => CorrectionDecider.Decide(State(given), Ask, CorrectionId, _ => can, Editor, Due.AddHours(1));
    static object[] Gone(ChannelCapabilities? can) => [.. ReleasedFacts, .. When(can, ReleasedFacts)];

    [Fact] public void needs_nobodys_approval() => Assert.Equal(PublicationState.Withdrawn, State(Gone(CanAll)).State);
    [Fact] public void twice_is_recorded_once() => Assert.Empty(When(CanAll, Gone(CanAll)));
    [Fact] public void leaves_the_notice_and_no_word_of_it() => Assert.Equal((null, null, Notice), (PublicationReply.Public(State(Gone(CanAll)), 9) is var r ? r.Text.Kk : "", r.Title.Ru, r.Notice));

    [Fact]
    public void leaves_a_tombstone_for_machines()
    {
        Assert.Contains("deleted-entry", Feeds.Document("kk", "x", [State(Gone(CanAll))]).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Мәтін", Feeds.Document("kk", "x", [State(Gone(CanAll))]).ToString(), StringComparison.Ordinal);
        Assert.Equal("canceled", Ninjs.Item(State(Gone(CanAll)), 9, "x")["pubStatus"]!.ToString());
    }

    [Theory]
    [InlineData(true, 1, true, true, Purposes.Delete), InlineData(true, 49, true, true, Purposes.Edit), InlineData(true, 49, false, true, Purposes.Reply), InlineData(false, 1, false, false, Purposes.Nothing)]
    public void follows_on_a_channel_by_what_it_can(bool delete, int hours, bool edit, bool reply, string how) =>
        Assert.Equal(how, CorrectionDecider.ToWithdraw(CanNothing with { Delete = delete, DeleteWithin = TimeSpan.FromHours(48), Edit = edit, Reply = reply }, TimeSpan.FromHours(hours)));

    [Fact] public void is_not_kept_back_by_a_halt() => Assert.Single(ReleaseDecider.Claim(State(Gone(CanAll)), () => NextId, Due.AddHours(2), Due.AddHours(1), new(7, _ => "halted", [])));
    [Fact] public void where_it_is_gone_already_is_done() => Assert.False(Deleted(new Outcome.NotFound()).FollowUps.Single().IsOpen);

    static Publication Deleted(Outcome outcome)
    {
        var state = After(State(Gone(CanAll)), ReleaseDecider.Claim(State(Gone(CanAll)), () => NextId, Due.AddHours(2), Due.AddHours(1)));
        return After(state, ReleaseDecider.Decide(state, NextId, outcome, Settle, Due.AddHours(1)));
    }

    [Fact]
    public void where_the_channel_can_nothing_waits_for_a_person()
    {
        var state = State(Gone(null));
        Assert.Equal((true, null), (state.FollowUps.Single().IsOpen, PublicationFold.WakeAt(state)));
        var settled = After(state, CorrectionDecider.Decide(state, new SettleFollowUp("site", null, "телефонмен"), Editor, Due.AddHours(2)));
        Assert.Equal((false, "телефонмен"), (settled.FollowUps.Single().IsOpen, settled.FollowUps.Single().Note));
    }

    [Fact] public void of_what_is_not_out_is_refused() => Assert.Equal("not-released", Refusal(() => When(CanAll, ScheduledFacts())));
    [Fact] public void without_a_reason_is_refused() => Assert.Equal("reason-missing", Refusal(() => CorrectionDecider.Decide(State(ReleasedFacts), Ask with { Reason = "" }, CorrectionId, _ => CanAll, Editor, Due)));
    [Fact] public void settled_on_a_channel_where_nothing_follows_is_refused() => Assert.Equal("channel-unknown", Refusal(() => CorrectionDecider.Decide(State(Gone(null)), new SettleFollowUp("telegram", null, "x"), Editor, Due)));
}
