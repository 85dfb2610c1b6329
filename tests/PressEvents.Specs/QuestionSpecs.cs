using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Law;
using NodaTime;
using Platform;
using static PressEvents.Specs.Given;
using static PressEvents.Specs.GivenQuestions;

namespace PressEvents.Specs;

public class Who_asks
{
    static Caller Of(string? body, params string[] roles) => new("x", "x", body, roles.ToHashSet());

    [Fact] public void On_the_site_anybody() => Assert.Null(Asking.AskingBody("Site", Caller.Anonymous, "min-emergency"));
    [Theory, InlineData("Hall"), InlineData("Facebook"), InlineData("Telegram")]
    public void Elsewhere_a_moderator_enters_it(string source)
    {
        Assert.Null(Asking.AskingBody(source, Of("min-emergency", Roles.Moderator), "min-emergency"));
        Assert.Null(Asking.AskingBody(source, Of("scc", Roles.Moderator), "min-emergency"));
        Refused("unauthenticated", () => Asking.AskingBody(source, Caller.Anonymous, "min-emergency")!);
        Refused("forbidden", () => Asking.AskingBody(source, Of("min-emergency", Roles.Editor), "min-emergency")!);
        Refused("body-forbidden", () => Asking.AskingBody(source, Of("min-culture", Roles.Moderator), "min-emergency")!);
    }

    [Fact] public void An_akimat_by_its_editor() => Assert.Equal("akimat-71", Asking.AskingBody("Akimat", Of("akimat-71", Roles.Editor), "min-emergency"));
    [Fact] public void A_ministry_is_no_akimat() => Refused("body-forbidden", () => Asking.AskingBody("Akimat", Of("min-culture", Roles.Editor), "min-emergency")!);
    [Fact] public void An_officer_of_an_akimat_does_not() => Refused("forbidden", () => Asking.AskingBody("Akimat", Of("akimat-71", Roles.Officer), "min-emergency")!);
    [Theory, InlineData(null), InlineData("Letter")] public void Another_source_is_unknown(string? source) => Refused("source-unknown", "source", () => Asking.AskingBody(source, Caller.Anonymous, "min-emergency")!);

    [Fact] public void Something_is_said() => Refused("text-missing", "text", () => Asking.Text("  "));
    [Fact] public void And_not_too_much() => Refused("text-too-long", "text", () => Asking.Text(new string('a', 4001)));
    [Theory, InlineData(null), InlineData("по-русски"), InlineData("ru\n")] public void In_some_language(string? tag) => Refused("language-invalid", "language", () => Asking.Language(tag));
    [Fact] public void Nothing_said_of_who_asks_is_nothing_sealed() => Assert.Null(Asking.Asker(" ", null));
    [Fact] public void An_address_that_is_none_is_refused() => Refused("email-invalid", "email", () => Asking.Asker("А", "там же")!);
    [Fact] public void Name_and_address_are_taken() => Assert.Equal(new Asker("Айгүл", "a@b.kz"), Asking.Asker("Айгүл", "a@b.kz"));
}

public class When_an_event_takes_questions
{
    static readonly Format Media = Data.Format("PressConference")!, Public = Data.Format("KazTalks")!;
    static readonly PressEventView Ended = Live with { State = "Concluded", ConcludedAt = At("2026-12-11T12:10:00Z") };

    static bool IsLate(PressEventView about, Format? format, string now) => QuestionTime.IsLate(about, format, Data.Calendar, At(now));

    [Fact] public void From_announcing_on() => Assert.False(IsLate(Announced_, Media, "2026-12-01T10:00:00+05:00"));
    [Fact] public void While_it_goes_on() => Assert.False(IsLate(Live, Media, "2026-12-07T11:30:00+05:00"));
    [Theory, InlineData("Planned"), InlineData("Postponed"), InlineData("Cancelled")]
    public void Not_before_and_not_without_it(string state) => Refused("questions-closed", () => IsLate(Announced_ with { State = state }, Media, "2026-12-01T10:00:00+05:00"));

    [Fact] public void A_format_for_the_media_no_longer_once_it_is_over() => Refused("questions-closed", () => IsLate(Ended, Media, "2026-12-11T18:00:00+05:00"));

    [Fact]
    public void A_format_for_the_public_until_the_end_of_the_next_working_day()
    {
        // Friday; the next working day is Monday
        Assert.True(IsLate(Ended, Public, "2026-12-14T23:59:59+05:00"));
        Refused("questions-closed", () => IsLate(Ended, Public, "2026-12-15T00:00:00+05:00"));
    }

