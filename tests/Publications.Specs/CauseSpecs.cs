using Contracts.Inquiries;
using Contracts.PressEvents;
using static Publications.Specs.Given;

namespace Publications.Specs;

public class News_of_a_press_event
{
    static readonly Guid EventId = new("0197f3a0-0000-7000-8000-0000000000e1");
    static readonly DateTimeOffset Start = At("2026-12-07T11:00:00+05:00");
    static readonly PressEventAnnounced Announced = new(EventId, 2, "PressConference", Body, new("Су тасқынына дайындық", "О подготовке к паводкам"),
        new("Баспасөз қызметі хабарлайды.", "Сообщает пресс-служба."), Start, Start.AddHours(1), "hall-1",
        [new(new("Айдос Берікұлы", "Айдос Берикулы"), new("Вице-министр", "Вице-министр"))], ["khabar24"], Noon);

    static readonly PublicationDrafted DraftedByNews = Draft(Announced);
    static PressEventRescheduled Rescheduled(long version) => new(EventId, version, Body, Start, Start.AddHours(1), Start.AddDays(1), Start.AddDays(1).AddHours(1), "hall-2", Noon);
    static PressEventCancelled Cancelled(long version) => new(EventId, version, Body, new("себеп", "причина"), Noon);
    static PressEventPostponed Postponed(long version) => new(EventId, version, Body, Start, new("ауа райы", "погода"), Noon);
    static PressEventRevised Revised(long version) => new(EventId, version, Body, new("Жаңа тақырып", "Новая тема"), Announced.Summary, Announced.Speakers, [], Noon);

    static Guid Id => CauseDecider.DraftIdOf(CauseDecider.CauseOf(EventId));
    static readonly Content Composed = DraftedByNews.Content with { WantedAt = Due };
    static PublicationEdited TimeGiven => new(Id, Composed, Editor, [], null, null, Noon);
    static object[] Armed => [DraftedByNews, TimeGiven, Submitted with { PublicationId = Id }, Approved("kk", Composed) with { PublicationId = Id }, Approved("ru", Composed) with { PublicationId = Id }, Scheduled with { PublicationId = Id }];

    static PublicationDrafted Draft(PressEventAnnounced news) => (PublicationDrafted)PressEventDrafts.Hear([], news, EventId, [], Noon).Single().Facts.Single();

    /// <summary>What the announcement's draft, whose facts are given, takes from news; all before them but the announcement has left its version there.</summary>
    static List<object> Hear(object news, params object[] given) => PressEventDrafts.Hear([Announced], news, EventId, [State(given)], Noon)
        .Where(done => done.Id == Id).SelectMany(done => done.Facts).ToList();

    [Fact]
    public void becomes_an_announcement_in_both_languages()
    {
        Assert.Equal(("Announcement", Body, "press-event:" + EventId, 2L, ReleaseDecider.Service),
            (DraftedByNews.Content.Kind, DraftedByNews.Body, DraftedByNews.Cause, DraftedByNews.CauseVersion!.Value, DraftedByNews.Author));
        Assert.Equal(new("Баспасөз мәслихаты: Су тасқынына дайындық", "Пресс-конференция: О подготовке к паводкам"), DraftedByNews.Content.Title);
        Assert.Equal("""
            «Су тасқынына дайындық» тақырыбында баспасөз мәслихаты өтеді.
            Уақыты: 2026 жылғы 7 желтоқсан, сағат 11:00–12:00 (Алматы уақытымен).
            Өтетін орны: № 1 зал.
            Спикерлер:
            — Айдос Берікұлы, Вице-министр
            Баспасөз қызметі хабарлайды.
            """, DraftedByNews.Content.Text.Kk);
        Assert.Equal("""
            Состоится пресс-конференция. Тема: «О подготовке к паводкам».
            Время: 7 декабря 2026 года, 11:00–12:00 (по времени Алматы).
            Место проведения: зал № 1.
            Спикеры:
            — Айдос Берикулы, Вице-министр
            Сообщает пресс-служба.
            """, DraftedByNews.Content.Text.Ru);
    }

    [Fact]
    public void tells_the_time_in_Almaty_whatever_the_offset_it_came_with() => Assert.Equal(DraftedByNews.Content.Text,
        Draft(Announced with { Start = Start.ToUniversalTime(), End = Start.AddHours(1).ToOffset(TimeSpan.FromHours(-8)) }).Content.Text);

    [Fact]
    public void with_one_language_leaves_the_other_missing() => Assert.Equal((null, true),
        (Draft(Announced with { Title = new(null, "Тема") }).Content.Text.Kk, Draft(Announced with { Title = new(null, "Тема") }).Content.Text.Ru is not null));

    [Fact] public void has_one_draft_id_for_ever() => Assert.Equal(new Guid("26b1a0d9-46c7-81b5-a6bb-21dbae2abd14"), CauseDecider.DraftIdOf(CauseDecider.CauseOf(EventId)));

    [Fact]
    public void of_another_time_is_composed_into_a_draft_that_nobody_touched()
    {
        var edited = Assert.IsType<PublicationEdited>(Hear(Rescheduled(3), DraftedByNews).Single());
        Assert.Contains("8 декабря 2026 года, 11:00–12:00", edited.Content.Text.Ru, StringComparison.Ordinal);
        Assert.Contains("№ 2 зал", edited.Content.Text.Kk, StringComparison.Ordinal);
        Assert.Equal((3L, ReleaseDecider.Service), (edited.CauseVersion!.Value, edited.Editor));
    }

