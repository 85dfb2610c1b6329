using static Publications.Specs.Given;

namespace Publications.Specs;

public class Submitting
{
    static IReadOnlyList<object> When(params object[] given) => PublicationDecider.Submit(State(given), Editor, Noon);

    [Fact] public void hands_it_to_approvers() => Same([Submitted], When(Drafted()));
    [Fact] public void twice_is_recorded_once() => Assert.Empty(When(InReviewFacts()));
    [Fact] public void without_Kazakh_is_refused() => Assert.Equal("language-missing", Refusal(() => When(Drafted(Written with { Title = new(null, "Заголовок") }))));
    [Fact] public void names_what_is_missing() => Assert.Equal(["title.kk", "text.ru"], Fields(() => When(Drafted(Written with { Title = new(null, "З"), Text = new("М", " ") }))));
    [Fact] public void what_missed_its_time_is_refused() => Assert.Equal("missed", Refusal(() => When(MissedFacts)));
    [Fact] public void what_is_going_out_is_refused() => Assert.Equal("releasing", Refusal(() => When(ReleasingFacts)));
}

public class Approving
{
    static IReadOnlyList<object> When(string? language, string? hash, string by, params object[] given) =>
        PublicationDecider.Decide(State(given), new ApprovePublication(language, hash), by, Noon);

    static object[] Edited(Func<Content, Content> change) => [.. InReviewFacts(), new PublicationEdited(Id, change(Written), Editor, [], null, null, Noon)];

    [Fact] public void binds_one_language_to_what_was_read() => Same([Approved("kk")], When("kk", Hash("kk"), Approver, InReviewFacts()));
    [Fact] public void of_one_language_keeps_it_in_review() => Assert.Equal(PublicationState.InReview, State([.. InReviewFacts(), Approved("kk")]).State);
    [Fact] public void of_both_makes_it_approved() => Assert.Equal(PublicationState.Approved, State(ApprovedFacts()).State);
    [Fact] public void twice_is_recorded_once() => Assert.Empty(When("kk", Hash("kk"), Approver, [.. InReviewFacts(), Approved("kk")]));
    [Fact] public void by_a_second_person_adds_nothing() => Assert.Empty(When("kk", Hash("kk"), Other, [.. InReviewFacts(), Approved("kk")]));

    [Fact] public void by_the_author_is_refused() => Assert.Equal("approver-is-author", Refusal(() => When("kk", Hash("kk"), Editor, InReviewFacts())));
    [Fact]
    public void by_anybody_who_ever_edited_is_refused()
    {
        object[] given = [.. InReviewFacts(), new PublicationEdited(Id, Written, Other, [], null, null, Noon), new PublicationEdited(Id, Written, Editor, [], null, null, Noon)];
        Assert.Equal("approver-is-author", Refusal(() => When("kk", Hash("kk"), Other, given)));
    }

    [Fact] public void with_the_other_languages_hash_is_refused() => Assert.Equal("content-changed", Refusal(() => When("kk", Hash("ru"), Approver, InReviewFacts())));
    [Fact] public void after_one_letter_changed_is_refused() => Assert.Equal("content-changed", Refusal(() => When("kk", Hash("kk"), Approver, Edited(c => c with { Text = new("Мәтіп", "Текст") }))));
    [Fact] public void after_the_time_changed_is_refused() => Assert.Equal("content-changed", Refusal(() => When("ru", Hash("ru"), Approver, Edited(c => c with { WantedAt = Due.AddMinutes(1) }))));
    [Fact] public void of_a_language_without_words_is_refused() => Assert.Equal("language-missing", Refusal(() => When("ru", "any", Approver, Edited(c => c with { Text = new("Мәтін", null) }))));
    [Fact] public void of_a_draft_is_refused() => Assert.Equal("not-submitted", Refusal(() => When("kk", Hash("kk"), Approver, Drafted())));
    [Fact] public void in_a_third_language_is_refused() => Assert.Equal("language-invalid", Refusal(() => When("en", Hash("kk"), Approver, InReviewFacts())));
    [Fact] public void without_a_hash_is_refused() => Assert.Equal("content-hash-missing", Refusal(() => When("kk", null, Approver, InReviewFacts())));
    [Fact] public void of_what_is_going_out_is_refused() => Assert.Equal("releasing", Refusal(() => When("kk", Hash("kk"), Approver, ReleasingFacts)));
}

public class Rejecting
{
    static IReadOnlyList<object> When(string? reason, params object[] given) => PublicationDecider.Decide(State(given), new RejectPublication(reason), Approver, Noon);
    static readonly PublicationRejected Rejected = new(Id, Approver, "Қате бар", Noon);