    [Fact] public void A_format_without_questions_never() => Refused("questions-not-taken", () => IsLate(Live, Media with { Questions = false }, "2026-12-07T11:30:00+05:00"));
}

public class Moderating_a_question
{
    static IReadOnlyList<object> When(Bilingual? wording, params object[] given) => QuestionDecider.Decide(Ask(given), new ModerateQuestion(wording), During);

    [Fact] public void Gives_it_its_public_wording() => Same(QModerated, When(Worded));
    [Fact] public void In_one_language_or_both() => Assert.Single(When(new("Қашан?", null)));
    [Fact] public void Said_twice_it_is_recorded_once() => Assert.Empty(When(Worded, QModerated));
    [Fact] public void It_may_be_corrected_and_moves_nothing() => Assert.Equal(QuestionState.PutToSpeaker, Ask(QModerated, QPut, When(new("Қашан?", "Когда?"), QModerated, QPut)[0]).State);
    [Fact] public void A_wording_is_needed() => Refused("wording-missing", "wording", () => When(new(" ", null)));
    [Fact] public void What_was_declined_stays_so() => Refused("question-declined", () => When(Worded, QDeclined));
    [Fact] public void What_was_merged_stays_so() => Refused("question-merged", () => When(Worded, QMerged));
}

public class Declining_a_question
{
    static IReadOnlyList<object> When(string? reason, params object[] given) => QuestionDecider.Decide(Ask(given), new DeclineQuestion(reason), During);

    [Fact] public void Records_the_reason() => Same(QDeclined, When("OffTopic"));
    [Fact] public void Also_after_moderating() => Assert.Single(When("OffTopic", QModerated));
    [Fact] public void Said_twice_it_is_recorded_once() => Assert.Empty(When("OffTopic", QDeclined));
    [Fact] public void Another_reason_comes_too_late() => Refused("question-declined", () => When("Offensive", QDeclined));
    [Theory, InlineData(null), InlineData("because")] public void The_list_is_closed(string? reason) => Refused("reason-unknown", "reason", () => When(reason));
    [Fact] public void What_was_put_is_not_declined() => Refused("question-done", () => When("OffTopic", QModerated, QPut));
    [Fact] public void Each_reason_reads_differently_in_kk_and_ru() => Assert.All(DeclineReasons.All, r => Assert.True(r.Words.IsComplete && r.Words.Kk != r.Words.Ru));
}

public class Merging_questions
{
    static IReadOnlyList<object> When(Question state, Question into, Guid? root = null) => QuestionDecider.Merge(state, into, root ?? state.Id, During);

    [Fact] public void Records_which_one_stays() => Same(QMerged, When(Ask(), Another(OtherId)));
    [Fact] public void Said_twice_it_is_recorded_once() => Assert.Empty(When(Ask(QMerged), Another(OtherId), OtherId));
    [Fact] public void Into_another_it_comes_too_late() => Refused("question-merged", () => When(Ask(QMerged), Another(ThirdId), OtherId));
    [Fact] public void Not_into_itself_at_the_end_of_a_chain() => Refused("merge-cycle", () => When(Ask(), Ask()));
    [Fact] public void Not_into_one_that_was_declined() => Refused("question-declined", () => When(Ask(), Another(OtherId, QDeclined)));
    [Fact] public void Not_what_was_put_already() => Refused("question-done", () => When(Ask(QModerated, QPut), Another(OtherId)));
    [Fact] public void Not_into_another_events() => Refused("not-found", () => When(Ask(), QuestionDecider.Evolve(null, QAsked with { QuestionId = OtherId, PressEventId = OtherId })!));

    static readonly Guid A = new("01a20000-0000-7000-8000-00000000c001"), B = new("01a20000-0000-7000-8000-00000000c002"), C = new("01a20000-0000-7000-8000-00000000c003");

    [Fact]
    public void A_chain_ends_in_one()
    {
        var links = new Dictionary<Guid, Guid> { [A] = B, [B] = C };
        Assert.Equal([C, C, C], new[] { A, B, C }.Select(id => Merges.Root(id, links)));
        Assert.Equal(new Dictionary<Guid, int> { [C] = 2 }, Merges.Counts(links));
    }

