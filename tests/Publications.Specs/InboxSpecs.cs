using System.Text.Json;
using Law;
using Platform;
using Specs;
using static Publications.Specs.Given;
using static Publications.Specs.InboxGiven;

namespace Publications.Specs;

public class Facts_of_the_inbox
{
    static readonly object[] All = [.. InboxGiven.Facts, Reported];
    public static TheoryData<int> Each => [.. Enumerable.Range(0, All.Length)];

    [Theory, MemberData(nameof(Each))] public void keep_their_stored_shape(int number) => Golden.Check(Store.NameOf(All[number].GetType()), All[number]);

    [Theory, MemberData(nameof(Each))]
    public void are_read_back_whole(int number)
    {
        var json = JsonSerializer.Serialize(All[number], All[number].GetType(), Json.Options);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize(json, All[number].GetType(), Json.Options), All[number].GetType(), Json.Options));
    }

    [Fact] public void are_all_here() => Assert.Equal([.. InboxFold.Facts, .. LocalPublicationDecider.Facts], All.Select(f => f.GetType()));
    [Fact] public void are_all_folded() => Assert.All(InboxGiven.Facts, fact => Assert.NotNull(InboxFold.Evolve(fact is InboxItemReceived ? null : Item(Calling), fact)));
    [Fact] public void of_another_stream_throw() => Assert.Throws<InvalidOperationException>(() => InboxFold.Evolve(Item(Came), new object()));
    [Fact] public void of_another_kind_throw_too() => Assert.Throws<InvalidOperationException>(() => LocalPublicationDecider.Evolve(null, new object()));

    [Fact]
    public void survive_in_the_view()
    {
        var json = JsonSerializer.Serialize(new InboxItemView(ItemId, Item([.. Calling, Lost])) { Version = 6 }, Json.Options);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<InboxItemView>(json, Json.Options), Json.Options));
    }
}

public class An_item_of_the_inbox
{
    static IReadOnlyList<object> Assign(string? officer, params object[] given) => InboxDecider.Decide(Item(given), new AssignInboxItem(officer), Moderator, Noon);
    static IReadOnlyList<object> Tag(string?[]? tags, params object[] given) => InboxDecider.Decide(Item(given), new TagInboxItem(tags), WorkingCalendar.Embedded, Moderator, Noon);
    static IReadOnlyList<object> Close(string? reason, params object[] given) => InboxDecider.Decide(Item(given), new CloseInboxItem(reason), Moderator, Noon);

    [Fact] public void gets_an_owner() => Same([Assigned], Assign(" officer-7 ", Came));
    [Fact] public void is_assigned_then() => Assert.Equal((InboxState.Assigned, "officer-7"), (Item(Came, Assigned).State, Item(Came, Assigned).Officer));
    [Fact] public void said_twice_has_the_same_owner() => Assert.Empty(Assign("officer-7", Came, Assigned));
    [Fact] public void may_get_another_owner() => Assert.Single(Assign("officer-8", Came, Assigned));
    [Theory, InlineData(null), InlineData(" ")] public void is_assigned_to_somebody(string? officer) => Assert.Equal("officer-missing", Refusal(() => Assign(officer, Came)));
    [Fact] public void that_is_closed_is_assigned_no_more() => Assert.Equal("inbox-item-closed", Refusal(() => Assign("officer-7", Came, Shut)));

    [Fact] public void of_a_crisis_has_a_day() => Same([Tagged], Tag(["Crisis", "crisis"], Came));
    [Fact] public void tagged_the_same_is_so_already() => Assert.Empty(Tag(["crisis"], Came, Tagged));
    [Fact] public void without_its_tag_has_its_ordinary_term_again() => Assert.Equal(Term.DueAt, Item([Came, Tagged, .. Tag([], Came, Tagged)]).Term.DueAt);
    [Fact] public void needs_tags_to_be_given() => Assert.Equal("tags-missing", Refusal(() => Tag(null, Came)));
    [Fact] public void has_no_empty_tag() => Assert.Equal("tag-invalid", Refusal(() => Tag(["x", " "], Came)));
    [Fact] public void has_ten_tags_at_most() => Assert.Equal("tags-too-many", Refusal(() => Tag([.. Enumerable.Range(0, 11).Select(i => "t" + i)], Came)));

