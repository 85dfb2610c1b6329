using Contracts.PressEvents;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using static Publications.Specs.Given;

namespace Publications.Specs;

/// <summary>One event's news, and a desk that hears them as the service does: once each, all kept, drafts by cause.</summary>
sealed class NewsDesk
{
    public static readonly Guid EventId = new("0197f3a0-0000-7000-8000-0000000000e7"), Broadcast = new("0197f3a0-0000-7000-8000-0000000000b1"), Second = new("0197f3a0-0000-7000-8000-0000000000b2");
    public static readonly DateTimeOffset Start = At("2026-12-07T11:00:00+05:00");
    static readonly Speaker Speaker = new(new("Айдос Берікұлы", "Айдос Берикулы"), new("Вице-министр", "Вице-министр"));

    public static readonly PressEventAnnounced Announced = new(EventId, 2, "PressConference", Body, new("Су тасқынына дайындық", "О подготовке к паводкам"), new(null, null), Start, Start.AddHours(1), "hall-1", [Speaker], [], Noon);
    public static readonly PressEventRevised Revised = new(EventId, 3, Body, new("Су тасқыны", "Паводок"), new(null, null), [Speaker], [], Noon);
    public static readonly PressEventPostponed Postponed = new(EventId, 4, Body, Start, new("Ауа райы", "Погода"), Noon);
    public static readonly PressEventRescheduled Moved = new(EventId, 5, Body, Start, Start.AddHours(1), Start.AddDays(1), Start.AddDays(1).AddHours(1), "hall-2", Noon);
    public static readonly PressEventCancelled Cancelled = new(EventId, 6, Body, new("Спикер науқас", "Спикер болен"), Noon);
    public static readonly PressEventStarted Started = new(EventId, 6, Body, Start.AddDays(1));
    public static readonly PressEventConcluded Concluded = new(EventId, 7, Body, new(2026, 12, 11), Start.AddDays(1).AddHours(1));
    public static readonly PressEventMaterialsPublished Materials = new(EventId, 8, Body, [new(Guid.Empty, "recording", "kk"), new(Guid.Empty, "photo", null), new(Guid.Empty, "photo", null)], Noon);
    public static readonly PressEventWithdrawn Withdrawn = new(EventId, 9, Body, Noon);
    public static readonly BroadcastWentOnAir OnAir = new(Broadcast, 3, EventId, "khabar24", "https://live.example/1", Start), SecondOnAir = new(Second, 3, EventId, "youtube", "https://live.example/2", Start);
    public static readonly BroadcastEnded Ended = new(Broadcast, 4, EventId, false, Start);

    private readonly List<object> _heard = [];
    public Dictionary<Guid, Publication> Drafts { get; } = [];

    public NewsDesk Hear(params object[] all)
    {
        foreach (var news in all)
        {
            foreach (var (id, facts) in PressEventDrafts.Hear(_heard, news, EventId, Drafts.Values, Noon).ToList())
            {
                Drafts[id] = facts.Aggregate(Drafts.GetValueOrDefault(id), PublicationFold.Evolve)!;
            }

            if (!_heard.Contains(news))
            {
                _heard.Add(news);
            }
        }

        return this;
    }

    /// <summary>People act: what is named goes out.</summary>
    public NewsDesk Release(string? part = null, int number = 1)
    {
        var id = CauseDecider.DraftIdOf(PressEventDrafts.CauseOf(EventId, part, number));
        var p = Drafts[id];
        object[] acts = [new PublicationEdited(id, p.Content with { WantedAt = Due }, Editor, [], null, null, Noon), new PublicationReleased(id, Body, p.Content.Kind, p.Content.Title, ["site"], p.Cause, Due)];
        Drafts[id] = acts.Aggregate(p, (s, fact) => PublicationFold.Evolve(s, fact)!);
        return this;
    }

    public Publication? One(string? part = null, int number = 1) => Drafts.GetValueOrDefault(CauseDecider.DraftIdOf(PressEventDrafts.CauseOf(EventId, part, number)));

    /// <summary>What stands there, in words; drafts that were given up count by their cause alone.</summary>
    public string Picture() => string.Join("\n\n", Drafts.Values.OrderBy(p => p.Cause, StringComparer.Ordinal)
        .Select(p => p.State == PublicationState.Cancelled ? $"{p.Cause} given up" : $"{p.Cause} {p.State} {p.Content.Kind} {p.Content.Title} {p.Content.Text} {p.Changed?.What} {p.CauseVersion}"));
}