    [Fact] public void sends_it_back_with_a_reason() => Same([Rejected], When("Қате бар", InReviewFacts()));
    [Fact] public void takes_all_approvals_and_the_arming() => Assert.Equal((PublicationState.Drafted, 0, null), (State([.. ScheduledFacts(), Rejected]).State, State([.. ScheduledFacts(), Rejected]).Approvals.Count, State([.. ScheduledFacts(), Rejected]).DueAt));
    [Fact] public void twice_is_recorded_once() => Assert.Empty(When("Қате бар", [.. InReviewFacts(), Rejected]));
    [Fact] public void without_a_reason_is_refused() => Assert.Equal("reason-missing", Refusal(() => When(" ", InReviewFacts())));
    [Fact] public void a_draft_is_refused() => Assert.Equal("not-submitted", Refusal(() => When("Қате бар", Drafted())));
}

public class Scheduling
{
    static IReadOnlyList<object> When(params object[] given) => At(null, Noon, given);
    static IReadOnlyList<object> At(DateTimeOffset? wanted, DateTimeOffset now, params object[] given) => PublicationDecider.Decide(State(given), new SchedulePublication(wanted), Editor, now);
    static object[] AfterEdit(Content content, params string[] lapsed) => [.. ApprovedFacts(), new PublicationEdited(Id, content, Editor, lapsed, null, null, Noon)];

    [Fact] public void arms_what_is_approved_at_its_time() => Same([Scheduled], When(ApprovedFacts()));
    [Fact] public void takes_the_approved_time_repeated() => Same([Scheduled], At(Due.ToUniversalTime(), Noon, ApprovedFacts()));
    [Fact] public void twice_is_recorded_once() => Assert.Empty(When(ScheduledFacts()));
    [Fact] public void at_another_time_is_refused() => Assert.Equal("content-changed", Refusal(() => At(Due.AddMinutes(1), Noon, ApprovedFacts())));
    [Fact] public void a_draft_is_refused() => Assert.Equal("not-approved", Refusal(() => When(Drafted())));
    [Fact] public void with_Kazakh_only_approved_is_refused() => Assert.Equal("language-missing", Refusal(() => When([.. InReviewFacts(), Approved("kk")])));
    [Fact] public void after_only_the_Russian_text_changed_is_refused() => Assert.Equal("content-changed", Refusal(() => When(AfterEdit(Written with { Text = new("Мәтін", "Иной") }, "ru"))));
    [Fact] public void after_the_time_changed_is_refused() => Assert.Equal("content-changed", Refusal(() => When(AfterEdit(Written with { WantedAt = Due.AddDays(1) }, "kk", "ru"))));

    [Fact] // even if a fact forgot to say that approvals lapsed: the hash decides
    public void compares_the_hashes_themselves() => Assert.Equal("not-approved", Refusal(() => When(AfterEdit(Written with { Kind = "Crisis" }))));

    [Fact]
    public void without_a_time_is_refused_by_field()
    {
        var timeless = Written with { WantedAt = null };
        Assert.Equal("wanted-at-missing", Refusal(() => When(ApprovedFacts(timeless))));
        Assert.Equal(["wantedAt"], Fields(() => When(ApprovedFacts(timeless))));
    }

    [Fact] public void in_the_past_is_refused() => Assert.Equal("wanted-at-past", Refusal(() => At(null, Due, ApprovedFacts())));
    [Fact] public void what_missed_its_time_is_refused() => Assert.Equal("missed", Refusal(() => When(MissedFacts)));
}

public class Cancelling
{
    static IReadOnlyList<object> When(params object[] given) => PublicationDecider.Decide(State(given), new CancelPublication("кейін"), Editor, Noon);
    static readonly PublicationCancelled Cancelled = new(Id, Editor, "кейін", Noon) { Body = Body };

    [Fact] public void gives_it_up() => Same([Cancelled], When(ScheduledFacts()));
    [Fact] public void twice_is_recorded_once() => Assert.Empty(When(Drafted(), Cancelled));
    [Fact] public void what_is_going_out_is_refused() => Assert.Equal("releasing", Refusal(() => When(ReleasingFacts)));
    [Fact] public void what_may_be_out_is_refused() => Assert.Equal("outcome-unknown", Refusal(() => When(UnknownFacts)));
    [Fact] public void leaves_nothing_to_wake_for() => Assert.Null(PublicationFold.WakeAt(State([.. ScheduledFacts(), Cancelled])));
}