    [Fact] public void is_closed_for_a_reason() => Same([Shut], Close("spam", Came));
    [Fact] public void closed_twice_is_closed_once() => Assert.Empty(Close("spam", Came, Shut));
    [Fact] public void closed_is_not_closed_for_another_reason() => Assert.Equal("inbox-item-closed", Refusal(() => Close("insult", Came, Shut)));
    [Fact] public void takes_no_free_words_for_a_reason() => Assert.Equal("reason-unknown", Refusal(() => Close("Иванов надоел", Came)));
    [Fact] public void that_was_answered_is_done() => Assert.Equal("inbox-item-done", Refusal(() => Close("spam", [.. Calling, Stands])));
    [Fact] public void is_not_closed_over_a_reply_on_its_way() => Assert.Equal("reply-approved", Refusal(() => Close("spam", Armed_)));
    [Fact] public void nor_over_one_of_which_nobody_knows() => Assert.Equal("reply-approved", Refusal(() => Close("spam", [.. Calling, Lost with { LookAgainAt = null }])));

    [Fact] public void becomes_a_request_with_consent_alone() => Assert.Equal("consent-missing", Refusal(() => InboxDecider.MayBecomeInquiry(Item(Came), new(null, null, null, null))));
    [Fact] public void becomes_one_also_after_an_answer() => Assert.NotNull(InboxDecider.MayBecomeInquiry(Item([.. Calling, Stands]), new(true, null, null, null)));
    [Fact] public void that_is_closed_becomes_none() => Assert.Equal("inbox-item-closed", Refusal(() => InboxDecider.MayBecomeInquiry(Item(Came, Shut), new(true, null, null, null))));
    [Fact] public void learns_of_its_request_once() => Assert.Empty(InboxDecider.Taken(Item(Came, Handed), InquiryId, Number, Noon));
    [Fact] public void learns_of_its_request() => Same([Handed], InboxDecider.Taken(Item(Came), InquiryId, Number, Noon));
    [Fact] public void stays_a_request_when_a_reply_says_so() => Assert.Equal(InboxState.MadeInquiry, Item([Came, Drafted_, Passed, Tried, Handed, Stands]).State);
    [Fact] public void that_nobody_answered_in_time_is_overdue() => Assert.Equal((false, true, false), (Overdue(Term.DueAt.AddTicks(-1), Came), Overdue(Term.DueAt, Came), Overdue(Term.DueAt, [.. Calling, Stands])));

    static bool Overdue(DateTimeOffset now, params object[] given) => InboxItemReply.Of(Item(given), 1, now, WorkingCalendar.Embedded).Overdue;
}

public class A_reply_to_an_item
{
    static IReadOnlyList<object> Draft(string hash, params object[] given) => InboxDecider.Draft(Item(given), ReplyId, ReplyTextId, "kk", hash, Editor, Noon);
    static IReadOnlyList<object> Approve(string? hash, string by, params object[] given) => InboxDecider.Decide(Item(given), new ApproveInboxReply(hash), by, Noon);

    [Fact] public void is_written() => Same([Drafted_], Draft("00ff", Came));
    [Fact] public void in_the_same_words_is_so_already() => Assert.Empty(Draft("00ff", Came, Drafted_));
    [Fact] public void in_other_words_takes_the_place_of_one_that_was_not_approved() => Assert.Equal("00aa", Item([Came, Drafted_, .. Draft("00aa", Came, Drafted_)]).Reply!.ContentHash);
    [Fact] public void that_was_approved_is_not_rewritten() => Assert.Equal("reply-approved", Refusal(() => Draft("00aa", Armed_)));
    [Fact] public void is_not_rewritten_while_nobody_knows() => Assert.Equal("outcome-unknown", Refusal(() => Draft("00aa", [.. Calling, Lost])));
    [Fact] public void is_given_once() => Assert.Equal("inbox-item-done", Refusal(() => Draft("00aa", [.. Calling, Stands])));
    [Fact] public void that_the_channel_refused_may_be_written_anew() => Assert.Single(Draft("00ff", [.. Calling, Busy with { Class = "refused", RetryAt = null }]));
    [Fact] public void is_not_written_to_a_closed_item() => Assert.Equal("inbox-item-closed", Refusal(() => Draft("00ff", Came, Shut)));
    [Fact] public void goes_where_the_channel_takes_one() => Assert.Equal("channel-cannot-reply", Refusal(() => InboxDecider.CanReply(Item(Came), new(false, false, false, true, true, 1, 0))));
    [Fact] public void goes_under_Metas_comments_not_to_its_messages() => Assert.Equal("channel-cannot-reply", Refusal(() => InboxDecider.CanReply(Item(Came with { Channel = "facebook" }), null)));
    [Fact] public void is_in_one_of_two_languages() => Assert.Equal("language-invalid", Refusal(() => InboxDecider.Words(new("en", "Hello"))));
    [Fact] public void says_something() => Assert.Equal("text-missing", Refusal(() => InboxDecider.Words(new("kk", " "))));
    [Fact] public void is_no_book() => Assert.Equal("text-too-long", Refusal(() => InboxDecider.Words(new("kk", new('а', 4001)))));