public class News_in_any_order
{
    static readonly object[] Held = [NewsDesk.Announced, NewsDesk.Revised, NewsDesk.Postponed, NewsDesk.Moved, NewsDesk.Started, NewsDesk.OnAir, NewsDesk.SecondOnAir, NewsDesk.Ended, NewsDesk.Concluded, NewsDesk.Materials];
    static readonly object[] GivenUp = [NewsDesk.Announced, NewsDesk.Revised, NewsDesk.Postponed, NewsDesk.Moved, NewsDesk.OnAir, NewsDesk.Cancelled, NewsDesk.Withdrawn];

    /// <summary>All of them, each once to three times, in any order.</summary>
    static Arbitrary<object[]> Orders(object[] news) => Arb.From(
        from times in Gen.ArrayOf(Gen.Choose(1, 3), news.Length)
        from order in Gen.Shuffle(news.SelectMany((n, i) => Enumerable.Repeat(n, times[i])).ToArray())
        select order);

    [Property(MaxTest = 300)] public Property of_an_event_that_was_held_leave_the_same_drafts() => Prop.ForAll(Orders(Held), order => new NewsDesk().Hear(order).Picture() == new NewsDesk().Hear(Held).Picture());
    [Property(MaxTest = 300)] public Property of_an_event_that_was_cancelled_leave_the_same_drafts() => Prop.ForAll(Orders(GivenUp), order => new NewsDesk().Hear(order).Picture() == new NewsDesk().Hear(GivenUp).Picture());

    [Property(MaxTest = 300)]
    public Property after_the_announcement_is_out_leave_the_same_drafts() => Prop.ForAll(Orders(Held[1..]), order =>
        new NewsDesk().Hear(NewsDesk.Announced).Release().Hear(order).Picture() == new NewsDesk().Hear(NewsDesk.Announced).Release().Hear(Held[1..]).Picture());

    [Property(MaxTest = 300)]
    public Property of_a_cancellation_after_the_announcement_is_out_leave_the_same_drafts() => Prop.ForAll(Orders(GivenUp[1..]), order =>
        new NewsDesk().Hear(NewsDesk.Announced).Release().Hear(order).Picture() == new NewsDesk().Hear(NewsDesk.Announced).Release().Hear(GivenUp[1..]).Picture());

    [Fact] public void make_one_draft_per_part() => Assert.Equal(3, new NewsDesk().Hear(Held).Drafts.Count);
    [Fact] public void without_the_announcement_wait() => Assert.Empty(new NewsDesk().Hear(Held[1..]).Drafts);
    [Fact] public void heard_again_change_nothing() => Assert.All(Held, news => Assert.Empty(PressEventDrafts.Hear(Held, news, NewsDesk.EventId, new NewsDesk().Hear(Held).Drafts.Values, Noon)));
    [Fact] public void are_all_told_apart() => Assert.Equal(WhenPressEventMoves.Heard.Length, Held.Concat(GivenUp).Select(n => n.GetType()).Distinct().Count());
}

public class Drafts_of_a_press_event
{
    static readonly NewsDesk Live = new NewsDesk().Hear(NewsDesk.Announced, NewsDesk.Started, NewsDesk.OnAir, NewsDesk.SecondOnAir);
    static readonly NewsDesk Over = new NewsDesk().Hear(NewsDesk.Announced, NewsDesk.Concluded);

    [Fact]
    public void say_where_it_is_live() => Assert.Equal("""
        Началось мероприятие: пресс-конференция. Тема: «О подготовке к паводкам».
        Смотрите в прямом эфире:
        — https://live.example/1
        — https://live.example/2
        """, Live.One("live")!.Content.Text.Ru);

    [Fact] public void say_it_in_Kazakh() => Assert.Equal("Тікелей эфир: Су тасқынына дайындық\n«Су тасқынына дайындық» тақырыбындағы баспасөз мәслихаты басталды.\nТікелей эфирден көруге болады:\n— https://live.example/1\n— https://live.example/2", Live.One("live")!.Content.Title.Kk + "\n" + Live.One("live")!.Content.Text.Kk);
    [Fact] public void drop_a_broadcast_that_is_over() => Assert.DoesNotContain("live.example/1", new NewsDesk().Hear(NewsDesk.Announced, NewsDesk.OnAir, NewsDesk.SecondOnAir, NewsDesk.Ended).One("live")!.Content.Text.Ru, StringComparison.Ordinal);
    [Fact] public void that_it_is_live_are_given_up_once_it_is_over() => Assert.Equal(PublicationState.Cancelled, new NewsDesk().Hear(NewsDesk.Announced, NewsDesk.OnAir, NewsDesk.Concluded).One("live")!.State);