    /// <summary>However questions are merged, each is looked at by the rule first, so that every chain ends.</summary>
    [Property(MaxTest = 200)]
    public void No_merging_makes_a_circle(byte[] froms, byte[] intos)
    {
        var ids = Enumerable.Range(0, 6).Select(n => new Guid(n, 0, 0, new byte[8])).ToArray();
        Dictionary<Guid, Guid> links = [];
        foreach (var (from, into) in froms.Zip(intos, (f, i) => (ids[f % 6], ids[i % 6])))
        {
            var root = Merges.Root(into, links);
            if (!links.ContainsKey(from) && root != from)
            {
                links[from] = Assert.IsType<QuestionMerged>(Assert.Single(When(Another(from), Another(root), from))).IntoQuestionId;
            }
        }

        Assert.All(ids, id => Assert.DoesNotContain(Merges.Root(id, links), links.Keys));
        Assert.Equal(links.Count, Merges.Counts(links).Values.Sum());
    }
}

public class Putting_a_question_to_a_speaker
{
    static readonly PutToSpeaker First = new(0, null, null, "00:12:05", SegmentId, null);
    static IReadOnlyList<object> When(PutToSpeaker ask, params object[] given) => QuestionDecider.Decide(Ask(given), ask, Live, During);

    [Fact] public void Records_who_and_where() => Same(QPut, When(First, QModerated));
    [Fact] public void Said_twice_it_is_recorded_once() => Assert.Empty(When(First, QModerated, QPut));
    [Fact] public void A_slip_is_corrected() => Assert.Equal("00:12:06.500", Assert.IsType<QuestionPutToSpeaker>(Assert.Single(When(First with { Timecode = "00:12:06.500" }, QModerated, QPut))).Timecode);

    [Fact]
    public void Who_is_not_in_the_list_is_named() => Assert.Equal(new(new("Асан", "Асана"), new("Маман", "Специалист")),
        Assert.IsType<QuestionPutToSpeaker>(Assert.Single(When(First with { Speaker = null, Name = new("Асан", "Асана"), Post = new("Маман", "Специалист") }, QModerated))).Speaker);

    [Fact] public void Moderated_first() => Refused("not-moderated", () => When(First));
    [Fact] public void Not_before_it_begins() => Refused("not-begun", () => QuestionDecider.Decide(Ask(QModerated), First, Announced_, During));
    [Fact] public void Not_once_it_was_answered() => Refused("question-done", () => When(First with { Timecode = "00:20:00" }, QModerated, QPut, QAnswered));
    [Fact] public void Not_what_came_late() => Refused("question-late", () => QuestionDecider.Decide(QuestionDecider.Evolve(QuestionDecider.Evolve(null, QAsked with { Late = true }), QModerated)!, First, Live, During));
    [Theory, InlineData(1), InlineData(-1)] public void A_place_that_is_not_in_the_list_is_refused(int place) => Refused("speaker-unknown", "speaker", () => When(First with { Speaker = place }, QModerated));
    [Fact] public void Somebody_is_named() => Refused("speaker-missing", "speaker", () => When(First with { Speaker = null }, QModerated));
    [Fact] public void In_both_languages() => Refused("language-missing", "name.ru", () => When(First with { Speaker = null, Name = new("Асан", null) }, QModerated));

    [Theory, InlineData(null), InlineData("12:05"), InlineData("00:60:00"), InlineData("00:00:00.5"), InlineData("00:00:00\n"), InlineData("٠٠:٠٠:٠٠")]
    public void A_timecode_has_its_form(string? timecode) => Refused("timecode-invalid", "timecode", () => When(First with { Timecode = timecode }, QModerated));
}

public class Answering_a_question
{
    static IReadOnlyList<object> When(AnswerQuestion ask, params object[] given) => QuestionDecider.Decide(Ask(given), ask, During);
    static readonly AnswerQuestion Answer = new(Summary, "00:13:00.250");

    [Fact] public void Records_summary_and_timecode() => Same(QAnswered, When(Answer, QModerated, QPut));
    [Fact] public void Said_twice_it_is_recorded_once() => Assert.Empty(When(Answer, QModerated, QPut, QAnswered));
    [Fact] public void Another_answer_comes_too_late() => Refused("question-done", () => When(Answer with { Timecode = "00:14:00" }, QModerated, QPut, QAnswered));
    [Fact] public void It_was_put_first() => Refused("not-put", () => When(Answer, QModerated));
    [Fact] public void Not_what_was_promised() => Refused("question-done", () => When(Answer, QModerated, QPut, QPromised));
    [Fact] public void In_both_languages() => Refused("language-missing", "summary.kk", () => When(Answer with { Summary = new(null, "Да") }, QModerated, QPut));
    [Fact] public void Not_before_its_question() => Refused("timecode-early", "timecode", () => When(Answer with { Timecode = "00:12:04" }, QModerated, QPut));
}