    [Fact] public void is_approved_by_another_person() => Same([Passed], Approve("00ff", Approver, Came, Assigned, Drafted_));
    [Fact] public void approved_twice_is_approved_once() => Assert.Empty(Approve("00ff", Approver, Armed_));
    [Fact] public void is_never_approved_by_who_wrote_it() => Assert.Equal("approver-is-author", Refusal(() => Approve("00ff", Editor, Came, Drafted_)));
    [Fact] public void nor_by_who_wrote_one_before_it() => Assert.Equal("approver-is-author", Refusal(() => Approve("00aa", Editor, Came, Drafted_, Drafted_ with { Author = Other, ContentHash = "00aa" })));
    [Fact] public void is_approved_as_it_was_read() => Assert.Equal("content-changed", Refusal(() => Approve("00ee", Approver, Came, Drafted_)));
    [Fact] public void is_approved_by_its_hash() => Assert.Equal("content-hash-missing", Refusal(() => Approve(null, Approver, Came, Drafted_)));
    [Fact] public void is_there_to_be_approved() => Assert.Equal("reply-missing", Refusal(() => Approve("00ff", Approver, Came)));

    static IReadOnlyList<object> Reject(string by, params object[] given) => InboxDecider.Reject(Item(given), ReasonId, by, Noon);
    static readonly object[] SentBack = [Came, Assigned, Drafted_, Returned];

    [Fact] public void is_sent_back_to_its_author() => Same([Returned], Reject(Approver, Came, Assigned, Drafted_));
    [Fact] public void sent_back_twice_is_sent_back_once() => Assert.Empty(Reject(Other, SentBack));
    [Fact] public void is_never_sent_back_by_who_wrote_it() => Assert.Equal("approver-is-author", Refusal(() => Reject(Editor, Came, Drafted_)));
    [Fact] public void is_there_to_be_sent_back() => Assert.Equal("reply-missing", Refusal(() => Reject(Approver, Came)));
    [Theory, InlineData(false), InlineData(true)]
    public void that_was_approved_is_not_sent_back(bool called) => Assert.Equal("reply-approved", Refusal(() => Reject(Other, called ? [.. Calling, Stands] : Armed_)));
    [Fact] public void to_a_closed_item_is_not_sent_back() => Assert.Equal("inbox-item-closed", Refusal(() => Reject(Approver, Came, Drafted_, Shut)));
    [Fact] public void that_was_sent_back_is_not_approved() => Assert.Equal("reply-returned", Refusal(() => Approve("00ff", Approver, SentBack)));
    [Fact] public void that_was_sent_back_wakes_no_worker() => Assert.Null(InboxFold.WakeAt(Item(SentBack)));
    [Fact] public void is_found_by_its_author_until_it_is_written_again() => Assert.Equal((Editor, null), (new InboxItemView(ItemId, Item(SentBack)).ReturnedTo, new InboxItemView(ItemId, Item([.. SentBack, Drafted_ with { ContentHash = "00aa" }])).ReturnedTo));

    [Fact]
    public void may_be_written_again_also_in_the_same_words_and_be_approved()
    {
        var again = Draft("00ff", SentBack);
        Same([Drafted_], again);
        Same([Passed with { By = Other }], Approve("00ff", Other, [.. SentBack, .. again]));
    }

    [Fact] public void shows_who_sent_it_back() => Assert.Equal((Approver, null), (InboxItemReply.Of(Item(SentBack), 4, Noon, WorkingCalendar.Embedded).Reply!.ReturnedBy, InboxItemReply.Of(Item(Armed_), 4, Noon, WorkingCalendar.Embedded).Reply!.ReturnedBy));