    [Fact]
    public void say_who_spoke_and_until_when_materials_come() => Assert.Equal("""
        «Су тасқынына дайындық» тақырыбында баспасөз мәслихаты өтті.
        Уақыты: 2026 жылғы 7 желтоқсан, сағат 11:00–12:00 (Алматы уақытымен).
        Сөз сөйлегендер:
        — Айдос Берікұлы, Вице-министр
        Материалдар жарияланатын соңғы күн: 2026 жылғы 11 желтоқсан.
        """, Over.One("concluded")!.Content.Text.Kk);

    [Fact]
    public void take_the_materials_in_while_what_was_said_is_not_out()
    {
        var desk = new NewsDesk().Hear(NewsDesk.Announced, NewsDesk.Concluded, NewsDesk.Materials);
        Assert.EndsWith("Опубликованы материалы:\n— фотографии: 2\n— видеозапись (на казахском языке)", desk.One("concluded")!.Content.Text.Ru, StringComparison.Ordinal);
        Assert.Null(desk.One("materials"));
    }

    [Fact]
    public void of_the_materials_stand_alone_once_what_was_said_is_out()
    {
        var desk = new NewsDesk().Hear(NewsDesk.Announced, NewsDesk.Concluded).Release("concluded").Hear(NewsDesk.Materials);
        Assert.Equal(("News", "Опубликованы материалы: О подготовке к паводкам", "materials-published"), (desk.One("materials")!.Content.Kind, desk.One("materials")!.Content.Title.Ru, desk.One("concluded")!.Changed!.What));
    }

    [Fact] public void give_no_notice_of_what_nobody_was_told() => Assert.Null(new NewsDesk().Hear(NewsDesk.Announced, NewsDesk.Moved).One("change"));

    [Fact]
    public void give_notice_of_another_time_once_the_announcement_is_out()
    {
        var desk = new NewsDesk().Hear(NewsDesk.Announced).Release().Hear(NewsDesk.Moved);
        Assert.Equal("Изменены время или место проведения: пресс-конференция. Тема: «О подготовке к паводкам».\nВремя: 8 декабря 2026 года, 11:00–12:00 (по времени Алматы).\nМесто проведения: зал № 2.", desk.One("change")!.Content.Text.Ru);
        Assert.Equal(("rescheduled", PublicationState.Released), (desk.One()!.Changed!.What, desk.One()!.State));
    }

    [Fact]
    public void turn_a_notice_into_another_while_nobody_touched_it()
    {
        var desk = new NewsDesk().Hear(NewsDesk.Announced).Release().Hear(NewsDesk.Moved, NewsDesk.Cancelled);
        Assert.Equal("Іс-шара өтпейді: Су тасқынына дайындық", desk.One("change")!.Content.Title.Kk);
        Assert.Equal("«Су тасқынына дайындық» тақырыбындағы баспасөз мәслихаты өтпейді.\nБұрын белгіленген уақыты: 2026 жылғы 8 желтоқсан, сағат 11:00–12:00 (Алматы уақытымен).\nСебебі: Спикер науқас", desk.One("change")!.Content.Text.Kk);
    }

    [Fact]
    public void give_the_next_notice_after_one_that_is_out()
    {
        var desk = new NewsDesk().Hear(NewsDesk.Announced).Release().Hear(NewsDesk.Postponed).Release("change").Hear(NewsDesk.Moved);
        Assert.Equal(("Мероприятие отложено: О подготовке к паводкам", "Изменены время или место: О подготовке к паводкам"), (desk.One("change")!.Content.Title.Ru, desk.One("change", 2)!.Content.Title.Ru));
    }

    [Fact] public void are_given_up_with_an_event_that_is_withdrawn() => Assert.Equal((PublicationState.Cancelled, PublicationState.Cancelled), (new NewsDesk().Hear(NewsDesk.Announced, NewsDesk.Concluded, NewsDesk.Withdrawn).One()!.State, new NewsDesk().Hear(NewsDesk.Announced, NewsDesk.Concluded, NewsDesk.Withdrawn).One("concluded")!.State));
    [Fact] public void leave_a_missing_language_missing() => Assert.Equal((null, true), (Without("kk").Kk, Without("kk").Ru is not null));

    [Fact]
    public void follow_one_that_was_made_before_news_were_kept()
    {
        var old = new NewsDesk().Hear(NewsDesk.Announced).Drafts.Values.Single();
        Assert.Contains("8 декабря", Assert.IsType<PublicationEdited>(PressEventDrafts.Hear([], NewsDesk.Moved, NewsDesk.EventId, [old], Noon).Single().Facts.Single()).Content.Text.Ru, StringComparison.Ordinal);
    }

    static Contracts.Bilingual Without(string language) => new NewsDesk().Hear(NewsDesk.Announced with { Title = language == "kk" ? new(null, "Тема") : new("Тақырып", null) }, NewsDesk.Concluded).One("concluded")!.Content.Text;
}