public class Promising_an_answer_in_writing
{
    static IReadOnlyList<object> When(PromiseInWriting ask, params object[] given) => QuestionDecider.Decide(Ask(given), ask, Live, During);
    static readonly PromiseInWriting Promise = new(null, null, null, null);

    [Fact] public void Is_a_debt_of_five_working_days_of_the_speaker_asked() => Same(QPromised, When(Promise, QModerated, QPut));
    [Fact] public void Or_of_as_many_as_were_named() => Assert.Equal(2, Assert.IsType<WrittenAnswerPromised>(Assert.Single(When(Promise with { WorkingDays = 2 }, QModerated, QPut))).WorkingDays);
    [Fact] public void Also_without_having_been_put_if_somebody_is_named() => Assert.Single(When(Promise with { Speaker = 0 }, QModerated));
    [Fact] public void Somebody_owes_it() => Refused("speaker-missing", "speaker", () => When(Promise, QModerated));
    [Fact] public void Said_twice_it_is_recorded_once() => Assert.Empty(When(Promise, QModerated, QPut, QPromised));
    [Fact] public void A_debt_is_not_put_off() => Refused("promised", () => When(Promise with { WorkingDays = 15 }, QModerated, QPut, QPromised));
    [Theory, InlineData(0), InlineData(16)] public void Within_bounds(int days) => Refused("working-days-invalid", "workingDays", () => When(Promise with { WorkingDays = days }, QModerated, QPut));
    [Fact] public void Moderated_first() => Refused("not-moderated", () => When(Promise with { Speaker = 0 }));
    [Fact] public void Not_what_was_answered() => Refused("question-done", () => When(Promise, QModerated, QPut, QAnswered));

    static IReadOnlyList<object> Keep(AnswerInWriting ask, params object[] given) => QuestionDecider.Decide(Ask(given), ask, During.AddDays(3));
    static readonly AnswerInWriting Kept = new(new("Жауап", "Ответ"), "https://gov.kz/answer");

    [Fact] public void Is_kept_by_an_answer_in_both_languages() => Same(QWritten, Keep(Kept, QModerated, QPromised));
    [Fact] public void Kept_twice_it_is_recorded_once() => Assert.Empty(Keep(Kept, QModerated, QPromised, QWritten));
    [Fact] public void Another_answer_comes_too_late() => Refused("question-done", () => Keep(Kept with { Url = null }, QModerated, QPromised, QWritten));
    [Fact] public void What_was_not_promised_is_not_owed() => Refused("not-promised", () => Keep(Kept, QModerated, QPut));
    [Fact] public void The_answer_is_in_both_languages() => Refused("language-missing", "text.kk text.ru", () => Keep(new(null, null), QModerated, QPromised));
    [Theory, InlineData("gov.kz"), InlineData("file:///etc/passwd"), InlineData("javascript:alert(1)")] public void An_address_is_one(string url) => Refused("url-invalid", "url", () => Keep(Kept with { Url = url }, QModerated, QPromised));
}

public class A_promise_as_it_is_read
{
    static readonly QuestionView Promised = Seen(QModerated, QPut, QPromised with { From = new(2026, 12, 11) });
    static PromiseShown At(string now, QuestionView? q = null, WorkingCalendar? calendar = null) => PromiseShown.Of(q ?? Promised, calendar ?? Data.Calendar, Given.At(now))!;

    [Fact]
    public void Its_last_day_is_counted_with_its_trace()
    {
        var term = At("2026-12-12T10:00:00+05:00").Term;
        Assert.Equal((new DateOnly(2026, 12, 21), "written-promise"), (term.Due, term.Rule)); // Wednesday the 16th is a holiday
        Assert.Contains(term.Trace, step => step.Step == "skipped" && step.Date == new LocalDate(2026, 12, 16));
    }

    [Fact]
    public void Is_overdue_from_midnight_in_Almaty_after_it()
    {
        Assert.Equal((false, 0), At("2026-12-21T23:59:59+05:00") is var p ? (p.Overdue, p.LateBy) : default);
        Assert.Equal((true, 1), At("2026-12-22T00:00:00+05:00") is var q ? (q.Overdue, q.LateBy) : default);
        Assert.Equal("open", At("2026-12-22T00:00:00+05:00").State);
    }

    [Fact]
    public void Kept_it_is_not_overdue_any_more_and_says_how_late_it_was()
    {
        var kept = At("2027-03-01T00:00:00+05:00", QuestionViewFold.Evolve(Promised, QWritten with { At = Given.At("2026-12-23T18:00:00+05:00") }));
        Assert.Equal(("kept", false, 2), (kept.State, kept.Overdue, kept.LateBy));
    }