    [Fact]
    public void is_bound_to_its_item()
    {
        var sealing = new Sealing("1 " + Convert.ToBase64String(new byte[32]));
        var hash = ReplyToInboxItemHandler.Hash(sealing, ItemId, "kk", "Рақмет");
        Assert.Equal(hash, ReplyToInboxItemHandler.Hash(sealing, ItemId, "kk", "Рақмет"));
        Assert.Equal(4, new[] { hash, ReplyToInboxItemHandler.Hash(sealing, Subject, "kk", "Рақмет"), ReplyToInboxItemHandler.Hash(sealing, ItemId, "ru", "Рақмет"), ReplyToInboxItemHandler.Hash(sealing, ItemId, "kk", "Рақмет!") }.Distinct().Count());
    }
}

public class The_ledger_of_a_reply
{
    static IReadOnlyList<object> Claim(DateTimeOffset now, params object[] given) => InboxReplyDecider.Claim(Item(given), () => NextId, Lease, now);
    static IReadOnlyList<object> Came_back(Outcome outcome, DateTimeOffset now, params object[] given) => InboxReplyDecider.Decide(Item(given), AttemptId, outcome, ExternalId, Settle, now);
    static IReadOnlyList<object> Decided(string? decision, params object[] given) => InboxReplyDecider.Decide(Item(given), new DecideReplyOutcome(decision, "x"), ExternalId, Moderator, Noon);

    [Fact] public void has_no_line_before_approval() => Assert.Empty(Claim(Lease, Came, Drafted_));
    [Fact] public void has_its_line_before_the_call() => Same([Tried with { AttemptId = NextId }], Claim(Noon, Armed_));
    [Fact] public void has_one_worker_at_a_time() => Assert.Empty(Claim(Lease.AddTicks(-1), Calling));
    [Fact] public void asks_first_where_a_worker_was_lost() => Assert.Equal([typeof(InboxReplyOutcomeUnknown), typeof(InboxReplyReadBackStarted)], Claim(Lease, Calling).Select(f => f.GetType()));
    [Fact] public void makes_no_other_attempt_while_nobody_knows() => Assert.IsType<InboxReplyReadBackStarted>(Claim(Lease, [.. Calling, Lost]).Single());
    [Fact] public void tries_again_what_was_certainly_not_taken() => Assert.Equal(2, Assert.IsType<InboxReplyAttemptStarted>(Claim(Noon.AddSeconds(1), [.. Calling, Busy]).Single()).Number);
    [Fact] public void wakes_nobody_once_it_stands_there() => Assert.Null(InboxFold.WakeAt(Item([.. Calling, Stands])));

    [Fact] public void ends_with_an_answer() => Same([Stands], Came_back(new Outcome.Accepted("42", "answer"), Noon, Calling));
    [Fact] public void believes_an_answer_whenever_it_comes() => Assert.Equal(InboxState.Answered, Then(Item([.. Calling, Lost]), Came_back(new Outcome.Accepted("42", "answer"), Noon, [.. Calling, Lost])).State);
    [Fact] public void is_told_once() => Assert.Empty(Came_back(new Outcome.Accepted("42", "read-back"), Noon, [.. Calling, Stands]));
    [Fact] public void keeps_what_the_channel_refuses() => Assert.Equal(("refused", null), (((InboxReplyRejected)Came_back(new Outcome.Refused(403), Noon, Calling).Single()).Class, ((InboxReplyRejected)Came_back(new Outcome.Refused(403), Noon, Calling).Single()).RetryAt));
    [Fact] public void says_that_words_are_gone() => Assert.Equal("personal-data-gone", ((InboxReplyRejected)Came_back(new Outcome.Refused(InboxReplyDecider.Gone), Noon, Calling).Single()).Class);
    [Fact] public void waits_as_long_as_the_channel_asks() => Assert.Equal(Noon.AddMinutes(5), ((InboxReplyRejected)Came_back(new Outcome.Unavailable(429) { RetryAt = Noon.AddMinutes(5) }, Noon, Calling).Single()).RetryAt);
    [Fact] public void backs_off() => Same([Busy], Came_back(new Outcome.Unavailable(503), Noon, Calling));
    [Fact] public void ends_trying() => Assert.Null(((InboxReplyRejected)Came_back(new Outcome.Unavailable(503), Noon, [.. Armed_, .. Enumerable.Range(1, InboxReplyDecider.MostAttempts - 1).SelectMany(n => new object[] { Tried with { AttemptId = new(n, 1, 1, [0, 0, 0, 0, 0, 0, 0, 0]) }, Busy with { AttemptId = new(n, 1, 1, [0, 0, 0, 0, 0, 0, 0, 0]) } }), Tried]).Single()).RetryAt);
    [Fact] public void waits_for_the_end_of_a_halt() => Assert.Equal(("halted", Noon.AddMinutes(1)), (((InboxReplyRejected)Came_back(new Outcome.Halted(), Noon, Calling).Single()).Class, ((InboxReplyRejected)Came_back(new Outcome.Halted(), Noon, Calling).Single()).RetryAt));
    [Fact] public void keeps_what_nobody_knows() => Assert.Equal("timeout", ((InboxReplyOutcomeUnknown)Came_back(new Outcome.Unknown("timeout"), Noon, Calling).Single()).Reason);
    [Fact] public void does_not_believe_not_found_at_once() => Assert.Equal("not-found-yet", ((InboxReplyOutcomeUnknown)Came_back(new Outcome.NotFound(), Noon.AddSeconds(29), [.. Calling, Lost, AskedBack]).Single()).Reason);
    [Fact] public void believes_not_found_later() => Assert.Equal("not-accepted", ((InboxReplyRejected)Came_back(new Outcome.NotFound(), Noon.AddSeconds(30), [.. Calling, Lost, AskedBack]).Single()).Class);