    [Fact] public void heard_twice_changes_nothing() => Assert.Empty(Hear(Rescheduled(3), [DraftedByNews, .. Hear(Rescheduled(3), DraftedByNews)]));
    [Fact] public void older_than_the_announcement_changes_nothing() => Assert.Empty(Hear(Cancelled(2), DraftedByNews));
    [Fact] public void never_overwrites_what_an_editor_wrote() => Same([new CauseChanged(Id, 3, "rescheduled", State([DraftedByNews, .. Hear(Rescheduled(3), DraftedByNews)]).Announces, Noon) { Body = DraftedByNews.Body }], Hear(Rescheduled(3), DraftedByNews, TimeGiven));

    [Fact]
    public void of_another_time_disarms_what_was_scheduled()
    {
        var state = State([.. Armed, .. Hear(Rescheduled(3), Armed)]);
        Assert.Equal((PublicationState.InReview, 0, null, "rescheduled"), (state.State, state.Approvals.Count, PublicationFold.WakeAt(state), state.Changed!.What));
    }

    [Fact]
    public void blocks_approval_until_an_editor_looked()
    {
        var state = State([.. Armed, .. Hear(Rescheduled(3), Armed)]);
        Assert.Equal("cause-changed", Refusal(() => PublicationDecider.Decide(state, new ApprovePublication("kk", Hash("kk", Composed)), Approver, Noon)));
        Assert.Equal("cause-changed", Refusal(() => PublicationDecider.Decide(state, new SchedulePublication(null), Editor, Noon)));
        var looked = After(state, PublicationDecider.Decide(state, new EditPublication(null, null, null, null, null, null, null), Editor, Noon));
        Assert.Null(looked.Changed);
        Assert.Single(PublicationDecider.Decide(looked, new ApprovePublication("kk", Hash("kk", Composed)), Approver, Noon));
    }

    [Fact] public void blocks_submitting_until_an_editor_looked() => Assert.Equal("cause-changed", Refusal(() => PublicationDecider.Submit(State([DraftedByNews, TimeGiven, .. Hear(Rescheduled(3), DraftedByNews, TimeGiven)]), Editor, Noon)));
    [Fact] public void that_it_is_cancelled_ends_an_untouched_draft() => Assert.Equal(PublicationState.Cancelled, State([DraftedByNews, .. Hear(Cancelled(3), DraftedByNews)]).State);
    [Fact] public void that_it_is_cancelled_disarms_what_was_scheduled() => Assert.Equal((PublicationState.InReview, "cancelled"), (State([.. Armed, .. Hear(Cancelled(3), Armed)]).State, State([.. Armed, .. Hear(Cancelled(3), Armed)]).Changed!.What));

    [Fact]
    public void that_it_is_postponed_keeps_an_untouched_draft_back_until_there_is_another_time()
    {
        object[] waiting = [DraftedByNews, .. Hear(Postponed(3), DraftedByNews)];
        Assert.Equal("postponed", State(waiting).Changed!.What);
        Assert.Equal("cause-changed", Refusal(() => PublicationDecider.Submit(State(waiting), Editor, Noon)));
        var moved = State([.. waiting, .. PressEventDrafts.Hear([Announced, Postponed(3)], Rescheduled(4), EventId, [State(waiting)], Noon).Single().Facts]);
        Assert.Equal((null, true), (moved.Changed, moved.Content.Text.Ru!.Contains("8 декабря 2026", StringComparison.Ordinal)));
    }

    [Fact]
    public void of_other_words_is_composed_into_a_draft_that_nobody_touched_and_flags_one_that_somebody_did()
    {
        Assert.Equal("Пресс-конференция: Новая тема", Assert.IsType<PublicationEdited>(Hear(Revised(3), DraftedByNews).Single()).Content.Title.Ru);
        Assert.Equal(("revised", 0), (State([.. Armed, .. Hear(Revised(3), Armed)]).Changed!.What, State([.. Armed, .. Hear(Revised(3), Armed)]).Approvals.Count));
    }

    [Fact]
    public void only_flags_what_is_on_its_way()
    {
        object[] releasing = [.. Armed, ReleaseStarted with { PublicationId = Id }, AttemptStarted with { PublicationId = Id }];
        Same([new CauseChanged(Id, 3, "cancelled", DraftedByNews.Announces, Noon) { Body = DraftedByNews.Body }], Hear(Cancelled(3), releasing));
        Assert.Equal(PublicationState.Releasing, State([.. releasing, .. Hear(Cancelled(3), releasing)]).State);
    }
}

public class News_of_a_cleared_answer
{
    static readonly AnswerDisclosed News = new(Id, 5, AttemptId, "akim-05", new(null, "Ответ"), new(null, "Текст"), Noon);

    [Fact]
    public void becomes_a_draft_of_its_holder_and_what_is_missing_stays_missing() => Same([new PublicationDrafted(Id, "akim-05",
        new("InquiryAnswer", new(null, "Ответ"), new(null, "Текст"), ["site"], null, "PT1H", "hold"), ReleaseDecider.Service, "disclosure:" + AttemptId, 5, null, Noon)], [CauseDecider.Draft(Id, News, Noon)]);
}