    [Fact]
    public void A_changed_calendar_moves_what_is_read()
    {
        var moved = Data.Calendar.With(Data.Calendar.Edition with { Version = "next" }, [new CalendarDay(new(2026, 12, 17), DayKind.TransferredOff, "transferred")]);
        Assert.Equal(new DateOnly(2026, 12, 22), At("2026-12-12T10:00:00+05:00", calendar: moved).Term.Due);
        Assert.False(At("2026-12-22T10:00:00+05:00", calendar: moved).Overdue);
    }

    /// <summary>The list of overdue promises is found in the store by first days; it must say the same as each promise by itself.</summary>
    [Property(MaxTest = 300)]
    public Property Overdue_in_the_list_is_overdue_in_itself() => Prop.ForAll(Gen.Choose(0, 700).ToArbitrary(), Gen.Choose(1, PromiseTerm.MostDays).ToArbitrary(), Gen.Choose(0, 40).ToArbitrary(), (day, length, later) =>
    {
        var from = new LocalDate(2025, 1, 1).PlusDays(day);
        var today = from.PlusDays(later);
        var due = PromiseTerm.Of(from.ToDateOnly(), length, "press-2026", Data.Calendar).Due;
        var (lengths, last) = PromiseTerm.Cutoffs(today, Data.Calendar);
        return (due < today) == (from.ToDateOnly() <= last[Array.IndexOf(lengths, length)]);
    });

    [Fact] public void What_was_not_promised_shows_none() => Assert.Null(PromiseShown.Of(Seen(QModerated), Data.Calendar, During));
}

public class A_question_as_it_is_shown
{
    static readonly HashSet<Guid> None = [], Segment = [SegmentId];
    static readonly Format Conference = Data.Format("PressConference")!, Meeting = Data.Format("MeetingWithoutTies")!;

    [Fact] public void The_public_sees_nothing_that_the_moderator_put_off_the_record() => Assert.True(OffRecord.Hides(Seen(QModerated, QPut with { OffRecord = true }), Conference, Segment));
    [Fact] public void Nor_what_was_put_in_such_a_segment() => Assert.True(OffRecord.Hides(Seen(QModerated, QPut), Conference, None));
    [Fact] public void On_the_record_it_does() => Assert.False(OffRecord.Hides(Seen(QModerated, QPut), Conference, Segment));
    [Fact] public void Also_before_it_is_put() => Assert.False(OffRecord.Hides(Seen(QModerated), Conference, None));
    [Fact] public void A_meeting_that_is_not_broadcast_is_off_the_record_by_itself() => Assert.True(OffRecord.Hides(Seen(QModerated), Meeting, None));
    [Fact] public void Unless_its_segment_says_otherwise() => Assert.False(OffRecord.Hides(Seen(QModerated, QPut), Meeting, Segment));
    [Fact] public void A_format_that_nobody_knows_hides_it() => Assert.True(OffRecord.Hides(Seen(QModerated), null, None));
    [Fact] public void A_segment_for_which_nobody_vouches_is_off_the_record() => Assert.True(OffRecord.Hides(Seen(QModerated, QPut), Conference, new HashSet<Guid>()));

    [Fact]
    public void One_that_was_merged_shows_the_answer_of_where_it_ended()
    {
        var root = new object[] { QAsked with { QuestionId = OtherId }, QModerated, QPut, QAnswered }.Aggregate((QuestionView?)null, QuestionViewFold.Evolve)!;
        var shown = QuestionShown.Of(Seen(QMerged), root, new Dictionary<Guid, int> { [OtherId] = 1 }, Data.Calendar, During);
        Assert.Equal(("Merged", OtherId, Worded, Summary, "00:13:00.250", 0), (shown.State, shown.MergedInto, shown.Wording, shown.Summary, shown.AnswerTimecode, shown.MergedCount));
        Assert.Equal((1, null), QuestionShown.Of(root, root, new Dictionary<Guid, int> { [OtherId] = 1 }, Data.Calendar, During) is var r ? (r.MergedCount, r.MergedInto) : default);
    }

    [Fact] public void A_declined_one_says_why_in_both_languages() => Assert.Equal("Вопрос не по теме мероприятия", QuestionShown.Of(Seen(QDeclined), Seen(QDeclined), new Dictionary<Guid, int>(), Data.Calendar, During).DeclineReason!.Words.Ru);
}