    [Fact] public void takes_a_persons_decision() => Same([Stands with { From = "decision", By = Moderator }], Decided("accepted", [.. Calling, Lost]));
    [Fact] public void takes_the_other_one() => Assert.Equal((AttemptState.Rejected, Noon), (Then(Item([.. Calling, Lost]), Decided("not-accepted", [.. Calling, Lost])).Reply!.Last!.State, InboxFold.WakeAt(Then(Item([.. Calling, Lost]), Decided("not-accepted", [.. Calling, Lost])))));
    [Fact] public void takes_a_decision_once() => Assert.Empty(Decided("accepted", [.. Calling, Stands]));
    [Fact] public void needs_no_decision_where_it_is_known() => Assert.Equal("outcome-known", Refusal(() => Decided("accepted", Calling)));
    [Fact] public void takes_one_of_two_decisions() => Assert.Equal("decision-invalid", Refusal(() => Decided("perhaps", [.. Calling, Lost])));
}

public class The_time_to_answer
{
    // Tuesday 2026-12-01, 12:00 in Almaty; the 16th and 17th are Independence Day's
    static InboxTerm Of(InboxTermRule rule, string[] tags, string at = "2026-12-01T12:00:00+05:00") => InboxTerms.Of(rule, tags, At(at), WorkingCalendar.Embedded);

    [Fact] public void is_a_working_day_unless_the_account_says_other() => Assert.Equal(("workingDays", 1, At("2026-12-03T00:00:00+05:00")), (Of(new(null, null), []).Unit, Of(new(null, null), []).Length, Of(new(null, null), []).DueAt));
    [Fact] public void passes_over_the_weekend() => Assert.Equal(At("2026-12-08T00:00:00+05:00"), Of(new(1, null), [], "2026-12-05T10:00:00+05:00").DueAt);
    [Fact] public void may_be_hours() => Assert.Equal(("hours", At("2026-12-01T15:00:00+05:00")), (Of(new(null, 3), []).Unit, Of(new(null, 3), []).DueAt));
    [Fact] public void is_a_day_in_a_crisis() => Assert.Equal(At("2026-12-06T10:00:00+05:00"), Of(new(1, null), ["crisis"], "2026-12-05T10:00:00+05:00").DueAt);
    [Fact] public void is_never_longer_for_a_crisis() => Assert.Equal(At("2026-12-01T15:00:00+05:00"), Of(new(null, 3), ["crisis"]).DueAt);

    [Fact]
    public void is_shown_with_its_trace()
    {
        var shown = InboxTerms.Show(Of(new(2, null), []), Noon, WorkingCalendar.Embedded);
        Assert.Equal(("inbox-answer", new DateOnly(2026, 12, 3), 2), (shown.Deadline!.Rule, shown.Deadline.Due, shown.Length));
        Assert.NotEmpty(shown.Deadline.Trace);
        Assert.Null(InboxTerms.Show(Of(new(null, 3), []), Noon, WorkingCalendar.Embedded).Deadline);
    }
}

public class The_time_to_answer_when_the_working_calendar_changes
{
    // Wednesday the 2nd becomes a day off
    static readonly WorkingCalendar Changed = CalendarHearing.Evolve(null, new WorkingCalendarHeard(Guid.Empty, 2, "2026-12-7", 2026, 2027,
        [new(new(2026, 12, 2), DayKind.TransferredOff, "for 2026-12-05", null, null)], Noon, Noon))!.Calendar;
    static readonly InboxTerm Before = InboxTerms.Of(new(1, null), [], Noon, WorkingCalendar.Embedded), After = InboxTerms.Of(new(1, null), [], Noon, Changed);

    [Fact] public void is_counted_by_the_new_one() => Assert.Equal((At("2026-12-03T00:00:00+05:00"), At("2026-12-04T00:00:00+05:00")), (Before.DueAt, After.DueAt));
    [Fact] public void names_the_one_that_counted_it() => Assert.Equal((WorkingCalendar.Embedded.Version, "2026-12-7"), (Before.CalendarVersion, After.CalendarVersion));

    [Fact]
    public void is_shown_by_the_one_that_counted_it_so_that_its_trace_never_contradicts_its_date()
    {
        Assert.Equal(Before.DueAt, Registration.DueInstant(Shown(Before, WorkingCalendar.Embedded)));
        Assert.Equal(After.DueAt, Registration.DueInstant(Shown(After, Changed)));
        Assert.NotEqual(Before.DueAt, Registration.DueInstant(Shown(Before, Changed)));
    }

    [Fact] public void is_counted_anew_with_another_tag() => Assert.Equal(After, Assert.IsType<InboxItemTagged>(Assert.Single(InboxDecider.Decide(Item([Came]), new TagInboxItem(["flood"]), Changed, Moderator, Noon))).Term);

    static NodaTime.LocalDate Shown(InboxTerm term, WorkingCalendar calendar) => NodaTime.LocalDate.FromDateOnly(InboxTerms.Show(term, Noon, calendar).Deadline!.Due);
}

public class What_was_published_elsewhere
{
    static readonly ReportPublished Ask = new("https://almaty.example/news/1", Noon, new("Жаңалық", "Новость")) { Channel = "site" };
    static IReadOnlyList<object> Report(ReportPublished ask, LocalPublication? state = null) => LocalPublicationDecider.Decide(state, ItemId, "akimat-75", ask, Noon);

    [Fact] public void is_recorded() => Same([Reported with { PublishedAt = Noon.ToUniversalTime() }], Report(Ask));
    [Fact] public void said_twice_is_recorded_once() => Assert.Empty(Report(Ask, LocalPublicationDecider.Evolve(null, Reported)));
    [Fact] public void may_be_said_of_another_channel() => Assert.Equal("tg-1", Assert.IsType<LocalPublicationReported>(Report(Ask with { Channel = "tg-1" }, LocalPublicationDecider.Evolve(null, Reported)).Single()).Channel);
    [Fact] public void need_not_say_its_channel() => Assert.Null(LocalPublicationDecider.Evolve(null, Report(Ask with { Channel = " " }).Single())!.Channel);
    [Fact] public void may_be_corrected() => Assert.Single(Report(Ask with { Title = new("Басқа", null) }, LocalPublicationDecider.Evolve(null, Reported)));
    [Theory, InlineData(null), InlineData("x"), InlineData("ftp://a/b"), InlineData("javascript:alert(1)")] public void has_an_address(string? url) => Assert.Equal("url-invalid", Refusal(() => Report(Ask with { Url = url })));
    [Fact] public void has_a_title() => Assert.Equal("title-missing", Refusal(() => Report(Ask with { Title = null })));
    [Fact] public void has_a_time() => Assert.Equal("published-at-missing", Refusal(() => Report(Ask with { PublishedAt = null })));
    [Fact] public void is_not_to_come() => Assert.Equal("published-at-future", Refusal(() => Report(Ask with { PublishedAt = Noon.AddSeconds(1) })));
    [Fact] public void is_of_this_century() => Assert.Equal("published-at-invalid", Refusal(() => Report(Ask with { PublishedAt = DateTimeOffset.UnixEpoch })));
}
